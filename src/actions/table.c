/*
 * actions/table.c - the table of all that can be done.
 *
 * Read first: actions.h. To add a row: docs/HACKING.md, "Add an action".
 * What must hold: names and numbers occur once, and a number is never used for another act.
 */
#include "actions/table_int.h"

const struct action *const action_table[] = {
    &action_trust_set_up,
    &action_trust_see,
    &action_trust_rename,
    &action_school_list,
    &action_school_see,
    &action_school_add,
    &action_school_change,
    &action_school_word_add,
    &action_school_word_remove,
    &action_school_setting,
    &action_school_period_add,
    &action_school_period_remove,
    &action_school_slot_add,
    &action_school_slot_remove,
    &action_person_list,
    &action_person_see,
    &action_me_see,
    &action_person_add,
    &action_person_change,
    &action_engagement_put,
    &action_role_give,
    &action_role_end,
    &action_manager_set,
    &action_relationship_declare,
    &action_adjustment_agree,
    &action_hold_place,
    &action_person_erase,
    &action_ledger_list,
    &action_ledger_see,
    &action_account_password,
    &action_account_invite,
    &action_account_disable,
    &action_account_accept,
    &action_account_link,
    &action_account_see,
    &action_session_end,
    &action_sessions_end,
    &action_token_make,
    &action_token_revoke,
    &action_account_factor_begin,
    &action_account_factor_confirm,
    &action_account_factor_codes,
    &action_account_factor_remove,
    &action_account_factor_reset,
    &action_trust_factor_require,
    &action_trust_factor_waive,
    &action_account_link_send,
    &action_trust_provider,
    &action_trust_provider_remove,
};

const size_t action_count = sizeof action_table / sizeof action_table[0];
