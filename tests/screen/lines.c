/*
 * tests/screen/lines.c - screens drafts from standard input, for quality.py and for benchmarks.
 *
 *     screen_lines ROLL MODEL [-t] < drafts
 *
 * ROLL and MODEL are files, or "-" for none. A line is CHANNEL, a tab, and a draft in which a new
 * line is written \n. For each one line comes out: findings divided by tabs, each
 * "kind detail start end confidence person", detail and person "-" where there is none. With -t
 * nothing comes out but, on the error channel, how long it takes to open roll, model and screen and
 * to rehearse, and the median, the 99th of a hundred and the slowest time of a draft, in
 * nanoseconds that this process had on a processor. The school is
 * the invented one of tests/screen/corpus/README.md.
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

#define DRAFTS_MAX ((size_t)1000000)

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

/* The roll and the model of the command line. False, with a message, when one cannot be used. */
static bool setting_read(struct arena *arena, char **words, struct screen_setting *setting)
{
    if (strcmp(words[1], "-") != 0) {
        struct diag_list diags = diag_list_new(arena);
        setting->roll =
            screen_roll_read(arena, file_read(arena, words[1]), str_from(words[1]), &diags);
        struct text said = {.arena = arena};
        diag_render(&diags, &said);
        fprintf(stderr, STR_FMT, STR_ARG(text_str(&said)));
    }
    if (strcmp(words[2], "-") != 0) {
        struct str bytes = file_read(arena, words[2]), why;
        char *aligned = arena_alloc(arena, bytes.len);
        memcpy(aligned, bytes.at, bytes.len);
        setting->model = screen_model_open(arena, (struct str){aligned, bytes.len}, &why);
        if (setting->model == NULL) {
            fprintf(stderr, "%s: " STR_FMT "\n", words[2], STR_ARG(why));
            return false;
        }
    }
    return true;
}

struct draft {
    enum screen_channel channel;
    struct str text;
};

/* Answers how many, or DRAFTS_MAX + 1 with a message where a line is none. */
static size_t drafts_read(struct arena *arena, struct draft *drafts)
{
    size_t count = 0;
    char *line = NULL;
    size_t room = 0;
    for (ssize_t got; count < DRAFTS_MAX && (got = getline(&line, &room, stdin)) > 0;) {
        struct str channel, draft;
        if (line[got - 1] == '\n') {
            got--;
        }
        if (!str_cut((struct str){line, (size_t)got}, '\t', &channel, &draft) ||
            screen_channel_find(channel) == SCREEN_CHANNEL_COUNT) {
            fprintf(stderr, "a line without a channel and a tab\n");
            return DRAFTS_MAX + 1;
        }
        drafts[count++] = (struct draft){screen_channel_find(channel), draft_of(arena, draft)};
    }
    free(line);
    return count;
}

/* What this process has had on a processor: what else runs on the machine does not count. */
static double nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void drafts_screen(const struct screen *screen, const struct draft *drafts, size_t count)
{
    struct arena *scratch = arena_open();
    for (size_t i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(scratch);
        findings_print(screen_run(screen, scratch, drafts[i].text, drafts[i].channel));
        arena_rewind(scratch, mark);
    }
    arena_close(scratch);
}

static void drafts_time(const struct screen *screen, const struct draft *drafts, size_t count,
                        double opening)
{
    struct arena *scratch = arena_open();
    double *times = calloc(count + 1, sizeof *times);
    double from = nanoseconds();
    screen_rehearse(screen, scratch);
    double rehearsal = nanoseconds() - from;
    for (size_t i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(scratch);
        from = nanoseconds();
        (void)screen_run(screen, scratch, drafts[i].text, drafts[i].channel);
        times[i] = nanoseconds() - from;
        arena_rewind(scratch, mark);
    }
    qsort(times, count, sizeof *times, by_size);
    fprintf(stderr,
            "opening %.0f ns, rehearsal %.0f ns; median %.0f ns, 99 %% under %.0f ns, slowest %.0f "
            "ns\n",
            opening, rehearsal, times[count / 2], times[count * 99 / 100], times[count - 1]);
    free(times);
    arena_close(scratch);
}

int main(int count, char **words)
{
    if (count < 3) {
        fprintf(stderr, "usage: screen_lines ROLL MODEL [-t] < drafts\n");
        return 2;
    }
    struct arena *arena = arena_open();
    struct draft *drafts = ARENA_ARRAY(arena, struct draft, DRAFTS_MAX);
    size_t draft_count = drafts_read(arena, drafts);
    double from = nanoseconds();
    struct screen_setting setting = {.school = &corpus_school};
    if (draft_count > DRAFTS_MAX || !setting_read(arena, words, &setting)) {
        return 2;
    }
    const struct screen *screen = screen_open(arena, &setting);
    if (count > 3 && strcmp(words[3], "-t") == 0 && draft_count > 0) {
        drafts_time(screen, drafts, draft_count, nanoseconds() - from);
    } else {
        drafts_screen(screen, drafts, draft_count);
    }
    arena_close(arena);
    return 0;
}
