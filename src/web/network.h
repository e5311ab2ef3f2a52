/*
 * web/network.h - a range of addresses, such as 10.0.0.0/8 or fd00::/8, and whether one lies in it.
 *
 * What must hold: a range that was not read holds nobody.
 */
#ifndef HANDRAIL_WEB_NETWORK_H
#define HANDRAIL_WEB_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define WEB_ADDRESS_BYTES 16

/* Addresses of IPv4 as IPv6 writes them (::ffff:10.0.0.1), so that there is one kind. */
struct web_network {
    uint8_t address[WEB_ADDRESS_BYTES];
    unsigned bits; /* that must agree; 0: nobody is meant */
};

/* "ADDRESS/BITS", or one address. False for anything else, and for 0 bits: that is everybody. */
bool web_network_parse(struct str text, struct web_network *out)
    __attribute__((warn_unused_result));

bool web_network_holds(const struct web_network *network, struct str address);

#endif
