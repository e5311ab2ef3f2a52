/*
 * web/pages_int.h - the handlers that routes.c names. Read first: web_int.h.
 */
#ifndef HANDRAIL_WEB_PAGES_INT_H
#define HANDRAIL_WEB_PAGES_INT_H

#include "web/web_int.h"

web_handler page_forgotten;
web_handler page_health;
web_handler page_metrics;
web_handler page_ready;
web_handler page_about;
web_handler page_act;
web_handler page_api;
web_handler page_accessibility;
web_handler page_asset;
web_handler page_check_draft;
web_handler page_check_incoming_message;
web_handler page_check_official;
web_handler page_clause;
web_handler page_compare;
web_handler page_coverage;
web_handler page_desk;
web_handler page_home;
web_handler page_interview;
web_handler page_link;
web_handler page_mine;
web_handler page_mine_check;
web_handler page_offline;
web_handler page_offline_check;
web_handler page_pack;
web_handler page_openapi;
web_handler page_permissions;
web_handler page_policies;
web_handler page_policy;
web_handler page_prove;
web_handler page_provider_leave;
web_handler page_provider_prove;
web_handler page_provider_return;
web_handler page_provider_signed_out;
web_handler page_search_results;
web_handler page_set_up;
web_handler page_sign_in;
web_handler page_sign_in_code;
web_handler page_sign_out;
web_handler page_worker;

/* Bytes of a body: more for an action that takes a file. */
size_t web_act_body_max(const struct web_exchange *exchange);

#endif
