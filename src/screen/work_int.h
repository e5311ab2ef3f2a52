/*
 * screen/work_int.h - what a detector gets, and how it reports.
 *
 * Read first: draft_int.h, words_int.h. A detector is a function of detect_NAME.c, declared here
 * and named in the table of detectors.c. It reads the draft and reports findings; those of
 * detectors that stand before it in the table are there to be read (people before what is said
 * about them).
 *
 *     void screen_detect_postcode(struct screen_work *work)
 *     {
 *         for each token ...
 *             screen_found(work, SCREEN_POSTCODE, SCREEN_DETAIL_NONE, first, last, 950,
 *                          STR("It has the form of a postcode."));
 *     }
 *
 * What must hold: a detector never changes a token, never fails, and its time grows no faster than
 * the draft (a bounded window, never all pairs).
 */
#ifndef HANDRAIL_SCREEN_WORK_INT_H
#define HANDRAIL_SCREEN_WORK_INT_H

#include "screen/draft_int.h"
#include "screen/screen.h"
#include "screen/words_int.h"

/* What the model says of one sentence, of a thousand each; 0 without a model. */
enum screen_score {
    SCREEN_SCORE_OFFENCE, /* insulting or abusive */
    SCREEN_SCORE_HATE,    /* hateful towards a group */
    SCREEN_SCORE_OBSCENE, /* coarse words */
    SCREEN_SCORE_COUNT
};

struct screen_scores {
    uint16_t of[SCREEN_SCORE_COUNT];
};

struct screen_reading;       /* pattern_int.h */
struct screen_model_reading; /* model.c */

struct screen_work {
    const struct screen *screen;
    const struct screen_setting *setting;
    const struct screen_draft *draft;
    enum screen_channel channel;
    struct arena *arena;
    struct screen_finding *found;
    size_t found_count, found_room, found_dropped;
    struct screen_reading *reading;     /* for patterns: screen_reading_of() */
    struct screen_model_reading *model; /* NULL: there is no model, or nobody has asked it yet */
};

/*
 * Reports tokens `first` to `last` (both included). Reports below SCREEN_SHOWN are kept for later
 * detectors and dropped at the end. Answers the finding, to set its person; it stays where it is
 * until the next is reported. NULL when there are too many. Of two of the same kind that overlap
 * the surer one stays, at the end.
 */
struct screen_finding *screen_found(struct screen_work *work, enum screen_kind kind,
                                    unsigned detail, uint32_t first, uint32_t last,
                                    unsigned confidence, struct str because);

/* The same for a part of a token or text: bytes of the draft, between whole characters. */
struct screen_finding *screen_found_bytes(struct screen_work *work, enum screen_kind kind,
                                          unsigned detail, uint32_t start, uint32_t end,
                                          unsigned confidence, struct str because);

/*
 * The first finding of a kind that touches the bytes, or NULL. Also one below SCREEN_SHOWN, which
 * nobody will see: whoever builds on it looks at its confidence.
 */
const struct screen_finding *screen_finding_at(const struct screen_work *work,
                                               enum screen_kind kind, uint32_t start, uint32_t end);
/* What the model says of a sentence, and how much it blames a token for it; of a thousand each, 0
 * without a model. Neither comes free: ask where all else speaks for a finding. */
unsigned screen_score(struct screen_work *work, uint32_t sentence, enum screen_score score);
unsigned screen_blame(struct screen_work *work, uint32_t token);
/* What stands for each token as the model sees it (features_int.h); NULL without a model. */
const uint32_t *screen_words_of(struct screen_work *work);

/* Whether there is one of the kind anywhere that will be shown. */
bool screen_has(const struct screen_work *work, enum screen_kind kind);

/* The detectors, in the order of detectors.c. */
void screen_detect_people(struct screen_work *work);    /* *-named, person-named */
void screen_detect_described(struct screen_work *work); /* *-described */
void screen_detect_school(struct screen_work *work);    /* school-* */
void screen_detect_contact(
    struct screen_work *work); /* mail, telephone, address, postcode, birth */
void screen_detect_identifier(struct screen_work *work);  /* UPN, NHS, NINO, TRN, bank */
void screen_detect_secret(struct screen_work *work);      /* credential, meeting, door, answers */
void screen_detect_link(struct screen_work *work);        /* risky-link */
void screen_detect_affiliation(struct screen_work *work); /* affiliation, disclaimer, without one */
void screen_detect_confidence(struct screen_work *work);  /* marks, sensitive context, matters */
void screen_detect_speech(struct screen_work *work);   /* disparagement, insult, obscenity, sexual,
                                                        harassment, threat, hatred, extremism */
void screen_detect_claim(struct screen_work *work);    /* grievance, allegation, reference, views */
void screen_detect_voice(struct screen_work *work);    /* speaking-for-school, gain, solicitation */
void screen_detect_borrowed(struct screen_work *work); /* long-quotation, uncredited-image */
void screen_detect_incoming(struct screen_work *work); /* what a message is as a whole */

#endif
