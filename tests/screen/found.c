/*
 * tests/screen/found.c - what the detectors find in a draft, as one line. Read first: found.h.
 */
#include "found.h"

#include "corpus_school.h"
#include "support/check.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "screen/roll.h"

#define ROLL_PATH "tests/screen/corpus/roll.csv"
#define ROLL_BYTES_MAX 65536
#define LINE_MAX_BYTES 2048 /* of a file of drafts */
#define LABELS_MAX 32       /* of one draft */

static struct arena *arena; /* of all that is found; lives as long as the program */

static struct str roll_read(void)
{
    FILE *file = fopen(ROLL_PATH, "rb");
    if (file == NULL) {
        fail_msg("%s cannot be opened; tests run in the project's folder", ROLL_PATH);
    }
    char *bytes = arena_alloc(arena, ROLL_BYTES_MAX);
    size_t size = fread(bytes, 1, ROLL_BYTES_MAX, file);
    (void)fclose(file);
    assert_true(size != 0 && size < ROLL_BYTES_MAX);
    return (struct str){bytes, size};
}

static const struct screen *screen_of_corpus(void)
{
    static const struct screen *screen;
    if (screen == NULL) {
        arena = arena_open();
        struct diag_list diags = diag_list_new(arena);
        struct screen_setting *setting = ARENA_NEW(arena, struct screen_setting);
        setting->school = &corpus_school;
        setting->roll = screen_roll_read(arena, roll_read(), STR(ROLL_PATH), &diags);
        screen = screen_open(arena, setting);
    }
    return screen;
}

static bool is_asked_for(struct str kind, const char *kinds)
{
    struct str rest = str_from(kinds), one;
    while (rest.len > 0) {
        (void)str_cut(rest, ' ', &one, &rest);
        if (str_equal(one, kind)) {
            return true;
        }
    }
    return kinds == NULL;
}

static void words_add(struct text *out, struct str words)
{
    for (size_t i = 0; i < words.len; i++) {
        text_add_char(out, words.at[i] == '\n' ? '/' : words.at[i]);
    }
}

struct str found_of(const char *kinds, const char *text, enum screen_channel channel)
{
    const struct screen *screen = screen_of_corpus();
    struct str draft = str_from(text);
    struct screen_findings found = screen_run(screen, arena, draft, channel);
    struct text out = {.arena = arena};
    for (size_t i = 0; i < found.count; i++) {
        const struct screen_finding *one = &found.items[i];
        struct str kind = screen_kind_names[one->kind];
        if (!is_asked_for(kind, kinds)) {
            continue;
        }
        text_addf(&out, "%s" STR_FMT, out.len > 0 ? " " : "", STR_ARG(kind));
        if (one->detail != SCREEN_DETAIL_NONE) {
            text_add_char(&out, ':');
            text_add(&out, screen_kind_info(one->kind)->details[one->detail]);
        }
        text_add_char(&out, '[');
        words_add(&out, str_slice(draft, one->start, one->end));
        text_add_char(&out, ']');
    }
    return text_str(&out);
}

struct str found_in(const char *text, enum screen_channel channel)
{
    return found_of(NULL, text, channel);
}

void found_check(const char *kinds, enum screen_channel channel, const struct found_case *cases,
                 size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct str found = found_of(kinds, cases[i].text, channel);
        if (!str_equal(found, str_from(cases[i].found))) {
            wrong++;
            print_error("%s\n  found    " STR_FMT "\n  expected %s\n", cases[i].text,
                        STR_ARG(found), cases[i].found);
        }
    }
    assert_int_equal(wrong, 0);
}

void found_none(const char *kinds, enum screen_channel channel, const char *const *texts,
                size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct str found = found_of(kinds, texts[i], channel);
        if (found.len > 0) {
            wrong++;
            print_error("%s\n  found    " STR_FMT "\n  expected nothing\n", texts[i],
                        STR_ARG(found));
        }
    }
    assert_int_equal(wrong, 0);
}

/* ---- Files of labelled drafts ---------------------------------------------------------------- */

struct label {
    struct str kind; /* with its detail: "insult:pupil" */
    size_t start, end;
};

struct labelled {
    struct text plain; /* the draft without braces */
    struct label labels[LABELS_MAX];
    size_t count;
};

/* Reads "{kind|words}" and "\\n". */
static void labels_read(struct labelled *draft, struct str marked)
{
    size_t open[LABELS_MAX];
    size_t depth = 0;
    for (size_t i = 0; i < marked.len; i++) {
        struct str rest = str_slice(marked, i, marked.len);
        struct str kind, words;
        if (marked.at[i] == '{') {
            assert_true(draft->count < LABELS_MAX && str_cut(rest, '|', &kind, &words));
            kind = str_slice(kind, 1, kind.len);
            i += kind.len + 1;
            open[depth++] = draft->count;
            draft->labels[draft->count++] = (struct label){kind, draft->plain.len, 0};
        } else if (marked.at[i] == '}') {
            assert_true(depth > 0);
            draft->labels[open[--depth]].end = draft->plain.len;
        } else if (str_starts(rest, STR("\\n"))) {
            text_add_char(&draft->plain, '\n');
            i++;
        } else {
            text_add_char(&draft->plain, marked.at[i]);
        }
    }
    assert_int_equal(depth, 0);
}

static struct str kind_alone(struct str kind)
{
    struct str detail, alone = kind;
    (void)str_cut(kind, ':', &alone, &detail);
    return alone;
}

/* What must be found, in the form of found_of(). */
static struct str labels_written(const char *kinds, struct str post_kinds,
                                 const struct labelled *draft)
{
    struct text out = {.arena = arena};
    struct str rest = str_equal(post_kinds, STR("-")) ? (struct str){0} : post_kinds;
    for (struct str one; rest.len > 0;) {
        (void)str_cut(rest, ',', &one, &rest);
        if (is_asked_for(one, kinds)) {
            text_addf(&out, "%s" STR_FMT "[]", out.len > 0 ? " " : "", STR_ARG(one));
        }
    }
    for (size_t i = 0; i < draft->count; i++) {
        const struct label *label = &draft->labels[i];
        if (is_asked_for(kind_alone(label->kind), kinds)) {
            text_addf(&out, "%s" STR_FMT "[", out.len > 0 ? " " : "", STR_ARG(label->kind));
            words_add(&out, str_slice(text_str(&draft->plain), label->start, label->end));
            text_add_char(&out, ']');
        }
    }
    return text_str(&out);
}

/* Whether a line is as it says; a comment is. */
static bool line_is_right(const char *kinds, const char *place, struct str line)
{
    struct str channel, post_kinds, marked;
    assert_true(str_cut(line, '\t', &channel, &marked) &&
                str_cut(marked, '\t', &post_kinds, &marked));
    struct labelled draft = {.plain = {.arena = arena}};
    labels_read(&draft, marked);
    enum screen_channel where = screen_channel_find(channel);
    assert_int_not_equal(where, SCREEN_CHANNEL_COUNT);
    struct str wanted = labels_written(kinds, post_kinds, &draft);
    struct str found = found_of(kinds, str_cstr(arena, text_str(&draft.plain)), where);
    if (!str_equal(found, wanted)) {
        print_error("%s: " STR_FMT "\n  found    " STR_FMT "\n  expected " STR_FMT "\n", place,
                    STR_ARG(marked), STR_ARG(found), STR_ARG(wanted));
    }
    return str_equal(found, wanted);
}

size_t found_file_check(const char *kinds, const char *path)
{
    (void)screen_of_corpus(); /* opens the arena */
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char line[LINE_MAX_BYTES], place[LINE_MAX_BYTES];
    size_t count = 0, wrong = 0;
    for (unsigned number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        struct str said = str_trim(str_from(line));
        if (said.len == 0 || said.at[0] == '#') {
            continue;
        }
        (void)snprintf(place, sizeof place, "%s:%u", path, number);
        count++;
        wrong += !line_is_right(kinds, place, said);
    }
    (void)fclose(file);
    assert_int_equal(wrong, 0);
    return count;
}
