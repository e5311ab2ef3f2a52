/*
 * tests/ledger/go_data.c - writes a ledger as files for another implementation to check, and reads
 * what that one signed. tests/run_ledger_go_slow.py starts it.
 *
 *     ledger_go_data write FOLDER SIZE     tiles, bundles, checkpoints, proofs, a receipt, the keys
 *     ledger_go_data open FOLDER           FOLDER/go.note and FOLDER/go.key: exit 0 when it is good
 *     ledger_go_data prove FOLDER          FOLDER/entry.tlog-proof with FOLDER/ledger.key, likewise
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "ledger/commitment.h"
#include "ledger/keys.h"
#include "ledger/memory_tiles.h"
#include "ledger/proof.h"
#include "ledger/receipt.h"

#define ORIGIN "example.org/ledger"
#define FILE_BYTES_MAX ((size_t)4 * 1024 * 1024)
enum { PROOFS = 300 };

static void need(bool holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "ledger_go_data: %s\n", what);
        exit(2);
    }
}

static void need_ok(struct result result)
{
    need(result_is_ok(result), result.message);
}

static void make_folders(char *path)
{
    for (char *at = path + 1; *at; at++) {
        if (*at == '/') {
            *at = '\0';
            (void)mkdir(path, 0777);
            *at = '/';
        }
    }
}

static void write_file(struct arena *arena, struct str folder, struct str name, struct str bytes)
{
    char *path =
        str_cstr(arena, str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name)));
    make_folders(path);
    FILE *file = fopen(path, "wb");
    need(file != NULL, path);
    need(fwrite(bytes.at, 1, bytes.len, file) == bytes.len && fclose(file) == 0, path);
}

static struct str read_file(struct arena *arena, struct str folder, struct str name)
{
    char *path =
        str_cstr(arena, str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name)));
    FILE *file = fopen(path, "rb");
    need(file != NULL, path);
    char *bytes = arena_alloc(arena, FILE_BYTES_MAX);
    size_t count = fread(bytes, 1, FILE_BYTES_MAX, file);
    need(fclose(file) == 0, path);
    return (struct str){bytes, count};
}

static struct str read_key_line(struct arena *arena, struct str folder, struct str name)
{
    return str_trim(read_file(arena, folder, name));
}

/* The whole ledger: what each part needs. */
struct work {
    struct arena *arena;
    struct str folder;
    uint64_t size, older;
    struct memory_tiles tiles;
    struct tree_reader reader;
    struct str *entries; /* `size` of them */
    struct note_signer ledger, next, witness;
};

static struct str content_of(struct arena *arena, uint64_t index)
{
    return str_format(arena, "decision %" PRIu64, index);
}

/* A salt that can be made again. A ledger that is in use takes random ones. */
static struct commitment_salt salt_of(uint64_t index)
{
    struct commitment_salt salt;
    struct tree_hash hash = memory_tiles_leaf(index);
    memcpy(salt.bytes, hash.bytes, sizeof(salt.bytes));
    return salt;
}

static void make_entries(struct work *work)
{
    work->entries = ARENA_ARRAY(work->arena, struct str, work->size + 1);
    for (uint64_t i = 0; i < work->size; i++) {
        struct commitment_salt salt = salt_of(i);
        struct entry entry = {
            .kind = (uint16_t)(1 + i % 3),
            .time_ms = INT64_C(1772619751000) + (int64_t)i,
            .commitment = commitment_make(&salt, content_of(work->arena, i)),
        };
        unsigned char *bytes = arena_alloc(work->arena, ENTRY_BYTES);
        entry_write(&entry, bytes);
        work->entries[i] = (struct str){(char *)bytes, ENTRY_BYTES};
        struct tree_hash leaf = entry_leaf(&entry);
        memory_tiles_append(&work->tiles, &leaf);
    }
}

/* All tiles that growth from nothing to `older` and from there to `size` calls for. */
static void write_tiles(struct work *work, uint64_t from, uint64_t to, struct text *list)
{
    struct tile_growth growth = {.from = from, .to = to};
    struct tile tile;
    while (tile_growth_next(&growth, &tile)) {
        struct tree_hash hashes[TILE_WIDTH];
        need_ok(work->reader.read(work->reader.context, tile, hashes));
        struct str path = tile_path(work->arena, tile);
        text_addf(list, "%" PRIu64 " %" PRIu64 " " STR_FMT "\n", from, to, STR_ARG(path));
        write_file(work->arena, work->folder, path,
                   (struct str){(const char *)hashes, tile.width * sizeof(hashes[0])});
        if (tile.level == 0) {
            struct text bundle = {.arena = work->arena};
            for (size_t i = 0; i < tile.width; i++) {
                tile_entries_add(&bundle, work->entries[tile.index * TILE_WIDTH + i]);
            }
            write_file(work->arena, work->folder, tile_entries_path(work->arena, tile),
                       text_str(&bundle));
        }
    }
}

static struct str checkpoint_at(struct work *work, uint64_t size)
{
    struct checkpoint checkpoint = {.origin = STR(ORIGIN), .size = size};
    struct note_signer signers[] = {work->ledger, work->next};
    struct str message;
    need_ok(tile_root(&work->reader, size, &checkpoint.root));
    need_ok(checkpoint_sign(work->arena, &checkpoint, signers, 2, &message));
    need_ok(note_sign_more(work->arena, message, &work->witness, 1772619999, &message));
    return message;
}

static void add_proof(struct text *out, const char *kind, uint64_t small, uint64_t large,
                      const struct tree_proof *proof)
{
    text_addf(out, "%s %" PRIu64 " %" PRIu64, kind, small, large);
    for (size_t i = 0; i < proof->count; i++) {
        text_add_char(out, ' ');
        for (size_t k = 0; k < TREE_HASH_BYTES; k++) {
            text_addf(out, "%02x", (unsigned)proof->hashes[i].bytes[k]);
        }
    }
    text_add_char(out, '\n');
}

static struct str proofs(struct work *work)
{
    struct text out = {.arena = work->arena};
    struct tree_proof proof;
    for (uint64_t i = 0; i < PROOFS; i++) {
        uint64_t size = work->size - i * 31 % work->size;
        uint64_t index = i * 7919 % size;
        need_ok(tile_inclusion_prove(&work->reader, index, size, &proof));
        add_proof(&out, "inclusion", index, size, &proof);
        need_ok(tile_consistency_prove(&work->reader, index + 1, size, &proof));
        add_proof(&out, "consistency", index + 1, size, &proof);
    }
    return text_str(&out);
}

static void write_receipt(struct work *work)
{
    static const struct receipt_fact fact = {STR_INIT("account"), STR_INIT("school")};
    struct str message;
    struct receipt receipt = {
        .policy = STR("Elder Brook social media policy, 2026-1"),
        .facts = &fact,
        .fact_count = 1,
        .verdict = STR("allowed"),
        .time_ms = INT64_C(1772619751123),
    };
    need_ok(receipt_sign(work->arena, &receipt, &work->ledger, &message));
    write_file(work->arena, work->folder, STR("receipt"), message);
}

static void write_keys(struct work *work)
{
    struct arena *arena = work->arena;
    write_file(arena, work->folder, STR("ledger.key"), note_key_write(arena, &work->ledger.key));
    write_file(arena, work->folder, STR("next.key"), note_key_write(arena, &work->next.key));
    write_file(arena, work->folder, STR("witness.key"), note_key_write(arena, &work->witness.key));
    write_file(arena, work->folder, STR("ledger.private"), note_signer_write(arena, &work->ledger));
}

static int write_all(struct arena *arena, struct str folder, uint64_t size)
{
    struct work *work = ARENA_NEW(arena, struct work);
    *work = (struct work){
        .arena = arena,
        .folder = folder,
        .size = size,
        .older = size * 2 / 3,
        .tiles.arena = arena,
        .ledger = keys_signer(STR(ORIGIN), NOTE_KEY_PLAIN, 1),
        .next = keys_signer(STR(ORIGIN), NOTE_KEY_PLAIN, 2),
        .witness = keys_signer(STR("witness.example/1"), NOTE_KEY_WITNESS, 3),
    };
    work->reader = memory_tiles_reader(&work->tiles);
    make_entries(work);
    struct text growth = {.arena = arena};
    write_tiles(work, 0, work->older, &growth);
    write_tiles(work, work->older, size, &growth);
    write_file(arena, folder, STR("growth"), text_str(&growth));
    write_file(arena, folder, STR("checkpoint"), checkpoint_at(work, size));
    write_file(arena, folder, STR("checkpoint.older"), checkpoint_at(work, work->older));
    write_file(arena, folder, STR("proofs"), proofs(work));
    write_receipt(work);
    write_keys(work);
    struct proof proof = {
        .entry = work->entries[size / 3],
        .index = size / 3,
        .checkpoint = checkpoint_at(work, size),
    };
    need_ok(tile_inclusion_prove(&work->reader, size / 3, size, &proof.inclusion));
    write_file(arena, folder, STR("entry.tlog-proof"), proof_write(arena, &proof));
    struct commitment_salt salt = salt_of(size / 3);
    write_file(arena, folder, STR("entry.salt"),
               (struct str){(char *)salt.bytes, sizeof(salt.bytes)});
    write_file(arena, folder, STR("entry.content"), content_of(arena, size / 3));
    return 0;
}

static int said(struct result result)
{
    (void)printf("%s\n", result_is_ok(result) ? "good" : result.message);
    return result_is_ok(result) ? 0 : 1;
}

static int open_note(struct arena *arena, struct str folder)
{
    struct note_key key;
    struct note note;
    need_ok(note_key_read(read_key_line(arena, folder, STR("go.key")), &key));
    return said(note_open(arena, read_file(arena, folder, STR("go.note")), &key, 1, &note));
}

static int open_proof(struct arena *arena, struct str folder)
{
    struct note_key key;
    struct proof proof;
    struct checkpoint checkpoint;
    need_ok(note_key_read(read_key_line(arena, folder, STR("ledger.key")), &key));
    struct checkpoint_trust trust = {.origin = STR(ORIGIN), .keys = &key, .key_count = 1};
    return said(proof_open(arena, read_file(arena, folder, STR("entry.tlog-proof")), &trust, &proof,
                           &checkpoint));
}

int main(int count, char **words)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    struct str command = str_from(count > 2 ? words[1] : "");
    int64_t size = 0;
    need_ok(note_start());
    if (str_equal(command, STR("write")) && count == 4 && str_to_int(str_from(words[3]), &size) &&
        size > 2) {
        return write_all(arena, str_from(words[2]), (uint64_t)size);
    }
    if (str_equal(command, STR("open")) && count == 3) {
        return open_note(arena, str_from(words[2]));
    }
    if (str_equal(command, STR("prove")) && count == 3) {
        return open_proof(arena, str_from(words[2]));
    }
    need(false, "write FOLDER SIZE, open FOLDER or prove FOLDER");
    return 2;
}
