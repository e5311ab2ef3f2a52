/*
 * identity/provider_seat.h - which provider a running server has at present: that of the file
 * DIR/provider.json, or that of the settings in the store, which may change while it runs.
 *
 * Read first: provider.h, sealed.h.
 *
 * What must hold
 * - The file wins.
 * - Each use asks the store whether the settings have changed, so that all nodes follow at once.
 *   A provider that was replaced stays until the server ends: somebody may be on the way with it.
 */
#ifndef HANDRAIL_IDENTITY_PROVIDER_SEAT_H
#define HANDRAIL_IDENTITY_PROVIDER_SEAT_H

#include "identity/provider.h"
#include "identity/sealed.h"

/* Changes of the settings that one run of the server follows. */
#define PROVIDER_CHANGES_MAX 256

/* The purpose for which our secret there is sealed. */
#define PROVIDER_PURPOSE "provider"

struct provider_seat;

struct provider_seat_place {
    struct store *store;
    const struct sealed_key *key;
    struct str redirect_uri; /* our own address */
    struct str file;         /* the text of the file; empty: there is none */
};

/* INVALID: what is wrong with the file. The place's texts and the store outlive the seat. */
MUST_USE struct result provider_seat_open(struct arena *arena,
                                          const struct provider_seat_place *place,
                                          struct provider_seat **out);
void provider_seat_close(struct provider_seat *seat);
DEFER_DEFINE(provider_seat_close, struct provider_seat *);

/* *out NULL: nobody signs in with a provider. It lives as long as the seat. */
MUST_USE struct result provider_seat_take(struct provider_seat *seat, struct arena *arena,
                                          struct provider **out);

/* The settings are in a file, and cannot be changed in the browser. */
bool provider_seat_is_filed(const struct provider_seat *seat);

struct str provider_seat_redirect(const struct provider_seat *seat);

#endif
