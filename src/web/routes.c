/*
 * web/routes.c - the table of all pages.
 *
 * Read first: web_int.h, "Routes". To add a page: write a handler, declare it in pages_int.h, add a
 * row. What must hold: a name tells nothing about who asked for what.
 */
#include "web/pages_int.h"

const struct web_route web_routes[] = {
    {WEB_GET, "/", page_home, "home"},
    {WEB_GET, "/may-i", page_interview, "may-i"},
    {WEB_POST, "/may-i", page_interview, "may-i"},
    {WEB_GET, "/check", page_check_draft, "check"},
    {WEB_GET, "/check/official", page_check_official, "check-official"},
    {WEB_POST, "/check/official", page_check_official, "check-official"},
    {WEB_GET, "/check/incoming", page_check_incoming_message, "check-incoming"},
    {WEB_POST, "/check/incoming", page_check_incoming_message, "check-incoming"},
    {WEB_GET, "/policies", page_policies, "policies"},
    {WEB_GET, "/policy/{pack}", page_policy, "policy"},
    {WEB_GET, "/policy/{pack}/clause/{key}", page_clause, "clause"},
    {WEB_GET, "/policy/{pack}/coverage", page_coverage, "coverage"},
    {WEB_GET, "/compare", page_compare, "compare"},
    {WEB_GET, "/search", page_search_results, "search"},
    {WEB_GET, "/desk", page_desk, "desk"},
    {WEB_GET, "/desk/may-i", page_mine, "desk-may-i"},
    {WEB_GET, "/do/{action}", page_act, "do"},
    {WEB_POST, "/do/{action}", page_act, "do"},
    {WEB_GET, "/link/{token}", page_link, "link"},
    {WEB_POST, "/link/{token}", page_link, "link"},
    {WEB_GET, "/api/v1/openapi.json", page_openapi, "openapi"},
    {WEB_GET, "/api/v1/{action}", page_api, "api"},
    {WEB_POST, "/api/v1/{action}", page_api, "api", .takes_json = true},
    {WEB_GET, "/permissions", page_permissions, "permissions"},
    {WEB_GET, "/sign-in", page_sign_in, "sign-in"},
    {WEB_POST, "/sign-in", page_sign_in, "sign-in"},
    {WEB_GET, "/sign-in/code", page_sign_in_code, "sign-in-code"},
    {WEB_POST, "/sign-in/code", page_sign_in_code, "sign-in-code"},
    {WEB_GET, "/sign-in/forgotten", page_forgotten, "forgotten"},
    {WEB_GET, "/sign-in/provider", page_provider_leave, "provider"},
    {WEB_GET, "/sign-in/back", page_provider_return, "provider"},
    {WEB_POST, "/sign-out", page_sign_out, "sign-out"},
    {WEB_POST, "/sign-out/provider", page_provider_signed_out, "provider"},
    {WEB_GET, "/prove", page_prove, "prove"},
    {WEB_POST, "/prove", page_prove, "prove"},
    {WEB_GET, "/prove/provider", page_provider_prove, "provider"},
    {WEB_GET, "/set-up", page_set_up, "set-up"},
    {WEB_POST, "/set-up", page_set_up, "set-up"},
    {WEB_GET, "/about", page_about, "about"},
    {WEB_GET, "/accessibility", page_accessibility, "accessibility"},
    {WEB_GET, "/pack/{name}", page_pack, "pack"},
    {WEB_GET, "/worker.js", page_worker, "worker"},
    {WEB_GET, "/offline.json", page_offline, "offline"},
    {WEB_GET, "/offline-check.json", page_offline_check, "offline"},
    {WEB_GET, "/health", page_health, "health"},
    {WEB_GET, "/ready", page_ready, "ready"},
    {WEB_GET, "/metrics", page_metrics, "metrics"},
    {WEB_GET, "/assets/{name}", page_asset, "asset"},
};

const size_t web_route_count = sizeof web_routes / sizeof web_routes[0];
