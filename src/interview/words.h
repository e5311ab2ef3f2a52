/*
 * interview/words.h - small phrases of plain English about what stands in a pack.
 *
 * Pure: nothing here reads or writes. Read first: pack/pack.h.
 * What must hold: a phrase begins with a small letter and ends without a full stop, so that callers
 * can build sentences; words_sentence() makes one of it.
 */
#ifndef HANDRAIL_INTERVIEW_WORDS_H
#define HANDRAIL_INTERVIEW_WORDS_H

#include "base/str.h"
#include "pack/pack.h"

/* "a", "a or b", "a, b or c". */
struct str words_join(struct arena *arena, const struct str *parts, size_t count, const char *last);

/* "the headteacher or the chair of governors"; "whomever the school names" of no roles. */
struct str words_roles(struct arena *arena, const struct pack *pack, struct pack_list roles);

/* "in writing, in advance, with a reason, for 2 weeks", or empty. */
struct str words_approval_how(struct arena *arena, const struct pack_approval *approval);

/* "approval by the headteacher, in writing"; "the agreement of each person concerned". */
struct str words_approval(struct arena *arena, const struct pack *pack,
                          const struct pack_approval *approval);

/* What a rule does, before its acts: "you must not", "take care if you". */
struct str words_head(enum pack_effect effect, enum pack_strength strength);

/* The word of the policy that carries the strength: "must not", "should", "may". */
struct str words_strength(enum pack_effect effect, enum pack_strength strength);

/* The act in words, as asked by a person: "accept a friend, follow or contact request". */
struct str words_act(const struct pack *pack, uint32_t act);

/* "RE-16", with its place in the document when that differs: "RE-16 (3.5)". */
struct str words_clause(struct arena *arena, const struct pack *pack, uint32_t clause);

/* A question up to its question mark, without what it says of answering: "Who is it?" of "Who is
 * it? Choose all that fit." */
struct str words_question(struct str question);

/* "senior-leader" -> "senior leader". */
struct str words_of_name(struct arena *arena, struct str name);

/* Capital first letter, and a full stop where no mark ends it. */
struct str words_sentence(struct arena *arena, struct str phrase);

/* Capital first letter only. */
struct str words_capital(struct arena *arena, struct str phrase);

#endif
