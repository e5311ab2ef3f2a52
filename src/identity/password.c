/*
 * identity/password.c - hashing passwords and checking them, a few at a time.
 *
 * Read first: identity/password.h. What may be a password stands in password_judge.c.
 *
 * What must hold
 * - Whoever got a place in the gate gives it back on every way out.
 * - Verifying costs one hash, whatever is wrong: no account, too long, another password.
 */
#include "identity/password.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>

#include "base/arena.h"
#include "identity/encode.h"
#include "identity/random.h"

#define SALT_BYTES crypto_pwhash_argon2id_SALTBYTES
#define HASH_BYTES 32

_Static_assert(PASSWORD_ENCODED_BYTES_MAX == crypto_pwhash_argon2id_STRBYTES,
               "an encoded hash and its end fit");

struct password_gate {
    struct password_limits limits;
    pthread_mutex_t mutex;
    pthread_cond_t place_is_free;
    uint32_t inside, waiting;                /* under the mutex */
    char nobody[PASSWORD_ENCODED_BYTES_MAX]; /* the hash of a password that nobody knows */
};

/* A salt and a hash as libsodium's own encoded text. crypto_pwhash_str() would make the salt
 * itself, from another source than identity_random(). */
static void encode_hash(char out[PASSWORD_ENCODED_BYTES_MAX], struct password_cost cost,
                        const unsigned char salt[SALT_BYTES], const unsigned char hash[HASH_BYTES])
{
    char
        salt_text[sodium_base64_ENCODED_LEN(SALT_BYTES, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
    char
        hash_text[sodium_base64_ENCODED_LEN(HASH_BYTES, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
    sodium_bin2base64(salt_text, sizeof(salt_text), salt, SALT_BYTES,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(hash_text, sizeof(hash_text), hash, HASH_BYTES,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    int bytes = snprintf(out, PASSWORD_ENCODED_BYTES_MAX, "$argon2id$v=19$m=%u,t=%u,p=1$%s$%s",
                         (unsigned)cost.memory_kib, (unsigned)cost.passes, salt_text, hash_text);
    assert(bytes > 0 && (size_t)bytes < PASSWORD_ENCODED_BYTES_MAX);
}

struct password_gate *password_gate_open(struct arena *arena, struct password_limits limits)
{
    assert(limits.at_once_max >= 1 && limits.cost.passes >= 1 && limits.cost.memory_kib >= 8);
    struct password_gate *gate = ARENA_NEW(arena, struct password_gate);
    gate->limits = limits;
    int fault =
        pthread_mutex_init(&gate->mutex, NULL) | pthread_cond_init(&gate->place_is_free, NULL);
    assert(fault == 0);
    /* Random bytes instead of a hash: no password leads to them, and the work is the same. */
    unsigned char salt[SALT_BYTES], hash[HASH_BYTES];
    identity_random(salt, sizeof(salt));
    identity_random(hash, sizeof(hash));
    encode_hash(gate->nobody, limits.cost, salt, hash);
    return gate;
}

void password_gate_close(struct password_gate *gate)
{
    assert(gate->inside == 0 && gate->waiting == 0);
    pthread_cond_destroy(&gate->place_is_free);
    pthread_mutex_destroy(&gate->mutex);
}

/* Waits for a place; false when too many wait already. */
static bool gate_enter(struct password_gate *gate)
{
    pthread_mutex_lock(&gate->mutex);
    bool is_in = true;
    if (gate->inside == gate->limits.at_once_max) {
        is_in = gate->waiting < gate->limits.waiting_max;
        if (is_in) {
            gate->waiting++;
            while (gate->inside == gate->limits.at_once_max) {
                pthread_cond_wait(&gate->place_is_free, &gate->mutex);
            }
            gate->waiting--;
        }
    }
    if (is_in) {
        gate->inside++;
    }
    pthread_mutex_unlock(&gate->mutex);
    return is_in;
}

static void gate_leave(struct password_gate *gate)
{
    pthread_mutex_lock(&gate->mutex);
    gate->inside--;
    pthread_cond_signal(&gate->place_is_free);
    pthread_mutex_unlock(&gate->mutex);
}

MUST_USE static struct result fail_busy(void)
{
    return result_fail(RESULT_CODE_BUSY,
                       "Many people are signing in just now. Try again in a minute",
                       (struct str){0});
}

MUST_USE static struct result fail_memory(void)
{
    return result_fail(RESULT_CODE_LIMIT, "The server has too little memory to check a password",
                       (struct str){0});
}

struct result password_hash(struct password_gate *gate, struct arena *arena, struct str password,
                            struct str *encoded)
{
    if (password.len > PASSWORD_BYTES_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "The password is too long", (struct str){0});
    }
    struct password_cost cost = gate->limits.cost;
    unsigned char salt[SALT_BYTES], hash[HASH_BYTES];
    identity_random(salt, sizeof(salt));
    if (!gate_enter(gate)) {
        return fail_busy();
    }
    int fault = crypto_pwhash_argon2id(hash, sizeof(hash), str_print_bytes(password), password.len,
                                       salt, cost.passes, (size_t)cost.memory_kib * 1024,
                                       crypto_pwhash_argon2id_ALG_ARGON2ID13);
    gate_leave(gate);
    if (fault != 0) {
        return fail_memory();
    }
    char text[PASSWORD_ENCODED_BYTES_MAX];
    encode_hash(text, cost, salt, hash);
    *encoded = str_copy(arena, str_from(text));
    return RESULT_OK;
}

struct result password_verify(struct password_gate *gate, struct str password, struct str encoded,
                              struct password_check *check)
{
    *check = (struct password_check){0};
    struct password_cost cost = gate->limits.cost;
    char text[PASSWORD_ENCODED_BYTES_MAX] = {0};
    bool is_somebody = !str_is_empty(encoded);
    struct str stored = is_somebody ? encoded : str_from(gate->nobody);
    if (stored.len >= sizeof(text)) {
        return result_fail(RESULT_CODE_CORRUPT, "A stored password cannot be read",
                           (struct str){0});
    }
    memcpy(text, stored.at, stored.len);
    int differs =
        crypto_pwhash_argon2id_str_needs_rehash(text, cost.passes, (size_t)cost.memory_kib * 1024);
    if (differs < 0) {
        return result_fail(RESULT_CODE_CORRUPT, "A stored password cannot be read",
                           (struct str){0});
    }
    if (!gate_enter(gate)) {
        return fail_busy();
    }
    bool is_fit = password.len <= PASSWORD_BYTES_MAX;
    struct str tried = is_fit ? password : (struct str){0};
    errno = 0;
    int fault = crypto_pwhash_argon2id_str_verify(text, str_print_bytes(tried), tried.len);
    int reason = errno;
    gate_leave(gate);
    if (fault != 0 && reason != EINVAL) { /* EINVAL: it differs */
        return fail_memory();
    }
    check->matches = fault == 0 && is_somebody && is_fit;
    check->needs_rehash = check->matches && differs > 0;
    return RESULT_OK;
}
