/*
 * interview/acts.c - what can be done: acts in groups, and found by words.
 *
 * Read first: interview.h. Start at interview_search().
 */
#include "interview/interview.h"

#define WORDS_MAX 16u       /* of a search */
#define TEXT_WORDS_MAX 256u /* of all examples of an act */

/* Letters that two words must share at the beginning to count as forms of one word. */
#define STEM_LETTERS 5u

/* What a word is worth for an act, by where it stands. */
#define WORTH_TEXT 4u
#define WORTH_EXAMPLE 2u
#define WORTH_GROUP 1u

/* On top, when it is what the act begins with ("post", "like"): for the first word that was typed,
 * which mostly says what somebody wants to do, and for any other. */
#define WORTH_VERB_FIRST 16u
#define WORTH_VERB 8u

/* A word counts three times when so few acts have it, and twice when this many do. */
#define RARE_ACTS 3u
#define SELDOM_ACTS 8u

#define SCORE_PART 3u /* what fits less than this part of the best is left out */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Words that say nothing of what somebody wants to do. */
static bool is_empty_word(struct str word)
{
    static const char empty[] =
        "a about after all also am an and any anybody anything are as at be because been before "
        "but by can could d did do does for from had has have he her him his how i if im in into "
        "is it its just ll m may me might my no not of off on one online only or other our "
        "out over own s she should so some somebody someone something than that the their them "
        "then there these they thing this those to too up us ve very want was we were what when "
        "where which while who whom whose will with would you your";
    struct str one, rest = str_from(empty);
    while (rest.len != 0) {
        (void)str_cut(rest, ' ', &one, &rest);
        if (str_equal(one, word))
            return true;
    }
    return false;
}

/* Words of a text. */
struct words {
    struct str *at;
    size_t count;
};

/* The words of a text in small letters, empty ones left out. "Like" says something ("like a post")
 * but after "would" ("I'd like to"). */
static struct words words_of(struct arena *arena, struct str text, size_t max)
{
    char *lower = arena_alloc(arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++)
        lower[i] = small(text.at[i]);
    size_t room = text.len / 2 + 1 < max ? text.len / 2 + 1 : max;
    struct words out = {.at = ARENA_ARRAY(arena, struct str, room)};
    size_t at = 0;
    bool is_wish = false;
    while (at < text.len && out.count < room) {
        while (at < text.len && !is_letter(lower[at]))
            at++;
        size_t from = at;
        while (at < text.len && is_letter(lower[at]))
            at++;
        struct str word = {lower + from, at - from};
        bool is_empty =
            word.len == 0 || (is_wish && str_equal(word, STR("like"))) || is_empty_word(word);
        is_wish = str_equal(word, STR("would")) || str_equal(word, STR("d"));
        if (!is_empty)
            out.at[out.count++] = word;
    }
    return out;
}

/* "post" and "posting", "photo" and "photograph". */
static bool is_alike(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len, longer = a.len < b.len ? b.len : a.len;
    size_t same = 0;
    while (same < shorter && a.at[same] == b.at[same])
        same++;
    return same >= STEM_LETTERS || (same == shorter && shorter >= 3 && longer - shorter <= 4);
}

static bool stands_in(const struct words *words, struct str word)
{
    for (size_t i = 0; i < words->count; i++)
        if (is_alike(words->at[i], word))
            return true;
    return false;
}

static bool stands_first(const struct words *words, struct str word)
{
    return words->count != 0 && is_alike(words->at[0], word);
}

static struct str group_of(const struct pack *pack, const struct pack_act *act, uint32_t index)
{
    uint32_t first = act->groups.first + 2 * index;
    return pack_text(pack, (struct pack_text){pack->list[first], pack->list[first + 1]});
}

static struct str first_group(const struct pack *pack, uint32_t index)
{
    const struct pack_act *act = &pack->act[index];
    return act->groups.count >= 2 ? group_of(pack, act, 0) : (struct str){0};
}

/* The words by which an act is found. */
struct act_words {
    struct words text, name, examples, groups;
};

static struct act_words *act_words_of(struct arena *arena, const struct pack *pack)
{
    struct act_words *all = ARENA_ARRAY(arena, struct act_words, pack->act_count + 1);
    for (uint32_t i = 0; i < pack->act_count; i++) {
        const struct pack_act *act = &pack->act[i];
        struct text groups = {.arena = arena};
        for (uint32_t g = 0; g < act->groups.count / 2; g++)
            text_addf(&groups, STR_FMT " ", STR_ARG(group_of(pack, act, g)));
        all[i] = (struct act_words){
            .text = words_of(arena, pack_text(pack, act->text), TEXT_WORDS_MAX),
            .name = words_of(arena, pack_text(pack, act->name), TEXT_WORDS_MAX),
            .examples = words_of(arena, pack_text(pack, act->examples), TEXT_WORDS_MAX),
            .groups = words_of(arena, text_str(&groups), TEXT_WORDS_MAX)};
    }
    return all;
}

/* What a word is worth for an act, at the place where it says most. */
static unsigned worth_of(const struct act_words *act, struct str word)
{
    if (stands_in(&act->text, word) || stands_in(&act->name, word))
        return WORTH_TEXT;
    if (stands_in(&act->examples, word))
        return WORTH_EXAMPLE;
    return stands_in(&act->groups, word) ? WORTH_GROUP : 0;
}

/* Adds what a word is worth to the scores of all acts. */
static void score(const struct act_words *acts, uint32_t act_count, struct str word, bool is_first,
                  unsigned *scores)
{
    uint32_t having = 0;
    for (uint32_t i = 0; i < act_count; i++)
        having += worth_of(&acts[i], word) != 0;
    unsigned times = having <= RARE_ACTS ? 3 : having <= SELDOM_ACTS ? 2 : 1;
    for (uint32_t i = 0; i < act_count; i++) {
        scores[i] += times * worth_of(&acts[i], word);
        if (stands_first(&acts[i].text, word) || stands_first(&acts[i].name, word))
            scores[i] += is_first ? WORTH_VERB_FIRST : WORTH_VERB;
    }
}

/* Kept in order, the best first. */
static void found_add(struct interview_found *found, uint32_t act, unsigned worth)
{
    size_t at = found->count;
    while (at > 0 && found->scores[at - 1] < worth)
        at--;
    if (at >= INTERVIEW_FOUND_MAX)
        return;
    if (found->count < INTERVIEW_FOUND_MAX)
        found->count++;
    for (size_t i = found->count - 1; i > at; i--) {
        found->acts[i] = found->acts[i - 1];
        found->scores[i] = found->scores[i - 1];
    }
    found->acts[at] = act;
    found->scores[at] = worth;
}

void interview_search(struct arena *arena, const struct pack *pack, struct str words,
                      struct interview_found *out)
{
    struct words wanted = words_of(arena, words, WORDS_MAX);
    *out = (struct interview_found){0};
    uint32_t exact = pack_act_find(pack, words);
    if (exact != PACK_NONE) {
        found_add(out, exact, 1);
        return;
    }
    unsigned *scores = ARENA_ARRAY(arena, unsigned, pack->act_count + 1);
    const struct act_words *acts = act_words_of(arena, pack);
    for (size_t i = 0; i < wanted.count; i++)
        score(acts, pack->act_count, wanted.at[i], i == 0, scores);
    for (uint32_t i = 0; i < pack->act_count; i++)
        if (scores[i] != 0)
            found_add(out, i, scores[i]);
    out->count = out->count < INTERVIEW_SEARCH_MAX ? out->count : INTERVIEW_SEARCH_MAX;
    while (out->count > 1 && out->scores[out->count - 1] * SCORE_PART < out->scores[0])
        out->count--;
}

void interview_groups(const struct pack *pack, struct interview_groups *out)
{
    out->count = 0;
    for (uint32_t i = 0; i < pack->act_count; i++) {
        struct str name = first_group(pack, i);
        bool is_known = false;
        for (size_t g = 0; g < out->count; g++)
            is_known = is_known || str_equal(out->names[g], name);
        if (!is_known && out->count < INTERVIEW_GROUPS_MAX)
            out->names[out->count++] = name;
    }
}

void interview_group_acts(const struct pack *pack, struct str group, struct interview_found *out)
{
    *out = (struct interview_found){0};
    for (uint32_t i = 0; i < pack->act_count && out->count < INTERVIEW_FOUND_MAX; i++)
        if (str_equal(first_group(pack, i), group))
            out->acts[out->count++] = i;
}
