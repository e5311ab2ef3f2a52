/*
 * cli/place.h - the folder of `--data`: the store, the key of the ledger, and what actions need.
 *
 *     DIR/handrail.db          the records (SQLite), unless --store names a PostgreSQL database
 *     DIR/keys/ledger.key      signs the history
 *     DIR/keys/secrets.key     seals secrets that must be read again (identity/sealed.h)
 *     DIR/provider.json        how people sign in with the school's provider (docs/identity.md)
 *
 * Read first: actions/actions.h, store/store.h.
 */
#ifndef HANDRAIL_CLI_PLACE_H
#define HANDRAIL_CLI_PLACE_H

#include "actions/actions.h"
#include "cli/cli.h"
#include "identity/password.h"
#include "identity/sealed.h"
#include "shelf/shelf.h"

struct place {
    struct actions_place actions;
    struct sealed_key sealed_key;
    struct str key_path;
    struct str provider_path; /* settings of the school's provider; the file may not be there */
};

/* Where they stand; `store` may be empty. */
struct str place_store(struct arena *arena, struct str data, struct str store);
struct str place_key_path(struct arena *arena, struct str data);

/* The folder, for its owner alone, and the one of the keys in it, when they are not there. */
MUST_USE struct result place_folders_make(struct arena *arena, struct str data);

/*
 * Makes the folder when it is not there, opens the store and brings its tables up to date. `store`
 * may be empty. Close with place_close(). The shelf gives the words that can be chosen.
 * An empty `data` is for those who sign nothing: then `store` is not empty, and there is no key.
 */
MUST_USE struct result place_open(struct arena *arena, struct str data, struct str store,
                                  const struct shelf *shelf, struct place **out);
void place_close(struct place *place);
DEFER_DEFINE(place_close, struct place *);

/* Whether it has been set up: there is a trust. */
MUST_USE struct result place_is_set_up(struct place *place, struct arena *arena, bool *out);

/* The name of the history of a demonstration. Names that end so are nobody's (RFC 2606). */
#define PLACE_DEMONSTRATION "demonstration.ashdownvale.example"

/* Whether everybody knows its passwords, because `handrail demo` made it. */
MUST_USE struct result place_is_demonstration(struct place *place, struct arena *arena, bool *out);

#endif
