/*
 * screen/screen.h - reads a draft and says what it holds: people, contact data, secrets, how it
 * speaks and of whom.
 *
 *     struct screen_setting setting = {.school = &school, .roll = roll, .model = model};
 *     struct screen *screen = screen_open(arena, &setting);
 *     struct screen_findings found = screen_run(screen, scratch, draft, SCREEN_CHANNEL_PERSONAL);
 *     for (size_t i = 0; i < found.count; i++) ... found.items[i] ...
 *
 * Read next: kinds.h for what can be found; roll.h for the people; draft_int.h and work_int.h to
 * write a detector; detectors.c for the table of them.
 *
 * What must hold
 * - A finding is never a verdict: policies say what follows (check/check.h).
 * - Pure: no input or output, no clock. A struct screen does not change after it is opened, and may
 *   be used by several threads at once, each with an arena of its own.
 * - Offsets are bytes of the draft as it was given and lie between whole characters, whatever the
 *   draft holds; bytes that are not UTF-8 are passed over.
 */
#ifndef HANDRAIL_SCREEN_SCREEN_H
#define HANDRAIL_SCREEN_SCREEN_H

#include "base/arena.h"
#include "base/str.h"
#include "screen/kinds.h"

#include <stdint.h>

/* A draft may have this many bytes; what lies beyond is not read, and `is_cut` says so. */
#define SCREEN_DRAFT_BYTES_MAX ((size_t)40000)
/* Findings of one draft; the rest is counted in `dropped`. */
#define SCREEN_FINDINGS_MAX 512
/* Names, abbreviations, mail domains of a school, each. */
#define SCREEN_SCHOOL_NAMES_MAX 64

enum screen_channel {                          /* where the words would stand */
                      SCREEN_CHANNEL_PERSONAL, /* a post on a person's own account */
                      SCREEN_CHANNEL_OFFICIAL, /* a post on an account of the school */
                      SCREEN_CHANNEL_MESSAGE,  /* a direct message, a closed chat */
                      SCREEN_CHANNEL_PROFILE,  /* a name, biography or sign-up of an account */
                      SCREEN_CHANNEL_INCOMING, /* what somebody sends to an account of the school */
                      SCREEN_CHANNEL_COUNT
};

struct screen_names {
    const struct str *items;
    size_t count; /* at most SCREEN_SCHOOL_NAMES_MAX are used */
};

struct screen_school {                 /* any part may be empty */
    struct screen_names names;         /* "Ashdown Vale Academy", "Ashdown Vale" */
    struct screen_names abbreviations; /* "AVA"; matched as a whole word, capitals as written */
    struct screen_names nicknames;     /* "the Vale"; matched as a phrase with a capital */
    /*
     * Its addresses of mail and web sites: "ashdownvale.example", without "www." and "@". What ends
     * in one is the school's (office@mail.ashdownvale.example); a host that only contains it, or
     * whose first label is written nearly so, looks like it. The first label counts as a name.
     */
    struct screen_names mail_domains;
};

struct screen_roll;  /* roll.h */
struct screen_model; /* model.h */

struct screen_setting {                 /* borrowed: must outlive what is opened with it */
    const struct screen_school *school; /* NULL: no school is known */
    const struct screen_roll *roll;     /* NULL: nobody is known */
    const struct screen_model *model;   /* NULL: rules alone, which find less */
};

struct screen;

/* Ready to read drafts; lives in the arena. */
struct screen *screen_open(struct arena *arena, const struct screen_setting *setting);

/* For whoever waits for drafts: what the first one needs is fetched beforehand, which takes about
 * half a millisecond. Changes nothing else; the arena is left as it was. */
void screen_rehearse(const struct screen *screen, struct arena *arena);

/* No person: see screen_finding.person. */
#define SCREEN_NOBODY UINT32_MAX

struct screen_finding {
    enum screen_kind kind;
    uint8_t detail;      /* index into the details of its kind, or SCREEN_DETAIL_NONE */
    uint16_t confidence; /* of a thousand; what is below SCREEN_SHOWN is not reported */
    uint32_t start, end; /* bytes of the draft; equal for what belongs to the whole draft */
    uint32_t person;     /* whom it names or speaks of: a row of the roll, or SCREEN_NOBODY */
    struct str because;  /* one sentence on what was seen; static, or in the arena of screen_run */
};

/*
 * From this confidence on a finding is reported. Scores are calibrated to it (docs/model-card.md).
 */
#define SCREEN_SHOWN 500

struct screen_findings {
    struct screen_finding *items; /* by start, then by kind */
    size_t count;
    size_t dropped;
    bool is_cut;
};

/* Reads a draft; everything that is made lives in the arena. */
struct screen_findings screen_run(const struct screen *screen, struct arena *arena,
                                  struct str draft, enum screen_channel channel);

/* "personal", "official" ... */
struct str screen_channel_name(enum screen_channel channel);
/* SCREEN_CHANNEL_COUNT where there is none of the name. */
enum screen_channel screen_channel_find(struct str name);

#endif
