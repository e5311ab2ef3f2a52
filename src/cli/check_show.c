/*
 * cli/check_show.c - a checked draft in a terminal. Read first: check_int.h.
 *
 * The draft stands first, what was found in it underlined; then each finding with its number, what
 * it is, what the policy says and how to mend it. Without colour the number stands behind the
 * words in square brackets, so that nothing is lost. Under a policy what is aside is left out, as
 * it is on the page, so that both count the same.
 */
#include "cli/check_int.h"

#include "cli/wrap.h"
#include "interview/answer_text.h"

/* Bytes of a finding's words that are quoted beside its number. */
#define QUOTED_BYTES_MAX 60
#define INDENT 4

static const struct str underline = STR_INIT("\033[4m");
static const struct str underline_end = STR_INIT("\033[24m");

/* Control characters of a draft could move the cursor: they are left out. */
static void text_add_safe(struct text *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char byte = (unsigned char)s.at[i];
        if ((byte >= 0x20 && byte != 0x7f) || byte == '\n') {
            text_add_char(out, s.at[i]);
        }
    }
}

/* How many findings cover a byte, and which ends there. */
static bool is_covered(const struct screen_findings *found, size_t at)
{
    for (size_t i = 0; i < found->count; i++) {
        if (found->items[i].start <= at && at < found->items[i].end) {
            return true;
        }
    }
    return false;
}

static void numbers_add(struct text *out, const struct terminal *terminal,
                        const struct screen_findings *found, size_t at)
{
    for (size_t i = 0; i < found->count; i++) {
        if (found->items[i].end == at && found->items[i].start < at) {
            terminal_add(out, terminal, TERMINAL_STYLE_STRONG,
                         str_format(out->arena, "[%zu]", i + 1));
        }
    }
}

static void draft_show(struct text *out, const struct terminal *terminal, struct str draft,
                       const struct screen_findings *found)
{
    bool is_on = false;
    for (size_t i = 0; i < draft.len; i++) {
        bool is_now = terminal->has_colour && is_covered(found, i);
        if (is_on && !is_now) {
            text_add(out, underline_end);
        }
        numbers_add(out, terminal, found, i);
        if (is_now && !is_on) {
            text_add(out, underline);
        }
        is_on = is_now;
        text_add_safe(out, str_slice(draft, i, i + 1));
    }
    if (is_on) {
        text_add(out, underline_end);
    }
    numbers_add(out, terminal, found, draft.len);
    text_add(out, draft.len > 0 && draft.at[draft.len - 1] == '\n' ? STR("\n") : STR("\n\n"));
}

static void line_add(struct text *out, const struct terminal *terminal, struct str s)
{
    wrap_space(out, INDENT);
    wrap_add(out, s, (struct wrap){terminal->columns, INDENT, INDENT + 2});
}

static struct str quoted(struct text *out, struct str draft, const struct screen_finding *finding)
{
    struct str words = str_slice(draft, finding->start, finding->end);
    struct text safe = {.arena = out->arena};
    size_t cut = words.len;
    if (cut > QUOTED_BYTES_MAX) {
        cut = QUOTED_BYTES_MAX;
        while (cut > 0 && ((unsigned char)words.at[cut] & 0xc0) == 0x80) {
            cut--;
        }
    }
    text_add_safe(&safe, str_slice(words, 0, cut));
    return str_format(out->arena, "\"" STR_FMT "%s\"", STR_ARG(text_str(&safe)),
                      cut < words.len ? " ..." : "");
}

static void finding_head(struct text *out, const struct terminal *terminal, struct str draft,
                         const struct screen_finding *finding, size_t number,
                         enum terminal_style style)
{
    const struct screen_kind_info *info = screen_kind_info(finding->kind);
    struct str head = str_format(out->arena, "[%zu] " STR_FMT, number, STR_ARG(info->title));
    terminal_add(out, terminal, style, head);
    if (finding->end > finding->start) {
        text_addf(out, ": " STR_FMT, STR_ARG(quoted(out, draft, finding)));
    }
    if (finding->detail != SCREEN_DETAIL_NONE) {
        text_addf(out, " (" STR_FMT ")", STR_ARG(info->details[finding->detail]));
    }
    text_add(out, STR("\n"));
    if (!str_is_empty(finding->because)) {
        line_add(out, terminal, finding->because);
    }
}

static struct str found_count(struct arena *arena, size_t count)
{
    return count == 1 ? STR("One thing was found.")
                      : str_format(arena, "%zu things were found.", count);
}

void check_show_findings(struct text *out, const struct terminal *terminal, struct str draft,
                         const struct screen_findings *found)
{
    if (found->count == 0) {
        text_add(out,
                 STR("Nothing was found in this draft. A program does not see everything: read "
                     "it once more yourself.\n"));
        return;
    }
    draft_show(out, terminal, draft, found);
    wrap_add(out, found_count(out->arena, found->count), (struct wrap){terminal->columns, 0, 0});
    for (size_t i = 0; i < found->count; i++) {
        text_add(out, STR("\n"));
        finding_head(out, terminal, draft, &found->items[i], i + 1, TERMINAL_STYLE_STRONG);
        struct str mend = screen_kind_info(found->items[i].kind)->mend;
        if (!str_is_empty(mend)) {
            line_add(out, terminal, mend);
        }
    }
    text_add(out, STR("\nWhat a policy says of it: handrail check --policy PACK\n"));
}

static enum terminal_style level_style(uint32_t level)
{
    return level >= PACK_LEVEL_FORBIDDEN    ? TERMINAL_STYLE_BAD
           : level >= PACK_LEVEL_CAUTION    ? TERMINAL_STYLE_CARE
           : level > PACK_LEVEL_NOT_COVERED ? TERMINAL_STYLE_GOOD
                                            : TERMINAL_STYLE_STRONG;
}

static void consequence_show(struct text *out, const struct terminal *terminal,
                             const struct pack *pack, const struct check_consequence *one)
{
    const struct pack_rule *rule = &pack->rule[one->rule];
    const struct pack_clause *clause = &pack->clause[rule->clause];
    struct str words = decide_verdict_words((enum decide_verdict)one->level);
    struct str say = pack_text(pack, rule->say);
    line_add(out, terminal,
             str_format(out->arena, STR_FMT "%s (" STR_FMT ", " STR_FMT "): " STR_FMT,
                        STR_ARG(words), one->is_certain ? "" : ", it may be",
                        STR_ARG(pack_text(pack, clause->key)), STR_ARG(pack_text(pack, clause->at)),
                        STR_ARG(str_is_empty(say) ? pack_text(pack, clause->title) : say)));
}

static void item_show(struct text *out, const struct terminal *terminal, const struct pack *pack,
                      struct str draft, const struct check_item *item, size_t number)
{
    text_add(out, STR("\n"));
    finding_head(out, terminal, draft, item->finding, number, level_style(item->level));
    for (size_t i = 0; i < item->consequence_count; i++) {
        consequence_show(out, terminal, pack, &item->consequences[i]);
    }
    if (item->consequence_count == 0) {
        line_add(out, terminal, STR("This policy says nothing about it here."));
    }
    if (!str_is_empty(item->mend)) {
        line_add(out, terminal,
                 str_format(out->arena, "To mend it: " STR_FMT, STR_ARG(item->mend)));
    }
}

/* The items that are shown, in `items`, and their findings. */
static struct screen_findings shown_find(struct arena *arena, const struct check_answer *answer,
                                         const struct check_item **items)
{
    struct screen_findings shown = answer->findings;
    struct screen_finding *findings = ARENA_ARRAY(arena, struct screen_finding, answer->count + 1);
    shown.items = findings;
    shown.count = 0;
    for (size_t i = 0; i < answer->count; i++) {
        if (!check_item_is_aside(&answer->items[i])) {
            items[shown.count] = &answer->items[i];
            findings[shown.count++] = *answer->items[i].finding;
        }
    }
    return shown;
}

void check_show_answer(struct text *out, const struct terminal *terminal, const struct pack *pack,
                       const struct check_draft *draft, const struct check_answer *answer)
{
    struct wrap wide = {terminal->columns, 0, 0};
    const struct check_item **items =
        ARENA_ARRAY(out->arena, const struct check_item *, answer->count + 1);
    struct screen_findings shown = shown_find(out->arena, answer, items);
    if (shown.count == 0) {
        text_add(out, STR("Nothing was found in this draft.\n"));
    } else {
        draft_show(out, terminal, draft->text, &shown);
        wrap_add(out, found_count(out->arena, shown.count), wide);
    }
    for (size_t i = 0; i < shown.count; i++) {
        item_show(out, terminal, pack, draft->text, items[i], i + 1);
    }
    if (answer->overall != NULL) {
        text_add(out, STR("\n"));
        terminal_add(out, terminal, TERMINAL_STYLE_STRONG, STR("As a whole: "));
        wrap_add(out, decide_verdict_words(answer->verdict),
                 (struct wrap){terminal->columns, 12, 0});
        wrap_add(out,
                 str_format(out->arena, "Taken from the draft and from what you said: " STR_FMT ".",
                            STR_ARG(answer_text_given(out->arena, answer->question, 0))),
                 wide);
    }
    for (size_t i = 0; i < answer->asked_count; i++) {
        const struct pack_fact *fact = &pack->fact[answer->asked[i].fact];
        wrap_add(out,
                 str_format(out->arena, "It can depend on: " STR_FMT " (--said " STR_FMT "=...)",
                            STR_ARG(pack_text(pack, fact->question)),
                            STR_ARG(pack_text(pack, fact->name))),
                 wide);
    }
    text_add(out, STR("\n"));
    wrap_add(out,
             STR("A program does not see everything. The approved wording of the policy "
                 "prevails."),
             wide);
}
