/*
 * tests/identity/jose_test.c - signatures of tokens: the examples of the standards, and what must
 * be refused.
 *
 * What must hold: each verdict of jose_verify() is reached here.
 */
#include "support/check.h"

#include "base/arena.h"
#include "identity/encode.h"
#include "identity/jose.h"
#include "identity/signer.h"

/* Made once: RSA keys take their time. */
static struct arena *keys_arena;
static struct signer *rsa, *other_rsa, *p256, *ed25519;

static int signers_open(void **state)
{
    (void)state;
    keys_arena = arena_open();
    rsa = signer_open(keys_arena, JOSE_KEY_RSA, 2048, "rsa");
    other_rsa = signer_open(keys_arena, JOSE_KEY_RSA, 2048, "other");
    p256 = signer_open(keys_arena, JOSE_KEY_P256, 0, "p256");
    ed25519 = signer_open(keys_arena, JOSE_KEY_ED25519, 0, "ed25519");
    return 0;
}

static int signers_close(void **state)
{
    (void)state;
    signer_close(rsa);
    signer_close(other_rsa);
    signer_close(p256);
    signer_close(ed25519);
    arena_close(keys_arena);
    return 0;
}

static struct jose_keys keys_of(struct arena *arena, const struct signer *one,
                                const struct signer *two)
{
    struct jose_keys keys = {0};
    assert_true(result_is_ok(jose_keys_read(arena, signer_jwks(arena, one, two), &keys)));
    assert_int_equal(keys.count, two ? 2 : 1);
    return keys;
}

/* RFC 7515, appendices A.2 and A.3; RFC 8037, appendix A.4. */
static const struct {
    enum jose_algorithm algorithm;
    const char *jwk, *token, *payload;
} examples[] = {
    {JOSE_RS256,
     "{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw"
     "-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0"
     "LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5Zw"
     "Kh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\","
     "\"e\":\"AQAB\"}",
     "eyJhbGciOiJSUzI1NiJ9"
     ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnV"
     "lfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W"
     "2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQB"
     "MHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2"
     "w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
     "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"},
    {JOSE_ES256,
     "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
     "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
     "eyJhbGciOiJFUzI1NiJ9"
     ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnV"
     "lfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
     "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"},
    {JOSE_EDDSA,
     "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
     "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvM"
     "g3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
     "Example of Ed25519 signing"},
};

static void examples_of_the_standards(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        DEFER(arena_close) struct arena *arena = arena_open();
        struct jose_keys keys;
        struct jose_token token;
        struct str list = str_format(arena, "{\"keys\":[%s]}", examples[i].jwk);
        assert_true(result_is_ok(jose_keys_read(arena, list, &keys)));
        struct str compact = str_from(examples[i].token);
        assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_FINE);
        assert_int_equal(token.algorithm, examples[i].algorithm);
        check_str(token.payload, examples[i].payload);
        /* Each of them breaks when a letter of it changes. */
        for (size_t at = 21; at < compact.len - 1; at += 7) {
            char *copy = str_cstr(arena, compact);
            copy[at] = copy[at] == 'Q' ? 'R' : 'Q';
            enum jose_verdict verdict =
                jose_verify(arena, &keys, JOSE_SET_ALL, str_from(copy), &token);
            assert_true(verdict == JOSE_SIGNATURE || verdict == JOSE_MALFORMED);
        }
    }
}

static const struct {
    enum jose_algorithm algorithm;
    struct signer *const *signer;
} pairs[] = {{JOSE_RS256, &rsa}, {JOSE_PS256, &rsa}, {JOSE_ES256, &p256}, {JOSE_EDDSA, &ed25519}};

static void each_algorithm_holds_with_its_key_alone(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < 4; i++) {
        struct str compact =
            signer_token(arena, *pairs[i].signer, pairs[i].algorithm, STR("the payload"));
        for (size_t other = 0; other < 4; other++) {
            struct jose_keys keys = keys_of(arena, *pairs[other].signer, NULL);
            struct jose_token token;
            enum jose_verdict verdict = jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token);
            if (*pairs[i].signer == *pairs[other].signer) {
                assert_int_equal(verdict, JOSE_FINE);
                check_str(token.payload, "the payload");
            } else {
                assert_int_equal(verdict, JOSE_KEY_UNKNOWN);
            }
        }
    }
}

static void the_caller_chooses_algorithms(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys = keys_of(arena, rsa, p256);
    struct jose_token token;
    struct str compact = signer_token(arena, rsa, JOSE_PS256, STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET(JOSE_PS256), compact, &token), JOSE_FINE);
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET(JOSE_RS256), compact, &token),
                     JOSE_ALGORITHM);
    assert_int_equal(jose_verify(arena, &keys, 0, compact, &token), JOSE_ALGORITHM);
    /* The head says RS256, the signature is PS256's. */
    compact =
        signer_sign(arena, rsa, JOSE_PS256, STR("{\"alg\":\"RS256\",\"kid\":\"rsa\"}"), STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_SIGNATURE);
}

static void the_key_chooses_algorithms(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys = keys_of(arena, rsa, p256);
    struct jose_token token;
    /* ES256 with the name of the RSA key. */
    struct str head = STR("{\"alg\":\"ES256\",\"kid\":\"rsa\"}");
    struct str compact = signer_sign(arena, p256, JOSE_ES256, head, STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_ALGORITHM);
    /* A key that says alg RS256 is for that alone. */
    struct str list = str_format(arena, "{\"keys\":[" STR_FMT "]}",
                                 STR_ARG(signer_jwk(arena, rsa, ",\"alg\":\"RS256\"")));
    assert_true(result_is_ok(jose_keys_read(arena, list, &keys)));
    compact = signer_token(arena, rsa, JOSE_RS256, STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_FINE);
    compact = signer_token(arena, rsa, JOSE_PS256, STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_ALGORITHM);
}

static void none_and_hmac_do_not_exist(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys = keys_of(arena, rsa, NULL);
    struct jose_token token;
    static const char *const names[] = {"none",  "None",  "NONE",   "nOnE",         "",
                                        "HS256", "HS384", "HS512",  "RS384",        "RS512",
                                        "ES512", "rs256", "RS256 ", "RS256\\u0000", "EdDSA2"};
    struct str modulus = keys.items[0].a, pem = signer_pem(arena, rsa);
    struct str secrets[] = {pem, modulus, signer_jwk(arena, rsa, ""), {0}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct str head = str_format(arena, "{\"alg\":\"%s\",\"kid\":\"rsa\"}", names[i]);
        for (size_t s = 0; s < sizeof(secrets) / sizeof(secrets[0]); s++) {
            struct str compact = signer_hmac(arena, secrets[s], head, STR("{}"));
            assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token),
                             JOSE_ALGORITHM);
        }
        struct str bare =
            str_format(arena, STR_FMT ".e30.", STR_ARG(encode_base64url(arena, head)));
        assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, bare, &token), JOSE_ALGORITHM);
    }
    /* The public key as secret, under the name of a good algorithm. */
    struct str head = STR("{\"alg\":\"RS256\",\"kid\":\"rsa\"}");
    struct str compact = signer_hmac(arena, pem, head, STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_SIGNATURE);
    struct str bare = str_format(arena, STR_FMT ".e30.", STR_ARG(encode_base64url(arena, head)));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, bare, &token), JOSE_SIGNATURE);
}

static void keys_are_chosen_by_name(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys both = keys_of(arena, rsa, other_rsa), mixed = keys_of(arena, rsa, p256);
    struct jose_token token;
    struct str nameless = STR("{\"alg\":\"RS256\"}");
    /* Signed with one key, under the name of the other. */
    struct str swapped = signer_sign(arena, rsa, JOSE_RS256,
                                     STR("{\"alg\":\"RS256\",\"kid\":\"other\"}"), STR("{}"));
    assert_int_equal(jose_verify(arena, &both, JOSE_SET_ALL, swapped, &token), JOSE_SIGNATURE);
    struct str unknown =
        signer_sign(arena, rsa, JOSE_RS256, STR("{\"alg\":\"RS256\",\"kid\":\"new\"}"), STR("{}"));
    assert_int_equal(jose_verify(arena, &both, JOSE_SET_ALL, unknown, &token), JOSE_KEY_UNKNOWN);
    /* No name: good where there is no choice. */
    struct str unnamed = signer_sign(arena, rsa, JOSE_RS256, nameless, STR("{}"));
    assert_int_equal(jose_verify(arena, &both, JOSE_SET_ALL, unnamed, &token), JOSE_KEY_UNCLEAR);
    assert_int_equal(jose_verify(arena, &mixed, JOSE_SET_ALL, unnamed, &token), JOSE_FINE);
    struct jose_keys none = {0};
    assert_int_equal(jose_verify(arena, &none, JOSE_SET_ALL, unnamed, &token), JOSE_KEY_UNKNOWN);
}

/* Of keys with one name, as many are tried as the bound says. */
static void keys_of_one_name(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_key items[JOSE_KEYS_TRIED_MAX + 1];
    struct jose_keys wrong = keys_of(arena, other_rsa, NULL), right = keys_of(arena, rsa, NULL);
    struct jose_token token;
    for (size_t i = 0; i <= JOSE_KEYS_TRIED_MAX; i++) {
        items[i] = wrong.items[0];
        items[i].kid = STR("rsa");
    }
    struct str compact = signer_token(arena, rsa, JOSE_RS256, STR("{}"));
    struct jose_keys list = {.items = items, .count = JOSE_KEYS_TRIED_MAX + 1};
    items[JOSE_KEYS_TRIED_MAX - 1] = right.items[0];
    assert_int_equal(jose_verify(arena, &list, JOSE_SET_ALL, compact, &token), JOSE_FINE);
    items[JOSE_KEYS_TRIED_MAX - 1] = items[0];
    items[JOSE_KEYS_TRIED_MAX] = right.items[0];
    assert_int_equal(jose_verify(arena, &list, JOSE_SET_ALL, compact, &token), JOSE_SIGNATURE);
}

/* A token brings the key that it is signed with, in each way that there is: nobody looks. */
static void keys_in_the_token_are_not_used(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys = keys_of(arena, rsa, NULL);
    struct jose_token token;
    struct str head =
        str_format(arena,
                   "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"jwk\":" STR_FMT
                   ",\"jku\":\"https://keys.example/\",\"x5u\":\"https://keys.example/\","
                   "\"x5c\":[\"AAAA\"]}",
                   STR_ARG(signer_jwk(arena, other_rsa, "")));
    struct str forged = signer_sign(arena, other_rsa, JOSE_RS256, head, STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, forged, &token), JOSE_SIGNATURE);
    struct str honest = signer_sign(arena, rsa, JOSE_RS256, head, STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, honest, &token), JOSE_FINE);
}

static void extensions_are_refused(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys = keys_of(arena, rsa, NULL);
    struct jose_token token;
    static const char *const heads[] = {
        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"b64\"],\"b64\":false}",
        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[]}",
        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":null}",
    };
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        struct str compact = signer_sign(arena, rsa, JOSE_RS256, str_from(heads[i]), STR("{}"));
        assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_CRITICAL);
    }
}

static void what_is_no_token(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys = keys_of(arena, rsa, NULL);
    struct jose_token token;
    static const char *const bad[] = {
        "",
        ".",
        "..",
        "...",
        "a",
        "a.b",
        "e30.e30.e30",
        "e30.e30.",
        "W10.e30.AAAA",
        "!.e30.AAAA",
        "bnVsbA.e30.AAAA",
        "eyJhbGciOjF9.e30.AAAA",
        "eyJhbGciOiJSUzI1NiIsImtpZCI6MX0.e30.AAAA",
        "eyJhbGciOiJSUzI1NiIsInR5cCI6W119.e30.AAAA",
        /* two members "alg" */
        "eyJhbGciOiJSUzI1NiIsImFsZyI6Im5vbmUifQ.e30.AAAA",
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.e30.AA.AA",
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.e30.A",
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.e30.AAA=",
        " eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.e30.AAAA",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        enum jose_verdict verdict =
            jose_verify(arena, &keys, JOSE_SET_ALL, str_from(bad[i]), &token);
        if (verdict != JOSE_MALFORMED) {
            fail_msg("%s: %s", bad[i], jose_verdict_words(verdict));
        }
    }
    struct str text = STR("eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.e30.AAAA");
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, text, &token), JOSE_SIGNATURE);
    /* A payload that is not base64url, though it is signed. */
    text = signer_sign_text(arena, rsa, JOSE_RS256, STR("eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, text, &token), JOSE_MALFORMED);
}

static void lengths_are_bounded(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct jose_keys keys = keys_of(arena, p256, NULL);
    struct jose_token token;
    /* head 48 + dot + payload + dot + signature 86 */
    size_t room = JOSE_TOKEN_BYTES_MAX - signer_token(arena, p256, JOSE_ES256, STR("")).len;
    struct str zeros = {ARENA_ARRAY(arena, char, room), room / 4 * 3};
    struct str compact = signer_token(arena, p256, JOSE_ES256, zeros);
    assert_true(compact.len <= JOSE_TOKEN_BYTES_MAX && compact.len > JOSE_TOKEN_BYTES_MAX - 4);
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_FINE);
    zeros.len += 3;
    compact = signer_token(arena, p256, JOSE_ES256, zeros);
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_TOO_LONG);
    struct text head = {.arena = arena};
    text_add(&head, STR("{\"alg\":\"ES256\",\"kid\":\"p256\",\"x\":\""));
    while (head.len < JOSE_HEAD_BYTES_MAX / 4 * 3 - 2) {
        text_add_char(&head, 'x');
    }
    text_add(&head, STR("\"}"));
    compact = signer_sign(arena, p256, JOSE_ES256, text_str(&head), STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_FINE);
    head.len -= 2;
    text_add(&head, STR("x\"}"));
    compact = signer_sign(arena, p256, JOSE_ES256, text_str(&head), STR("{}"));
    assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_TOO_LONG);
}

/* Signatures of the wrong length, of zeros, and of P-256 as DER. */
static void odd_signatures(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct signer *signers[] = {rsa, p256, ed25519};
    const char *heads[] = {"{\"alg\":\"RS256\",\"kid\":\"rsa\"}",
                           "{\"alg\":\"ES256\",\"kid\":\"p256\"}",
                           "{\"alg\":\"EdDSA\",\"kid\":\"ed25519\"}"};
    static const size_t lengths[] = {0, 1, 32, 63, 64, 65, 70, 72, 255, 256, 257, 1024, 1025};
    static char zeros[1100];
    for (size_t i = 0; i < 3; i++) {
        struct jose_keys keys = keys_of(arena, signers[i], NULL);
        struct jose_token token;
        for (size_t n = 0; n < sizeof(lengths) / sizeof(lengths[0]); n++) {
            for (int byte = 0; byte < 2; byte++) {
                memset(zeros, byte ? 0xFF : 0, sizeof(zeros));
                struct str signature = encode_base64url(arena, (struct str){zeros, lengths[n]});
                struct str compact = str_format(
                    arena, STR_FMT ".e30." STR_FMT,
                    STR_ARG(encode_base64url(arena, str_from(heads[i]))), STR_ARG(signature));
                assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token),
                                 JOSE_SIGNATURE);
            }
        }
    }
}

/* A good signature with something behind it is another text for the same thing. */
static void signatures_have_one_length(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < 4; i++) {
        struct jose_keys keys = keys_of(arena, *pairs[i].signer, NULL);
        struct jose_token token;
        struct str good = signer_token(arena, *pairs[i].signer, pairs[i].algorithm, STR("{}"));
        struct str head, rest, payload, signature, bytes;
        (void)str_cut(good, '.', &head, &rest);
        (void)str_cut(rest, '.', &payload, &signature);
        assert_true(encode_base64url_read(arena, signature, &bytes));
        struct text longer = {.arena = arena};
        text_add(&longer, bytes);
        text_add_char(&longer, 'x');
        struct str compact =
            str_format(arena, STR_FMT "." STR_FMT "." STR_FMT, STR_ARG(head), STR_ARG(payload),
                       STR_ARG(encode_base64url(arena, text_str(&longer))));
        assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, good, &token), JOSE_FINE);
        assert_int_equal(jose_verify(arena, &keys, JOSE_SET_ALL, compact, &token), JOSE_SIGNATURE);
    }
}

static void names_and_words(void **state)
{
    (void)state;
    for (unsigned i = 0; i < JOSE_ALGORITHM_COUNT; i++) {
        enum jose_algorithm read = JOSE_ALGORITHM_COUNT;
        assert_true(jose_algorithm_read(jose_algorithm_name((enum jose_algorithm)i), &read));
        assert_int_equal(read, i);
    }
    assert_string_equal(jose_verdict_words(JOSE_FINE), "");
    for (unsigned i = JOSE_FINE + 1; i < JOSE_VERDICT_COUNT; i++) {
        assert_true(strlen(jose_verdict_words((enum jose_verdict)i)) > 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_the_standards),
        cmocka_unit_test(each_algorithm_holds_with_its_key_alone),
        cmocka_unit_test(the_caller_chooses_algorithms),
        cmocka_unit_test(the_key_chooses_algorithms),
        cmocka_unit_test(none_and_hmac_do_not_exist),
        cmocka_unit_test(keys_are_chosen_by_name),
        cmocka_unit_test(keys_of_one_name),
        cmocka_unit_test(keys_in_the_token_are_not_used),
        cmocka_unit_test(extensions_are_refused),
        cmocka_unit_test(what_is_no_token),
        cmocka_unit_test(lengths_are_bounded),
        cmocka_unit_test(odd_signatures),
        cmocka_unit_test(signatures_have_one_length),
        cmocka_unit_test(names_and_words),
    };
    return cmocka_run_group_tests(tests, signers_open, signers_close);
}
