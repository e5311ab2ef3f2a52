/*
 * screen/kinds.h - the kinds of things that a draft can be found to hold.
 *
 * A policy names a kind in `finds` of a screen statement (docs/policy-language.md, section 8); a
 * detector reports it. What a kind means for a draft is the policy's to say, so nothing here
 * judges.
 *
 * What must hold: names are stable, since policies and saved results carry them; the order of the
 * enumeration is the order of the table.
 */
#ifndef HANDRAIL_SCREEN_KINDS_H
#define HANDRAIL_SCREEN_KINDS_H

#include "base/str.h"

enum screen_kind {
    /* people */
    SCREEN_PUPIL_NAMED,
    SCREEN_STAFF_NAMED,
    SCREEN_PARENT_NAMED,
    SCREEN_PERSON_NAMED,
    SCREEN_PUPIL_DESCRIBED,
    SCREEN_STAFF_DESCRIBED,
    SCREEN_PARENT_DESCRIBED,
    /* the school and the writer's place in it */
    SCREEN_SCHOOL_NAME,
    SCREEN_SCHOOL_ABBREVIATION,
    SCREEN_SCHOOL_LOOK_ALIKE,
    SCREEN_AFFILIATION,
    SCREEN_DISCLAIMER,
    SCREEN_AFFILIATION_WITHOUT_DISCLAIMER,
    SCREEN_SPEAKING_FOR_SCHOOL,
    /* contact data and identifiers */
    SCREEN_EMAIL_ADDRESS,
    SCREEN_SCHOOL_EMAIL,
    SCREEN_PHONE_NUMBER,
    SCREEN_POSTAL_ADDRESS,
    SCREEN_POSTCODE,
    SCREEN_DATE_OF_BIRTH,
    SCREEN_PUPIL_NUMBER,
    SCREEN_HEALTH_NUMBER,
    SCREEN_INSURANCE_NUMBER,
    SCREEN_TEACHER_NUMBER,
    SCREEN_BANK_DETAILS,
    /* ways in */
    SCREEN_CREDENTIAL,
    SCREEN_MEETING_LINK,
    SCREEN_DOOR_CODE,
    SCREEN_SECURITY_ANSWER,
    SCREEN_RISKY_LINK,
    /* confidence */
    SCREEN_CONFIDENTIALITY_MARK,
    SCREEN_SENSITIVE_CONTEXT,
    SCREEN_CONFIDENTIAL_MATTER,
    SCREEN_SPECIFIC_MATTER,
    /* how it speaks of people */
    SCREEN_DISPARAGEMENT,
    SCREEN_INSULT,
    SCREEN_OBSCENITY,
    SCREEN_SEXUAL_CONTENT,
    SCREEN_HARASSMENT,
    SCREEN_THREAT,
    SCREEN_HATRED,
    SCREEN_EXTREMISM_SUPPORT,
    SCREEN_GRIEVANCE,
    SCREEN_ALLEGATION,
    SCREEN_REFERENCE,
    SCREEN_REPORTED_VIEWS,
    /* own interests, other people's work */
    SCREEN_PERSONAL_GAIN,
    SCREEN_SOLICITATION,
    SCREEN_LONG_QUOTATION,
    SCREEN_UNCREDITED_IMAGE,
    SCREEN_PICTURE, /* the person says that a picture goes with it; no detector finds this */
    /* what an incoming message is, as a whole */
    SCREEN_QUERY,
    SCREEN_COMPLAINT,
    SCREEN_PRAISE,
    SCREEN_SUBJECT_ACCESS_REQUEST,
    SCREEN_PRESS_ENQUIRY,
    SCREEN_DISCLOSURE_OF_HARM,
    SCREEN_ABUSE,
    SCREEN_SPAM,
    SCREEN_KIND_COUNT
};

/* Details that a finding of some kinds has: at most this many to choose from. */
#define SCREEN_DETAILS_MAX 9
#define SCREEN_DETAIL_NONE 255

/* As policies write them: "pupil-named". */
extern const struct str screen_kind_names[SCREEN_KIND_COUNT];

struct screen_kind_info {
    struct str title;    /* a heading: "A pupil is named" */
    struct str why;      /* one sentence: what is meant and why it can matter */
    struct str mend;     /* one sentence: what to do about it */
    bool is_of_incoming; /* belongs to a whole incoming message and has no span */
    bool is_not_shown;   /* not a concern in itself: a disclaimer, an affiliation */
    struct str details[SCREEN_DETAILS_MAX]; /* the empty text ends them */
};

/* What is known of a kind; `kind` is below SCREEN_KIND_COUNT. */
const struct screen_kind_info *screen_kind_info(enum screen_kind kind);

/* The kind of a name, or SCREEN_KIND_COUNT. */
enum screen_kind screen_kind_find(struct str name);

/* The detail of a kind by its name, or SCREEN_DETAIL_NONE. */
unsigned screen_detail_find(enum screen_kind kind, struct str name);

#endif
