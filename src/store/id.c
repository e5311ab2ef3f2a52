/*
 * store/id.c - numbers of rows, and how they are shown.
 *
 * Read first: store_id() in store.h.
 *
 * What must hold: within this program each is higher than the last. The lower bits are random, so
 * two nodes meet by chance alone, and then the tables refuse the second (EXISTS).
 */
#include <assert.h>
#include <pthread.h>
#include <sys/random.h>

#include "store/store_int.h"

/* Below the milliseconds. */
#define ID_RANDOM_BITS 22

/* Within one millisecond the next is at most this much higher. */
#define ID_STEP_MAX 64

/* Five bits a letter (Crockford's base 32): no I, L, O or U. */
#define ID_LETTERS 13
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static uint32_t random_number(void)
{
    uint32_t number = 0;
    ssize_t bytes = getrandom(&number, sizeof number, 0);
    assert(bytes == (ssize_t)sizeof number);
    return number;
}

int64_t store_id(struct store_transaction *transaction)
{
    assert(transaction->mode == STORE_WRITE);
    struct store *store = transaction->store;
    uint32_t random = random_number();
    pthread_mutex_lock(&store->mutex);
    int64_t id =
        transaction->now.milliseconds << ID_RANDOM_BITS | (random & ((1u << ID_RANDOM_BITS) - 1));
    if (id <= store->last_id) {
        id = store->last_id + 1 + random % ID_STEP_MAX;
    }
    store->last_id = id;
    pthread_mutex_unlock(&store->mutex);
    return id;
}

struct str store_id_format(struct arena *arena, int64_t id)
{
    char *at = arena_alloc(arena, ID_LETTERS);
    uint64_t rest = (uint64_t)id;
    for (size_t i = ID_LETTERS; i-- > 0;) {
        at[i] = letters[rest & 31];
        rest >>= 5;
    }
    return (struct str){at, ID_LETTERS};
}

bool store_id_parse(struct str text, int64_t *out)
{
    uint64_t id = 0;
    if (text.len != ID_LETTERS || text.at[0] > '7') {
        return false;
    }
    for (size_t i = 0; i < ID_LETTERS; i++) {
        const char *letter = text.at[i] ? strchr(letters, text.at[i]) : NULL;
        if (!letter) {
            return false;
        }
        id = id << 5 | (uint64_t)(letter - letters);
    }
    *out = (int64_t)id;
    return true;
}
