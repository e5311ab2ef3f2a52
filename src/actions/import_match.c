/*
 * actions/import_match.c - which rows are one person, and who that is here.
 *
 * Read first: import_int.h. Start at: import_match.
 *
 * The steps: schools; rows of one number, else of one address, together; rows that cannot stand
 * beside each other refused; each group found here by its number, else by its address; who may not
 * be touched refused.
 *
 * What must hold: in doubt a line is refused, and whoever it may be about counts as being in the
 * file.
 */
#include "actions/import_int.h"
#include "actions/name.h"

struct matching {
    struct action_call *call;
    struct arena *arena;
    struct import_world *world;
    struct import_match *match;
    struct import_school *school_of_all;
    bool may_all; /* the actor imports for the whole trust */
};

static bool is_refused(const struct matching *matching, uint32_t entry)
{
    return !str_is_empty(matching->match->entries[entry].remark);
}

static void refuse(struct matching *matching, uint32_t entry, struct str remark)
{
    if (!is_refused(matching, entry)) {
        matching->match->entries[entry].remark = remark;
    }
}

static void refuse_group(struct matching *matching, const struct import_group *group,
                         struct str remark)
{
    for (size_t i = 0; i < group->count; i++) {
        refuse(matching, group->entries[i], remark);
    }
}

static uint32_t line_of(const struct matching *matching, uint32_t entry)
{
    return matching->match->entries[entry].row->line;
}

/* ---- Faults of the file, and schools --------------------------------------------------------- */

/* Each fault of a line as "column 3: what is wrong. What to do." */
static void faults_take(struct matching *matching, const struct import_people *people)
{
    size_t fault = 0;
    for (uint32_t i = 0; i < people->row_count; i++) {
        struct text out = {.arena = matching->arena};
        for (; fault < people->fault_count && people->faults[fault].line <= people->rows[i].line;
             fault++) {
            const struct import_people_fault *one = &people->faults[fault];
            text_add(&out, out.len ? STR(" ") : STR(""));
            if (one->column) {
                text_addf(&out, "Column %u: ", one->column);
            }
            text_addf(&out, STR_FMT ". " STR_FMT, STR_ARG(one->message), STR_ARG(one->hint));
        }
        matching->match->entries[i].remark = text_str(&out);
    }
}

static struct import_school *school_of(struct matching *matching,
                                       const struct import_people_row *row, struct str *remark)
{
    struct import_school *by_code =
        import_world_school_called(matching->arena, matching->world, row->school);
    struct import_school *by_name =
        import_world_school_called(matching->arena, matching->world, row->school_name);
    bool names_none = str_is_empty(row->school) && str_is_empty(row->school_name);
    struct import_school *school = names_none ? matching->school_of_all : by_code;
    school = school ? school : by_name;
    if (by_code && by_name && by_code != by_name) {
        *remark = STR("The line names two different schools. Look which of the two is meant.");
    } else if (!school) {
        struct str called = str_is_empty(row->school) ? row->school_name : row->school;
        *remark = names_none ? STR("The line names no school. Choose one for such lines.")
                             : str_format(matching->arena,
                                          "No school here, or more than one, is called \"" STR_FMT
                                          "\". See \"Schools\" for their codes and names.",
                                          STR_ARG(called));
    } else if (school->is_closed) {
        *remark = STR("The school is closed here.");
    }
    return school;
}

/* The same school as on the line before is not looked up again. */
static void schools_find(struct matching *matching)
{
    const struct import_people_row *last = NULL;
    struct import_school *school = NULL;
    struct str remark = {0};
    for (uint32_t i = 0; i < matching->match->people->row_count; i++) {
        struct import_entry *entry = &matching->match->entries[i];
        bool is_last = last && str_equal(last->school, entry->row->school) &&
                       str_equal(last->school_name, entry->row->school_name);
        if (!is_last) {
            remark = (struct str){0};
            school = school_of(matching, entry->row, &remark);
            last = entry->row;
        }
        entry->school = school;
        if (school) {
            school->is_in_file = true;
        }
        if (!str_is_empty(remark)) {
            refuse(matching, i, remark);
        }
    }
}

/* ---- Rows of one person ---------------------------------------------------------------------- */

/* Keys of the rows that are not refused: their numbers, or the addresses of those without. */
static struct import_keys row_keys(const struct matching *matching, bool by_reference)
{
    const struct import_people *people = matching->match->people;
    struct import_keys keys = {ARENA_ARRAY(matching->arena, struct import_key, people->row_count),
                               0};
    for (uint32_t i = 0; i < people->row_count; i++) {
        const struct import_people_row *row = &people->rows[i];
        bool has_reference = !str_is_empty(row->reference);
        if (!is_refused(matching, i) && has_reference == by_reference) {
            keys.at[keys.count++] =
                (struct import_key){by_reference ? row->reference : row->email, i};
        }
    }
    import_keys_sort(keys);
    return keys;
}

static void groups_make(struct matching *matching, struct import_keys keys)
{
    struct import_match *match = matching->match;
    for (size_t i = 0; i < keys.count;) {
        struct import_group *group = &match->groups[match->group_count++];
        size_t end = i;
        while (end < keys.count && str_equal(keys.at[end].text, keys.at[i].text)) {
            end++;
        }
        *group = (struct import_group){.entries = ARENA_ARRAY(matching->arena, uint32_t, end - i)};
        for (; i < end; i++) {
            group->entries[group->count++] = keys.at[i].at;
        }
    }
}

static bool is_same_name(struct matching *matching, uint32_t a, uint32_t b)
{
    const struct import_entry *entries = matching->match->entries;
    struct str one = entries[a].row->name, other = entries[b].row->name;
    return str_equal(one, other) ||
           str_equal(name_fold(matching->arena, one), name_fold(matching->arena, other));
}

/* One row beside those before it. */
static void row_fit(struct matching *matching, const struct import_group *group, size_t place)
{
    const struct import_entry *entries = matching->match->entries;
    uint32_t entry = group->entries[place];
    for (size_t i = 0; i < place; i++) {
        uint32_t before = group->entries[i];
        if (is_refused(matching, before)) {
            continue;
        }
        if (!is_same_name(matching, before, entry)) {
            refuse(matching, entry,
                   str_format(matching->arena,
                              "Line %u has the same number or e-mail and another name. Two people "
                              "never share them: look which of the two is wrong.",
                              line_of(matching, before)));
        } else if (entries[before].school == entries[entry].school &&
                   str_equal(entries[before].row->kind, entries[entry].row->kind)) {
            refuse(matching, entry,
                   str_format(matching->arena,
                              "Line %u has the same person in the same school and of the same kind "
                              "already. One of the two is enough.",
                              line_of(matching, before)));
        }
    }
}

static void group_settle(struct matching *matching, struct import_group *group)
{
    for (size_t i = 1; i < group->count; i++) {
        row_fit(matching, group, i);
    }
    size_t kept = 0;
    for (size_t i = 0; i < group->count; i++) {
        const struct import_people_row *row = matching->match->entries[group->entries[i]].row;
        if (is_refused(matching, group->entries[i])) {
            continue;
        }
        group->entries[kept++] = group->entries[i];
        group->reference = str_is_empty(group->reference) ? row->reference : group->reference;
        group->email = str_is_empty(group->email) ? row->email : group->email;
    }
    group->count = kept;
}

/* Two groups never have one address: of those in the order of the file the later is refused. */
static void emails_compare(struct matching *matching)
{
    struct import_match *match = matching->match;
    struct import_keys keys = {ARENA_ARRAY(matching->arena, struct import_key, match->group_count),
                               0};
    for (uint32_t i = 0; i < match->group_count; i++) {
        if (!str_is_empty(match->groups[i].email)) {
            keys.at[keys.count++] = (struct import_key){match->groups[i].email, i};
        }
    }
    import_keys_sort(keys);
    for (size_t i = 1, first = 0; i < keys.count; i++) {
        if (!str_equal(keys.at[i].text, keys.at[first].text)) {
            first = i;
            continue;
        }
        const struct import_group *one = &match->groups[keys.at[first].at];
        const struct import_group *other = &match->groups[keys.at[i].at];
        refuse_group(matching, other,
                     str_format(matching->arena,
                                "Line %u has the same e-mail for somebody else. Give each their "
                                "own, or leave it out where there is a number.",
                                line_of(matching, one->entries[0])));
    }
}

/* ---- Who that is here ------------------------------------------------------------------------ */

/* Where the actor may import, or nowhere yet. */
static bool is_reached(const struct matching *matching, const struct import_known *known)
{
    bool is_reached = matching->may_all;
    for (size_t i = 0; !is_reached && i < known->state.post_count; i++) {
        is_reached =
            action_may_at(matching->call, matching->call->action, known->state.posts[i].school);
    }
    return is_reached;
}

/* Whether two names, folded, have a word in common. */
static bool share_word(struct str a, struct str b)
{
    struct str rest = a, word;
    for (bool has_more = true; has_more;) {
        has_more = str_cut(rest, ' ', &word, &rest);
        struct str other = b, other_word;
        for (bool has_other = true; has_other;) {
            has_other = str_cut(other, ' ', &other_word, &other);
            if (word.len > 0 && str_equal(word, other_word)) {
                return true;
            }
        }
    }
    return false;
}

/*
 * A number or an address that was given to somebody else: whoever has it here now must not become
 * another person, with their roles. Of who has left any other name is enough to ask.
 */
static bool is_stranger(struct matching *matching, const struct import_group *group,
                        const struct import_known *known)
{
    const struct import_state *state = &known->state;
    struct arena *arena = matching->arena;
    struct str here = name_fold(arena, state->name);
    struct str there = name_fold(arena, matching->match->entries[group->entries[0]].row->name);
    bool is_other_email = !str_is_empty(group->email) && !str_is_empty(state->email) &&
                          !str_equal(group->email, state->email);
    return civil_date_is_given(state->left) ? !str_equal(here, there)
                                            : is_other_email && !share_word(here, there);
}

static struct str group_fault(struct matching *matching, const struct import_group *group,
                              const struct import_known *by_email)
{
    const struct import_known *known = group->known;
    if (by_email && by_email != known) {
        return STR("Somebody else here has this e-mail already.");
    }
    bool is_other = known && !str_is_empty(group->reference) &&
                    !str_is_empty(known->state.reference) &&
                    !str_equal(known->state.reference, group->reference);
    if (is_other) {
        return STR("Who has this e-mail here has another number. If it is the same person, change "
                   "the number here, or import without the numbers.");
    }
    if (known && known->is_matched) {
        return STR("Another line is about the same person here.");
    }
    if (known && is_stranger(matching, group, known)) {
        return STR("Somebody of another name has this number or e-mail here. If it is the same "
                   "person, change the name here first; else give the new person their own.");
    }
    if (known && !is_reached(matching, known)) {
        return STR("The person is at a school that is not yours: ask the trust to import them.");
    }
    return (struct str){0};
}

static void group_match(struct matching *matching, struct import_group *group)
{
    struct import_known *by_reference =
        import_world_by_reference(matching->world, group->reference);
    struct import_known *by_email = import_world_by_email(matching->world, group->email);
    group->known = by_reference ? by_reference : by_email;
    struct str fault = group_fault(matching, group, by_email);
    if (!str_is_empty(fault)) {
        refuse_group(matching, group, fault);
        group->count = 0;
    } else if (group->known) {
        group->known->is_matched = true;
    }
}

/* Of all rows, refused ones too: who stands there has not left. */
static void presence_mark(struct matching *matching)
{
    const struct import_people *people = matching->match->people;
    for (size_t i = 0; i < people->row_count; i++) {
        struct import_known *found[] = {
            import_world_by_reference(matching->world, people->rows[i].reference),
            import_world_by_email(matching->world, people->rows[i].email)};
        for (size_t at = 0; at < 2; at++) {
            if (found[at]) {
                found[at]->is_in_file = true;
            }
        }
    }
}

/* ---- All together ---------------------------------------------------------------------------- */

/* Without those of which nothing is left, by their first rows: each group stands at one. */
static void groups_order(struct matching *matching)
{
    struct import_match *match = matching->match;
    size_t row_count = match->people->row_count;
    struct import_group *ordered = ARENA_ARRAY(matching->arena, struct import_group, row_count);
    size_t kept = 0;
    for (size_t i = 0; i < match->group_count; i++) {
        if (match->groups[i].count > 0 && !is_refused(matching, match->groups[i].entries[0])) {
            ordered[match->groups[i].entries[0]] = match->groups[i];
        }
    }
    for (size_t i = 0; i < row_count; i++) {
        if (ordered[i].count > 0) {
            ordered[kept++] = ordered[i];
        }
    }
    match->groups = ordered;
    match->group_count = kept;
}

/* A row with an address alone belongs to the rows with a number that have the same address. */
static void lone_rows_join(struct matching *matching, size_t numbered)
{
    struct import_match *match = matching->match;
    struct import_keys keys = {ARENA_ARRAY(matching->arena, struct import_key, numbered), 0};
    for (uint32_t i = 0; i < numbered; i++) {
        if (!str_is_empty(match->groups[i].email)) {
            keys.at[keys.count++] = (struct import_key){match->groups[i].email, i};
        }
    }
    import_keys_sort(keys);
    for (size_t i = numbered; i < match->group_count; i++) {
        struct import_group *lone = &match->groups[i];
        size_t found = lone->count ? import_keys_find(keys, lone->email) : SIZE_MAX;
        if (found == SIZE_MAX) {
            continue;
        }
        struct import_group *group = &match->groups[keys.at[found].at];
        uint32_t *entries = ARENA_ARRAY(matching->arena, uint32_t, group->count + lone->count);
        size_t a = 0, b = 0, count = 0;
        while (a < group->count || b < lone->count) { /* in the order of the file */
            bool is_first =
                b == lone->count || (a < group->count && group->entries[a] < lone->entries[b]);
            entries[count++] = is_first ? group->entries[a++] : lone->entries[b++];
        }
        group->entries = entries;
        group->count = count;
        lone->count = 0;
        group_settle(matching, group);
    }
}

static void schools_admit(struct matching *matching)
{
    struct action_call *call = matching->call;
    for (size_t i = 0; i < matching->world->school_count; i++) {
        const struct import_school *school = &matching->world->schools[i];
        if (school->is_in_file && !action_may_at(call, call->action, school->id)) {
            action_error(call, "file",
                         str_format(call->arena,
                                    "You may not import people of " STR_FMT
                                    ": leave its lines out, or ask the trust",
                                    STR_ARG(school->name)));
        }
    }
}

void import_match(struct action_call *call, struct import_world *world,
                  const struct import_people *people, struct school_id school_of_all,
                  struct import_match *out)
{
    struct arena *arena = call->arena;
    struct matching matching = {.call = call,
                                .arena = arena,
                                .world = world,
                                .match = out,
                                .school_of_all = import_world_school(world, school_of_all),
                                .may_all =
                                    action_may_at(call, call->action, (struct school_id){0})};
    *out =
        (struct import_match){.people = people,
                              .entries = ARENA_ARRAY(arena, struct import_entry, people->row_count),
                              .groups = ARENA_ARRAY(arena, struct import_group, people->row_count)};
    for (size_t i = 0; i < people->row_count; i++) {
        out->entries[i].row = &people->rows[i];
    }
    faults_take(&matching, people);
    schools_find(&matching);
    schools_admit(&matching);
    groups_make(&matching, row_keys(&matching, true));
    size_t numbered = out->group_count;
    groups_make(&matching, row_keys(&matching, false));
    for (size_t i = 0; i < out->group_count; i++) {
        group_settle(&matching, &out->groups[i]);
    }
    lone_rows_join(&matching, numbered);
    groups_order(&matching);
    emails_compare(&matching);
    groups_order(&matching);
    for (size_t i = 0; i < out->group_count; i++) {
        group_match(&matching, &out->groups[i]);
    }
    groups_order(&matching);
    presence_mark(&matching);
}
