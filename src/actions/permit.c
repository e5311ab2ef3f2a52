/*
 * actions/permit.c - who may do what: the rows of permissions.tsv, and nothing else.
 *
 * Read first: actions.h, "Who may"; permissions.tsv.
 */
#include "actions/actions.h"

static bool has_role(struct str wanted, const struct action_role *roles, size_t role_count,
                     struct school_id school)
{
    for (size_t i = 0; i < role_count; i++) {
        if (roles[i].school.value == school.value && str_equal(roles[i].role, wanted)) {
            return true;
        }
    }
    return false;
}

static bool row_permits(const struct action_permission *row, const struct action_role *roles,
                        size_t role_count, bool is_self, const struct school_id *schools,
                        size_t school_count)
{
    bool is_anyone = str_equal(row->role, STR("anyone"));
    struct school_id trust = {0};
    switch (row->scope) {
    case ACTION_SCOPE_SELF:
        return is_self && (is_anyone || has_role(row->role, roles, role_count, trust));
    case ACTION_SCOPE_SCHOOL:
        if (has_role(row->role, roles, role_count, trust)) {
            return true;
        }
        for (size_t i = 0; i < school_count; i++) {
            if (has_role(row->role, roles, role_count, schools[i])) {
                return true;
            }
        }
        return false;
    case ACTION_SCOPE_TRUST:
        return is_anyone || has_role(row->role, roles, role_count, trust);
    case ACTION_SCOPE_COUNT:
        break;
    }
    return false;
}

bool action_is_permitted(const struct action *action, const struct action_role *roles,
                         size_t role_count, bool is_self, const struct school_id *schools,
                         size_t school_count)
{
    for (size_t i = 0; i < action_permission_count; i++) {
        if (str_equal(action_permissions[i].action, action->name) &&
            row_permits(&action_permissions[i], roles, role_count, is_self, schools,
                        school_count)) {
            return true;
        }
    }
    return false;
}

const struct action *action_named(struct str name)
{
    for (size_t i = 0; i < action_count; i++) {
        if (str_equal(action_table[i]->name, name)) {
            return action_table[i];
        }
    }
    return NULL;
}

const struct action *action_numbered(uint16_t number)
{
    for (size_t i = 0; i < action_count; i++) {
        if (action_table[i]->number == number) {
            return action_table[i];
        }
    }
    return NULL;
}
