/*
 * interview/answer_text.h - an answer in sentences, ready for a terminal, a page or a letter.
 *
 * Pure: an answer goes in, lines come out; nothing is read, nothing is written, nothing knows of
 * columns or colours. Read first: decide/decide.h. Start at answer_text_make().
 *
 * An answer becomes blocks, in the order in which a person wants to read them: the verdict, what
 * was asked, why, what to do, what would change it, and at last what was presumed and the notes. A
 * block has a label ("Because") and lines. A line is a sentence, or a point below it.
 */
#ifndef HANDRAIL_INTERVIEW_ANSWER_TEXT_H
#define HANDRAIL_INTERVIEW_ANSWER_TEXT_H

#include "decide/decide.h"

enum answer_part {
    ANSWER_PART_VERDICT,   /* the verdict in a word or two; then the headline */
    ANSWER_PART_ASKED,     /* what was asked and said */
    ANSWER_PART_PEOPLE,    /* the verdict for each of several people */
    ANSWER_PART_PROTECTED, /* the law may protect it */
    ANSWER_PART_BECAUSE,   /* one for each rule that decides */
    ANSWER_PART_OPEN,      /* why it is undetermined */
    ANSWER_PART_APPROVAL,  /* who has to agree, and how */
    ANSWER_PART_ASK,       /* whom to ask first */
    ANSWER_PART_DUTY,      /* what to do with it */
    ANSWER_PART_INSTEAD,   /* what to do in its place */
    ANSWER_PART_ALSO,      /* other rules that apply */
    ANSWER_PART_POSSIBLE,  /* rules that may apply */
    ANSWER_PART_CHANGE,    /* what would change it */
    ANSWER_PART_ASIDE,     /* rules that gave way */
    ANSWER_PART_PRESUMED,
    ANSWER_PART_NOTE,    /* reader's notes */
    ANSWER_PART_WORDING, /* the approved wording prevails */
    ANSWER_PART_COUNT
};

enum answer_level {
    ANSWER_LEVEL_SENTENCE,
    ANSWER_LEVEL_POINT, /* belongs to the sentence before it */
    ANSWER_LEVEL_COUNT
};

struct answer_line {
    enum answer_level level;
    struct str text;
    uint32_t clause;     /* that it rests on; PACK_NONE: none */
    struct str citation; /* of the clause: "RE-16 (3.5)", "law, LAW-2"; else empty */
};

struct answer_block {
    enum answer_part part;
    struct str label; /* "Because", "Unless" */
    struct answer_line *lines;
    size_t count;
};

struct answer_text {
    struct answer_block *blocks;
    size_t count;
};

/*
 * The answer in blocks. `said` is what the asker said, in words, where the caller knows it better
 * than the question does (a number is kept there only as far as rules tell numbers apart); else
 * empty.
 */
struct answer_text *answer_text_make(struct arena *arena, const struct decide_answer *answer,
                                     struct str said);

/* What is given in a question, in words: "a teacher; account: my own account". */
struct str answer_text_given(struct arena *arena, const struct decide_question *question,
                             uint32_t person);

/* "my niece", or "person 2". */
struct str answer_text_person(struct arena *arena, const struct decide_question *question,
                              uint32_t person);

#endif
