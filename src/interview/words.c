/*
 * interview/words.c - see words.h.
 */
#include "interview/words.h"

#include "base/arena.h"

#define WORDS_ROLES_MAX 64

struct str words_join(struct arena *arena, const struct str *parts, size_t count, const char *last)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && i + 1 == count) {
            text_addf(&out, " %s ", last);
        } else if (i > 0) {
            text_add(&out, STR(", "));
        }
        text_add(&out, parts[i]);
    }
    return text_str(&out);
}

struct str words_roles(struct arena *arena, const struct pack *pack, struct pack_list roles)
{
    if (roles.count == 0) {
        return STR("whomever the school names");
    }
    struct str names[WORDS_ROLES_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < roles.count && count < WORDS_ROLES_MAX; i++) {
        names[count++] = pack_text(pack, pack->role[pack->list[roles.first + i]].text);
    }
    return words_join(arena, names, count, "or");
}

static struct str words_lasts(struct arena *arena, const struct pack_approval *approval)
{
    static const char *const units[PACK_LASTS_COUNT] = {
        [PACK_LASTS_ALWAYS] = "",       [PACK_LASTS_DAYS] = "day",   [PACK_LASTS_WEEKS] = "week",
        [PACK_LASTS_MONTHS] = "month", [PACK_LASTS_YEARS] = "year",
    };
    if (approval->lasts_unit >= PACK_LASTS_COUNT ||
        str_is_empty(str_from(units[approval->lasts_unit]))) {
        return (struct str){0};
    }
    return str_format(arena, "for %u %s%s", approval->lasts_amount, units[approval->lasts_unit],
                      approval->lasts_amount == 1 ? "" : "s");
}

struct str words_approval_how(struct arena *arena, const struct pack_approval *approval)
{
    static const struct {
        uint32_t flag;
        struct str words;
    } flags[] = {
        {PACK_APPROVAL_IN_WRITING, STR_INIT("in writing")},
        {PACK_APPROVAL_IN_ADVANCE, STR_INIT("in advance")},
        {PACK_APPROVAL_AFTERWARDS, STR_INIT("afterwards")},
        {PACK_APPROVAL_WITH_REASON, STR_INIT("with a reason")},
    };
    struct str parts[sizeof flags / sizeof flags[0] + 1];
    size_t count = 0;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (approval->flags & flags[i].flag) {
            parts[count++] = flags[i].words;
        }
    }
    struct str lasts = words_lasts(arena, approval);
    if (!str_is_empty(lasts)) {
        parts[count++] = lasts;
    }
    return str_join(arena, parts, count, STR(", "));
}

struct str words_approval(struct arena *arena, const struct pack *pack,
                          const struct pack_approval *approval)
{
    struct str how = words_approval_how(arena, approval);
    const char *comma = str_is_empty(how) ? "" : ", ";
    if (approval->flags & PACK_APPROVAL_CONSENT) {
        return str_format(arena, "the agreement of each person concerned%s" STR_FMT, comma,
                          STR_ARG(how));
    }
    struct str roles = words_roles(arena, pack, approval->roles);
    return str_format(arena, "approval by " STR_FMT "%s" STR_FMT, STR_ARG(roles), comma,
                      STR_ARG(how));
}

struct str words_head(enum pack_effect effect, enum pack_strength strength)
{
    bool is_must = strength == PACK_STRENGTH_MUST;
    switch (effect) {
    case PACK_EFFECT_FORBIDS:
        return is_must ? STR("you must not") : STR("you should not");
    case PACK_EFFECT_CAUTIONS:
        return strength == PACK_STRENGTH_ADVISED ? STR("you are advised not to")
                                                 : STR("take care if you");
    case PACK_EFFECT_ASKS_FIRST:
        return STR("ask first before you");
    case PACK_EFFECT_REQUIRES:
        return is_must ? STR("you must") : STR("you should");
    case PACK_EFFECT_ADDS_DUTY:
        return strength == PACK_STRENGTH_ADVISED ? STR("you are advised to")
               : is_must                         ? STR("you must")
                                                 : STR("you should");
    case PACK_EFFECT_PERMITS:
        return STR("you may");
    case PACK_EFFECT_COVERS:
        return STR("the policy covers it if you");
    case PACK_EFFECT_LEAVES_OUT:
        return STR("the policy leaves it out if you");
    case PACK_EFFECT_PROTECTS:
        return STR("the law may protect you if you");
    case PACK_EFFECT_IF_UNSURE:
        return STR("if it stays unclear, ask before you");
    case PACK_EFFECT_GATES:
        return STR("nothing allows you to");
    case PACK_EFFECT_COUNT:
        break;
    }
    return (struct str){0};
}

struct str words_strength(enum pack_effect effect, enum pack_strength strength)
{
    bool is_negative = effect == PACK_EFFECT_FORBIDS || effect == PACK_EFFECT_CAUTIONS;
    switch (strength) {
    case PACK_STRENGTH_MUST:
        return is_negative ? STR("must not") : STR("must");
    case PACK_STRENGTH_SHOULD:
        return is_negative && effect != PACK_EFFECT_CAUTIONS ? STR("should not") : STR("should");
    case PACK_STRENGTH_ADVISED:
        return is_negative ? STR("advised not to") : STR("advised");
    case PACK_STRENGTH_MAY:
        return effect == PACK_EFFECT_GATES ? STR("may only") : STR("may");
    case PACK_STRENGTH_STATES:
        return STR("states");
    case PACK_STRENGTH_COUNT:
        break;
    }
    return (struct str){0};
}

struct str words_act(const struct pack *pack, uint32_t act)
{
    return pack_text(pack, pack->act[act].text);
}

struct str words_clause(struct arena *arena, const struct pack *pack, uint32_t clause)
{
    struct str key = pack_text(pack, pack->clause[clause].key);
    struct str at = pack_text(pack, pack->clause[clause].at);
    if (str_is_empty(at) || str_equal(at, key)) {
        return key;
    }
    return str_format(arena, STR_FMT " (" STR_FMT ")", STR_ARG(key), STR_ARG(at));
}

struct str words_question(struct str question)
{
    size_t mark = str_find(question, STR("? "));
    return mark == STR_NONE ? question : str_slice(question, 0, mark + 1);
}

struct str words_of_name(struct arena *arena, struct str name)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < name.len; i++) {
        text_add_char(&out, name.at[i] == '-' || name.at[i] == '.' ? ' ' : name.at[i]);
    }
    return text_str(&out);
}

struct str words_capital(struct arena *arena, struct str phrase)
{
    struct text out = {.arena = arena};
    text_add(&out, phrase);
    if (out.len > 0 && out.at[0] >= 'a' && out.at[0] <= 'z') {
        out.at[0] = (char)(out.at[0] - 'a' + 'A');
    }
    return text_str(&out);
}

struct str words_sentence(struct arena *arena, struct str phrase)
{
    struct text out = {.arena = arena};
    text_add(&out, words_capital(arena, str_trim(phrase)));
    char last = out.len > 0 ? out.at[out.len - 1] : '.';
    if (last != '.' && last != '!' && last != '?' && last != ':' && last != ';') {
        text_add_char(&out, '.');
    }
    return text_str(&out);
}
