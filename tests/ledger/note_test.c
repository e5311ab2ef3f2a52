/*
 * tests/ledger/note_test.c - keys and notes: published examples, and all that must be refused.
 *
 * The published key and note are those in the documentation of golang.org/x/mod/sumdb/note.
 */
#include "support/check.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/keys.h"
#include "ledger/note.h"

#define DASH "\xE2\x80\x94 "

#define NEUMANN "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define NEUMANN_PRIVATE                                                                            \
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
#define NEUMANN_TEXT                                                                               \
    "If you think cryptography is the answer to your problem,\n"                                   \
    "then you don't know what your problem is.\n"
#define NEUMANN_LINE                                                                               \
    DASH "PeterNeumann "                                                                           \
         "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyB"  \
         "wJnAM=\n"

static int start(void **state)
{
    (void)state;
    return result_is_ok(note_start()) ? 0 : 1;
}

static void published_key_and_note(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_key key;
    struct note_signer signer;
    struct note note;
    struct str signed_text;
    assert_true(result_is_ok(note_key_read(STR(NEUMANN), &key)));
    check_str(key.name, "PeterNeumann");
    assert_int_equal(key.id, 0xc74f20a3);
    assert_int_equal(key.kind, NOTE_KEY_PLAIN);
    check_str(note_key_write(arena, &key), NEUMANN);
    assert_true(
        result_is_ok(note_open(arena, STR(NEUMANN_TEXT "\n" NEUMANN_LINE), &key, 1, &note)));
    check_str(note.text, NEUMANN_TEXT);
    assert_int_equal(note.signature_count, 1);
    assert_ptr_equal(note.signatures[0].key, &key);

    assert_true(result_is_ok(note_signer_read(STR(NEUMANN_PRIVATE), &signer)));
    check_str(note_signer_write(arena, &signer), NEUMANN_PRIVATE);
    check_str(note_key_write(arena, &signer.key), NEUMANN);
    assert_true(result_is_ok(note_sign(arena, STR(NEUMANN_TEXT), &signer, 1, &signed_text)));
    check_str(signed_text, NEUMANN_TEXT "\n" NEUMANN_LINE);
    note_signer_forget(&signer);
    for (size_t i = 0; i < NOTE_SECRET_BYTES; i++) {
        assert_int_equal(signer.secret[i], 0);
    }
}

/* One changed bit anywhere, of the text, a name, an id or a signature: the note is refused. */
static void every_bit_of_a_note_counts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_key key;
    struct str message = STR(NEUMANN_TEXT "\n" NEUMANN_LINE);
    assert_true(result_is_ok(note_key_read(STR(NEUMANN), &key)));
    char *changed = str_cstr(arena, message);
    for (size_t bit = 0; bit < 8 * message.len; bit++) {
        struct arena_mark mark = arena_mark(arena);
        struct note note;
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        assert_false(
            result_is_ok(note_open(arena, (struct str){changed, message.len}, &key, 1, &note)));
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        arena_rewind(arena, mark);
    }
    for (size_t len = 0; len < message.len; len++) {
        struct note note;
        assert_false(result_is_ok(note_open(arena, str_slice(message, 0, len), &key, 1, &note)));
    }
}

static void keys_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+0c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWAAAA",
        "PeterNeumann+c74f20a3+BRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq_LDE4izWy10TW",
        NEUMANN_PRIVATE,
    };
    struct note_key key;
    struct note_signer signer;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct result result = note_key_read(str_from(bad[i]), &key);
        if (result_is_ok(result) || !result.message) {
            fail_msg("taken: %s", bad[i]);
        }
    }
    assert_false(result_is_ok(note_signer_read(STR(NEUMANN), &signer)));
    assert_false(result_is_ok(note_signer_read(STR("PRIVATE+KEY+"), &signer)));
    assert_false(result_is_ok(note_signer_read(
        STR("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFy"),
        &signer)));
}

/* Base64 as libsodium reads it takes bytes above 0x7F: the one form is ours to keep. */
static void every_bit_of_a_key_counts(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char *const lines[] = {NEUMANN, NEUMANN_PRIVATE};
    for (size_t i = 0; i < 2; i++) {
        struct str line = str_from(lines[i]);
        char *changed = str_cstr(arena, line);
        for (size_t bit = 0; bit < 8 * line.len; bit++) {
            struct note_key key;
            struct note_signer signer;
            struct str other = {changed, line.len};
            changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
            assert_false(result_is_ok(note_key_read(other, &key)));
            assert_false(result_is_ok(note_signer_read(other, &signer)));
            changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        }
    }
}

static void names(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char *const bad[] = {"",
                                      "a b",
                                      "a+b",
                                      "a\tb",
                                      "a\nb",
                                      "a\xC2\xA0z",
                                      "a\xE2\x80\xA8",
                                      "\xE3\x80\x80",
                                      "\xFF",
                                      "a\x01",
                                      "a\xE1\x9A\x80z",
                                      "a\xC2\x85"};
    static const char *const good[] = {"a", "example.org/ledger", "\xC3\xA9t\xC3\xA9", "a=b-c_d/e"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(note_name_is_good(str_from(bad[i])));
    }
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(note_name_is_good(str_from(good[i])));
    }
    char *longest = arena_alloc(arena, NOTE_NAME_BYTES_MAX + 1);
    memset(longest, 'n', NOTE_NAME_BYTES_MAX + 1);
    assert_true(note_name_is_good((struct str){longest, NOTE_NAME_BYTES_MAX}));
    assert_false(note_name_is_good((struct str){longest, NOTE_NAME_BYTES_MAX + 1}));
    struct note_signer signer;
    assert_int_equal(note_signer_new(STR("a b"), NOTE_KEY_PLAIN, &signer).code,
                     RESULT_CODE_INVALID);
}

static void new_keys_differ_and_survive_writing(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer a, b, back;
    assert_true(result_is_ok(note_signer_new(STR("example.org/a"), NOTE_KEY_PLAIN, &a)));
    assert_true(result_is_ok(note_signer_new(STR("example.org/a"), NOTE_KEY_WITNESS, &b)));
    assert_memory_not_equal(a.secret, b.secret, NOTE_SECRET_BYTES);
    assert_true(result_is_ok(note_signer_read(note_signer_write(arena, &b), &back)));
    assert_int_equal(back.key.kind, NOTE_KEY_WITNESS);
    assert_memory_equal(b.secret, back.secret, NOTE_SECRET_BYTES);
    struct note_key key;
    assert_true(result_is_ok(note_key_read(note_key_write(arena, &b.key), &key)));
    assert_int_equal(key.kind, NOTE_KEY_WITNESS);
    assert_int_equal(key.id, b.key.id);
}

/* A change of keys: both sign for a time, and either is enough. Strangers' lines do not matter. */
static void several_signatures(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer signers[] = {
        keys_signer(STR("example.org/ledger"), NOTE_KEY_PLAIN, 1),
        keys_signer(STR("example.org/ledger"), NOTE_KEY_PLAIN, 2),
        keys_signer(STR("example.org/other"), NOTE_KEY_PLAIN, 3),
    };
    struct note_key old = signers[0].key, new = signers[1].key, other = signers[2].key;
    struct note_key both[] = {old, new};
    struct str message;
    struct note note;
    assert_true(result_is_ok(note_sign(arena, STR("a\n\nb\n"), signers, 2, &message)));
    assert_true(result_is_ok(note_open(arena, message, &old, 1, &note)));
    assert_true(result_is_ok(note_open(arena, message, &new, 1, &note)));
    check_str(note.text, "a\n\nb\n");
    assert_true(note_is_signed_by(&note, &new));
    assert_int_equal(note_open(arena, message, &other, 1, &note).code, RESULT_CODE_REFUSED);
    assert_int_equal(note_open(arena, message, NULL, 0, &note).code, RESULT_CODE_REFUSED);
    assert_true(result_is_ok(note_open(arena, message, both, 2, &note)));
    assert_true(note_is_signed_by(&note, &both[0]) && note_is_signed_by(&note, &both[1]));
    assert_false(note_is_signed_by(&note, &other));

    /* The name of a known key, with another id, is a stranger's; a known key's must be right. */
    struct str strange =
        str_format(arena, STR_FMT DASH "example.org/ledger AAAAAAAA\n", STR_ARG(message));
    assert_true(result_is_ok(note_open(arena, strange, both, 2, &note)));
    assert_int_equal(note.signature_count, 3);
    struct note_signer forger = signers[2];
    forger.key = old;
    struct str forged;
    assert_true(result_is_ok(note_sign_more(arena, message, &forger, 0, &forged)));
    assert_int_equal(note_open(arena, forged, both, 2, &note).code, RESULT_CODE_REFUSED);
    assert_true(result_is_ok(note_open(arena, forged, &new, 1, &note)));
}

static void witnesses(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_signer ledger = keys_signer(STR("example.org/ledger"), NOTE_KEY_PLAIN, 1);
    struct note_signer witness = keys_signer(STR("witness.example.com/w1"), NOTE_KEY_WITNESS, 2);
    struct note_key keys[] = {ledger.key, witness.key};
    struct str message, longer;
    struct note note;
    assert_true(result_is_ok(note_sign(arena, STR("text\n"), &ledger, 1, &message)));
    assert_int_equal(note_sign(arena, STR("text\n"), &witness, 1, &longer).code,
                     RESULT_CODE_INVALID);
    assert_true(result_is_ok(note_sign_more(arena, message, &witness, 1679315147, &longer)));
    assert_true(result_is_ok(note_open(arena, longer, keys, 2, &note)));
    assert_int_equal(note.signatures[0].time_s, 0);
    assert_int_equal(note.signatures[1].time_s, 1679315147);
    assert_ptr_equal(note.signatures[1].key, &keys[1]);

    /* Each bit of id, time and signature. An id of another is a stranger's line. */
    size_t from = message.len + sizeof(DASH "witness.example.com/w1 ") - 1;
    char *changed = str_cstr(arena, longer);
    for (size_t bit = 8 * from; bit < 8 * longer.len; bit++) {
        struct arena_mark mark = arena_mark(arena);
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        struct result result = note_open(arena, (struct str){changed, longer.len}, keys, 2, &note);
        assert_false(result_is_ok(result) && note_is_signed_by(&note, &keys[1]));
        changed[bit / 8] = (char)(changed[bit / 8] ^ (1 << bit % 8));
        arena_rewind(arena, mark);
    }
    /* The same bytes as a plain key's signature, and a plain signature as a witness's. */
    struct note_key as_plain = keys_signer(witness.key.name, NOTE_KEY_PLAIN, 2).key;
    as_plain.id = witness.key.id;
    assert_int_equal(note_open(arena, longer, &as_plain, 1, &note).code, RESULT_CODE_REFUSED);
    struct note_key as_witness = keys_signer(ledger.key.name, NOTE_KEY_WITNESS, 1).key;
    as_witness.id = ledger.key.id;
    assert_int_equal(note_open(arena, longer, &as_witness, 1, &note).code, RESULT_CODE_REFUSED);
}

static void notes_that_are_none(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        NEUMANN_TEXT NEUMANN_LINE,
        NEUMANN_TEXT "\n\n" NEUMANN_LINE "\n",
        NEUMANN_TEXT "\r\n" NEUMANN_LINE,
        NEUMANN_TEXT "\n- PeterNeumann x08go/ZJkuBS\n",
        NEUMANN_TEXT "\n" DASH "PeterNeumann\n",
        NEUMANN_TEXT "\n" DASH "PeterNeumann \n",
        NEUMANN_TEXT "\n" DASH "PeterNeumann x08gow==\n", /* no more than an id */
        NEUMANN_TEXT "\n" DASH " x08go/ZJkuBS\n",
        NEUMANN_TEXT "\n" DASH "Peter+Neumann x08go/ZJkuBS\n",
        NEUMANN_TEXT "\n" DASH "PeterNeumann  x08go/ZJkuBS\n",
        NEUMANN_TEXT "\n" DASH "PeterNeumann x08go/ZJkuBS \n",
        NEUMANN_TEXT "\n" DASH "PeterNeumann x08go/ZJkuB=\n", /* a stray bit */
        NEUMANN_TEXT "\n" DASH "PeterNeumann x08go/ZJkuB\n",  /* no padding */
        NEUMANN_TEXT "\n" DASH "PeterNeumann x08go_ZJkuBS\n", /* the other alphabet */
        NEUMANN_TEXT "\n" DASH "PeterNeumann x08go/ZJ kuBS\n",
        NEUMANN_TEXT "\n" DASH "PeterNeumann x08g=o/ZJkuBS===\n",
        "t\x01xt\n\n" NEUMANN_LINE,
        "t\txt\n\n" NEUMANN_LINE,
        "t\xFFxt\n\n" NEUMANN_LINE,
        "t\xC0\x80xt\n\n" NEUMANN_LINE,
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note note;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct result result = note_read(arena, str_from(bad[i]), &note);
        if (result_is_ok(result) || !result.message) {
            fail_msg("taken: %s", bad[i]);
        }
    }
    assert_true(result_is_ok(note_read(arena, STR("t\n\n" DASH "n x08go/ZJkuA=\n"), &note)));
    assert_int_equal(note.signatures[0].bytes.len, 4);
    struct note_signer signer = keys_signer(STR("n"), NOTE_KEY_PLAIN, 1);
    struct str out;
    assert_false(result_is_ok(note_sign(arena, STR(""), &signer, 1, &out)));
    assert_false(result_is_ok(note_sign(arena, STR("no end"), &signer, 1, &out)));
    assert_false(result_is_ok(note_sign(arena, STR("a\rb\n"), &signer, 1, &out)));
    assert_false(result_is_ok(note_sign(arena, STR("a\xFF\n"), &signer, 1, &out)));
}

static struct str with_signatures(struct arena *arena, size_t count)
{
    struct text out = {.arena = arena};
    text_add(&out, STR(NEUMANN_TEXT "\n" NEUMANN_LINE));
    for (size_t i = 1; i < count; i++) {
        text_addf(&out, DASH "n%zu AAAAAAAA\n", i);
    }
    return text_str(&out);
}

static void limits(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note_key keys[NOTE_KEYS_MAX + 1];
    struct note note;
    struct str out;
    assert_true(result_is_ok(note_key_read(STR(NEUMANN), &keys[0])));
    for (size_t i = 1; i <= NOTE_KEYS_MAX; i++) {
        keys[i] = keys_signer(STR("n"), NOTE_KEY_PLAIN, (unsigned char)i).key;
    }
    struct str full = with_signatures(arena, NOTE_SIGNATURES_MAX);
    assert_true(result_is_ok(note_open(arena, full, keys, NOTE_KEYS_MAX, &note)));
    assert_int_equal(note.signature_count, NOTE_SIGNATURES_MAX);
    assert_int_equal(note_open(arena, full, keys, NOTE_KEYS_MAX + 1, &note).code,
                     RESULT_CODE_LIMIT);
    struct str more = with_signatures(arena, NOTE_SIGNATURES_MAX + 1);
    assert_int_equal(note_read(arena, more, &note).code, RESULT_CODE_LIMIT);
    struct note_signer signer = keys_signer(STR("n"), NOTE_KEY_PLAIN, 1);
    assert_int_equal(note_sign_more(arena, full, &signer, 0, &out).code, RESULT_CODE_LIMIT);

    /* The longest text that can be signed, and one byte more. */
    size_t line = sizeof("\n" DASH "n ") - 1 + 92 + 1;
    char *text = arena_alloc(arena, NOTE_BYTES_MAX + 1);
    memset(text, 'x', NOTE_BYTES_MAX);
    text[NOTE_BYTES_MAX - line - 1] = '\n';
    struct str longest = {text, NOTE_BYTES_MAX - line};
    assert_true(result_is_ok(note_sign(arena, longest, &signer, 1, &out)));
    assert_int_equal(out.len, NOTE_BYTES_MAX);
    assert_true(result_is_ok(note_open(arena, out, &signer.key, 1, &note)));
    struct str over = str_format(arena, "x" STR_FMT, STR_ARG(out));
    assert_int_equal(note_read(arena, over, &note).code, RESULT_CODE_LIMIT);
    text[NOTE_BYTES_MAX - line - 1] = 'x';
    text[NOTE_BYTES_MAX - line] = '\n';
    longest.len++;
    assert_int_equal(note_sign(arena, longest, &signer, 1, &out).code, RESULT_CODE_LIMIT);
}

static void the_longest_signature(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct note note;
    for (size_t bytes = NOTE_SIGNATURE_BYTES_MAX; bytes <= NOTE_SIGNATURE_BYTES_MAX + 3; bytes++) {
        struct text out = {.arena = arena};
        text_add(&out, STR("text\n\n" DASH "n "));
        for (size_t at = 0; at < bytes / 3; at++) {
            text_add(&out, STR("AAAA"));
        }
        text_add(&out, bytes % 3 == 0 ? STR("\n") : bytes % 3 == 1 ? STR("AA==\n") : STR("AAA=\n"));
        assert_int_equal(result_is_ok(note_read(arena, text_str(&out), &note)),
                         bytes == NOTE_SIGNATURE_BYTES_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_key_and_note),
        cmocka_unit_test(every_bit_of_a_note_counts),
        cmocka_unit_test(keys_that_are_none),
        cmocka_unit_test(every_bit_of_a_key_counts),
        cmocka_unit_test(names),
        cmocka_unit_test(new_keys_differ_and_survive_writing),
        cmocka_unit_test(several_signatures),
        cmocka_unit_test(witnesses),
        cmocka_unit_test(notes_that_are_none),
        cmocka_unit_test(limits),
        cmocka_unit_test(the_longest_signature),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
