/*
 * cli/test_drafts.c - the drafts that screen statements carry: `fires` must be found, and a rule be
 * cited for it; `passes` must not be found.
 *
 * Read first: test_int.h; docs/policy-language.md, section 8, "Screening". The people that drafts
 * may name are those of vocabulary/people.csv above the pack; the school is the invented one below,
 * and a teacher writes.
 */
#include "cli/test_int.h"

#include "check/check.h"
#include "cli/today.h"
#include "screen/roll.h"
#include "shelf/files.h"
#include "trained/trained.h"

#define PEOPLE_FILE "vocabulary/people.csv"

/* Who writes the drafts. */
#define DRAFT_PERSON "teacher"

/* The invented school of all examples. */
static const struct str school_names[] = {STR_INIT("Ashdown Vale Learning Trust"),
                                          STR_INIT("Ashdown Vale Academy"),
                                          STR_INIT("Ashdown Vale")};
static const struct str school_short[] = {STR_INIT("AVA"), STR_INIT("AVLT")};
static const struct str school_mail[] = {STR_INIT("ashdownvale.example")};
static const struct screen_school school = {
    .names = {school_names, sizeof school_names / sizeof *school_names},
    .abbreviations = {school_short, sizeof school_short / sizeof *school_short},
    .mail_domains = {school_mail, 1},
};

static const struct screen_roll *people_read(struct cli *cli, struct str folder)
{
    struct str file = shelf_file_find_above(cli->arena, folder, STR(PEOPLE_FILE));
    struct str csv;
    if (str_is_empty(file) ||
        !result_is_ok(shelf_file_read(cli->arena, file, SCREEN_ROLL_BYTES_MAX, &csv))) {
        return NULL;
    }
    struct diag_list diags = diag_list_new(cli->arena);
    const struct screen_roll *roll = screen_roll_read(cli->arena, csv, file, &diags);
    if (diags.count > 0) {
        cli_diagnose(cli, &diags);
    }
    return roll;
}

/* The compiled statement of an operation: that of its name in the clause of this key. */
static uint32_t operation_find(const struct pack *pack, struct str clause,
                               const struct policy_operation *operation)
{
    uint32_t index = pack_clause_find(pack, clause);
    if (index == PACK_NONE) {
        return PACK_NONE;
    }
    const struct pack_clause *record = &pack->clause[index];
    for (uint32_t i = 0; i < record->operation_count; i++) {
        const struct pack_operation *one = &pack->operation[record->first_operation + i];
        if (str_equal(pack_text(pack, one->kind), operation->kind.text) &&
            str_equal(pack_text(pack, one->name), operation->name.text)) {
            return record->first_operation + i;
        }
    }
    return PACK_NONE;
}

/* Where the drafts of a statement stand: the first channel that it names. */
static enum screen_channel channel_of(const struct policy_operation *operation)
{
    for (size_t i = 0; i < operation->field_count; i++) {
        const struct policy_field *field = &operation->fields[i];
        if (str_equal(field->name.text, STR("in")) && field->names.count > 0) {
            return screen_channel_find(field->names.at[0].text);
        }
    }
    return SCREEN_CHANNEL_PERSONAL;
}

struct draft_test {
    struct test_run *run;
    struct test_pack *pack;
    const struct check *check;
    const struct screen *screen;
    struct arena *scratch;
};

/* Somebody has to write it. */
static struct interview *said_make(struct arena *arena, const struct pack *pack)
{
    struct interview *said = interview_new(arena, pack);
    struct interview_said writer = {.fact = pack_fact_find(pack, STR("person"))};
    if (writer.fact != PACK_NONE &&
        interview_value_take(arena, pack, STR(DRAFT_PERSON), &writer) == NULL) {
        (void)interview_say(said, &writer);
    }
    return said;
}

static void draft_test(struct draft_test *test, const struct policy_clause *clause,
                       const struct policy_operation *operation, const struct policy_field *field)
{
    struct test_pack *pack = test->pack;
    bool must_fire = str_equal(field->name.text, STR("fires"));
    if (!must_fire && !str_equal(field->name.text, STR("passes"))) {
        return;
    }
    struct arena_mark mark = arena_mark(test->scratch);
    struct interview *said = said_make(test->scratch, &pack->one->pack);
    const struct check_draft of_field = {
        .text = field->text, .channel = channel_of(operation), .said = said, .as_of = today_date()};
    enum check_shown shown =
        check_try(test->scratch, test->check, test->screen, &of_field,
                  operation_find(&pack->one->pack, clause->key.text, operation));
    arena_rewind(test->scratch, mark);
    struct test_draft *draft = &pack->drafts[pack->draft_count++];
    *draft = (struct test_draft){.place = field->name.place,
                                 .clause = clause->key.text,
                                 .statement = operation->name.text,
                                 .text = field->text,
                                 .must_fire = must_fire,
                                 .has_passed =
                                     shown == (must_fire ? CHECK_SHOWN_CITED : CHECK_SHOWN_NOT),
                                 .is_in_vain = must_fire && shown == CHECK_SHOWN_IN_VAIN};
    pack->passed += draft->has_passed ? 1 : 0;
    pack->failed += draft->has_passed ? 0 : 1;
}

static size_t fields_count(const struct policy_document *document)
{
    size_t count = 0;
    for (size_t c = 0; c < document->clause_count; c++) {
        for (size_t o = 0; o < document->clauses[c].operation_count; o++) {
            count += document->clauses[c].operations[o].field_count;
        }
    }
    return count;
}

void test_drafts(struct test_run *run, struct test_pack *pack)
{
    struct arena *arena = run->cli->arena;
    const struct policy_document *document = pack->one->document;
    const struct screen_setting setting = {.school = &school,
                                           .roll = people_read(run->cli, pack->one->folder),
                                           .model = trained_model(arena)};
    DEFER(arena_close) struct arena *scratch = arena_open();
    struct draft_test test = {.run = run,
                              .pack = pack,
                              .scratch = scratch,
                              .check = check_open(arena, &pack->one->pack),
                              .screen = screen_open(arena, &setting)};
    pack->drafts = ARENA_ARRAY(arena, struct test_draft, fields_count(document) + 1);
    for (size_t c = 0; c < document->clause_count; c++) {
        const struct policy_clause *clause = &document->clauses[c];
        for (size_t o = 0; o < clause->operation_count; o++) {
            const struct policy_operation *operation = &clause->operations[o];
            for (size_t f = 0;
                 str_equal(operation->kind.text, STR("screen")) && f < operation->field_count;
                 f++) {
                draft_test(&test, clause, operation, &operation->fields[f]);
            }
        }
    }
}
