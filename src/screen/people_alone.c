/*
 * screen/people_alone.c - one name alone: a first name, a surname, a handle.
 *
 * Read first: people_find_int.h. Start at: people_alone_find.
 */
#include "screen/people_find_int.h"

/* Letters of a surname that is taken for a slip without a first name beside it. */
#define LONG_SURNAME 8

bool people_alone_find(const struct people_name *names, uint32_t count, uint32_t at,
                       struct people_mention *mention)
{
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].hits.uses & NAME_USE_FIRST) {
            people_mention_hits(mention, PEOPLE_FIRST, at, &names[i], NAME_USE_FIRST);
            return true;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].hits.uses & NAME_USE_LAST) {
            people_mention_hits(mention, PEOPLE_SURNAME, at, &names[i], NAME_USE_LAST);
            return true;
        }
    }
    return false;
}

/* "bilals insulin": the apostrophe is left out. */
bool people_owner_find(const struct people *people, uint32_t at, struct people_mention *mention)
{
    if (!people_is(people_token(people, (int64_t)at + 1), SCREEN_WORD_PEOPLE_OWN)) {
        return false;
    }
    struct str plain = screen_token_plain(people->draft, at);
    if (plain.len < 4 || !str_ends(plain, STR("s"))) {
        return false;
    }
    uint32_t hash = screen_hash(str_slice(plain, 0, plain.len - 1));
    struct people_name name = {hash, at, roll_name_find(people->index, hash), true};
    unsigned uses = NAME_USE(NAME_GIVEN) | NAME_USE(NAME_KNOWN);
    if (!(name.hits.uses & uses)) {
        return false;
    }
    people_mention_hits(mention, PEOPLE_FIRST, at, &name, uses);
    return true;
}

/* "Cliffs" is no slip of "Cliff". */
static bool is_plural(const struct people *people, uint32_t at, uint32_t name)
{
    struct str plain = screen_token_plain(people->draft, at);
    return str_ends(plain, STR("s")) && screen_hash(str_slice(plain, 0, plain.len - 1)) == name;
}

/* A first name with a slip, alone: only where nothing else can be meant. */
bool people_alone_near_find(const struct people *people, uint32_t at,
                            struct people_mention *mention)
{
    const struct screen_token *token = people_token(people, at);
    bool is_written = people_is_capital(token) ? !(token->flags & SCREEN_TOKEN_ALL_CAPITAL)
                                               : people->letters == PEOPLE_CASE_LOWER &&
                                                     people->roll->count <= PEOPLE_LONG_ROLL &&
                                                     people->school[token->sentence] > 0;
    if (!is_written || token->plain_bytes < 5 || !screen_classes_are_none(&token->classes) ||
        people_is_first_name(people, token)) {
        return false;
    }
    /* Any word begins a sentence with a capital: then what follows must speak of somebody. */
    bool is_likely =
        !(token->flags & SCREEN_TOKEN_FIRST) || people_is_possessive_at(people, at) ||
        people_is(people_token(people, (int64_t)at + 1), SCREEN_WORD_PEOPLE_VERB) ||
        (people->school[token->sentence] > 0 &&
         people_is(people_token(people, (int64_t)at + 2), SCREEN_WORD_PEOPLE_DETERMINER));
    uint32_t near[ROLL_NEAR_MAX];
    uint32_t count = is_likely ? people_near_at(people, at, at, 1, near) : 0;
    for (uint32_t i = 0; i < count; i++) {
        struct people_name name = {near[i], at, roll_name_find(people->index, near[i]),
                                   people_is_possessive_at(people, at)};
        if (is_plural(people, at, near[i])) {
            continue;
        }
        unsigned uses = NAME_USE(NAME_GIVEN) | NAME_USE(NAME_KNOWN);
        uses |= token->plain_bytes >= LONG_SURNAME ? NAME_USE(NAME_SURNAME) : 0;
        if (name.hits.uses & uses) {
            people_mention_hits(mention, PEOPLE_FIRST_NEAR, at, &name, uses);
            return true;
        }
    }
    return false;
}

/* "@zofia.nowak", "#ZofiaNowak" */
bool people_together_find(const struct people *people, uint32_t at, struct people_mention *mention)
{
    struct str plain = screen_token_plain(people->draft, at);
    char bytes[PEOPLE_NAME_BYTES_MAX];
    size_t length = 0;
    for (size_t i = 0; i < plain.len && length < PEOPLE_NAME_BYTES_MAX; i++) {
        char c = plain.at[i];
        if ((c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80) {
            bytes[length++] = c;
        }
    }
    uint32_t hash = screen_hash((struct str){bytes, length});
    struct people_name name = {hash, at, roll_name_find(people->index, hash), false};
    unsigned first = NAME_USE(NAME_GIVEN) | NAME_USE(NAME_KNOWN);
    if (people->draft->tokens[at].kind == SCREEN_TOKEN_HANDLE && (name.hits.uses & first) &&
        people->work->channel == SCREEN_CHANNEL_MESSAGE && length + 1 == plain.len) {
        people_mention_hits(mention, PEOPLE_FIRST, at, &name, first); /* "@Gareth" in a chat */
        return true;
    }
    if (length < 6 || !(name.hits.uses & NAME_USE(NAME_TOGETHER))) {
        return false;
    }
    people_mention_hits(mention, PEOPLE_TOGETHER, at, &name, NAME_USE(NAME_TOGETHER));
    return true;
}
