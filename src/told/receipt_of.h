/*
 * told/receipt_of.h - the answer of "May I?" as a receipt that the person who asked may keep.
 *
 * Read first: ledger/receipt.h (what a receipt is), interview/interview.h (the form). Start at
 * told_receipt().
 *
 * What must hold
 * - What is signed is what is decided here, from the facts in the form. Nothing of a verdict that
 *   somebody sends gets into a receipt: it can only be compared, and refused.
 * - A form that is not understood to its last field gets no receipt: nobody signs an answer to less
 *   than was said.
 * - Of free words there is at most the name that the holder wants in it. What people concerned are
 *   called is left out: they are "person 1" and so on.
 * - Nothing is kept.
 */
#ifndef HANDRAIL_TOLD_RECEIPT_OF_H
#define HANDRAIL_TOLD_RECEIPT_OF_H

#include "base/civil.h"
#include "base/result.h"
#include "interview/interview.h"
#include "ledger/receipt.h"

struct told_asked {
    const struct pack *pack;
    const unsigned char *digest; /* SHA256_BYTES: told_digest() of the policy's image */
    const struct form *form;     /* everything that was said (interview/interview.h) */
    struct str name;             /* of the holder, if it shall stand in the receipt; else empty */
    struct str shown; /* name of the verdict that the holder has seen; empty: not compared */
    struct civil_date as_of;
    int64_t time_ms; /* since 1970, UTC */
};

/* What stands in receipts as the version of a policy: SHA-256 of its compiled image. */
void told_digest(struct str image, unsigned char out[SHA256_BYTES]);

/* The time of now, for time_ms. */
int64_t told_now(void);

/*
 * The receipt, signed. INVALID with a sentence for the person: something is not understood, or is
 * still to be answered, or the name cannot stand in a receipt. CONFLICT: the answer is another than
 * `shown`. LIMIT: more was said than a receipt holds.
 */
MUST_USE struct result told_receipt(struct arena *arena, const struct told_asked *asked,
                                    const struct note_signer *signer, struct str *out);

/*
 * The same fields as a JSON object, for programs: {"act": "post", "f.account": ["school", "own"]}.
 * A value is a text, a whole number, true or false (yes or no), or a list of them. INVALID with the
 * field that is none of these.
 */
struct json_value;
MUST_USE struct result told_form_of_json(struct arena *arena, const struct json_value *answers,
                                         struct form *out);

#endif
