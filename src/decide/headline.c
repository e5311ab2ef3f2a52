/*
 * Verdicts in words, and the one line that heads an answer.
 * Read first: decide.h. The words are for people; programs read decide_verdict_name().
 */
#include "decide/decide_int.h"

static const char *const verdict_words[DECIDE_VERDICT_COUNT] = {
    "Not covered by this policy",
    "Allowed",
    "Allowed, with duties",
    "Take care: advised against",
    "Required: you have to",
    "Ask first",
    "Needs approval",
    "Not allowed",
    "Cannot be said yet",
};

struct str decide_verdict_name(enum decide_verdict verdict)
{
    if (verdict == DECIDE_VERDICT_UNDETERMINED)
        return STR("undetermined");
    return pack_level_name((enum pack_level)verdict);
}

struct str decide_verdict_words(enum decide_verdict verdict)
{
    return str_from(verdict < DECIDE_VERDICT_COUNT ? verdict_words[verdict] : "");
}

static struct str special_words(const struct decide_answer *answer)
{
    if (answer->is_protected && answer->verdict == DECIDE_VERDICT_ASK_FIRST)
        return STR("May be protected by law: take advice before acting");
    if (answer->is_unsure && answer->verdict == DECIDE_VERDICT_ASK_FIRST)
        return STR("Not certain: ask first");
    if (answer->conflict_count != 0 && answer->verdict == DECIDE_VERDICT_UNDETERMINED)
        return STR("The policy contradicts itself here: ask its owner");
    if (answer->is_silent)
        return STR("This policy says nothing about it");
    if (answer->is_cut_short)
        return STR("Too much is open to be worked out: answer more questions");
    return STR("");
}

struct str decide_headline(struct arena *arena, const struct decide_answer *answer)
{
    struct str special = special_words(answer);
    if (special.len != 0)
        return special;
    struct str words = decide_verdict_words(answer->verdict);
    const struct pack *pack = answer->question->pack;
    if (answer->verdict != DECIDE_VERDICT_FORBIDDEN && answer->verdict != DECIDE_VERDICT_CAUTION &&
        answer->verdict != DECIDE_VERDICT_NEEDS_APPROVAL)
        return words;
    for (size_t i = 0; i < answer->cited_count; i++) {
        const struct pack_rule *rule = &pack->rule[answer->cited[i].rule];
        struct str head = pack_text(pack, rule->head);
        if (answer->cited[i].decides && rule->strength == (uint32_t)answer->strength)
            return str_format(arena, STR_FMT " (the policy says \"" STR_FMT "\")",
                              STR_ARG(words), STR_ARG(head));
    }
    return words;
}
