/*
 * policy/operation.c - the table of operation statements.
 *
 * Read first: policy/operation.h; docs/policy-language.md, section 8. A new kind or field is a line
 * here, a line there, and a case in tests/policy/.
 */
#include "policy/operation.h"

#include "policy/ast.h"
#include "screen/kinds.h"

/* A field that may or must be stated, once or often. */
#define MAY(name, type) {STR_INIT(name), OPERATION_##type, false, false, NULL, 0}
#define NEEDS(name, type) {STR_INIT(name), OPERATION_##type, true, false, NULL, 0}
#define MAY_OFTEN(name, type) {STR_INIT(name), OPERATION_##type, false, true, NULL, 0}
#define NEEDS_OFTEN(name, type) {STR_INIT(name), OPERATION_##type, true, true, NULL, 0}

/* What a route can be for. */
static const struct str route_words[] = {
    STR_INIT("reports"),    STR_INIT("questions"),   STR_INIT("referrals"), STR_INIT("press"),
    STR_INIT("complaints"), STR_INIT("suggestions"), STR_INIT("concerns"),  STR_INIT("requests"),
};
#define ROUTE_WORD_COUNT (sizeof route_words / sizeof route_words[0])

static const struct operation_field duty_fields[] = {
    NEEDS("who", TEXT),
    NEEDS("by", TEXT),
    MAY("evidence", TEXT),
    MAY("otherwise", TEXT),
};

static const struct operation_field role_fields[] = {
    NEEDS("of", ROLES),
    NEEDS_OFTEN("does", TEXT),
    MAY("deputy", ROLES),
    MAY("answers-to", ROLES),
};

static const struct operation_field route_fields[] = {
    {STR_INIT("for"), OPERATION_NAMES, true, false, route_words, ROUTE_WORD_COUNT},
    NEEDS("to", ROLES),
    MAY("about-them", ROLES),
    MAY("within", DURATION),
    MAY("first", TEXT),
};

static const struct operation_field process_fields[] = {
    MAY("on", ACTS),
    MAY_OFTEN("ask", TEXT),
    MAY_OFTEN("need", TEXT),
    MAY("at-least", NUMBER_TEXT),
    MAY("decided-by", ROLES),
    MAY_OFTEN("apart", TEXT),
    MAY("with-reasons", FLAG),
    MAY("in-writing", FLAG),
    MAY("lasts", DURATION),
    MAY("trial", DURATION),
    MAY_OFTEN("step", TEXT),
    MAY("tells", ROLES),
};

static const struct operation_field clock_fields[] = {
    NEEDS("starts", TEXT),
    NEEDS("within", DURATION),
    MAY("received-weekend", TEXT),
    NEEDS("stops", TEXT),
    MAY_OFTEN("choice", TEXT),
    MAY("escalates", ROLES),
    MAY("runs-for", ROLES),
};

static const struct operation_field review_fields[] = {
    MAY("every", DURATION),
    MAY("last", DATE),
    MAY("next", DATE),
    NEEDS("by", ROLES),
    MAY("approved-by", ROLES),
};

static const struct operation_field record_fields[] = {
    NEEDS_OFTEN("holds", TEXT),
    MAY("on-date", DATE),
};

static const struct operation_field notice_fields[] = {
    NEEDS("to", TEXT),
    NEEDS("says", TEXT),
    MAY("before", DURATION),
    MAY("receipt", FLAG),
    MAY_OFTEN("choice", TEXT),
};

static const struct operation_field acknowledgement_fields[] = {
    NEEDS("by", TEXT),
    NEEDS("means", TEXT),
    MAY("remind", DURATION),
    MAY("chase", ROLES),
};

static const struct operation_field training_fields[] = {
    NEEDS("for", TEXT),
    NEEDS_OFTEN("covers", TEXT),
    MAY("every", DURATION),
    MAY("gates", TEXT),
};

static const struct operation_field register_fields[] = {
    NEEDS_OFTEN("keeps", TEXT),
    MAY("owner", ROLES),
    MAY("expires", DURATION),
    MAY("answers", KEYS),
};

static const struct operation_field retention_fields[] = {
    NEEDS("of", TEXT),
    MAY("covers", KEPT),
    MAY("from", NAMES),
    MAY("keep", DURATION),
    NEEDS("then", TEXT),
    MAY("holds-respected", FLAG),
};

static const struct operation_field self_check_fields[] = {
    NEEDS_OFTEN("item", TEXT),
    MAY("private", FLAG),
    MAY("every", DURATION),
};

static const struct operation_field safeguard_fields[] = {
    NEEDS("grounds", TEXT),
    NEEDS("alternatives", TEXT),
    MAY("authorised-by", ROLES),
    MAY_OFTEN("apart", TEXT),
    MAY("ends", DURATION),
    MAY_OFTEN("kind", TEXT),
};

static const struct operation_field case_fields[] = {
    NEEDS_OFTEN("kind", TEXT),
    MAY_OFTEN("step", TEXT),
    MAY_OFTEN("outcome", TEXT),
    MAY_OFTEN("not-before", TEXT),
    MAY("decided-by", ROLES),
    MAY("under", TEXT),
};

static const struct operation_field test_fields[] = {
    NEEDS_OFTEN("limb", TEXT),
    MAY("source", TEXT),
};

/* Where a draft would stand: screen_channel_name(), which a static table cannot call. */
static const struct str channel_words[] = {
    STR_INIT("personal"), STR_INIT("official"), STR_INIT("message"),
    STR_INIT("profile"),  STR_INIT("incoming"),
};
#define CHANNEL_WORD_COUNT (sizeof channel_words / sizeof channel_words[0])

static const struct operation_field screen_fields[] = {
    {STR_INIT("finds"), OPERATION_NAMES, true, false, screen_kind_names, SCREEN_KIND_COUNT},
    MAY("of", NAMES),
    {STR_INIT("in"), OPERATION_NAMES, false, false, channel_words, CHANNEL_WORD_COUNT},
    NEEDS("sets", CONDITION),
    MAY("mend", TEXT),
    MAY_OFTEN("not", TEXT),
    MAY_OFTEN("fires", TEXT),
    MAY_OFTEN("passes", TEXT),
};

static const struct operation_field inbox_fields[] = {
    NEEDS_OFTEN("item", TEXT),
    MAY_OFTEN("action", TEXT),
    MAY("evidence-first", FLAG),
    MAY("tells", ROLES),
};

static const struct operation_field report_fields[] = {
    NEEDS_OFTEN("figure", TEXT),
    MAY("to", ROLES),
    MAY("every", DURATION),
    MAY("suppress-under", NUMBER),
};

static const struct operation_field document_fields[] = {
    NEEDS_OFTEN("format", TEXT),
    MAY("from", TEXT),
};

static const struct operation_field reminder_fields[] = {
    NEEDS("says", TEXT),
    MAY_OFTEN("link", TEXT),
};

#define KIND(name, module, fields)                                                                 \
    {STR_INIT(name), STR_INIT(module), fields, sizeof fields / sizeof fields[0]}

static const struct operation_kind kinds[] = {
    KIND("duty", "decide", duty_fields),
    KIND("role", "records", role_fields),
    KIND("route", "inbox", route_fields),
    KIND("process", "records", process_fields),
    KIND("clock", "calendar", clock_fields),
    KIND("review", "calendar", review_fields),
    KIND("record", "records", record_fields),
    KIND("notice", "notify", notice_fields),
    KIND("acknowledgement", "records", acknowledgement_fields),
    KIND("training", "records", training_fields),
    KIND("register", "records", register_fields),
    KIND("retention", "records", retention_fields),
    KIND("self-check", "records", self_check_fields),
    KIND("safeguard", "records", safeguard_fields),
    KIND("case", "records", case_fields),
    KIND("test", "records", test_fields),
    KIND("screen", "screen", screen_fields),
    KIND("inbox", "inbox", inbox_fields),
    KIND("report", "report", report_fields),
    KIND("document", "report", document_fields),
    KIND("reminder", "web", reminder_fields),
};

const struct operation_kind *operation_kinds(size_t *count)
{
    *count = sizeof kinds / sizeof kinds[0];
    return kinds;
}

const struct operation_kind *operation_kind_find(struct str name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (str_equal(name, kinds[i].name)) {
            return &kinds[i];
        }
    }
    return NULL;
}

const struct operation_field *operation_field_find(const struct operation_kind *kind,
                                                   struct str name)
{
    for (size_t i = 0; i < kind->field_count; i++) {
        if (str_equal(name, kind->fields[i].name)) {
            return &kind->fields[i];
        }
    }
    return NULL;
}

const struct policy_field *operation_said_find(const struct policy_operation *operation,
                                               struct str name)
{
    for (size_t i = 0; i < operation->field_count; i++) {
        if (str_equal(operation->fields[i].name.text, name)) {
            return &operation->fields[i];
        }
    }
    return NULL;
}
