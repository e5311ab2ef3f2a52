/*
 * screen/roll.h - the people of a school, as a draft may name them.
 *
 * A roll is a CSV file with a head line. Columns, in any order: kind (pupil, staff, parent), name;
 * and if there are any: known_as, school, year, class, role, photo_consent. Files of management
 * systems name columns otherwise; SCREEN_ROLL_HEADS in roll.c has their words ("Forename" and
 * "Surname", "Reg", "Year Group" ...).
 *
 * What must hold
 * - Bad lines become diagnostics with their line; the good ones are kept, so that one slip does not
 *   cost the roll. A file that is no roll at all gives an error and an empty roll.
 * - A cell that a spreadsheet would run as a formula ("=", "+", "-", "@" in front) is an error.
 * - A roll lives in the arena and does not change. It holds the names in a form that is made for
 *   matching; nothing of it is ever written anywhere.
 */
#ifndef HANDRAIL_SCREEN_ROLL_H
#define HANDRAIL_SCREEN_ROLL_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/str.h"

#include <stdint.h>

/* Limits: a roll of all pupils, staff and parents of a large trust. */
#define SCREEN_ROLL_BYTES_MAX ((size_t)32 * 1024 * 1024)
#define SCREEN_ROLL_PEOPLE_MAX 200000
#define SCREEN_ROLL_LINE_BYTES_MAX LIMIT_CSV_LINE_BYTES_MAX
#define SCREEN_ROLL_NAME_BYTES_MAX 200

enum screen_person_kind {
    SCREEN_PERSON_PUPIL,
    SCREEN_PERSON_STAFF,
    SCREEN_PERSON_PARENT,
    SCREEN_PERSON_KIND_COUNT
};

enum screen_photo_consent { /* what the roll says; not whether it is the lawful ground */
                            SCREEN_PHOTO_NOT_TOLD,
                            SCREEN_PHOTO_YES,
                            SCREEN_PHOTO_NO,
                            SCREEN_PHOTO_WITHDRAWN,
                            SCREEN_PHOTO_COUNT
};

struct screen_person {
    enum screen_person_kind kind;
    enum screen_photo_consent photo;
    struct str name, known_as, school, year, class_name, role;
};

struct screen_roll;

/* Reads a roll; `file` is for messages. Never NULL; see diag_error_count() of the list. */
const struct screen_roll *screen_roll_read(struct arena *arena, struct str csv, struct str file,
                                           struct diag_list *diags);

uint32_t screen_roll_count(const struct screen_roll *roll);
const struct screen_person *screen_roll_person(const struct screen_roll *roll, uint32_t row);

#endif
