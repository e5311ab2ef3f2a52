/*
 * tests/identity/oidc_curl_tls_test.c - whom a request by https trusts.
 *
 * A server on loopback shows a certificate that is made here; what is written to it before the
 * handshake is done is nothing.
 */
#include "support/check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "identity/oidc_http.h"

#define DAY_SECONDS (24 * 60 * 60)

/* What a certificate says, and how the server speaks. */
struct shown {
    const char *names; /* subjectAltName */
    long until_seconds;
    int version_max; /* of TLS; 0 for the newest */
    bool is_plain;   /* no TLS at all */
};

struct server {
    struct shown shown;
    int listener;
    unsigned port;
    pthread_t thread;
    EVP_PKEY *key;
    X509 *certificate;
    size_t request_bytes;
};

static void certificate_make(struct server *server)
{
    server->key = EVP_EC_gen("P-256");
    server->certificate = X509_new();
    X509 *made = server->certificate;
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_gmtime_adj(X509_getm_notBefore(made), -2 * DAY_SECONDS);
    X509_gmtime_adj(X509_getm_notAfter(made), server->shown.until_seconds);
    X509_set_pubkey(made, server->key);
    X509_NAME *name = X509_get_subject_name(made);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"test", -1, -1, 0);
    X509_set_issuer_name(made, name);
    const struct {
        int kind;
        const char *value;
    } extensions[] = {{NID_basic_constraints, "critical,CA:TRUE"},
                      {NID_subject_alt_name, server->shown.names}};
    for (size_t i = 0; i < 2; i++) {
        X509_EXTENSION *extension =
            X509V3_EXT_conf_nid(NULL, NULL, extensions[i].kind, extensions[i].value);
        assert_non_null(extension);
        X509_add_ext(made, extension, -1);
        X509_EXTENSION_free(extension);
    }
    assert_true(X509_sign(made, server->key, EVP_sha256()) > 0);
}

static void answer_tls(struct server *server, int connection)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (server->shown.version_max) {
        SSL_CTX_set_max_proto_version(context, server->shown.version_max);
        SSL_CTX_set_security_level(context, 0); /* otherwise OpenSSL refuses it here already */
    }
    SSL_CTX_use_certificate(context, server->certificate);
    SSL_CTX_use_PrivateKey(context, server->key);
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, connection);
    if (SSL_accept(tls) == 1) {
        static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                                     "Content-Type: application/json\r\n\r\n{}";
        char request[4096];
        int got = SSL_read(tls, request, sizeof(request));
        server->request_bytes = got > 0 ? (size_t)got : 0;
        SSL_write(tls, answer, sizeof(answer) - 1);
        SSL_shutdown(tls);
    }
    SSL_free(tls);
    SSL_CTX_free(context);
}

static void *server_run(void *context)
{
    struct server *server = context;
    int connection = accept(server->listener, NULL, NULL);
    if (connection >= 0 && server->shown.is_plain) {
        static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        (void)!send(connection, answer, sizeof(answer) - 1, MSG_NOSIGNAL);
    } else if (connection >= 0) {
        answer_tls(server, connection);
    }
    close(connection);
    return NULL;
}

/* Asks such a server, trusting its certificate or only the system's authorities. */
static struct oidc_response ask(struct shown shown, bool trusts, enum result_code *code)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct server server = {.shown = shown};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    char path[] = "/tmp/handrail-tls-XXXXXX";
    certificate_make(&server);
    FILE *file = fdopen(mkstemp(path), "w");
    assert_non_null(file);
    assert_int_equal(PEM_write_X509(file, server.certificate), 1);
    fclose(file);
    server.listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server.listener, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(server.listener, 1), 0);
    assert_int_equal(getsockname(server.listener, (struct sockaddr *)&address, &length), 0);
    assert_int_equal(pthread_create(&server.thread, NULL, server_run, &server), 0);

    struct oidc_http_settings settings = {
        .certificates = trusts ? str_from(path) : (struct str){0},
        .whole_milliseconds_max = 20000,
    };
    struct oidc_http http = oidc_http_curl(arena, &settings);
    struct oidc_request request = {
        .url = str_format(arena, "https://127.0.0.1:%u/", (unsigned)ntohs(address.sin_port)),
        .authorization = STR("Basic secret"),
    };
    struct oidc_response response = {0};
    *code = http.fetch(http.context, arena, &request, &response).code;

    shutdown(server.listener, SHUT_RDWR);
    close(server.listener);
    pthread_join(server.thread, NULL);
    unlink(path);
    X509_free(server.certificate);
    EVP_PKEY_free(server.key);
    /* Whoever is not trusted gets not a byte of the request. */
    assert_int_equal(server.request_bytes > 0, *code == RESULT_CODE_OK);
    return (struct oidc_response){.status = response.status};
}

#define GOOD "IP:127.0.0.1"

static void a_certificate_that_is_trusted(void **state)
{
    (void)state;
    enum result_code code;
    struct shown shown = {GOOD, DAY_SECONDS, 0, false};
    assert_int_equal(ask(shown, true, &code).status, 200);
    assert_int_equal(code, RESULT_CODE_OK);
}

static void certificates_that_are_not(void **state)
{
    (void)state;
    static const struct {
        struct shown shown;
        bool trusts;
    } rows[] = {
        {{GOOD, DAY_SECONDS, 0, false}, false},                        /* signed by nobody */
        {{"DNS:id.ashdownvale.example", DAY_SECONDS, 0, false}, true}, /* another name */
        {{"IP:127.0.0.2", DAY_SECONDS, 0, false}, true},               /* another address */
        {{GOOD, -DAY_SECONDS, 0, false}, true},                        /* expired */
        {{GOOD, DAY_SECONDS, TLS1_1_VERSION, false}, true},            /* an old TLS */
        {{GOOD, DAY_SECONDS, 0, true}, true},                          /* none */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        enum result_code code;
        assert_int_equal(ask(rows[i].shown, rows[i].trusts, &code).status, 0);
        assert_int_equal(code, RESULT_CODE_IO);
    }
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_certificate_that_is_trusted),
        cmocka_unit_test(certificates_that_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
