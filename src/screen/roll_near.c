/*
 * screen/roll_near.c - finds the names of a roll that a misspelt word may stand for.
 *
 * Read first: roll_match_int.h. Start at: roll_near_find.
 *
 * Two words that lie one slip apart (a letter too many, too few, another, or two swapped) have one
 * form in common when from each none or one letter is taken out; with two letters taken out, two
 * slips apart. So all such forms of each name stand here by their hash, and a word is looked up by
 * its own: some ten look-ups for a short word, some fifty for a long one, however many names there
 * are. What is found so is compared letter by letter. (The method is that of spelling correction by
 * symmetric deletion.)
 *
 * What must hold: a slip is allowed in names of five letters and more, two in those of eight and
 * more; names longer than NEAR_LETTERS_MAX are not looked for.
 */
#include "screen/draft_parts_int.h"
#include "screen/roll_match_int.h"

#include <string.h>

#define ONE_SLIP_LETTERS_MIN 5
#define TWO_SLIPS_LETTERS_MIN 8
#define NEAR_LETTERS_MAX 20
/* None, one or two of NEAR_LETTERS_MAX + 2 letters taken out. */
#define FORMS_MAX (1 + 22 + 22 * 21 / 2)

/* Names that share a form with a word and are compared with it. */
#define COMPARED_MAX 64

static size_t slips_allowed(size_t letters)
{
    return letters >= TWO_SLIPS_LETTERS_MIN ? 2 : letters >= ONE_SLIP_LETTERS_MIN ? 1 : 0;
}

/* screen_hash() of a text whose first letters came to `state`, without the letter at `skipped`. */
static uint32_t hash_on(uint32_t state, struct str word, size_t at, size_t skipped)
{
    for (; at < word.len; at++) {
        if (at != skipped) {
            state = (state ^ (unsigned char)word.at[at]) * SCREEN_HASH_PRIME;
        }
    }
    return screen_hash_end(state);
}

/* The hashes of a word without up to `slips` letters. */
static uint32_t forms_make(struct str word, size_t slips, uint32_t forms[FORMS_MAX])
{
    uint32_t count = 0;
    uint32_t before = SCREEN_HASH_BEGIN; /* of the letters before `first` */
    forms[count++] = hash_on(before, word, 0, word.len);
    for (size_t first = 0; slips >= 1 && first < word.len; first++) {
        forms[count++] = hash_on(before, word, first, first);
        uint32_t between = before; /* and of those before `second` */
        for (size_t second = first + 1; slips >= 2 && second < word.len; second++) {
            forms[count++] = hash_on(between, word, second, second);
            between = (between ^ (unsigned char)word.at[second]) * SCREEN_HASH_PRIME;
        }
        before = (before ^ (unsigned char)word.at[first]) * SCREEN_HASH_PRIME;
    }
    return count;
}

static uint32_t forms_count(const struct str *words, uint32_t count)
{
    size_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t letters = words[i].len;
        bool has_two = slips_allowed(letters) == 2;
        if (letters <= NEAR_LETTERS_MAX) {
            total += 1 + letters + (has_two ? letters * (letters - 1) / 2 : 0);
        }
    }
    return (uint32_t)total;
}

void roll_near_make(struct arena *arena, struct arena *scratch, struct screen_roll_index *index,
                    const struct str *words, uint32_t count)
{
    struct roll_rows rows = {.arena = scratch};
    roll_rows_room(&rows, forms_count(words, count));
    for (uint32_t i = 0; i < count; i++) {
        if (words[i].len > NEAR_LETTERS_MAX) {
            continue;
        }
        uint32_t forms[FORMS_MAX];
        uint32_t made = forms_make(words[i], slips_allowed(words[i].len), forms);
        for (uint32_t form = 0; form < made; form++) {
            roll_rows_add(&rows, forms[form], i);
        }
    }
    roll_rows_sort(&rows);
    index->near = roll_table_make(arena, &rows);
    index->near_words = words;
}

struct near_found {
    uint32_t words[COMPARED_MAX];
    uint32_t count;
};

static void near_gather(const struct screen_roll_index *index, uint32_t hash,
                        struct near_found *found)
{
    const struct roll_row *rows = index->near.rows;
    uint32_t place = roll_table_find(&index->near, hash);
    for (uint32_t read = 0;
         read < COMPARED_MAX && place < index->near.count && rows[place].hash == hash;
         place++, read++) {
        uint32_t word = rows[place].place;
        bool is_new = found->count < COMPARED_MAX;
        for (uint32_t i = 0; is_new && i < found->count; i++) {
            is_new = found->words[i] != word;
        }
        if (is_new) {
            found->words[found->count++] = word;
        }
    }
}

/* Puts a name among those found, nearer ones first. */
static uint32_t near_put(uint32_t hash, size_t slips, uint32_t found[ROLL_NEAR_MAX],
                         size_t found_slips[ROLL_NEAR_MAX], uint32_t count)
{
    uint32_t at = count < ROLL_NEAR_MAX ? count : ROLL_NEAR_MAX;
    while (at > 0 && found_slips[at - 1] > slips) {
        at--;
    }
    if (at == ROLL_NEAR_MAX) {
        return count;
    }
    uint32_t last = count < ROLL_NEAR_MAX ? count : ROLL_NEAR_MAX - 1;
    for (uint32_t i = last; i > at; i--) {
        found[i] = found[i - 1];
        found_slips[i] = found_slips[i - 1];
    }
    found[at] = hash;
    found_slips[at] = slips;
    return count < ROLL_NEAR_MAX ? count + 1 : count;
}

uint32_t roll_near_find(const struct screen_roll_index *index, struct str plain, size_t slips,
                        uint32_t found[ROLL_NEAR_MAX])
{
    /* A word may be a letter or two shorter or longer than what it stands for. */
    if (index->near.count == 0 || plain.len + 1 < ONE_SLIP_LETTERS_MIN ||
        plain.len > NEAR_LETTERS_MAX + 2) {
        return 0;
    }
    uint32_t forms[FORMS_MAX];
    size_t most = plain.len + 2 >= TWO_SLIPS_LETTERS_MIN ? 2 : 1;
    most = slips < most ? slips : most;
    uint32_t made = forms_make(plain, most, forms);
    for (uint32_t form = 0; form < made; form++) {
        __builtin_prefetch(&index->near.starts[forms[form] >> index->near.shift]);
    }
    for (uint32_t form = 0; form < made; form++) {
        __builtin_prefetch(
            &index->near.rows[index->near.starts[forms[form] >> index->near.shift]]);
    }
    struct near_found near;
    near.count = 0;
    for (uint32_t form = 0; form < made; form++) {
        near_gather(index, forms[form], &near);
    }
    size_t found_slips[ROLL_NEAR_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < near.count; i++) {
        struct str word = index->near_words[near.words[i]];
        size_t allowed = slips_allowed(word.len) < most ? slips_allowed(word.len) : most;
        size_t between = str_distance(plain, word, allowed);
        if (between > 0 && between <= allowed) {
            count = near_put(screen_hash(word), between, found, found_slips, count);
        }
    }
    return count;
}
