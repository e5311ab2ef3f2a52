/*
 * cli/command_serve.c - `handrail serve [--data DIR] [--listen ADDR] [PACK...]`: the web
 * application.
 *
 * Read first: web/web.h, cli/place.h.
 * What must hold
 * - Nothing is served unless every policy could be read without errors.
 * - Where things are kept, others can reach the server only through TLS: --public names the site.
 */
#include <time.h>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/packs.h"
#include "cli/place.h"
#include "identity/provider_seat.h"
#include "identity/token.h"
#include "web/office.h"
#include "web/web.h"

/* The access log. */
#define SERVE_LOG_FILE 2

/* The settings of the school's provider. */
#define PROVIDER_BYTES_MAX ((size_t)64 * 1024)

struct serve {
    struct str listen, data, store, public_host, log, metrics_from;
    struct web_network network; /* of metrics_from */
    bool log_is_json;
};

static int serve_run(struct cli *cli, const struct web_options *options, struct str set_up_code)
{
    DEFER(web_close) struct web *web = NULL;
    struct result opened = web_open(cli->arena, options, &web);
    if (!result_is_ok(opened)) {
        return cli_failed(cli, opened);
    }
    cli_printf(cli->out, "Handrail listens on " STR_FMT "\n", STR_ARG(web_address(web)));
    if (!str_is_empty(set_up_code)) {
        struct str host = options->site->office->public_host;
        struct str address = str_is_empty(host)
                                 ? web_address(web)
                                 : str_format(cli->arena, "https://" STR_FMT "/", STR_ARG(host));
        cli_printf(cli->out, "Set it up at " STR_FMT "set-up?code=" STR_FMT "\n", STR_ARG(address),
                   STR_ARG(set_up_code));
    } else {
        cli_printf(cli->out, "Open that address in a browser. ");
    }
    cli_printf(cli->out, "Ctrl-C stops Handrail.\n");
    (void)fflush(cli->out);
    struct result ran = web_run(web);
    return result_is_ok(ran) ? CLI_EXIT_FINE : cli_failed(cli, ran);
}

static bool serve_listens_here(const struct serve *serve)
{
    return str_starts(serve->listen, STR("127.")) || str_starts(serve->listen, STR("[::1]")) ||
           str_starts(serve->listen, STR("localhost:"));
}

/* Nobody but this machine can ask. */
static bool serve_is_own(const struct serve *serve)
{
    return serve_listens_here(serve) && str_is_empty(serve->public_host);
}

/* Only this machine can ask, or TLS stands in front. */
static bool serve_is_safe(struct cli *cli, const struct serve *serve)
{
    if (serve_listens_here(serve) || !str_is_empty(serve->public_host)) {
        return true;
    }
    (void)cli_wrong(cli,
                    STR("name the site with --public HOST and put a proxy with TLS in front of it: "
                        "see docs/operating.md"),
                    "people sign in here, so others must not reach it without TLS");
    return false;
}

/* The provider's way back is our own address. */
MUST_USE static struct result serve_seat(struct cli *cli, const struct serve *serve,
                                         const struct place *place, struct provider_seat **out)
{
    struct provider_seat_place seat = {.store = place->actions.store, .key = place->actions.key};
    if (shelf_file_exists(cli->arena, place->provider_path)) {
        TRY(shelf_file_read(cli->arena, place->provider_path, PROVIDER_BYTES_MAX, &seat.file));
    }
    seat.redirect_uri =
        str_is_empty(serve->public_host)
            ? str_format(cli->arena, "http://" STR_FMT "/sign-in/back", STR_ARG(serve->listen))
            : str_format(cli->arena, "https://" STR_FMT "/sign-in/back",
                         STR_ARG(serve->public_host));
    return provider_seat_open(cli->arena, &seat, out);
}

/* ---- What is told on the error channel ------------------------------------------------------- */

struct serve_teller {
    FILE *stream;
    bool is_json;
};

/* In the keeper's thread. One line in one write; files are named, people never are. */
static void serve_tell(void *context, struct result result)
{
    const struct serve_teller *teller = context;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct instant at = {(int64_t)now.tv_sec * INSTANT_SECOND_MILLISECONDS};
    struct str level = result_is_ok(result) ? STR("info") : STR("error");
    struct str message =
        result_is_ok(result)
            ? STR("the history is signed")
            : str_format(arena, "the history is not signed: %s%s" STR_FMT, result.message,
                         str_is_empty(result.detail) ? "" : ": ", STR_ARG(result.detail));
    struct text line = {.arena = arena};
    if (teller->is_json) {
        struct json_writer writer = json_writer_new(&line, JSON_COMPACT);
        json_begin_object(&writer);
        json_key_str(&writer, STR("time"), instant_format(arena, at));
        json_key_str(&writer, STR("level"), level);
        json_key_str(&writer, STR("message"), message);
        json_end_object(&writer);
    } else {
        text_addf(&line, STR_FMT " " STR_FMT ": " STR_FMT, STR_ARG(instant_format(arena, at)),
                  STR_ARG(level), STR_ARG(message));
    }
    text_add(&line, STR("\n"));
    cli_print(teller->stream, text_str(&line));
}

/* ---- Start ----------------------------------------------------------------------------------- */

static int serve_site(struct cli *cli, const struct serve *serve, struct web_site *site,
                      struct str set_up_code)
{
    site->metrics_from = serve->network;
    return serve_run(cli,
                     &(struct web_options){.listen = serve->listen,
                                           .site = site,
                                           .log = SERVE_LOG_FILE,
                                           .log_is_json = serve->log_is_json},
                     set_up_code);
}

static int serve_with_office(struct cli *cli, const struct serve *serve, const struct shelf *shelf)
{
    DEFER(place_close) struct place *place = NULL;
    bool is_set_up = false, is_demonstration = false;
    if (!serve_is_safe(cli, serve)) {
        return CLI_EXIT_WRONG;
    }
    struct result opened = place_open(cli->arena, serve->data, serve->store, shelf, &place);
    if (result_is_ok(opened)) {
        opened = place_is_set_up(place, cli->arena, &is_set_up);
    }
    if (!result_is_ok(opened)) {
        return cli_failed(cli, opened);
    }
    DEFER(provider_seat_close) struct provider_seat *seat = NULL;
    struct result known = serve_seat(cli, serve, place, &seat);
    if (result_is_ok(known)) {
        known = place_is_demonstration(place, cli->arena, &is_demonstration);
    }
    if (result_is_ok(known) && is_demonstration && !serve_is_own(serve)) {
        return cli_wrong(cli, STR("leave --public out, and listen on 127.0.0.1"),
                         "this is a demonstration: its password is known to everybody, so it is "
                         "shown to this machine alone");
    }
    if (!result_is_ok(known)) {
        return cli_failed(cli, known);
    }
    struct serve_teller teller = {cli->err, serve->log_is_json};
    place->actions.seat = seat;
    DEFER(keeper_close)
    struct keeper *keeper = keeper_open(cli->arena, place->actions.store, place->key_path,
                                        (struct keeper_tell){&teller, serve_tell});
    struct web_office office = {.place = place->actions,
                                .keeper = keeper,
                                .set_up_code =
                                    is_set_up ? (struct str){0} : token_new(cli->arena).text,
                                .public_host = serve->public_host};
    struct web_site site = web_site_make(cli->arena, STR(HANDRAIL_VERSION), shelf, &office);
    return serve_site(cli, serve, &site, office.set_up_code);
}

/* Options whose values have a form. */
static bool serve_read(struct cli *cli, struct serve *serve)
{
    serve->log_is_json = str_equal(serve->log, STR("json"));
    if (!str_is_empty(serve->log) && !serve->log_is_json && !str_equal(serve->log, STR("text"))) {
        (void)cli_wrong(cli, STR("write --log text or --log json"),
                        "there is no such form of log: \"" STR_FMT "\"", STR_ARG(serve->log));
        return false;
    }
    if (!str_is_empty(serve->metrics_from) &&
        !web_network_parse(serve->metrics_from, &serve->network)) {
        (void)cli_wrong(cli, STR("write an address, or a range such as 10.20.0.0/16"),
                        "this is no range of addresses: \"" STR_FMT "\"",
                        STR_ARG(serve->metrics_from));
        return false;
    }
    return true;
}

int command_serve(struct cli *cli)
{
    struct serve serve = {.listen = STR(WEB_LISTEN_DEFAULT)};
    const struct cli_option options[] = {
        {.name = STR("--listen"), .value = &serve.listen},
        {.name = STR("--data"), .value = &serve.data},
        {.name = STR("--store"), .value = &serve.store},
        {.name = STR("--public"), .value = &serve.public_host},
        {.name = STR("--log"), .value = &serve.log},
        {.name = STR("--metrics-from"), .value = &serve.metrics_from},
    };
    if (!cli_options(cli, options, 6) || !cli_operands(cli, 0, CLI_OPERANDS_MAX) ||
        !serve_read(cli, &serve)) {
        return CLI_EXIT_WRONG;
    }
    if (cli->operand_count == 0) {
        cli->operands[cli->operand_count++] = STR(PACKS_USUAL);
    }
    struct shelf shelf;
    int status;
    if (!packs_open(cli, &shelf, cli->operand_count, false, CLI_EXIT_WRONG, &status)) {
        return status;
    }
    if (!str_is_empty(serve.data)) {
        return serve_with_office(cli, &serve, &shelf);
    }
    struct web_site site = web_site_make(cli->arena, STR(HANDRAIL_VERSION), &shelf, NULL);
    return serve_site(cli, &serve, &site, (struct str){0});
}
