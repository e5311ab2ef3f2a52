/*
 * check/statement.c - the screen statements of a pack. Read first: check_int.h.
 */
#include "check/check_int.h"

bool check_name_next(struct str *rest, struct str *name)
{
    if (str_is_empty(*rest)) {
        return false;
    }
    struct str tail;
    (void)str_cut(*rest, ',', name, &tail);
    *name = str_trim(*name);
    *rest = str_trim(tail);
    return true;
}

static uint64_t kinds_read(struct str names)
{
    uint64_t kinds = 0;
    for (struct str name; check_name_next(&names, &name);) {
        enum screen_kind kind = screen_kind_find(name);
        kinds |= kind < SCREEN_KIND_COUNT ? UINT64_C(1) << kind : 0;
    }
    return kinds;
}

static uint32_t channels_read(struct str names)
{
    uint32_t channels = 0;
    for (struct str name; check_name_next(&names, &name);) {
        enum screen_channel channel = screen_channel_find(name);
        channels |= channel < SCREEN_CHANNEL_COUNT ? 1u << channel : 0;
    }
    return channels;
}

static struct check_statement statement_read(const struct pack *pack, uint32_t operation)
{
    const struct pack_operation *record = &pack->operation[operation];
    struct check_statement statement = {.operation = operation,
                                        .clause = record->clause,
                                        .channels = (1u << SCREEN_CHANNEL_COUNT) - 1,
                                        .sets = PACK_NONE};
    for (uint32_t i = 0; i < record->field_count; i++) {
        const struct pack_field *field = &pack->field[record->first_field + i];
        struct str name = pack_text(pack, field->name);
        struct str text = pack_text(pack, field->text);
        if (str_equal(name, STR("finds"))) {
            statement.kinds = kinds_read(text);
        } else if (str_equal(name, STR("in"))) {
            statement.channels = channels_read(text);
            statement.has_channels = true;
        } else if (str_equal(name, STR("of"))) {
            statement.details = text;
        } else if (str_equal(name, STR("sets"))) {
            statement.sets = field->node;
        } else if (str_equal(name, STR("mend"))) {
            statement.mend = text;
        }
    }
    return statement;
}

/* Marks every fact that a condition speaks of. */
static void settable_mark(struct check *check, uint32_t node)
{
    const struct pack *pack = check->pack;
    const struct pack_node *record = &pack->node[node];
    if (record->kind == PACK_NODE_ATOM) {
        uint32_t fact = pack->variable[record->variable].fact;
        if (fact != PACK_NONE) {
            check->is_settable[fact] = true;
        }
        return;
    }
    for (uint32_t i = 0; i < record->children.count; i++) {
        settable_mark(check, pack->list[record->children.first + i]);
    }
}

const struct check *check_open(struct arena *arena, const struct pack *pack)
{
    struct check *check = ARENA_NEW(arena, struct check);
    check->pack = pack;
    check->is_settable = ARENA_ARRAY(arena, bool, pack->fact_count + 1);
    check->statements = ARENA_ARRAY(arena, struct check_statement, CHECK_STATEMENTS_MAX);
    for (uint32_t i = 0; i < pack->operation_count && check->count < CHECK_STATEMENTS_MAX; i++) {
        if (!str_equal(pack_text(pack, pack->operation[i].kind), STR("screen"))) {
            continue;
        }
        struct check_statement statement = statement_read(pack, i);
        check->statements[check->count++] = statement;
        if (statement.sets != PACK_NONE) {
            settable_mark(check, statement.sets);
        }
    }
    return check;
}

size_t check_statement_count(const struct check *check)
{
    return check->count;
}

bool check_statement_fits(const struct check_statement *statement,
                          const struct screen_finding *finding, enum screen_channel channel)
{
    if ((statement->kinds >> finding->kind & 1) == 0 || (statement->channels >> channel & 1) == 0) {
        return false;
    }
    if (str_is_empty(statement->details)) {
        return true;
    }
    if (finding->detail == SCREEN_DETAIL_NONE) {
        return false;
    }
    struct str wanted = screen_kind_info(finding->kind)->details[finding->detail];
    struct str rest = statement->details;
    for (struct str name; check_name_next(&rest, &name);) {
        if (str_equal(name, wanted)) {
            return true;
        }
    }
    return false;
}

size_t check_speaking(const struct check *check, enum screen_kind kind, enum screen_channel channel,
                      uint32_t *operations)
{
    bool is_meant = channel != SCREEN_CHANNEL_INCOMING || screen_kind_info(kind)->is_of_incoming;
    size_t count = 0;
    for (size_t s = 0; s < check->count; s++) {
        const struct check_statement *statement = &check->statements[s];
        bool is_of_channel =
            statement->has_channels ? (statement->channels >> channel & 1) != 0 : is_meant;
        if (is_of_channel && (statement->kinds >> kind & 1) != 0) {
            operations[count++] = statement->operation;
        }
    }
    return count;
}
