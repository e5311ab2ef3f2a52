/*
 * told/receipt_of.c - the answer of "May I?" as a receipt.
 *
 * Read first: receipt_of.h.
 */
#include "told/receipt_of.h"

#include <time.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/sha256.h"
#include "interview/words.h"

void told_digest(struct str image, unsigned char out[SHA256_BYTES])
{
    sha256(image.at, image.len, out);
}

int64_t told_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- What was said --------------------------------------------------------------------------- */

/* Facts as they come together; one too many is counted and not kept. */
struct facts {
    struct arena *arena;
    struct receipt_fact *at;
    size_t count;
};

static void fact_add(struct facts *facts, struct str name, struct str value)
{
    if (facts->count < RECEIPT_FACTS_MAX) {
        facts->at[facts->count] = (struct receipt_fact){name, value};
    }
    facts->count++;
}

/* "Who it is", or "Who it is (person 2)" where there are several. */
static struct str of_person(const struct interview *interview, struct str name, uint32_t person)
{
    return person == 0 || interview->person_count < 2
               ? name
               : str_format(interview->arena, STR_FMT " (person %u)", STR_ARG(name), person);
}

static struct str name_of(const struct interview *interview, uint32_t fact, uint32_t person)
{
    struct str label = pack_text(interview->pack, interview->pack->fact[fact].label);
    return of_person(interview, words_capital(interview->arena, label), person);
}

static void add_people(struct facts *facts, const struct interview *interview)
{
    if (interview->has_people) {
        fact_add(facts, STR("Other people concerned"),
                 str_format(facts->arena, "%u", interview->person_count));
    }
}

static void add_said(struct facts *facts, const struct interview *interview)
{
    for (size_t i = 0; i < interview->said_count; i++) {
        const struct interview_said *said = &interview->said[i];
        fact_add(facts, name_of(interview, said->fact, said->person),
                 interview_said_words(interview, said));
    }
}

/* What the holder says of approvals: nobody else was asked. */
static void add_had(struct facts *facts, const struct interview *interview)
{
    for (size_t i = 0; i < interview->have_count; i++) {
        struct str name, value;
        struct str words = interview_have_words(interview, &interview->have[i]);
        if (str_cut(words, ':', &name, &value)) {
            fact_add(facts, of_person(interview, name, interview->have[i].person), str_trim(value));
        }
    }
}

static void add_presumed(struct facts *facts, const struct interview *interview,
                         const struct decide_answer *answer)
{
    for (size_t i = 0; i < answer->presumed_count; i++) {
        const struct decide_presumed *presumed = &answer->presumed[i];
        struct str label, value;
        if (!str_cut(presumed->text, ':', &label, &value)) {
            value = label;
        }
        fact_add(
            facts, name_of(interview, presumed->fact, presumed->person),
            str_format(facts->arena, STR_FMT " (taken for granted)", STR_ARG(str_trim(value))));
    }
}

/* ---- What was answered ----------------------------------------------------------------------- */

static bool is_among(struct str word, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i], word)) {
            return true;
        }
    }
    return false;
}

/* The clauses that certainly apply, those that decide first, each once. */
static size_t clauses_of(struct arena *arena, const struct decide_answer *answer, struct str *out)
{
    const struct pack *pack = answer->question->pack;
    size_t count = 0;
    for (size_t i = 0; i < answer->cited_count; i++) {
        struct str clause = words_clause(arena, pack, pack->rule[answer->cited[i].rule].clause);
        if (answer->cited[i].is_certain && count < RECEIPT_CLAUSES_MAX &&
            !is_among(clause, out, count)) {
            out[count++] = clause;
        }
    }
    return count;
}

MUST_USE static struct result refuse(const char *why)
{
    return result_fail(RESULT_CODE_INVALID, why, (struct str){0});
}

/* The answer to all that was said, and to nothing less. */
MUST_USE static struct result answer_of(struct arena *arena, const struct told_asked *asked,
                                        struct interview_turn **out)
{
    *out = interview_turn(arena, asked->pack, asked->form, asked->as_of);
    if ((*out)->lost > 0 || !str_is_empty((*out)->problem.message)) {
        return refuse("Something that was said is not understood, perhaps because the policy was "
                      "changed meanwhile. Ask again, and keep the receipt of that answer");
    }
    if ((*out)->stage != INTERVIEW_STAGE_ANSWER) {
        return refuse("There is no answer yet: some questions are still open. Answer them, or say "
                      "that you do not know");
    }
    if (!str_is_empty(asked->shown) &&
        !str_equal(asked->shown, decide_verdict_name((*out)->answer->verdict))) {
        return result_fail(
            RESULT_CODE_CONFLICT,
            "This website comes to another answer than the one that you saw, perhaps "
            "because the policy was changed meanwhile. Ask again",
            (struct str){0});
    }
    return RESULT_OK;
}

struct result told_receipt(struct arena *arena, const struct told_asked *asked,
                           const struct note_signer *signer, struct str *out)
{
    struct interview_turn *turn;
    TRY(answer_of(arena, asked, &turn));
    const struct interview *interview = turn->interview;
    const struct decide_answer *answer = turn->answer;
    struct facts facts = {.arena = arena,
                          .at = ARENA_ARRAY(arena, struct receipt_fact, RECEIPT_FACTS_MAX)};
    add_people(&facts, interview);
    add_said(&facts, interview);
    add_had(&facts, interview);
    add_presumed(&facts, interview, answer);
    struct str *clauses = ARENA_ARRAY(arena, struct str, RECEIPT_CLAUSES_MAX);
    struct receipt receipt = {
        .policy = pack_title(asked->pack),
        .name = asked->name,
        .asked = str_format(arena, "May I " STR_FMT "?",
                            STR_ARG(words_act(asked->pack, interview->act))),
        .facts = facts.at,
        .fact_count = facts.count,
        .verdict = answer->headline,
        .clauses = clauses,
        .clause_count = clauses_of(arena, answer, clauses),
        .time_ms = asked->time_ms,
    };
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        receipt.policy_digest[i] = asked->digest[i];
    }
    return receipt_sign(arena, &receipt, signer, out);
}

/* ---- From JSON ------------------------------------------------------------------------------- */

static bool field_add(struct arena *arena, struct form *form, struct str name,
                      const struct json_value *value)
{
    struct str text;
    if (form->count == FORM_FIELDS_MAX || !json_plain(arena, value, &text)) {
        return false;
    }
    form->fields[form->count++] = (struct form_field){name, text};
    return true;
}

struct result told_form_of_json(struct arena *arena, const struct json_value *answers,
                                struct form *out)
{
    *out = (struct form){.fields = ARENA_ARRAY(arena, struct form_field, FORM_FIELDS_MAX)};
    if (!answers || answers->kind != JSON_OBJECT) {
        return refuse("\"answers\" is an object with the fields of an interview");
    }
    for (size_t i = 0; i < answers->count; i++) {
        struct str name = answers->members[i].key;
        const struct json_value *value = &answers->members[i].value;
        bool is_list = value->kind == JSON_ARRAY;
        bool is_good = is_list || field_add(arena, out, name, value);
        for (size_t at = 0; is_list && is_good && at < value->count; at++) {
            is_good = field_add(arena, out, name, &value->elements[at]);
        }
        if (!is_good) {
            return result_fail(
                RESULT_CODE_INVALID,
                "A value is a text, a whole number, true or false, or a list of them", name);
        }
    }
    return RESULT_OK;
}
