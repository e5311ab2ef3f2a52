/*
 * web/page_metrics.c - GET /metrics: what is counted, for Prometheus.
 *
 * Read first: metrics_int.h.
 * What must hold: only this machine is answered, asked directly and by its own name (a web page of
 * somebody else that is bound to this address has another), and the range of --metrics-from. For
 * all others there is no such page.
 */
#include "web/metrics_int.h"
#include "web/pages_int.h"

static bool is_own_address(struct str address)
{
    return str_starts(address, STR("127.")) || str_equal(address, STR("::1"));
}

/* "localhost:8420", "127.0.0.1:8420", "[::1]:8420", or without a port. */
static bool is_own_host(struct str host)
{
    struct str name = host;
    str_cut(host, ':', &name, NULL);
    return str_equal(name, STR("localhost")) || str_equal(name, STR("127.0.0.1")) ||
           str_starts(host, STR("[::1]"));
}

static bool may_measure(const struct web_exchange *exchange)
{
    bool is_own =
        is_own_address(exchange->address) && !exchange->is_forwarded && is_own_host(exchange->host);
    return is_own || web_network_holds(&exchange->site->metrics_from, exchange->address);
}

void page_metrics(struct web_exchange *exchange)
{
    if (!exchange->site || !may_measure(exchange)) {
        web_not_found(exchange);
        return;
    }
    struct text *out = web_text(exchange, WEB_OK);
    exchange->answer.type = STR("text/plain; version=0.0.4; charset=utf-8");
    web_metrics_write(out, exchange->site->office);
}
