/*
 * ledger/receipt.h - what somebody was told, signed, to keep.
 *
 * A note (ledger/note.h) whose text a person can read:
 *
 *     Handrail receipt, version 1
 *     Policy: Elder Brook social media policy, 2026-1
 *     Policy digest: sha256:1f0c...                      64 hexadecimal digits
 *     Name as typed: Priya Example                       absent unless the holder wanted it
 *     Asked: may I post to the school's account?         may be absent
 *     Fact: account = school                             one for each fact, perhaps none
 *     Fact: consent of the pupils = given
 *     Verdict: allowed
 *     Clause: 4.2                                        one for each, perhaps none
 *     Time: 2026-03-04T10:22:31.123Z                     always UTC, with milliseconds
 *
 * Start at: receipt_sign, receipt_open.
 *
 * What must hold
 * - One receipt is written in one way, and what is read and written again is the same bytes.
 * - Nothing in it can mislead an eye: no control characters, no signs that turn the direction of
 *   writing or cannot be seen at the end of a line, no line that looks like another.
 * - It holds what the person said. It is theirs; a server need not keep it.
 * - A name in it is what somebody typed: the signature says nothing about who that was.
 */
#ifndef HANDRAIL_LEDGER_RECEIPT_H
#define HANDRAIL_LEDGER_RECEIPT_H

#include "base/sha256.h"
#include "ledger/note.h"

#define RECEIPT_VALUE_BYTES_MAX 1000 /* of one value, and of a fact's name */
#define RECEIPT_FACTS_MAX 256
#define RECEIPT_CLAUSES_MAX 256

/* 0 to the last millisecond of the year 9999. */
#define RECEIPT_TIME_MS_MAX INT64_C(253402300799999)

struct receipt_fact {
    struct str name; /* without " = " */
    struct str value;
};

struct receipt {
    struct str policy; /* its name and version, as the school calls it */
    unsigned char policy_digest[SHA256_BYTES];
    struct str name;  /* as the holder typed it, for their own use; may be empty */
    struct str asked; /* may be empty */
    const struct receipt_fact *facts;
    size_t fact_count;
    struct str verdict;
    const struct str *clauses;
    size_t clause_count;
    int64_t time_ms; /* since 1970, UTC */
};

/* The text to sign. INVALID when a value cannot stand in it, LIMIT when there is too much. */
MUST_USE struct result receipt_write(struct arena *arena, const struct receipt *receipt,
                                     struct str *out);

/* From the text of a note; borrows from it. INVALID with the line when it is no receipt. */
MUST_USE struct result receipt_read(struct arena *arena, struct str text, struct receipt *out);

/* Written and signed. */
MUST_USE struct result receipt_sign(struct arena *arena, const struct receipt *receipt,
                                    const struct note_signer *signer, struct str *out);

/* A receipt that is to be believed: signed by one of these plain keys. */
MUST_USE struct result receipt_open(struct arena *arena, struct str message,
                                    const struct note_key *keys, size_t key_count,
                                    struct receipt *out);

#endif
