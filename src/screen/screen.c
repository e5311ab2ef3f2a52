/*
 * screen/screen.c - one draft from text to findings. Read first: screen.h, then work_int.h.
 *
 *   read (draft.c) - mark words (words.c) - detect (detectors.c) - settle (here)
 */
#include "screen/screen.h"

#include "screen/screen_int.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct str channel_names[SCREEN_CHANNEL_COUNT] = {
    [SCREEN_CHANNEL_PERSONAL] = STR_INIT("personal"),
    [SCREEN_CHANNEL_OFFICIAL] = STR_INIT("official"),
    [SCREEN_CHANNEL_MESSAGE] = STR_INIT("message"),
    [SCREEN_CHANNEL_PROFILE] = STR_INIT("profile"),
    [SCREEN_CHANNEL_INCOMING] = STR_INIT("incoming"),
};

struct str screen_channel_name(enum screen_channel channel)
{
    assert(channel < SCREEN_CHANNEL_COUNT);
    return channel_names[channel];
}

enum screen_channel screen_channel_find(struct str name)
{
    unsigned channel = 0;
    while (channel < SCREEN_CHANNEL_COUNT && !str_equal(channel_names[channel], name)) {
        channel++;
    }
    return (enum screen_channel)channel;
}

struct screen *screen_open(struct arena *arena, const struct screen_setting *setting)
{
    struct screen *screen = ARENA_NEW(arena, struct screen);
    screen->setting = *setting;
    if (setting->school != NULL) {
        screen->school = screen_school_open(arena, setting->school);
    }
    return screen;
}

/* Findings that there is room for at first. */
#define FINDINGS_AT_FIRST 32

/* ---- For detectors --------------------------------------------------------------------------- */

/* Room for a few at first, since most drafts have few; after that for all that there can be. */
static void findings_grow(struct screen_work *work)
{
    size_t room = work->found_room == 0 ? FINDINGS_AT_FIRST : SCREEN_FINDINGS_MAX;
    work->found = arena_grow(work->arena, work->found, work->found_room * sizeof *work->found,
                             room * sizeof *work->found);
    work->found_room = room;
}

struct screen_finding *screen_found_bytes(struct screen_work *work, enum screen_kind kind,
                                          unsigned detail, uint32_t start, uint32_t end,
                                          unsigned confidence, struct str because)
{
    assert(kind < SCREEN_KIND_COUNT && start <= end && end <= work->draft->text.len);
    if (work->found_count == SCREEN_FINDINGS_MAX) {
        work->found_dropped++;
        return NULL;
    }
    if (work->found_count == work->found_room) {
        findings_grow(work);
    }
    struct screen_finding *finding = &work->found[work->found_count++];
    *finding = (struct screen_finding){.kind = kind,
                                       .detail = (uint8_t)detail,
                                       .confidence = (uint16_t)confidence,
                                       .start = start,
                                       .end = end,
                                       .person = SCREEN_NOBODY,
                                       .because = because};
    return finding;
}

struct screen_finding *screen_found(struct screen_work *work, enum screen_kind kind,
                                    unsigned detail, uint32_t first, uint32_t last,
                                    unsigned confidence, struct str because)
{
    assert(first <= last && last < work->draft->token_count);
    const struct screen_token *tokens = work->draft->tokens;
    return screen_found_bytes(work, kind, detail, tokens[first].start, tokens[last].end, confidence,
                              because);
}

static bool is_touching(const struct screen_finding *finding, uint32_t start, uint32_t end)
{
    return finding->start < end && start < finding->end;
}

const struct screen_finding *screen_finding_at(const struct screen_work *work,
                                               enum screen_kind kind, uint32_t start, uint32_t end)
{
    for (size_t i = 0; i < work->found_count; i++) {
        if (work->found[i].kind == kind && is_touching(&work->found[i], start, end)) {
            return &work->found[i];
        }
    }
    return NULL;
}

bool screen_has(const struct screen_work *work, enum screen_kind kind)
{
    for (size_t i = 0; i < work->found_count; i++) {
        if (work->found[i].kind == kind && work->found[i].confidence >= SCREEN_SHOWN) {
            return true;
        }
    }
    return false;
}

static bool model_is_ready(struct screen_work *work)
{
    if (work->model == NULL && work->setting->model != NULL) {
        work->model = screen_model_read(work->setting->model, work->arena, work->draft);
    }
    return work->model != NULL;
}

unsigned screen_score(struct screen_work *work, uint32_t sentence, enum screen_score score)
{
    return model_is_ready(work) ? screen_model_sentence(work->model, sentence).of[score] : 0;
}

unsigned screen_blame(struct screen_work *work, uint32_t token)
{
    return model_is_ready(work) ? screen_model_blame(work->model, token) : 0;
}

const uint32_t *screen_words_of(struct screen_work *work)
{
    return model_is_ready(work) ? screen_model_words(work->model) : NULL;
}

/* ---- Settling -------------------------------------------------------------------------------- */

/* What else tells two findings apart, so that every sort has one outcome on every machine. */
static int by_rest(const struct screen_finding *a, const struct screen_finding *b)
{
    if (a->confidence != b->confidence) {
        return a->confidence > b->confidence ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    if (a->detail != b->detail) {
        return a->detail < b->detail ? -1 : 1;
    }
    if (a->person != b->person) {
        return a->person < b->person ? -1 : 1;
    }
    return str_compare(a->because, b->because);
}

/* By kind, then by start, the surer first: so that a finding's rivals stand behind it. */
static int by_kind(const void *left, const void *right)
{
    const struct screen_finding *a = left;
    const struct screen_finding *b = right;
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return by_rest(a, b);
}

static int by_place(const void *left, const void *right)
{
    const struct screen_finding *a = left;
    const struct screen_finding *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->detail != b->detail) {
        return a->detail < b->detail ? -1 : 1;
    }
    return by_rest(a, b);
}

/* Two findings say the same twice when kind and detail are the same and they overlap. */
static bool is_same(const struct screen_finding *a, const struct screen_finding *b)
{
    return a->kind == b->kind && a->detail == b->detail &&
           (is_touching(a, b->start, b->end) || (a->start == b->start && a->end == b->end));
}

/* Leaves what is sure enough, and of the same things the surest. */
static size_t findings_settle(struct screen_finding *items, size_t count)
{
    size_t kept = 0;
    if (count == 0) {
        return 0;
    }
    qsort(items, count, sizeof *items, by_kind);
    for (size_t i = 0; i < count; i++) {
        if (items[i].confidence < SCREEN_SHOWN) {
            continue;
        }
        if (kept > 0 && is_same(&items[kept - 1], &items[i])) {
            if (items[i].confidence > items[kept - 1].confidence) {
                items[kept - 1] = items[i];
            }
            continue;
        }
        items[kept++] = items[i];
    }
    qsort(items, kept, sizeof *items, by_place);
    return kept;
}

struct screen_findings screen_run(const struct screen *screen, struct arena *arena,
                                  struct str draft, enum screen_channel channel)
{
    struct screen_draft *read = screen_draft_read(arena, draft);
    screen_words_mark(read);
    struct screen_work work = {.screen = screen,
                               .setting = &screen->setting,
                               .draft = read,
                               .channel = channel,
                               .arena = arena};
    screen_detect(&work);
    return (struct screen_findings){.items = work.found,
                                    .count = findings_settle(work.found, work.found_count),
                                    .dropped = work.found_dropped,
                                    .is_cut = read->is_cut};
}
