/*
 * identity/provider_seat.c - see provider_seat.h.
 */
#include "identity/provider_seat.h"

#include <pthread.h>

#include "base/arena.h"
#include "identity/factor_sql.h" /* made of factor.sql */
#include "store/statement.h"

/* The settings of one revision; the arena holds them and their client. */
struct sitter {
    struct arena *arena;
    struct provider *provider;
};

struct provider_seat {
    struct provider_seat_place place;
    struct provider *filed;
    pthread_mutex_t mutex;                       /* guards what follows */
    struct sitter sitters[PROVIDER_CHANGES_MAX]; /* the last is the present one */
    size_t count;
    int64_t revision; /* of the last; 0: none */
};

struct result provider_seat_open(struct arena *arena, const struct provider_seat_place *place,
                                 struct provider_seat **out)
{
    struct provider_seat *seat = ARENA_NEW(arena, struct provider_seat);
    seat->place = *place;
    if (!str_is_empty(place->file)) {
        TRY(provider_open(arena, place->file, place->redirect_uri, &seat->filed));
    }
    pthread_mutex_init(&seat->mutex, NULL);
    *out = seat;
    return RESULT_OK;
}

void provider_seat_close(struct provider_seat *seat)
{
    if (seat->filed) {
        provider_close(seat->filed);
    }
    for (size_t i = 0; i < seat->count; i++) {
        provider_close(seat->sitters[i].provider);
        arena_close(seat->sitters[i].arena);
    }
    pthread_mutex_destroy(&seat->mutex);
}

bool provider_seat_is_filed(const struct provider_seat *seat)
{
    return seat->filed != NULL;
}

struct str provider_seat_redirect(const struct provider_seat *seat)
{
    return seat->place.redirect_uri;
}

static size_t words_of(struct arena *arena, struct str words, struct str list[PROVIDER_LIST_MAX])
{
    struct str rest = words, word;
    bool has_more = !str_is_empty(words);
    size_t count = 0;
    while (has_more && count < PROVIDER_LIST_MAX) {
        has_more = str_cut(rest, ' ', &word, &rest);
        if (!str_is_empty(word)) {
            list[count++] = str_copy(arena, word);
        }
    }
    return count;
}

static struct str name_of(struct str kind)
{
    return str_equal(kind, STR("microsoft")) ? STR("Microsoft")
           : str_equal(kind, STR("google"))  ? STR("Google")
                                             : (struct str){0};
}

/* A provider of a row, in an arena of its own. */
MUST_USE static struct result sit_down(struct provider_seat *seat, struct arena *arena,
                                       const struct provider_setting_of_row *row)
{
    struct str secret;
    if (seat->count == PROVIDER_CHANGES_MAX) {
        return result_fail(RESULT_CODE_LIMIT,
                           "the settings of the provider were changed very often: start Handrail "
                           "again",
                           (struct str){0});
    }
    TRY(sealed_read(arena, seat->place.key, STR(PROVIDER_PURPOSE), row->secret, &secret));
    struct arena *own = arena_open();
    struct provider_settings settings = {.name = name_of(row->kind),
                                         .issuer = str_copy(own, row->issuer),
                                         .client_id = str_copy(own, row->client),
                                         .client_secret = str_copy(own, secret),
                                         .links_by_address = row->links_by_address,
                                         .vouches_factor = row->vouches_factor};
    settings.tenants_count = words_of(own, row->tenants, settings.tenants);
    settings.domains_count = words_of(own, row->domains, settings.domains);
    struct sitter sitter = {.arena = own};
    struct result made = provider_make(own, &settings, seat->place.redirect_uri, &sitter.provider);
    if (!result_is_ok(made)) {
        arena_close(own);
        return made;
    }
    seat->sitters[seat->count++] = sitter;
    seat->revision = row->revision;
    return RESULT_OK;
}

/* With the mutex held. */
MUST_USE static struct result follow(struct provider_seat *seat, struct arena *arena,
                                     struct provider **out)
{
    struct provider_setting_revision_row now = {0};
    struct provider_setting_of_row row;
    bool is_there = false;
    DEFER(store_end) struct store_transaction *transaction = NULL;
    TRY(store_begin(seat->place.store, arena, STORE_READ, &transaction));
    TRY(provider_setting_revision(transaction, &is_there, &now));
    *out = NULL;
    if (is_there && now.revision != seat->revision) {
        TRY(provider_setting_of(transaction, &is_there, &row));
        if (is_there) {
            TRY(sit_down(seat, arena, &row));
        }
    }
    *out = is_there ? seat->sitters[seat->count - 1].provider : NULL;
    return RESULT_OK;
}

struct result provider_seat_take(struct provider_seat *seat, struct arena *arena,
                                 struct provider **out)
{
    *out = seat->filed;
    if (seat->filed || !seat->place.key) {
        return RESULT_OK;
    }
    pthread_mutex_lock(&seat->mutex);
    struct result followed = follow(seat, arena, out);
    pthread_mutex_unlock(&seat->mutex);
    return followed;
}
