/*
 * screen/school_int.h - the names of a school as runs of letters, and what a draft holds of them.
 *
 * Read first: screen_int.h. school_stream.c makes the letters of a draft, school_index.c finds
 * names among them (Aho and Corasick, Efficient string matching, 1975), detect_school.c says what
 * they are.
 *
 * Two forms of each letter:
 *   as written  without spaces, signs and apostrophes: "Ash.d0wn" is "ashd0wn"
 *   alike       what it may stand for: 0 is o, 1 and l are i: "ashdown" with every l an i
 *
 * What must hold: names are matched where words or parts of a handle begin and end, so that letters
 * within other words are none; one slip is taken for a name only if it is a likely one.
 */
#ifndef HANDRAIL_SCREEN_SCHOOL_INT_H
#define HANDRAIL_SCREEN_SCHOOL_INT_H

#include "screen/screen_int.h"

#define SCREEN_NAME_LETTERS_MAX 64 /* a longer name is not looked for */

/* ---- school_stream.c ------------------------------------------------------------------------- */

#define SCREEN_EDGE_START 1u /* a word, or a part of a handle, begins with the letter */
#define SCREEN_EDGE_END 2u   /* and ends with it */
#define SCREEN_EDGE_WORD 4u  /* a word begins, with a space or hyphen before it */
#define SCREEN_EDGE_GLUE 8u  /* a sign without spaces stands before it: "ash.down" */

struct screen_stream {
    char *written; /* letters and digits; 0: names end here */
    uint8_t *edges;
    uint32_t count;
    uint32_t *token_starts; /* where the letters of each token begin; none for a host */
    uint32_t token_count;
};

/* The letters of a draft, or of a host name, in the arena. */
struct screen_stream screen_stream_of_draft(struct arena *arena, const struct screen_draft *draft);
struct screen_stream screen_stream_of_host(struct arena *arena, struct str host);

/* Of which token a letter is. */
uint32_t screen_stream_token(const struct screen_stream *stream, uint32_t letter);

/* What a letter may stand for. */
static inline char screen_alike(char written)
{
    static const char digits[] = "oi2easgtbg";
    bool is_digit = written >= '0' && written <= '9';
    return is_digit ? digits[written - '0'] : written == 'l' ? 'i' : written;
}

/* ---- school_index.c -------------------------------------------------------------------------- */

struct screen_name {
    struct str written, alike; /* letters of all words */
    uint64_t word_starts;      /* a bit for each letter that begins a word */
    uint32_t words;
    bool is_domain; /* of the school's domains: looked for in hosts only */
};

struct screen_name_match {
    uint32_t start, end; /* letters of the stream, both included */
    const struct screen_name *name;
    bool is_slip;   /* one letter differs, or it sounds the same */
    bool is_within; /* in the middle of a longer run of letters */
};

#define SCREEN_MATCHES_MAX 64

/* The names in a stream, at most SCREEN_MATCHES_MAX; answers how many. */
uint32_t screen_names_find(const struct screen_school_index *index,
                           const struct screen_stream *stream,
                           struct screen_name_match matches[SCREEN_MATCHES_MAX]);

/* The school that the index was made of. */
const struct screen_school *screen_index_school(const struct screen_school_index *index);

/* ---- detect_school.c ------------------------------------------------------------------------- */

enum screen_host_match { /* what the host of a link has to do with the school */
    SCREEN_HOST_OTHER,
    SCREEN_HOST_NAMED,     /* the name is a part of it */
    SCREEN_HOST_IMITATED,  /* the school's domain, written otherwise or continued */
    SCREEN_HOST_DISGUISED, /* the name with letters changed */
    SCREEN_HOST_COUNT
};

/* Of a folded host name that is not one of the school's own. */
enum screen_host_match screen_school_in_host(const struct screen_work *work, struct str host);

/* detect_mail.c: whether a folded domain is one of the school's, or below one. */
bool screen_is_school_domain(const struct screen_work *work, struct str domain);

#endif
