/*
 * actions/table_int.h - the rows of the table, by name, so that one can offer another.
 *
 * Read first: action_int.h. Each is defined in the do_*.c of its subject, and named in table.c.
 */
#ifndef HANDRAIL_ACTIONS_TABLE_INT_H
#define HANDRAIL_ACTIONS_TABLE_INT_H

#include "actions/action_int.h"

/* Of the United Kingdom: whose holidays and law a school has. */
#define ACTION_NATIONS 4
extern const struct action_choice action_nations[ACTION_NATIONS];

/* What speaks of a school: names, abbreviations, accounts, mail domains. */
extern const struct action_choice action_school_words[];
extern const size_t action_school_word_count;

extern const struct action action_trust_set_up;
extern const struct action action_trust_see;
extern const struct action action_trust_rename;
extern const struct action action_school_list;
extern const struct action action_school_see;
extern const struct action action_school_add;
extern const struct action action_school_change;
extern const struct action action_school_word_add;
extern const struct action action_school_word_remove;
extern const struct action action_school_setting;
extern const struct action action_school_period_add;
extern const struct action action_school_period_remove;
extern const struct action action_school_slot_add;
extern const struct action action_school_slot_remove;
extern const struct action action_person_list;
extern const struct action action_person_see;
extern const struct action action_me_see;
extern const struct action action_me_facts;
extern const struct action action_person_add;
extern const struct action action_person_change;
extern const struct action action_engagement_put;
extern const struct action action_role_give;
extern const struct action action_role_end;
extern const struct action action_manager_set;
extern const struct action action_relationship_declare;
extern const struct action action_relationship_end;
extern const struct action action_adjustment_agree;
extern const struct action action_adjustment_end;
extern const struct action action_hold_place;
extern const struct action action_hold_lift;
extern const struct action action_person_erase;
extern const struct action action_import_preview;
extern const struct action action_import_apply;
extern const struct action action_import_undo;
extern const struct action action_import_list;
extern const struct action action_import_see;
extern const struct action action_retention_see;
extern const struct action action_retention_due;
extern const struct action action_retention_confirm;
extern const struct action action_retention_nightly;
extern const struct action action_retention_run;
extern const struct action action_retention_step;
extern const struct action action_retention_stop;
extern const struct action action_retention_proof;
extern const struct action action_retention_search;
extern const struct action action_ledger_list;
extern const struct action action_ledger_see;
extern const struct action action_ledger_publish;
extern const struct action action_account_password;
extern const struct action action_account_invite;
extern const struct action action_account_disable;
extern const struct action action_account_accept;
extern const struct action action_account_link;
extern const struct action action_account_see;
extern const struct action action_session_end;
extern const struct action action_sessions_end;
extern const struct action action_token_make;
extern const struct action action_token_revoke;
extern const struct action action_account_factor_begin;
extern const struct action action_account_factor_confirm;
extern const struct action action_account_factor_codes;
extern const struct action action_account_factor_remove;
extern const struct action action_account_factor_reset;
extern const struct action action_trust_factor_require;
extern const struct action action_trust_factor_waive;
extern const struct action action_account_link_send;
extern const struct action action_trust_provider;
extern const struct action action_trust_provider_remove;

#endif
