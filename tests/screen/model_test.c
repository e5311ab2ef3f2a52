/*
 * tests/screen/model_test.c - opening a model, and what it says of sentences and words.
 *
 * Read first: src/screen/model.c, model_int.h. Small models are made here, so that each number in
 * them is known; the last tests read the trained one.
 */
#include "support/check.h"

#include "base/arena.h"
#include "screen/model_int.h"
#include "screen/screen_int.h"

#include <stdio.h>
#include <string.h>

#define TRAINED "src/screen/model.bin"

/* ---- A small model --------------------------------------------------------------------------- */

enum { SLOTS = 16, GROUPS = 2, PEOPLE = 1, NAMES = 2, KNOT_STEP_LOG2 = 10, TONE_ROWS = 4 };
enum { KEY_DARK = 0x00070002, KEY_BRIGHT = 0x0009FFFE, KEY_EMPTY = 0x0000FFFE };

static void in_order(uint32_t *hashes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t j = i; j > 0 && hashes[j - 1] > hashes[j]; j--) {
            uint32_t kept = hashes[j];
            hashes[j] = hashes[j - 1];
            hashes[j - 1] = kept;
        }
    }
}

static void weights_put(char *file, uint32_t key, const int8_t weights[SCREEN_MODEL_HEADS])
{
    struct screen_model_head *head = (struct screen_model_head *)(void *)file;
    struct screen_model_places places = screen_model_places(head);
    uint16_t *tags = (uint16_t *)(void *)(file + places.tags);
    uint32_t slot = screen_model_row_of(key, SLOTS / SCREEN_MODEL_ROW) * SCREEN_MODEL_ROW;
    while (tags[slot] != 0) {
        slot++;
    }
    tags[slot] = screen_model_tag(key);
    memcpy(file + places.weights + (size_t)slot * SCREEN_MODEL_HEADS, weights, SCREEN_MODEL_HEADS);
}

static void wholes_put(char *file)
{
    struct screen_model_head *head = (struct screen_model_head *)(void *)file;
    struct screen_model_places places = screen_model_places(head);
    struct screen_model_row *tone = (struct screen_model_row *)(void *)(file + places.wholes[0]);
    tone[2] = (struct screen_model_row){
        {screen_model_tag(KEY_DARK), 0, 0, screen_model_tag(KEY_BRIGHT)}, {50, 99, 99, -20}};
    struct screen_model_row *meant = (struct screen_model_row *)(void *)(file + places.wholes[1]);
    meant[0] = (struct screen_model_row){{0, screen_model_tag(KEY_DARK), 0, 0}, {99, -40, 99, 99}};
}

static void file_sum(struct str file)
{
    struct screen_model_head *head = (struct screen_model_head *)(void *)(uintptr_t)file.at;
    head->checksum = screen_model_checksum(file);
}

/* Knows "noodle" (offence 100, obscene -20, blame 50), that a word after "you" is blamed 30 more,
 * women and Muslims as groups, Kofi and Zofia as names, two keys of tone and one of what is
 * meant. A value of 1024 is
 * worth 10. */
static struct str file_make(struct arena *arena)
{
    struct screen_model_head head = {.version = SCREEN_MODEL_VERSION,
                                     .slots = SLOTS,
                                     .groups = GROUPS,
                                     .people = PEOPLE,
                                     .names = NAMES,
                                     .wholes = {{TONE_ROWS, -30, 200, 0}, {1, 7, 100, 0}}};
    struct screen_model_places places = screen_model_places(&head);
    char *file = arena_alloc(arena, places.end);
    memcpy(head.magic, SCREEN_MODEL_MAGIC, sizeof head.magic);
    head.bytes = (uint32_t)places.end;
    for (size_t i = 0; i < SCREEN_MODEL_HEADS; i++) {
        head.curves[i].step_log2 = KNOT_STEP_LOG2;
        for (size_t knot = 0; knot < SCREEN_MODEL_KNOTS; knot++) {
            head.curves[i].knots[knot] = (uint16_t)(knot * 10);
        }
    }
    memcpy(file, &head, sizeof head);
    weights_put(file, screen_hash(STR("noodle")), (int8_t[]){100, 0, -20, 50});
    weights_put(file, screen_pair_key(SCREEN_PAIR_AROUND, 0, screen_hash(STR("you"))),
                (int8_t[]){0, 0, 30, 7});
    weights_put(file, SCREEN_ITEM_GROUP, (int8_t[]){0, 40, 0, 0});
    uint32_t groups[] = {screen_hash(STR("women")), screen_hash(STR("muslims"))};
    uint32_t people[] = {screen_hash(STR("people"))};
    uint32_t names[] = {screen_hash(STR("kofi")), screen_hash(STR("zofia"))};
    in_order(groups, GROUPS);
    in_order(names, NAMES);
    memcpy(file + places.groups, groups, sizeof groups);
    memcpy(file + places.people, people, sizeof people);
    memcpy(file + places.names, names, sizeof names);
    wholes_put(file);
    struct str bytes = {file, places.end};
    file_sum(bytes);
    return bytes;
}

static const struct screen_model *opened(struct arena *arena, struct str bytes)
{
    struct str why = {0};
    const struct screen_model *model = screen_model_open(arena, bytes, &why);
    if (model == NULL) {
        print_error(STR_FMT "\n", STR_ARG(why));
    }
    assert_non_null(model);
    assert_int_equal(why.len, 0);
    return model;
}

static void refused(struct arena *arena, struct str bytes)
{
    struct str why = {0};
    assert_null(screen_model_open(arena, bytes, &why));
    assert_true(why.len > 0);
}

/* ---- Scores ---------------------------------------------------------------------------------- */

struct scored {
    const struct screen_draft *draft;
    struct screen_scores *sentences;
    uint16_t *blame;
};

static struct scored score(struct arena *arena, const struct screen_model *model, const char *text)
{
    struct scored scored = {.draft = screen_draft_read(arena, str_from(text))};
    scored.sentences = ARENA_ARRAY(arena, struct screen_scores, scored.draft->sentence_count + 1);
    scored.blame = ARENA_ARRAY(arena, uint16_t, scored.draft->token_count + 1);
    memset(scored.sentences, 0xFF, scored.draft->sentence_count * sizeof *scored.sentences);
    memset(scored.blame, 0xFF, scored.draft->token_count * sizeof *scored.blame);
    screen_model_score(model, arena, scored.draft, scored.sentences, scored.blame);
    return scored;
}

static unsigned first_score(struct arena *arena, const struct screen_model *model, const char *text,
                            enum screen_score head)
{
    return score(arena, model, text).sentences[0].of[head];
}

static void no_model_gives_zeros(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct scored scored = score(arena, NULL, "You noodle. Really!");
    assert_int_equal(scored.draft->sentence_count, 2);
    for (uint32_t i = 0; i < scored.draft->sentence_count; i++) {
        for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
            assert_int_equal(scored.sentences[i].of[head], 0);
        }
    }
    for (uint32_t i = 0; i < scored.draft->token_count; i++) {
        assert_int_equal(scored.blame[i], 0);
    }
    assert_false(screen_model_is_first_name(NULL, screen_hash(STR("kofi"))));
}

static void a_word_adds_its_weights(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = opened(arena, file_make(arena));
    /* Fewer than four items count as four: 100 * 256 / 2 = 12800, which is worth 125. */
    struct scored scored = score(arena, model, "A noodle. Tea!");
    assert_int_equal(scored.sentences[0].of[SCREEN_SCORE_OFFENCE], 125);
    assert_int_equal(scored.sentences[0].of[SCREEN_SCORE_HATE], 0);
    assert_int_equal(scored.sentences[0].of[SCREEN_SCORE_OBSCENE], 0);
    assert_int_equal(scored.sentences[1].of[SCREEN_SCORE_OFFENCE], 0);
    assert_int_equal(scored.blame[0], 0);
    assert_int_equal(scored.blame[1], 125);
    /* Nine items: 100 * 256 / 3. */
    assert_int_equal(first_score(arena, model, "One noodle two three four five six seven eight",
                                 SCREEN_SCORE_OFFENCE),
                     83);
    assert_int_equal(first_score(arena, model, "NOODLE's", SCREEN_SCORE_OFFENCE), 125);
}

static void a_word_changes_the_blame_of_those_around_it(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = opened(arena, file_make(arena));
    assert_int_equal(score(arena, model, "you noodle").blame[1], 200);
    assert_int_equal(score(arena, model, "you, noodle").blame[2], 200);
    assert_int_equal(score(arena, model, "you big noodle").blame[2], 142);
    assert_int_equal(score(arena, model, "you great big noodle").blame[3], 125);
    assert_int_equal(score(arena, model, "Not you. Noodle").blame[3], 125);
}

static void groups_are_one_word(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = opened(arena, file_make(arena));
    static const char *const texts[] = {"women sing", "Muslims sing", "muslim's and women's songs",
                                        "Muslims people sing", "women Muslims people sing"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(first_score(arena, model, texts[i], SCREEN_SCORE_HATE), 50);
    }
    assert_int_equal(first_score(arena, model, "people sing", SCREEN_SCORE_HATE), 0);
}

static void names_are_known(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = opened(arena, file_make(arena));
    assert_true(screen_model_is_first_name(model, screen_hash(STR("kofi"))));
    assert_true(screen_model_is_first_name(model, screen_hash(STR("zofia"))));
    assert_false(screen_model_is_first_name(model, screen_hash(STR("table"))));
    assert_false(screen_model_is_first_name(model, 0));
    assert_false(screen_model_is_first_name(model, UINT32_MAX));
}

static void keys_of_a_draft_add_up_to_its_scores(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = opened(arena, file_make(arena));
    /* A weight is worth 2; of three keys the root of four is taken, of eight that of nine. */
    static const uint32_t keys[] = {KEY_DARK, KEY_DARK, KEY_EMPTY, KEY_BRIGHT, 0, 1, 2, 3};
    assert_int_equal(screen_model_whole(model, SCREEN_WHOLE_TONE, keys, 0), -30);
    assert_int_equal(screen_model_whole(model, SCREEN_WHOLE_TONE, keys, 3), 2 * 100 / 2 - 30);
    assert_int_equal(screen_model_whole(model, SCREEN_WHOLE_TONE, keys, 8), 2 * 80 / 3 - 30);
    assert_int_equal(screen_model_whole(model, SCREEN_WHOLE_MEANT, keys, 3), -80 / 2 + 7);
    assert_true(screen_model_whole(NULL, SCREEN_WHOLE_TONE, keys, 3) == SCREEN_WHOLE_NONE);
}

static void a_model_may_have_no_score_of_drafts(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct str file = file_make(arena);
        struct screen_model_head *head = (struct screen_model_head *)(void *)(uintptr_t)file.at;
        head->wholes[i].rows = 0;
        file.len = screen_model_places(head).end;
        head->bytes = (uint32_t)file.len;
        file_sum(file);
        uint32_t key = KEY_DARK;
        const struct screen_model *model = opened(arena, file);
        for (uint32_t one = 0; one < SCREEN_WHOLE_COUNT; one++) {
            int32_t score = screen_model_whole(model, (enum screen_model_whole)one, &key, 1);
            assert_int_equal(score == SCREEN_WHOLE_NONE, one == i);
        }
    }
}

static void curves_stay_between_their_ends(void **state)
{
    (void)state;
    struct screen_model_curve curve = {.low = -100, .step_log2 = 3};
    for (size_t i = 0; i < SCREEN_MODEL_KNOTS; i++) {
        curve.knots[i] = (uint16_t)(i == 0 ? 7 : 900 + i);
    }
    assert_int_equal(screen_model_worth(&curve, INT32_MIN), 7);
    assert_int_equal(screen_model_worth(&curve, -100), 7);
    assert_int_equal(screen_model_worth(&curve, -96), 7 + (901 - 7) / 2);
    assert_int_equal(screen_model_worth(&curve, -92), 901);
    assert_int_equal(screen_model_worth(&curve, -100 + 8 * 32), 932);
    assert_int_equal(screen_model_worth(&curve, -100 + 8 * 32 - 1), 931);
    assert_int_equal(screen_model_worth(&curve, INT32_MAX), 932);
}

/* ---- What is no model ------------------------------------------------------------------------ */

static void each_truncation_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str file = file_make(arena);
    for (size_t len = 0; len < file.len; len++) {
        refused(arena, str_slice(file, 0, len));
    }
    char *longer = arena_alloc(arena, file.len + 8);
    memcpy(longer, file.at, file.len);
    refused(arena, (struct str){longer, file.len + 8});
    char *longest = arena_alloc(arena, SCREEN_MODEL_BYTES_MAX + 8);
    memcpy(longest, file.at, file.len);
    refused(arena, (struct str){longest, SCREEN_MODEL_BYTES_MAX + 8});
    (void)opened(arena, file);
}

static void each_changed_byte_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str file = file_make(arena);
    char *at = (char *)(uintptr_t)file.at;
    for (size_t i = 0; i < file.len; i++) {
        at[i] ^= 0x20;
        refused(arena, file);
        at[i] ^= 0x20;
    }
    (void)opened(arena, file);
}

/* A field of the head is set, the sums are put right, and still the file is refused. */
static void wrong_head(struct arena *arena, size_t offset, uint32_t value)
{
    struct str file = file_make(arena);
    memcpy((char *)(uintptr_t)file.at + offset, &value, sizeof value);
    file_sum(file);
    refused(arena, file);
}

static void each_wrong_part_of_the_head_is_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    wrong_head(arena, 0, 0);
    wrong_head(arena, offsetof(struct screen_model_head, version), SCREEN_MODEL_VERSION + 1);
    wrong_head(arena, offsetof(struct screen_model_head, bytes), 0);
    static const uint32_t slots[] = {0,         1,         2,        3,         SLOTS - 4,
                                     SLOTS + 4, SLOTS * 2, 1u << 31, UINT32_MAX};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        wrong_head(arena, offsetof(struct screen_model_head, slots), slots[i]);
    }
    wrong_head(arena, offsetof(struct screen_model_head, groups), GROUPS + 2);
    wrong_head(arena, offsetof(struct screen_model_head, people), UINT32_MAX);
    wrong_head(arena, offsetof(struct screen_model_head, names), UINT32_MAX);
    static const uint32_t rows[] = {3, TONE_ROWS * 4, 1u << 31, UINT32_MAX};
    for (size_t i = 0; i < SCREEN_WHOLE_COUNT; i++) {
        size_t sum =
            offsetof(struct screen_model_head, wholes) + i * sizeof(struct screen_model_sum);
        for (size_t at = 0; at < sizeof rows / sizeof *rows; at++) {
            wrong_head(arena, sum + offsetof(struct screen_model_sum, rows), rows[at]);
        }
        wrong_head(arena, sum + offsetof(struct screen_model_sum, bias), (1u << 20) + 1);
        wrong_head(arena, sum + offsetof(struct screen_model_sum, bias), 1u << 31);
        wrong_head(arena, sum + offsetof(struct screen_model_sum, scale), (1u << 17) + 1);
        wrong_head(arena, sum + offsetof(struct screen_model_sum, scale), UINT32_MAX);
    }
    for (size_t i = 0; i < SCREEN_MODEL_HEADS; i++) {
        size_t curve =
            offsetof(struct screen_model_head, curves) + i * sizeof(struct screen_model_curve);
        wrong_head(arena, curve + offsetof(struct screen_model_curve, step_log2), 25);
        wrong_head(arena, curve + offsetof(struct screen_model_curve, knots), 1001);
        wrong_head(arena, curve + offsetof(struct screen_model_curve, knots) + 64, 1001);
    }
}

static void lists_out_of_order_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str file = file_make(arena);
    struct screen_model_places places = screen_model_places((const void *)file.at);
    const size_t lists[] = {places.groups, places.names};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct str changed = file_make(arena);
        char *at = (char *)(uintptr_t)changed.at + lists[i];
        uint32_t pair[2];
        memcpy(pair, at, sizeof pair);
        memcpy(at, &pair[1], sizeof *pair);
        file_sum(changed);
        refused(arena, changed); /* the same twice */
        memcpy(at + sizeof *pair, &pair[0], sizeof *pair);
        file_sum(changed);
        refused(arena, changed); /* falling */
    }
}

/* ---- The trained model ----------------------------------------------------------------------- */

static const struct screen_model *trained(struct arena *arena)
{
    FILE *file = fopen(TRAINED, "rb");
    assert_non_null(file);
    char *bytes = arena_alloc(arena, SCREEN_MODEL_BYTES_MAX);
    size_t len = fread(bytes, 1, SCREEN_MODEL_BYTES_MAX, file);
    fclose(file);
    return opened(arena, (struct str){bytes, len});
}

static void plain_words_of_a_school_score_low(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "See you all tomorrow at assembly.",
        "My class were brilliant today.",
        "Reminder: Year 9 have a spelling test on Friday.",
        "Women's football club after school, all welcome.",
        "The bus is late again.",
        "Lost property: one blue jumper and two odd gloves.",
        "Thank you to Mrs Okafor for the cake.",
        "Assessment week begins on Monday.",
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = trained(arena);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
            assert_in_range(first_score(arena, model, texts[i], (enum screen_score)head), 0, 199);
        }
    }
}

static void worse_is_scored_higher(void **state)
{
    (void)state;
    static const struct {
        enum screen_score head;
        const char *better, *worse;
    } rows[] = {
        {SCREEN_SCORE_OFFENCE, "She is lovely and kind.", "She is a useless idiot."},
        {SCREEN_SCORE_OFFENCE, "You are not stupid at all.", "You are so stupid."},
        {SCREEN_SCORE_OFFENCE, "Our head is a runner.", "Our head is a moron."},
        {SCREEN_SCORE_HATE, "Women are great leaders.", "Women are too emotional to be in charge."},
        {SCREEN_SCORE_HATE, "Muslims are welcome here.", "Muslims are not welcome here."},
        {SCREEN_SCORE_HATE, "I love my gay colleagues.", "Gay people are disgusting."},
        {SCREEN_SCORE_HATE, "You are so stupid.", "All foreigners are so stupid."},
        {SCREEN_SCORE_OBSCENE, "Well, that was quick.", "Well, that was crap."},
        {SCREEN_SCORE_OBSCENE, "Scunthorpe is lovely.", "What a load of bollocks."},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = trained(arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned better = first_score(arena, model, rows[i].better, rows[i].head);
        unsigned worse = first_score(arena, model, rows[i].worse, rows[i].head);
        if (better >= worse) {
            print_error("%s: %u, %s: %u\n", rows[i].better, better, rows[i].worse, worse);
        }
        assert_true(better < worse);
    }
}

static void what_is_said_of_one_group_scores_as_of_another(void **state)
{
    (void)state;
    static const char *const groups[] = {"Women",  "Men",        "Muslims",  "Christians", "Jews",
                                         "Sikhs",  "Gays",       "Lesbians", "Blacks",     "Whites",
                                         "Asians", "Immigrants", "Women's",  "Gay people"};
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = trained(arena);
    for (size_t i = 1; i < sizeof groups / sizeof *groups; i++) {
        for (size_t head = 0; head < SCREEN_SCORE_COUNT; head++) {
            struct str text =
                str_format(arena, "%s were at the fair, and nobody was sorry.", groups[i]);
            assert_int_equal(
                first_score(arena, model, str_cstr(arena, text), (enum screen_score)head),
                first_score(arena, model, "Women were at the fair, and nobody was sorry.",
                            (enum screen_score)head));
        }
    }
}

static void the_insulting_word_is_blamed(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct scored scored = score(arena, trained(arena), "Our head is an absolute moron");
    for (uint32_t i = 0; i + 1 < scored.draft->token_count; i++) {
        assert_in_range(scored.blame[i], 0, SCREEN_SHOWN - 1);
    }
    assert_in_range(scored.blame[scored.draft->token_count - 1], SCREEN_SHOWN, 1000);
}

static void one_at_a_time_is_the_same_as_all_at_once(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *models[] = {opened(arena, file_make(arena)), trained(arena)};
    static const char *const texts[] = {"you noodle. A great big noodle, you! And not you",
                                        "Women sing, muslim people sing; deaf women of 9B dance... "
                                        "You utter numpty \xF0\x9F\x98\x88",
                                        "@ava #AshdownVale 12 noodles for \xC2\xA3"
                                        "3, see https://school.example",
                                        ""};
    for (size_t m = 0; m < sizeof models / sizeof *models; m++) {
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
            struct scored scored = score(arena, models[m], texts[t]);
            struct screen_model_reading *reading =
                screen_model_read(models[m], arena, scored.draft);
            for (uint32_t i = scored.draft->sentence_count; i-- > 0;) {
                struct screen_scores alone = screen_model_sentence(reading, i);
                assert_memory_equal(&alone, &scored.sentences[i], sizeof alone);
            }
            for (uint32_t i = 0; i < scored.draft->token_count; i++) {
                assert_int_equal(screen_model_blame(reading, i), scored.blame[i]);
            }
        }
    }
}

static void first_names_but_no_common_words(void **state)
{
    (void)state;
    static const struct str names[] = {
        STR_INIT("oliver"),  STR_INIT("aisha"), STR_INIT("mohammed"), STR_INIT("zofia"),
        STR_INIT("siobhan"), STR_INIT("grace"), STR_INIT("will"),     STR_INIT("priya")};
    static const struct str words[] = {STR_INIT("the"),    STR_INIT("an"),     STR_INIT("you"),
                                       STR_INIT("school"), STR_INIT("london"), STR_INIT("baby"),
                                       STR_INIT("maths"),  STR_INIT("so")};
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_model *model = trained(arena);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_true(screen_model_is_first_name(model, screen_hash(names[i])));
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_false(screen_model_is_first_name(model, screen_hash(words[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_model_gives_zeros),
        cmocka_unit_test(a_word_adds_its_weights),
        cmocka_unit_test(a_word_changes_the_blame_of_those_around_it),
        cmocka_unit_test(groups_are_one_word),
        cmocka_unit_test(names_are_known),
        cmocka_unit_test(keys_of_a_draft_add_up_to_its_scores),
        cmocka_unit_test(a_model_may_have_no_score_of_drafts),
        cmocka_unit_test(curves_stay_between_their_ends),
        cmocka_unit_test(each_truncation_is_refused),
        cmocka_unit_test(each_changed_byte_is_refused),
        cmocka_unit_test(each_wrong_part_of_the_head_is_refused),
        cmocka_unit_test(lists_out_of_order_are_refused),
        cmocka_unit_test(plain_words_of_a_school_score_low),
        cmocka_unit_test(worse_is_scored_higher),
        cmocka_unit_test(what_is_said_of_one_group_scores_as_of_another),
        cmocka_unit_test(the_insulting_word_is_blamed),
        cmocka_unit_test(one_at_a_time_is_the_same_as_all_at_once),
        cmocka_unit_test(first_names_but_no_common_words),
    };
    return cmocka_run_group_tests_name("screen/model", tests, NULL, NULL);
}
