/*
 * tests/screen/lines.c - screens drafts from standard input, for quality.py and for benchmarks.
 *
 *     screen_lines ROLL MODEL [-t] < drafts
 *
 * ROLL and MODEL are files, or "-" for none. A line is CHANNEL, a tab, and a draft in which a new
 * line is written \n. For each one line comes out: findings divided by tabs, each
 * "kind detail start end confidence person", detail and person "-" where there is none. With -t
 * the lines are read first and screened after, and the median, the 99th of a hundred and the
 * slowest time of a draft stand on the error channel, in nanoseconds. The school is the invented
 * one of tests/screen/corpus/README.md.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corpus_school.h"

#include "base/arena.h"
#include "base/diag.h"
#include "screen/model.h"
#include "screen/roll.h"
#include "screen/screen.h"

static struct str file_read(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    struct text text = {.arena = arena};
    char part[65536];
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;) {
        text_add(&text, (struct str){part, got});
    }
    fclose(file);
    return text_str(&text);
}

static struct str draft_of(struct arena *arena, struct str written)
{
    char *out = arena_alloc(arena, written.len + 1);
    size_t length = 0;
    for (size_t i = 0; i < written.len; i++) {
        if (written.at[i] == '\\' && i + 1 < written.len && written.at[i + 1] == 'n') {
            out[length++] = '\n';
            i++;
        } else {
            out[length++] = written.at[i];
        }
    }
    return (struct str){out, length};
}

static void findings_print(struct screen_findings found)
{
    for (size_t i = 0; i < found.count; i++) {
        const struct screen_finding *one = &found.items[i];
        const struct screen_kind_info *info = screen_kind_info(one->kind);
        struct str detail =
            one->detail == SCREEN_DETAIL_NONE ? STR("-") : info->details[one->detail];
        printf("%s" STR_FMT " " STR_FMT " %u %u %u ", i > 0 ? "\t" : "",
               STR_ARG(screen_kind_names[one->kind]), STR_ARG(detail), one->start, one->end,
               one->confidence);
        if (one->person == SCREEN_NOBODY) {
            printf("-");
        } else {
            printf("%u", one->person);
        }
    }
    printf("\n");
}

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

int main(int count, char **words)
{
    if (count < 3) {
        fprintf(stderr, "usage: screen_lines ROLL MODEL [-t] < drafts\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct screen_setting setting = {.school = &corpus_school};
    if (strcmp(words[1], "-") != 0) {
        struct diag_list diags = diag_list_new(arena);
        setting.roll =
            screen_roll_read(arena, file_read(arena, words[1]), str_from(words[1]), &diags);
        struct text said = {.arena = arena};
        diag_render(&diags, &said);
        fprintf(stderr, STR_FMT, STR_ARG(text_str(&said)));
    }
    if (strcmp(words[2], "-") != 0) {
        struct str bytes = file_read(arena, words[2]), why;
        char *aligned = arena_alloc(arena, bytes.len);
        memcpy(aligned, bytes.at, bytes.len);
        setting.model = screen_model_open(arena, (struct str){aligned, bytes.len}, &why);
        if (setting.model == NULL) {
            fprintf(stderr, "%s: " STR_FMT "\n", words[2], STR_ARG(why));
            return 2;
        }
    }
    const struct screen *screen = screen_open(arena, &setting);
    const bool is_timed = count > 3 && strcmp(words[3], "-t") == 0;
    struct str *drafts = ARENA_ARRAY(arena, struct str, 1000000);
    enum screen_channel *channels = ARENA_ARRAY(arena, enum screen_channel, 1000000);
    size_t draft_count = 0;
    char *line = NULL;
    size_t room = 0;
    for (ssize_t got; draft_count < 1000000 && (got = getline(&line, &room, stdin)) > 0;) {
        struct str channel, draft;
        if (line[got - 1] == '\n') {
            got--;
        }
        if (!str_cut((struct str){line, (size_t)got}, '\t', &channel, &draft) ||
            screen_channel_find(channel) == SCREEN_CHANNEL_COUNT) {
            fprintf(stderr, "a line without a channel and a tab\n");
            return 2;
        }
        channels[draft_count] = screen_channel_find(channel);
        drafts[draft_count++] = draft_of(arena, draft);
    }
    double *times = ARENA_ARRAY(arena, double, draft_count + 1);
    struct arena *scratch = arena_open();
    for (size_t i = 0; i < draft_count; i++) {
        struct arena_mark mark = arena_mark(scratch);
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        struct screen_findings found = screen_run(screen, scratch, drafts[i], channels[i]);
        clock_gettime(CLOCK_MONOTONIC, &to);
        times[i] = (double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec);
        findings_print(found);
        arena_rewind(scratch, mark);
    }
    if (is_timed && draft_count > 0) {
        qsort(times, draft_count, sizeof *times, by_size);
        fprintf(stderr, "median %.0f ns, 99 %% under %.0f ns, slowest %.0f ns\n",
                times[draft_count / 2], times[draft_count * 99 / 100], times[draft_count - 1]);
    }
    arena_close(scratch);
    arena_close(arena);
    return 0;
}
