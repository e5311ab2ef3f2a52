/*
 * screen/described_work.c - staff who can be recognised by what they do.
 *
 * Read first: described_int.h. Start at: described_work_at.
 *
 *   somebody who does a job of a school   the chap who drives our minibus
 *   whoever teaches a year or subject     whoever teaches Year 10 textiles
 *   the first of the place                the boss of our trust
 *
 * What must hold: in a personal post, only with another word of school beside it; who drives the
 * bus or cuts hair is a stranger.
 */
#include "screen/described_int.h"

/* Tokens that are looked at: before the noun, from "who" to the verb, and from there to what it
 * is done to. */
#define NOUN_BEFORE 3
#define VERB_WITHIN 3
#define OBJECT_WITHIN 7

static const struct str because = STR_INIT("Few at a school do this, so no name is needed.");

static bool is_of_school(const struct screen_work *work, uint32_t first, uint32_t last)
{
    return work->channel == SCREEN_CHANNEL_MESSAGE || work->channel == SCREEN_CHANNEL_OFFICIAL ||
           work->channel == SCREEN_CHANNEL_INCOMING || described_has_school(work, first, last);
}

/* The last token of what is done behind `verb`, of a class or a year; `verb` where there is
 * none. */
static int64_t object_last(const struct screen_work *work, int64_t verb, enum screen_word class)
{
    int64_t last = verb;
    for (int64_t at = verb + 1; at <= verb + OBJECT_WITHIN; at++) {
        int points = 0;
        if (described_is_clause_end(work, at)) {
            break;
        }
        uint32_t taken = described_class_read(work, at, &points);
        if (taken > 0) {
            at += taken - 1;
            last = at;
        } else if (described_is(work, at, class)) {
            last = at;
        }
    }
    return last;
}

/* "the", "our" before the noun, with a word or two between; -1 where there is none. */
static int64_t determiner_before(const struct screen_work *work, uint32_t noun)
{
    static const struct str words[] = {STR_INIT("the"), STR_INIT("that"), STR_INIT("our"),
                                       STR_INIT("your"), STR_INIT("this")};
    for (int64_t at = (int64_t)noun - 1; at >= 0 && noun - at <= NOUN_BEFORE; at--) {
        const struct screen_token *token = described_token(work, at + 1);
        if (token->flags & SCREEN_TOKEN_FIRST || token->kind == SCREEN_TOKEN_SIGN) {
            return -1;
        }
        if (described_is_any(work, at, words, sizeof words / sizeof *words)) {
            return at;
        }
    }
    return -1;
}

/* "the chap who drives our minibus", "the bloke who locks up" */
static void who_does_at(struct screen_work *work, uint32_t at)
{
    bool is_somebody = described_is(work, at, SCREEN_WORD_DESCRIBED_SOMEBODY) ||
                       described_is(work, at, SCREEN_WORD_DESCRIBED_LOOSE) ||
                       described_is_text(work, at, STR("teacher"));
    bool is_who = described_is_text(work, (int64_t)at + 1, STR("who")) ||
                  described_is_text(work, (int64_t)at + 1, STR("that"));
    int64_t first = is_somebody && is_who ? determiner_before(work, at) : -1;
    if (first < 0) {
        return;
    }
    for (int64_t verb = (int64_t)at + 2; verb < (int64_t)at + 2 + VERB_WITHIN; verb++) {
        bool is_whole = described_is(work, verb, SCREEN_WORD_DESCRIBED_JOB) &&
                        described_is(work, verb + 1, SCREEN_WORD_DESCRIBED_JOB);
        int64_t last = is_whole ? verb + 1
                       : described_is(work, verb, SCREEN_WORD_DESCRIBED_JOB_VERB)
                           ? object_last(work, verb, SCREEN_WORD_DESCRIBED_JOB_OBJECT)
                           : verb;
        if (last > verb && is_of_school(work, (uint32_t)first, (uint32_t)last)) {
            screen_found(work, SCREEN_STAFF_DESCRIBED, SCREEN_DETAIL_NONE, (uint32_t)first,
                         (uint32_t)last, 640, because);
            return;
        }
    }
}

/* "whoever teaches Year 10 textiles" */
static void whoever_at(struct screen_work *work, uint32_t at)
{
    if (!described_is_text(work, at, STR("whoever")) ||
        !described_is(work, (int64_t)at + 1, SCREEN_WORD_DESCRIBED_JOB_VERB)) {
        return;
    }
    int64_t verb = (int64_t)at + 1;
    int64_t last = object_last(work, verb, SCREEN_WORD_DESCRIBED_DEPARTMENT);
    if (last > verb) {
        screen_found(work, SCREEN_STAFF_DESCRIBED, SCREEN_DETAIL_NONE, at, (uint32_t)last, 600,
                     because);
    }
}

/* "the boss of our trust" */
static void boss_at(struct screen_work *work, uint32_t at)
{
    static const struct str bosses[] = {STR_INIT("boss"), STR_INIT("chief"), STR_INIT("head"),
                                        STR_INIT("ceo")};
    static const struct str places[] = {STR_INIT("trust"), STR_INIT("school"), STR_INIT("academy"),
                                        STR_INIT("mat")};
    if (described_is_any(work, at, bosses, sizeof bosses / sizeof *bosses) &&
        described_is_definite(work, (int64_t)at - 1) &&
        described_is_text(work, (int64_t)at + 1, STR("of")) &&
        described_is_ours(work, (int64_t)at + 2) &&
        described_is_any(work, (int64_t)at + 3, places, sizeof places / sizeof *places)) {
        screen_found(work, SCREEN_STAFF_DESCRIBED, SCREEN_DETAIL_NONE, at - 1, at + 3, 700,
                     because);
    }
}

void described_work_at(struct screen_work *work, uint32_t at)
{
    if (work->draft->tokens[at].kind == SCREEN_TOKEN_WORD) {
        who_does_at(work, at);
        whoever_at(work, at);
        boss_at(work, at);
    }
}
