/*
 * fuzz/screen_run_fuzz.c - any bytes at all as a draft that is screened, in any channel.
 *
 * Run it with tools/fuzz.sh screen_run SECONDS. Read first: src/screen/screen.h.
 *
 * Modules: base screen
 *
 * The first byte says which channel; the rest is the draft. The school has names of several words,
 * of one word and with usual variants, so that it stands for the matcher of names as well.
 *
 * What must hold, beyond that no sanitizer complains
 * - Findings lie within the draft and between whole characters, in their order, and say why.
 * - Confidence is from SCREEN_SHOWN to 1000, details are of their kind, persons are of the roll.
 * - Screened twice, a draft gives the same.
 */
#include "../tests/support/draft_check.h"
#include "screen/roll.h"
#include "screen/screen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const struct str names[] = {
    STR_INIT("Ashdown Vale"),
    STR_INIT("Ashdown Vale Academy"),
    STR_INIT("St Mary's C of E Primary"),
    STR_INIT("Oakley"),
    STR_INIT("The Sir John Lawes School"),
    STR_INIT("Ysgol Bryn D\u0175r")};
static const struct str abbreviations[] = {STR_INIT("AVA"), STR_INIT("SJL")};
static const struct str nicknames[] = {STR_INIT("the Vale"), STR_INIT("Lawes")};
static const struct str domains[] = {STR_INIT("ashdownvale.example"), STR_INIT("sjl.sch.uk")};

static const struct screen_school school = {
    .names = {names, sizeof names / sizeof *names}, .abbreviations = {abbreviations, 2},
    .nicknames = {nicknames, 2}, .mail_domains = {domains, 2}};

static const char people[] =
    "kind,name,known_as,school,year,class,role,photo_consent\n"
    "pupil,Zofia Nowak,,Ashdown Vale,9,9B,,yes\n"
    "pupil,Siobh\u00e1n O'Rourke,Shiv,Ashdown Vale,9,9B,,no\n"
    "pupil,May Tran,,Ashdown Vale,9,9B,,yes\n"
    "pupil,Mark Reading,,Ashdown Vale,10,10C,,withdrawn\n"
    "pupil,Anne-Marie Fitzwilliam,Annie,Ashdown Vale,10,10C,,yes\n"
    "staff,Adaeze Okafor,,Ashdown Vale,,,Head of Year 9,yes\n"
    "staff,Tomasz Zielinski,Tom,Ashdown Vale,,,Head of Music,yes\n"
    "staff,Priya Raghunathan,,Ashdown Vale,,,Headteacher,yes\n"
    "parent,Ewa Nowak,,Ashdown Vale,,,Parent of Zofia Nowak,\n";

static struct screen_setting setting; /* outlives what is opened with it */

static const struct screen *screen_of_fuzz(void)
{
    static const struct screen *screen;
    static struct arena *arena; /* as long as the program */
    if (screen == NULL) {
        arena = arena_open();
        struct diag_list diags = diag_list_new(arena);
        setting.school = &school;
        setting.roll = screen_roll_read(arena, str_from(people), STR("people"), &diags);
        assert(diags.count == 0);
        screen = screen_open(arena, &setting);
    }
    return screen;
}

/* Marks the places that lie between whole characters. */
static bool *places_of(struct arena *arena, struct str text)
{
    bool *places = ARENA_ARRAY(arena, bool, text.len + 1);
    for (size_t at = 0; at < text.len; at = draft_check_next(text, at)) {
        places[at] = true;
    }
    places[text.len] = true;
    return places;
}

static void check_finding(const struct screen_finding *one, struct str text, const bool *places)
{
    assert(one->kind < SCREEN_KIND_COUNT);
    assert(one->start <= one->end && one->end <= text.len);
    assert(places[one->start] && places[one->end]);
    assert(one->confidence >= SCREEN_SHOWN && one->confidence <= 1000);
    assert(one->because.len > 0 && utf8_valid(one->because));
    assert(one->person == SCREEN_NOBODY || one->person < screen_roll_count(setting.roll));
    assert(one->detail == SCREEN_DETAIL_NONE ||
           (one->detail < SCREEN_DETAILS_MAX &&
            !str_is_empty(screen_kind_info(one->kind)->details[one->detail])));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    if (bytes == 0) {
        return 0;
    }
    const struct screen *screen = screen_of_fuzz();
    DEFER(arena_close) struct arena *arena = arena_open();
    enum screen_channel channel = (enum screen_channel)(data[0] % SCREEN_CHANNEL_COUNT);
    struct str text = {(const char *)data + 1, bytes - 1};
    struct screen_findings found = screen_run(screen, arena, text, channel);
    struct screen_findings again = screen_run(screen, arena, text, channel);
    const bool *places = places_of(arena, text);
    assert(found.count <= SCREEN_FINDINGS_MAX);
    assert(found.count == again.count && found.dropped == again.dropped);
    assert(found.is_cut || text.len <= SCREEN_DRAFT_BYTES_MAX);
    for (size_t i = 0; i < found.count; i++) {
        check_finding(&found.items[i], text, places);
        assert(i == 0 || found.items[i - 1].start <= found.items[i].start);
        assert(found.items[i].kind == again.items[i].kind &&
               found.items[i].start == again.items[i].start &&
               found.items[i].end == again.items[i].end);
    }
    return 0;
}
