/*
 * policy/check_operation.c - names and conditions in operation statements.
 *
 * Read first: docs/policy-language.md, section 8; policy/operation.h. Kinds, fields and their types
 * are checked where they are read (parse_operation.c).
 */
#include "policy/check_int.h"

static void check_field(struct check *check, const struct policy_field *field,
                        enum operation_type type)
{
    switch (type) {
    case OPERATION_ROLES:
        check_roles(check, &field->names);
        break;
    case OPERATION_ACTS:
        check_acts(check, &field->names);
        break;
    case OPERATION_KEYS:
        check_keys(check, &field->names);
        break;
    case OPERATION_CONDITION:
        check_condition(check, field->condition, CHECK_WHERE_SCREEN);
        break;
    case OPERATION_TEXT:
    case OPERATION_NAMES:
    case OPERATION_DURATION:
    case OPERATION_DATE:
    case OPERATION_NUMBER:
    case OPERATION_NUMBER_TEXT:
    case OPERATION_FLAG:
    case OPERATION_TYPE_COUNT:
        break;
    }
}

void check_operations(struct check *check, const struct check_clause *entry)
{
    const struct policy_clause *clause = entry->clause;
    for (size_t i = 0; i < clause->operation_count; i++) {
        const struct policy_operation *operation = &clause->operations[i];
        const struct operation_kind *kind = operation_kind_find(operation->kind.text);
        for (size_t j = 0; kind && j < operation->field_count; j++) {
            const struct policy_field *field = &operation->fields[j];
            const struct operation_field *known = operation_field_find(kind, field->name.text);
            if (known) {
                check_field(check, field, known->type);
            }
        }
    }
}
