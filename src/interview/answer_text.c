/*
 * interview/answer_text.c - see answer_text.h.
 *
 * Read first: words.h. Start at answer_text_make(), which is a list of the blocks.
 */
#include "interview/answer_text.h"

#include "interview/words.h"

#define ANSWER_BLOCKS_MAX 256
#define ANSWER_LINES_MAX 64 /* of one block; more are left out */
#define ANSWER_POSSIBLE_MAX 5 /* rules that may apply beside an answer that is certain */
#define ANSWER_PEOPLE_MAX 32

struct making {
    struct arena *arena;
    const struct decide_answer *answer;
    const struct pack *pack;
    struct answer_text *out;
    struct answer_block *block; /* the one that lines are added to */
};

/* ---- Blocks and lines ------------------------------------------------------------------------ */

static void begin(struct making *making, enum answer_part part, struct str label)
{
    if (making->out->count < ANSWER_BLOCKS_MAX) {
        making->block = &making->out->blocks[making->out->count++];
        *making->block = (struct answer_block){
            .part = part,
            .label = label,
            .lines = ARENA_ARRAY(making->arena, struct answer_line, ANSWER_LINES_MAX)};
    }
}

static void add_line(struct making *making, struct answer_line line)
{
    struct answer_block *block = making->block;
    if (str_is_empty(line.text) || block->count >= ANSWER_LINES_MAX) {
        return;
    }
    for (size_t i = 0; i < block->count; i++) { /* rules of one clause may say the same */
        if (block->lines[i].level == line.level && block->lines[i].clause == line.clause &&
            str_equal(block->lines[i].text, line.text) && line.level == ANSWER_LEVEL_SENTENCE) {
            return;
        }
    }
    block->lines[block->count++] = line;
}

static void add(struct making *making, enum answer_level level, struct str text)
{
    add_line(making, (struct answer_line){.level = level, .text = text, .clause = PACK_NONE});
}

/* "RE-16 (3.5)", with "law" for a clause of the law. */
static struct str citation(struct making *making, uint32_t clause)
{
    const char *law = making->pack->clause[clause].is_law ? "law, " : "";
    return str_format(making->arena, "%s" STR_FMT, law,
                      STR_ARG(words_clause(making->arena, making->pack, clause)));
}

/* A sentence and the clause that it rests on. */
static void add_cited(struct making *making, struct str text, uint32_t clause)
{
    add_line(making, (struct answer_line){.level = ANSWER_LEVEL_SENTENCE,
                                          .text = text,
                                          .clause = clause,
                                          .citation = citation(making, clause)});
}

static void add_sentence(struct making *making, struct str text)
{
    if (!str_is_empty(text)) {
        add(making, ANSWER_LEVEL_SENTENCE, words_sentence(making->arena, text));
    }
}

/* A block without lines says nothing. */
static void end(struct making *making)
{
    if (making->block && making->block->count == 0 && making->out->count > 0 &&
        making->block == &making->out->blocks[making->out->count - 1]) {
        making->out->count--;
    }
}

/* ---- People ---------------------------------------------------------------------------------- */

struct str answer_text_person(struct arena *arena, const struct decide_question *question,
                              uint32_t person)
{
    if (person >= 1 && person <= question->person_count &&
        !str_is_empty(question->people[person - 1].label)) {
        return question->people[person - 1].label;
    }
    return str_format(arena, "person %u", person);
}

/* " (for my niece and person 2)", or empty when it is about all of them. */
static struct str for_people(struct making *making, uint32_t bits)
{
    const struct decide_question *question = making->answer->question;
    uint32_t count = making->answer->person_count;
    if (count < 2) {
        return (struct str){0};
    }
    struct str names[ANSWER_PEOPLE_MAX];
    size_t named = 0;
    for (uint32_t i = 0; i < count && i < ANSWER_PEOPLE_MAX; i++) {
        if (bits >> i & 1u) {
            names[named++] = answer_text_person(making->arena, question, i + 1);
        }
    }
    if (named == 0 || named == count) {
        return (struct str){0};
    }
    return str_format(making->arena, " (for " STR_FMT ")",
                      STR_ARG(words_join(making->arena, names, named, "and")));
}

/* ---- What was asked -------------------------------------------------------------------------- */

static struct str number_given(struct arena *arena, const struct pack *pack,
                               const struct pack_fact *fact, uint64_t domain)
{
    uint32_t interval = (uint32_t)__builtin_ctzll(domain);
    if (interval > fact->cut_count) {
        return (struct str){0}; /* does not apply */
    }
    const int64_t *cuts = pack->number + fact->first_cut;
    bool is_date = fact->kind == PACK_FACT_DATE;
    struct str parts[2];
    size_t count = 0;
    if (interval > 0) {
        int64_t from = cuts[interval - 1];
        struct str date = civil_date_format(arena, (struct civil_date){(int32_t)from});
        parts[count++] = is_date ? str_format(arena, "from " STR_FMT, STR_ARG(date))
                                 : str_format(arena, "%lld or more", (long long)from);
    }
    if (interval < fact->cut_count) {
        int64_t to = cuts[interval];
        struct str date = civil_date_format(arena, (struct civil_date){(int32_t)to});
        parts[count++] = is_date ? str_format(arena, "before " STR_FMT, STR_ARG(date))
                                 : str_format(arena, "under %lld", (long long)to);
    }
    return count == 0 ? STR("given") : str_join(arena, parts, count, STR(", "));
}

/* What holds of a fact, in words; empty when nothing does or nothing was said. */
static struct str fact_given(struct arena *arena, const struct pack *pack,
                             const struct pack_fact *fact, const struct decide_given *given)
{
    const struct decide_given *first = &given[fact->first_variable];
    if (first->state == DECIDE_STATE_UNKNOWN || first->state == DECIDE_STATE_WITHHELD) {
        return first->state == DECIDE_STATE_UNKNOWN ? STR("I do not know")
                                                    : STR("I would rather not say");
    }
    struct str parts[PACK_VALUES_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < fact->variable_count && count < PACK_VALUES_MAX; i++) {
        const struct decide_given *one = &given[fact->first_variable + i];
        if (one->state != DECIDE_STATE_GIVEN || one->domain == 0) {
            continue;
        }
        uint32_t bit = (uint32_t)__builtin_ctzll(one->domain);
        switch ((enum pack_fact_kind)fact->kind) {
        case PACK_FACT_ONE_OF:
            if (bit < fact->value_count) {
                parts[count++] = pack_text(pack, pack->value[fact->first_value + bit].text);
            }
            break;
        case PACK_FACT_SOME_OF:
            if (one->domain == 2) {
                parts[count++] = pack_text(pack, pack->value[fact->first_value + i].text);
            }
            break;
        case PACK_FACT_YES_NO:
            if (one->domain == 2) {
                parts[count++] = STR("yes");
            }
            break;
        case PACK_FACT_NUMBER:
        case PACK_FACT_DATE:
            parts[count++] = number_given(arena, pack, fact, one->domain);
            break;
        case PACK_FACT_KIND_COUNT:
            break;
        }
    }
    return words_join(arena, parts, count, "and");
}

struct str answer_text_given(struct arena *arena, const struct decide_question *question,
                             uint32_t person)
{
    const struct pack *pack = question->pack;
    const struct decide_given *given =
        person == 0 ? question->given : question->people[person - 1].given;
    struct text out = {.arena = arena};
    for (uint32_t i = 0; i < pack->fact_count; i++) {
        const struct pack_fact *fact = &pack->fact[i];
        if ((fact->is_other != 0) != (person != 0)) {
            continue;
        }
        struct str words = fact_given(arena, pack, fact, given);
        if (!str_is_empty(words)) {
            text_addf(&out, "%s" STR_FMT ": " STR_FMT, out.len > 0 ? "; " : "",
                      STR_ARG(pack_text(pack, fact->label)), STR_ARG(words));
        }
    }
    return text_str(&out);
}

static void make_asked(struct making *making, struct str said)
{
    const struct decide_question *question = making->answer->question;
    begin(making, ANSWER_PART_ASKED, STR("You asked"));
    add(making, ANSWER_LEVEL_SENTENCE,
        str_format(making->arena, "May I " STR_FMT "?",
                   STR_ARG(words_act(making->pack, question->act))));
    if (!str_is_empty(said)) {
        add(making, ANSWER_LEVEL_SENTENCE, said);
        return;
    }
    add_sentence(making, answer_text_given(making->arena, question, 0));
    for (uint32_t person = 1; person <= question->person_count; person++) {
        struct str words = answer_text_given(making->arena, question, person);
        if (!str_is_empty(words) && question->person_count > 1) {
            words = str_format(making->arena, STR_FMT ": " STR_FMT,
                               STR_ARG(answer_text_person(making->arena, question, person)),
                               STR_ARG(words));
        }
        add_sentence(making, words);
    }
}

/* The headline without the words of the verdict, which stand above it. */
static struct str headline_rest(struct making *making, struct str words)
{
    struct str rest = making->answer->headline;
    if (!str_starts(rest, words)) {
        return rest;
    }
    rest = str_trim(str_slice(rest, words.len, rest.len));
    if (str_starts(rest, STR("(")) && str_ends(rest, STR(")"))) {
        rest = str_slice(rest, 1, rest.len - 1);
    }
    return rest;
}

/* Allowed because a rule permits it, and not because none speaks against it. */
static bool is_permitted(const struct decide_answer *answer)
{
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        if (cited->decides &&
            answer->question->pack->rule[cited->rule].effect == PACK_EFFECT_PERMITS) {
            return true;
        }
    }
    return false;
}

/* The answer is not certain: what was not said could still turn it. */
static bool is_open(const struct decide_answer *answer)
{
    return answer->verdict == DECIDE_VERDICT_UNDETERMINED || answer->is_unsure;
}

static void make_verdict(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    struct str words = decide_verdict_words(answer->verdict);
    begin(making, ANSWER_PART_VERDICT, words);
    add_sentence(making, headline_rest(making, words));
    if (answer->verdict == DECIDE_VERDICT_ALLOWED && !is_permitted(answer)) {
        add_sentence(making, STR("No rule of the policy speaks against it"));
    }
    if (answer->verdict == DECIDE_VERDICT_NOT_COVERED) {
        add_sentence(making, STR("That is no permission: other rules of the school may speak about "
                                 "it. When in doubt, ask first"));
    }
}

static void make_people(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    if (answer->person_count < 2) {
        return;
    }
    begin(making, ANSWER_PART_PEOPLE, STR("For each"));
    for (uint32_t i = 0; i < answer->person_count; i++) {
        struct str who = answer_text_person(making->arena, answer->question, i + 1);
        struct str words = decide_verdict_words(answer->person_verdicts[i]);
        add_sentence(making,
                     str_format(making->arena, STR_FMT ": " STR_FMT, STR_ARG(who), STR_ARG(words)));
    }
}

/* ---- Rules ----------------------------------------------------------------------------------- */

/* What a rule says: its own reason, or a sentence made of its head. */
static struct str rule_says(struct making *making, const struct pack_rule *rule)
{
    if (rule->say.length > 0) {
        return words_sentence(making->arena, pack_text(making->pack, rule->say));
    }
    if (rule->effect == PACK_EFFECT_COVERS) {
        return STR("The policy covers this.");
    }
    if (rule->effect == PACK_EFFECT_LEAVES_OUT) {
        return STR("The policy leaves this out.");
    }
    struct str what = words_act(making->pack, making->answer->question->act);
    if (rule->duty != PACK_NONE) {
        what = pack_text(making->pack, making->pack->duty[rule->duty].text);
    }
    struct str head = words_head(rule->effect, rule->strength);
    const char *colon = rule->duty != PACK_NONE ? ":" : "";
    struct str text =
        str_format(making->arena, STR_FMT "%s " STR_FMT, STR_ARG(head), colon, STR_ARG(what));
    return words_sentence(making->arena, text);
}

static void add_rule(struct making *making, const struct decide_cited *cited)
{
    const struct pack_rule *rule = &making->pack->rule[cited->rule];
    struct str says = rule_says(making, rule);
    struct str whom = for_people(making, cited->for_people);
    add_cited(making, str_format(making->arena, STR_FMT STR_FMT, STR_ARG(says), STR_ARG(whom)),
              rule->clause);
}

static void add_reasons(struct making *making, const struct decide_cited *cited)
{
    static const char *const open_words[] = {
        [DECIDE_NO] = "", [DECIDE_YES] = "", [DECIDE_OPEN] = " (not known)"};
    for (size_t i = 0; i < cited->because_count; i++) {
        const struct decide_reason *reason = &cited->because[i];
        if (reason->truth != DECIDE_NO) {
            add(making, ANSWER_LEVEL_POINT,
                str_format(making->arena, STR_FMT "%s", STR_ARG(reason->text),
                           open_words[reason->truth]));
        }
    }
}

static void make_exceptions(struct making *making, const struct decide_cited *cited)
{
    static const char *const states[] = {
        [DECIDE_NO] = "not so here",
        [DECIDE_YES] = "so here",
        [DECIDE_OPEN] = "not known",
    };
    const struct pack_rule *rule = &making->pack->rule[cited->rule];
    begin(making, ANSWER_PART_BECAUSE,
          rule->effect == PACK_EFFECT_GATES ? STR("Only if") : STR("Unless"));
    for (size_t i = 0; i < cited->unless_count; i++) {
        const struct decide_reason *reason = &cited->unless[i];
        add(making, ANSWER_LEVEL_SENTENCE,
            str_format(making->arena, STR_FMT " - %s.",
                       STR_ARG(words_capital(making->arena, reason->text)), states[reason->truth]));
    }
    end(making);
}

/* A duty, a question to somebody and an approval have blocks of their own. */
static bool has_own_block(const struct pack_rule *rule)
{
    return rule->effect == PACK_EFFECT_ADDS_DUTY || rule->effect == PACK_EFFECT_PROTECTS;
}

static void make_because(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        const struct pack_rule *rule = &making->pack->rule[cited->rule];
        if (!cited->decides || has_own_block(rule)) {
            continue;
        }
        begin(making, ANSWER_PART_BECAUSE, STR("Because"));
        add_rule(making, cited);
        add_reasons(making, cited);
        make_exceptions(making, cited);
        begin(making, ANSWER_PART_INSTEAD, STR("Instead"));
        if (rule->instead.length > 0) {
            add_sentence(making, pack_text(making->pack, rule->instead));
        }
        end(making);
    }
}

/* Scope says little beside a rule that decides, so it comes only when it is all there is. */
static void make_also(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_ALSO, STR("Also"));
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        const struct pack_rule *rule = &making->pack->rule[cited->rule];
        bool is_scope =
            rule->effect == PACK_EFFECT_COVERS || rule->effect == PACK_EFFECT_LEAVES_OUT;
        if (cited->is_certain && !cited->decides && !has_own_block(rule) && !is_scope) {
            add_rule(making, cited);
        }
    }
    end(making);
}

static void make_possible(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    size_t left_out = 0;
    const struct decide_cited *last = NULL;
    begin(making, ANSWER_PART_POSSIBLE, STR("May apply"));
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        const struct pack_rule *rule = &making->pack->rule[cited->rule];
        bool is_scope =
            rule->effect == PACK_EFFECT_COVERS || rule->effect == PACK_EFFECT_LEAVES_OUT;
        if (cited->is_certain || cited->decides || is_scope) {
            continue;
        }
        if (making->block->count >= ANSWER_POSSIBLE_MAX && !is_open(answer)) {
            left_out++;
            last = cited;
        } else {
            add_rule(making, cited);
        }
    }
    if (left_out == 1) {
        add_rule(making, last);
    } else if (left_out > 1) {
        add(making, ANSWER_LEVEL_SENTENCE,
            str_format(making->arena, "And %zu more, which cannot change whether it is allowed.",
                       left_out));
    }
    end(making);
}

/* ---- What to do ------------------------------------------------------------------------------ */

static void make_protected(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    if (!answer->is_protected) {
        return;
    }
    begin(making, ANSWER_PART_PROTECTED, STR("The law"));
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        if (making->pack->rule[cited->rule].effect == PACK_EFFECT_PROTECTS && cited->is_certain) {
            add_rule(making, cited);
        }
    }
    add_sentence(making, STR("The law may protect this, so what the policy says against it is set "
                             "aside here: take advice before you act"));
}

static void make_approvals(struct making *making)
{
    static const char *const states[PACK_APPROVAL_STATE_COUNT] = {
        [PACK_APPROVAL_NONE] = "not asked for yet", [PACK_APPROVAL_ASKED] = "not complete yet",
        [PACK_APPROVAL_REFUSED] = "refused",        [PACK_APPROVAL_GRANTED] = "granted",
        [PACK_APPROVAL_WITHDRAWN] = "withdrawn",    [PACK_APPROVAL_EXPIRED] = "expired",
    };
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_APPROVAL, STR("You need"));
    for (size_t i = 0; i < answer->needed_count; i++) {
        const struct decide_needed *needed = &answer->needed[i];
        const struct pack_approval *approval = &making->pack->approval[needed->approval];
        struct str words =
            words_capital(making->arena, words_approval(making->arena, making->pack, approval));
        struct str whom = for_people(making, needed->for_people);
        add_cited(making,
                  str_format(making->arena, STR_FMT STR_FMT ": %s.", STR_ARG(words), STR_ARG(whom),
                             states[needed->state]),
                  approval->clause);
    }
    end(making);
}

static void make_ask(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_ASK, answer->is_protected ? STR("Advice") : STR("Ask first"));
    for (size_t i = 0; i < answer->ask_count; i++) {
        struct str roles = words_roles(making->arena, making->pack, answer->ask[i].roles);
        add_cited(making, words_sentence(making->arena, roles), answer->ask[i].clause);
    }
    end(making);
}

static void add_duty(struct making *making, const struct decide_cited *cited)
{
    const struct pack *pack = making->pack;
    const struct pack_rule *rule = &pack->rule[cited->rule];
    const struct pack_duty *duty = &pack->duty[rule->duty];
    const struct {
        const char *before;
        struct pack_text text;
    } points[] = {
        {"Who: ", duty->who},
        {"By: ", duty->by},
        {"Shown by: ", duty->evidence},
        {"Otherwise: ", duty->otherwise},
    };
    const char *even =
        rule->flags & PACK_RULE_NEVERTHELESS ? " - even if you did it all the same" : "";
    struct str head = words_capital(making->arena, words_head(rule->effect, rule->strength));
    struct str whom = for_people(making, cited->for_people);
    add_cited(making,
              str_format(making->arena, STR_FMT ": " STR_FMT "%s" STR_FMT ".", STR_ARG(head),
                         STR_ARG(pack_text(pack, duty->text)), even, STR_ARG(whom)),
              rule->clause);
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        if (points[i].text.length > 0) {
            add(making, ANSWER_LEVEL_POINT,
                str_format(making->arena, "%s" STR_FMT, points[i].before,
                           STR_ARG(pack_text(pack, points[i].text))));
        }
    }
}

static void make_duties(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_DUTY, STR("What to do"));
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct decide_cited *cited = &answer->cited[i];
        if (cited->is_certain && making->pack->rule[cited->rule].effect == PACK_EFFECT_ADDS_DUTY) {
            add_duty(making, cited);
        }
    }
    end(making);
}

/* ---- What is open, what would change it ------------------------------------------------------ */

static void add_open(struct making *making, const struct decide_open *open, size_t count,
                     const char *before)
{
    const struct decide_answer *answer = making->answer;
    for (size_t i = 0; i < count; i++) {
        struct str label =
            words_question(pack_text(making->pack, making->pack->fact[open[i].fact].question));
        struct str whom = {0};
        if (open[i].person > 0 && answer->person_count > 1) {
            whom = str_format(
                making->arena, " (" STR_FMT ")",
                STR_ARG(answer_text_person(making->arena, answer->question, open[i].person)));
        }
        add(making, ANSWER_LEVEL_SENTENCE,
            str_format(making->arena, "%s" STR_FMT STR_FMT, before, STR_ARG(label), STR_ARG(whom)));
    }
}

static void make_open(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_OPEN, STR("Still open"));
    for (size_t i = 0; i < answer->conflict_count; i++) {
        struct str first = words_clause(making->arena, making->pack, answer->conflicts[i].first);
        struct str second = words_clause(making->arena, making->pack, answer->conflicts[i].second);
        add_sentence(making, str_format(making->arena,
                                        "Clauses " STR_FMT " and " STR_FMT
                                        " contradict each other here; ask the person responsible "
                                        "for the policy which one holds",
                                        STR_ARG(first), STR_ARG(second)));
    }
    if (is_open(answer)) {
        if (answer->scope == DECIDE_SCOPE_UNKNOWN) {
            add_sentence(making, answer->scope_text);
        }
        add_open(making, answer->missing, answer->missing_count, "Not answered: ");
        add_open(making, answer->unknown, answer->unknown_count, "You do not know: ");
        add_open(making, answer->withheld, answer->withheld_count, "You would rather not say: ");
    }
    end(making);
}

/* "the headteacher approves; and the other person: my relative". */
static struct str change_words(struct making *making, const struct decide_change *change)
{
    const struct decide_answer *answer = making->answer;
    struct str steps[DECIDE_CHANGE_STEPS_MAX];
    for (uint32_t s = 0; s < change->step_count; s++) {
        steps[s] = change->steps[s].text;
        if (change->steps[s].person > 0 && answer->person_count > 1) {
            struct str who =
                answer_text_person(making->arena, answer->question, change->steps[s].person);
            steps[s] = str_format(making->arena, STR_FMT " (" STR_FMT ")", STR_ARG(steps[s]),
                                  STR_ARG(who));
        }
    }
    return str_join(making->arena, steps, change->step_count, STR("; and "));
}

/* What would change it, gathered by what it would change to. */
static void make_changes(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_CHANGE, STR("It changes"));
    for (int verdict = 0; verdict < DECIDE_VERDICT_COUNT; verdict++) {
        bool is_first = true;
        for (size_t i = 0; i < answer->change_count; i++) {
            if ((int)answer->changes[i].verdict != verdict) {
                continue;
            }
            if (is_first) {
                struct str words = decide_verdict_words((enum decide_verdict)verdict);
                add(making, ANSWER_LEVEL_SENTENCE,
                    str_format(making->arena,
                               "To \"" STR_FMT "\", if any of these is so:", STR_ARG(words)));
            }
            is_first = false;
            add(making, ANSWER_LEVEL_POINT, change_words(making, &answer->changes[i]));
        }
    }
    end(making);
}

static void make_set_aside(struct making *making)
{
    static const char *const whys[] = {
        [DECIDE_ASIDE_PERMIT] = "permits it",
        [DECIDE_ASIDE_OVERRIDE] = "goes before it",
        [DECIDE_ASIDE_KNOWN] = "contradicts it, and the policy says which one holds",
        [DECIDE_ASIDE_LAW] = "is law and goes before it",
    };
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_ASIDE, STR("Gave way"));
    for (size_t i = 0; i < answer->set_aside_count; i++) {
        const struct decide_set_aside *aside = &answer->set_aside[i];
        uint32_t clause = making->pack->rule[aside->rule].clause;
        struct str loser = words_clause(making->arena, making->pack, clause);
        struct str winner = aside->by_clause == PACK_NONE
                                ? STR("another rule")
                                : words_clause(making->arena, making->pack, aside->by_clause);
        add_sentence(making, str_format(making->arena, STR_FMT ", because " STR_FMT " %s",
                                        STR_ARG(loser), STR_ARG(winner), whys[aside->why]));
        if (aside->say.len != 0) {
            add(making, ANSWER_LEVEL_POINT, aside->say);
        }
    }
    end(making);
}

static void make_presumed(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_PRESUMED, STR("Presumed"));
    for (size_t i = 0; i < answer->presumed_count; i++) {
        add_sentence(making, answer->presumed[i].text);
    }
    end(making);
}

static void make_notes(struct making *making)
{
    const struct decide_answer *answer = making->answer;
    begin(making, ANSWER_PART_NOTE, STR("Note"));
    for (size_t i = 0; i < answer->note_count; i++) {
        const struct pack_clause *clause = &making->pack->clause[answer->notes[i]];
        for (uint32_t n = 0; n < clause->note_count; n++) {
            struct str note =
                pack_text(making->pack, making->pack->note[clause->first_note + n].text);
            add_cited(making, words_sentence(making->arena, note), answer->notes[i]);
        }
    }
    end(making);
}

static void make_wording(struct making *making)
{
    const struct pack_header *header = making->pack->header;
    begin(making, ANSWER_PART_WORDING, STR("Wording"));
    add_sentence(making, header->prevails.length > 0
                             ? pack_text(making->pack, header->prevails)
                             : STR("The approved wording of the policy prevails over this answer"));
    add_sentence(making, pack_text(making->pack, header->notice));
}

struct answer_text *answer_text_make(struct arena *arena, const struct decide_answer *answer,
                                     struct str said)
{
    struct answer_text *out = ARENA_NEW(arena, struct answer_text);
    out->blocks = ARENA_ARRAY(arena, struct answer_block, ANSWER_BLOCKS_MAX);
    struct making making = {
        .arena = arena, .answer = answer, .pack = answer->question->pack, .out = out};
    make_verdict(&making);
    make_asked(&making, said);
    make_people(&making);
    make_protected(&making);
    make_open(&making);
    make_because(&making);
    make_approvals(&making);
    make_ask(&making);
    make_duties(&making);
    make_also(&making);
    make_possible(&making);
    make_changes(&making);
    make_set_aside(&making);
    make_presumed(&making);
    make_notes(&making);
    make_wording(&making);
    return out;
}
