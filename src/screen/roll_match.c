/*
 * screen/roll_match.c - makes of a roll what drafts are compared with, and looks names up in it.
 *
 * Read first: roll_match_int.h. Start at: roll_index_make for the making, roll_name_find for use.
 *
 * What must hold
 * - Everything is made in one pass over the people and a sort, in time that grows with their
 * number.
 * - Names are folded as drafts are (draft.c), so that what is written the same is found.
 */
#include "screen/roll_match_int.h"

#include <assert.h>
#include <string.h>

#include "screen/roll_name_int.h"
#include "screen/word_tables_int.h"

/* People of the same two names that are counted. */
#define PAIR_PEOPLE_MAX 64
/* Short and other forms of one name. */
#define SHORT_MAX 24
#define FORMS_OF_GIVEN_MAX (4 + 2 * SHORT_MAX)
#define FORMS_OF_SURNAME_MAX (2 + NAME_PARTS_MAX)

/* ---- Short forms ----------------------------------------------------------------------------- */

/* Of each name of words/nicknames.txt its other forms, both ways. */
static struct roll_table shorts_make(struct arena *scratch)
{
    struct roll_rows shorts = {.arena = scratch};
    const uint64_t bit = (uint64_t)1 << (SCREEN_WORD_NICKNAMES % 64);
    for (uint32_t i = 0; i < screen_phrase_rows_count; i++) {
        const struct screen_phrase_row *row = &screen_phrase_rows[i];
        if (!(screen_class_sets[row->set].bits[SCREEN_WORD_NICKNAMES / 64] & bit)) {
            continue;
        }
        for (uint32_t other = 0; other < row->more; other++) {
            uint32_t hash = other == 0 ? row->second : screen_phrase_rest[row->first + other - 1];
            roll_rows_add(&shorts, row->hash, hash);
            roll_rows_add(&shorts, hash, row->hash);
        }
    }
    roll_rows_sort(&shorts);
    return roll_table_make(scratch, &shorts);
}

/* ---- One person ------------------------------------------------------------------------------ */

struct making {
    struct arena *arena, *scratch;
    struct screen_roll_index *index;
    struct roll_table shorts;
    struct roll_rows names, pairs, classes;
    struct str *words; /* parts of names in plain letters, for slips */
    struct roll_rows word_hashes;
    uint32_t word_count, word_room;
    uint32_t row;
};

struct forms {
    uint32_t hashes[FORMS_OF_GIVEN_MAX];
    uint32_t count, room;
};

static void form_add(struct making *making, struct forms *forms, uint32_t hash, enum name_form form)
{
    for (uint32_t i = 0; i < forms->count; i++) {
        if (forms->hashes[i] == hash) {
            return;
        }
    }
    if (forms->count < forms->room) {
        forms->hashes[forms->count++] = hash;
        roll_rows_add(&making->names, hash, making->row << NAME_FORM_BITS | form);
    }
}

/* Keeps a word, once for all people, for roll_near.c. */
static void word_keep(struct making *making, struct str word)
{
    if (word.len < 5) {
        return;
    }
    if (making->word_count == making->word_room) {
        size_t room = making->word_room > 0 ? (size_t)making->word_room * 2 : 1024;
        making->words =
            arena_grow(making->scratch, making->words, making->word_room * sizeof *making->words,
                       room * sizeof *making->words);
        making->word_room = (uint32_t)room;
    }
    roll_rows_add(&making->word_hashes, screen_hash(word), making->word_count);
    making->words[making->word_count++] = str_copy(making->scratch, word);
}

static void shorts_add(struct making *making, struct forms *forms, uint32_t hash)
{
    const struct roll_table *shorts = &making->shorts;
    uint32_t place = roll_table_find(shorts, hash);
    for (uint32_t added = 0;
         added < SHORT_MAX && place < shorts->count && shorts->rows[place].hash == hash;
         place++, added++) {
        form_add(making, forms, shorts->rows[place].place, NAME_SHORT);
    }
}

static void begins_add(struct making *making, const struct plain_name *name)
{
    if (name->count > 1) {
        roll_rows_add(&making->names, screen_hash(roll_part_text(name, 0, 0)),
                      making->row << NAME_FORM_BITS | NAME_BEGINS);
    }
}

static void given_add(struct making *making, struct forms *forms, struct str text,
                      enum name_form form)
{
    struct plain_name name;
    roll_name_fold(making->scratch, text, &name);
    if (name.count == 0) {
        return;
    }
    uint32_t end = roll_group_end(&name, 0);
    uint32_t hash = screen_hash(roll_part_text(&name, 0, end - 1));
    form_add(making, forms, hash, form);
    word_keep(making, roll_part_text(&name, 0, end - 1));
    if (end < name.count) {
        form_add(making, forms,
                 screen_hash(roll_part_text(&name, 0, roll_group_end(&name, end) - 1)), form);
    }
    begins_add(making, &name);
    struct roll_place *place = &making->index->places[making->row];
    if (form == NAME_GIVEN && place->given == 0) {
        place->given = name.bytes[0];
    }
}

/* Short forms of all that stands there, behind it: what the roll itself says counts for more. */
static void shorts_of_all_add(struct making *making, struct forms *forms)
{
    for (uint32_t i = 0, count = forms->count; i < count; i++) {
        shorts_add(making, forms, forms->hashes[i]);
    }
}

/* What people leave out of a surname: the "Al" of Al-Rashid. */
static bool is_short_part(struct str part)
{
    static const struct str parts[] = {STR_INIT("van"), STR_INIT("von"), STR_INIT("der"),
                                       STR_INIT("den"), STR_INIT("dos"), STR_INIT("del"),
                                       STR_INIT("bin"), STR_INIT("ibn"), STR_INIT("mac")};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (str_equal(parts[i], part)) {
            return true;
        }
    }
    return part.len < 3;
}

static void surname_add(struct making *making, struct forms *forms, struct str text)
{
    struct plain_name name;
    roll_name_fold(making->scratch, text, &name);
    if (name.count == 0) {
        return;
    }
    struct str whole = roll_part_text(&name, 0, name.count - 1);
    form_add(making, forms, screen_hash(whole), NAME_SURNAME);
    word_keep(making, whole);
    for (uint32_t i = 0; name.count > 1 && i < name.count; i++) {
        struct str part = roll_part_text(&name, i, i);
        if (!is_short_part(part)) {
            form_add(making, forms, screen_hash(part), NAME_SURNAME_PART);
            word_keep(making, part);
        }
    }
    begins_add(making, &name);
    struct roll_place *place = &making->index->places[making->row];
    if (place->surname == 0) {
        place->surname = name.bytes[0];
    }
}

static uint32_t pair_hash(uint32_t given, uint32_t surname)
{
    uint32_t hash = given * 0x9E3779B1u ^ (surname << 13 | surname >> 19);
    hash = (hash ^ hash >> 15) * 0x85EBCA6Bu;
    return hash ^ hash >> 13;
}

static uint8_t year_of(struct str year)
{
    uint32_t number = 0;
    bool has_digit = false;
    for (size_t i = 0; i < year.len && number < 100; i++) {
        unsigned digit = (unsigned char)year.at[i] - (unsigned)'0';
        if (digit < 10) {
            number = number * 10 + digit;
            has_digit = true;
        }
    }
    bool is_reception = !has_digit && year.len > 0 && (year.at[0] | 0x20) == 'r';
    return is_reception ? 0 : has_digit && number <= 14 ? (uint8_t)number : ROLL_NO_YEAR;
}

static void place_add(struct making *making, const struct screen_person *person)
{
    struct roll_place *place = &making->index->places[making->row];
    *place = (struct roll_place){.year = year_of(person->year)};
    struct plain_name name = {.count = 0};
    if (person->class_name.len == 0 || person->class_name.len > JOINED_MAX) {
        return;
    }
    for (size_t i = 0; i < person->class_name.len; i++) { /* "9-B", "9b" */
        char c = person->class_name.at[i];
        bool is_kept = (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c | 0x20) >= 'a';
        if (is_kept) {
            char lower = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
            name.bytes[name.count++] = lower;
        }
    }
    place->class_hash = screen_hash((struct str){name.bytes, name.count});
    roll_rows_add(&making->classes, place->class_hash, 0);
}

static void initials_add(struct making *making)
{
    const struct roll_place *place = &making->index->places[making->row];
    unsigned given = (unsigned)place->given - 'a';
    unsigned surname = (unsigned)place->surname - 'a';
    if (given < 26 && surname < 26) {
        uint32_t *count = &making->index->initials[given][surname].count;
        if ((*count)++ == 0) {
            making->index->initials[given][surname].row = making->row;
        }
    }
}

/* "zofianowak", as in handles and hashtags. */
static void together_add(struct making *making, struct str given, struct str surname)
{
    struct plain_name first, last;
    roll_name_fold(making->scratch, given, &first);
    roll_name_fold(making->scratch, surname, &last);
    if (first.count == 0 || last.count == 0) {
        return;
    }
    char bytes[2 * JOINED_MAX];
    struct str one = roll_part_text(&first, 0, roll_group_end(&first, 0) - 1);
    struct str two = roll_part_text(&last, 0, last.count - 1);
    memcpy(bytes, one.at, one.len);
    memcpy(bytes + one.len, two.at, two.len);
    roll_rows_add(&making->names, screen_hash((struct str){bytes, one.len + two.len}),
                  making->row << NAME_FORM_BITS | NAME_TOGETHER);
}

static void person_add(struct making *making, const struct screen_person *person,
                       size_t surname_place)
{
    struct str given = str_slice(person->name, 0, surname_place);
    struct str surname = str_slice(person->name, surname_place, person->name.len);
    struct forms givens = {.room = FORMS_OF_GIVEN_MAX};
    struct forms surnames = {.room = FORMS_OF_SURNAME_MAX};
    place_add(making, person);
    given_add(making, &givens, given, NAME_GIVEN);
    if (person->known_as.len > 0) {
        given_add(making, &givens, person->known_as, NAME_KNOWN);
    }
    surname_add(making, &surnames, surname);
    char room[ROLL_SPELT_BYTES_MAX];
    struct str spelt;
    if (roll_letters_spell_out(given, room, &spelt)) {
        given_add(making, &givens, spelt, NAME_GIVEN);
    }
    shorts_of_all_add(making, &givens);
    if (roll_letters_spell_out(surname, room, &spelt)) {
        surname_add(making, &surnames, spelt);
    }
    for (uint32_t g = 0; g < givens.count; g++) {
        for (uint32_t s = 0; s < surnames.count; s++) {
            if (givens.hashes[g] != surnames.hashes[s]) {
                roll_rows_add(&making->pairs, pair_hash(givens.hashes[g], surnames.hashes[s]),
                              making->row);
            }
        }
        /* Who is known by the last word, as in Vietnam, is called by it and then by the first. */
        if (g > 0 && surnames.count > 0 && givens.hashes[g] == surnames.hashes[0]) {
            roll_rows_add(&making->pairs, pair_hash(givens.hashes[g], givens.hashes[0]),
                          making->row);
        }
    }
    initials_add(making);
    together_add(making, given, surname);
}

/* ---- Putting it together --------------------------------------------------------------------- */

/* One entry for each name, which says where its bearers begin. */
static void names_put(struct making *making)
{
    struct roll_rows *names = &making->names;
    roll_rows_sort(names);
    uint32_t *items = ARENA_ARRAY(making->arena, uint32_t, (size_t)names->count + 1);
    struct roll_rows heads = {.arena = making->scratch};
    for (uint32_t i = 0; i < names->count; i++) {
        items[i] = names->at[i].place;
        if (i == 0 || names->at[i].hash != names->at[i - 1].hash) {
            roll_rows_add(&heads, names->at[i].hash, i);
        }
    }
    uint8_t *uses = ARENA_ARRAY(making->arena, uint8_t, (size_t)heads.count + 1);
    for (uint32_t i = 0, name = 0; i < names->count; i++) {
        name += name + 1 < heads.count && heads.at[name + 1].place == i;
        uses[name] |= (uint8_t)NAME_USE(name_form(items[i]));
    }
    making->index->name_uses = uses;
    uint32_t count = heads.count;
    roll_rows_add(&heads, UINT32_MAX, names->count);
    making->index->names = roll_table_make(making->arena, &heads);
    making->index->names.count = count;
    making->index->items = items;
}

/* A bit for each name, eight times as many bits as names: most words of a draft end here. */
static void seen_put(struct making *making)
{
    struct screen_roll_index *index = making->index;
    unsigned width = 10;
    while (width < 27 && ((uint32_t)1 << width) < index->names.count * 8) {
        width++;
    }
    uint64_t *bits = ARENA_ARRAY(making->arena, uint64_t, ((size_t)1 << width) / 64);
    for (uint32_t i = 0; i < index->names.count; i++) {
        uint32_t bit = index->names.rows[i].hash >> (32 - width);
        bits[bit / 64] |= (uint64_t)1 << (bit % 64);
    }
    index->seen = (struct name_bits){bits, 32 - width};
}

static void classes_put(struct making *making)
{
    roll_rows_sort(&making->classes);
    uint32_t *classes = ARENA_ARRAY(making->arena, uint32_t, (size_t)making->classes.count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < making->classes.count; i++) {
        if (i == 0 || making->classes.at[i].hash != making->classes.at[i - 1].hash) {
            classes[count++] = making->classes.at[i].hash;
        }
    }
    making->index->classes = classes;
    making->index->class_count = count;
}

static void near_put(struct making *making)
{
    roll_rows_sort(&making->word_hashes);
    struct str *words = ARENA_ARRAY(making->arena, struct str, (size_t)making->word_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < making->word_hashes.count; i++) {
        const struct roll_row *row = &making->word_hashes.at[i];
        if (i == 0 || row->hash != row[-1].hash) {
            words[count++] = str_copy(making->arena, making->words[row->place]);
        }
    }
    roll_near_make(making->arena, making->scratch, making->index, words, count);
}

const struct screen_roll_index *roll_index_make(struct arena *arena, const struct screen_roll *roll,
                                                const uint8_t *surname_places)
{
    DEFER(arena_close) struct arena *scratch = arena_open();
    struct screen_roll_index *index = ARENA_NEW(arena, struct screen_roll_index);
    index->places = ARENA_ARRAY(arena, struct roll_place, (size_t)roll->count + 1);
    struct making making = {.arena = arena,
                            .scratch = scratch,
                            .index = index,
                            .shorts = shorts_make(scratch),
                            .names = {.arena = scratch},
                            .pairs = {.arena = scratch},
                            .classes = {.arena = scratch},
                            .word_hashes = {.arena = scratch}};
    for (making.row = 0; making.row < roll->count; making.row++) {
        person_add(&making, &roll->people[making.row], surname_places[making.row]);
    }
    names_put(&making);
    seen_put(&making);
    classes_put(&making);
    roll_rows_sort(&making.pairs);
    index->pairs = roll_table_make(arena, &making.pairs);
    near_put(&making);
    return index;
}

/* ---- Looking up ------------------------------------------------------------------------------ */

struct name_hits roll_name_find(const struct screen_roll_index *index, uint32_t hash)
{
    if (!roll_name_may_be(index, hash)) {
        return (struct name_hits){0};
    }
    uint32_t place = roll_table_find(&index->names, hash);
    if (place == index->names.count || index->names.rows[place].hash != hash) {
        return (struct name_hits){0};
    }
    const struct roll_row *name = &index->names.rows[place];
    return (struct name_hits){index->items + name->place, name[1].place - name->place,
                              index->name_uses[place]};
}

uint32_t roll_pair_find(const struct screen_roll_index *index, uint32_t given, uint32_t surname,
                        uint32_t *row)
{
    uint32_t hash = pair_hash(given, surname);
    const struct roll_row *rows = index->pairs.rows;
    uint32_t first = roll_table_find(&index->pairs, hash);
    uint32_t people = 0;
    for (uint32_t at = first;
         at < index->pairs.count && rows[at].hash == hash && people < PAIR_PEOPLE_MAX; at++) {
        bool is_new = at == first || rows[at].place != rows[at - 1].place;
        people += is_new;
    }
    if (people > 0) {
        *row = rows[first].place;
    }
    return people;
}

bool roll_class_is(const struct screen_roll_index *index, uint32_t hash)
{
    uint32_t low = 0;
    uint32_t high = index->class_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->classes[middle] == hash) {
            return true;
        }
        if (index->classes[middle] < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}
