/*
 * web/gate_int.h - the strict gate: may this request head be shown to the HTTP library at all?
 *
 * Pure: bytes in, verdict out. connection.c stands at the socket and asks; see there for why a gate
 * stands in front of the library.
 *
 * What must hold
 * - What passes is one complete head, RFC 9112 without its tolerances: lines end in CR LF, one
 *   space between the parts of the request line, a field's name directly before its colon, no
 *   folded lines, no control bytes, exactly one Host (HTTP/1.1), at most one Content-Length, no
 *   Transfer-Encoding. So no proxy in front of us can disagree with us about where a request ends.
 * - HTTP/1.1 and HTTP/1.0 pass; every other version is 505. An empty line before a request is 400.
 */
#ifndef HANDRAIL_WEB_GATE_INT_H
#define HANDRAIL_WEB_GATE_INT_H

#include "web/web_int.h"

enum gate_verdict {
    GATE_INCOMPLETE, /* fine so far; more bytes are needed */
    GATE_PASSED,     /* a whole head */
    GATE_REFUSED,    /* answer `status` and close the connection */
    GATE_VERDICT_COUNT
};

struct gate_reading {
    enum gate_verdict verdict;
    enum web_status status; /* when refused */
    enum web_method method; /* when passed; when refused, as far as it is known */
    size_t head_bytes;      /* when passed: with the empty line */
    size_t body_bytes;      /* when passed: Content-Length; at most WEB_FILE_BYTES_MAX */
};

/* Reads the head that begins with the first byte. Bytes after it are not looked at. */
struct gate_reading web_gate_read(struct str bytes);

#endif
