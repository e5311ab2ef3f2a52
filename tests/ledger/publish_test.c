/*
 * tests/ledger/publish_test.c - what outsiders fetch: only what is signed, at every width, and the
 * same bytes for good; on both engines.
 */
#include "support/check.h"

#include "ledger/publish.h"
#include "support/store_case.h"

#define ORIGIN "ashdownvale.example"
#define KIND 100

static struct store_transaction *begin(struct store_case *test, enum store_mode mode)
{
    struct store_transaction *transaction = NULL;
    check_ok(store_begin(test->store, test->arena, mode, &transaction));
    return transaction;
}

static void end(struct store_transaction *transaction)
{
    check_ok(store_commit(transaction));
    store_end(transaction);
}

static void start(struct store_case *test)
{
    check_ok(note_start());
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(ledger_start(transaction, STR(ORIGIN)));
    end(transaction);
}

static void append(struct store_case *test, size_t count)
{
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    struct ledger_act act = {.kind = KIND, .content = STR("{\"what\":\"thing\"}")};
    for (size_t i = 0; i < count; i++) {
        check_ok(ledger_append(transaction, &act, NULL));
    }
    end(transaction);
}

static void sign(struct store_case *test)
{
    static const unsigned char seed[NOTE_SEED_BYTES] = {1, 2, 3};
    struct note_signer signer;
    struct str note;
    check_ok(note_signer_from_seed(STR(ORIGIN), NOTE_KEY_PLAIN, seed, &signer));
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(ledger_checkpoint(transaction, &signer, 1, &note));
    end(transaction);
}

static struct ledger_published published_of(struct store_transaction *transaction)
{
    struct ledger_published published;
    check_ok(ledger_published_read(transaction, &published));
    return published;
}

static void only_the_trust_makes_it_public(void **state)
{
    struct store_case *test = *state;
    start(test);
    static const bool steps[] = {true, true, false, true};
    struct store_transaction *reader = begin(test, STORE_READ);
    assert_false(published_of(reader).is_public);
    store_end(reader);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct store_transaction *transaction = begin(test, STORE_WRITE);
        check_ok(ledger_publish(transaction, steps[i]));
        end(transaction);
        reader = begin(test, STORE_READ);
        assert_int_equal(published_of(reader).is_public, steps[i]);
        store_end(reader);
    }
}

MUST_USE static struct result tile_of(struct store_transaction *transaction, struct tile tile,
                                      bool is_entries, struct str *bytes)
{
    struct ledger_published published = published_of(transaction);
    return ledger_tile_bytes(transaction, &published, tile, is_entries, bytes);
}

/* What is signed now is there, and not a hash more. */
static void check_tiles(struct store_case *test, uint64_t size)
{
    struct store_transaction *reader = begin(test, STORE_READ);
    struct ledger_published published = published_of(reader);
    assert_int_equal(published.size, size);
    for (unsigned level = 0; level < 3; level++) {
        for (uint64_t index = 0; index < 4; index++) {
            unsigned most = tile_width(size, level, index);
            for (unsigned width = 1; width <= TILE_WIDTH; width++) {
                struct str bytes;
                struct result found =
                    tile_of(reader, (struct tile){level, index, width}, false, &bytes);
                assert_int_equal(found.code, width <= most ? RESULT_CODE_OK : RESULT_CODE_MISSING);
                assert_true(width > most || bytes.len == width * TREE_HASH_BYTES);
            }
        }
    }
    store_end(reader);
}

static void what_is_signed_is_there_and_nothing_else(void **state)
{
    struct store_case *test = *state;
    start(test);
    struct store_transaction *reader = begin(test, STORE_READ);
    assert_int_equal(published_of(reader).size, 0);
    assert_true(str_is_empty(published_of(reader).checkpoint));
    check_fails(tile_of(reader, (struct tile){0, 0, 1}, false, &(struct str){0}),
                RESULT_CODE_MISSING);
    check_fails(tile_of(reader, (struct tile){0, 0, 1}, true, &(struct str){0}),
                RESULT_CODE_MISSING);
    store_end(reader);
    static const size_t more[] = {0, 254, 1, 1, 300};
    uint64_t size = 1;
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        append(test, more[i]);
        size += more[i];
        sign(test);
        append(test, 3); /* not signed: not there */
        check_tiles(test, size);
        size += 3;
    }
}

static void tiles_are_the_hashes_of_the_entries(void **state)
{
    struct store_case *test = *state;
    start(test);
    append(test, 599);
    sign(test);
    struct store_transaction *reader = begin(test, STORE_READ);
    for (uint64_t index = 0; index < 3; index++) {
        struct tile tile = {0, index, tile_width(600, 0, index)};
        struct str bundle, hashes, again, entries[TILE_WIDTH];
        check_ok(tile_of(reader, tile, true, &bundle));
        check_ok(tile_of(reader, tile, false, &hashes));
        check_ok(tile_entries_read(bundle, tile.width, entries));
        for (unsigned i = 0; i < tile.width; i++) {
            struct tree_hash leaf = tree_hash_leaf(entries[i]);
            assert_memory_equal(leaf.bytes, hashes.at + i * TREE_HASH_BYTES, TREE_HASH_BYTES);
        }
        tile.width = 10;
        check_ok(tile_of(reader, tile, false, &again));
        assert_memory_equal(again.at, hashes.at, 10 * TREE_HASH_BYTES);
        check_ok(tile_of(reader, tile, true, &again));
        assert_memory_equal(again.at, bundle.at, again.len);
        assert_int_equal(again.len, 10 * (2 + ENTRY_BYTES));
    }
    store_end(reader);
}

/* Others may stand where lost ones stood: nothing is there until it is signed under its name. */
static void a_new_epoch_begins_with_nothing(void **state)
{
    struct store_case *test = *state;
    start(test);
    append(test, 300);
    sign(test);
    struct store_transaction *transaction = begin(test, STORE_WRITE);
    check_ok(ledger_epoch_begin(transaction, (struct person_id){0}, NULL, 1));
    end(transaction);
    struct store_transaction *reader = begin(test, STORE_READ);
    struct ledger_published published = published_of(reader);
    assert_int_equal(published.size, 0);
    check_str(published.origin, ORIGIN "/epoch-2");
    store_end(reader);
    sign(test);
    reader = begin(test, STORE_READ);
    assert_int_equal(published_of(reader).size, 302);
    store_end(reader);
}

static void without_a_ledger_there_is_nothing(void **state)
{
    struct store_case *test = *state;
    struct store_transaction *reader = begin(test, STORE_READ);
    struct ledger_published published;
    check_fails(ledger_published_read(reader, &published), RESULT_CODE_MISSING);
    store_end(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_CASE(only_the_trust_makes_it_public),
        STORE_CASE(what_is_signed_is_there_and_nothing_else),
        STORE_CASE(tiles_are_the_hashes_of_the_entries),
        STORE_CASE(a_new_epoch_begins_with_nothing),
        STORE_CASE(without_a_ledger_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
