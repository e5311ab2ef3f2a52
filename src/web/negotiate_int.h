/*
 * web/negotiate_int.h - which form of an asset a client takes, and whether it has it already.
 *
 * Source: RFC 9110, sections 12.5.3 (Accept-Encoding) and 13.1.2 (If-None-Match).
 */
#ifndef HANDRAIL_WEB_NEGOTIATE_INT_H
#define HANDRAIL_WEB_NEGOTIATE_INT_H

#include <stdbool.h>

#include "base/str.h"

enum web_coding { WEB_CODING_IDENTITY, WEB_CODING_GZIP, WEB_CODING_BR, WEB_CODING_COUNT };

/* "", "gzip", "br": the empty text for identity. */
struct str web_coding_name(enum web_coding coding);

/*
 * The coding with the highest weight among those that there are; of equal ones the smallest file
 * (br before gzip before identity). Identity when the header is empty or accepts nothing that we
 * have: an answer that can be read is better than 406.
 */
enum web_coding web_coding_choose(struct str accept_encoding,
                                  const bool available[WEB_CODING_COUNT]);

/* Does If-None-Match name this tag (without quotes), or "*"? Weak comparison. */
bool web_tag_matches(struct str if_none_match, struct str etag);

#endif
