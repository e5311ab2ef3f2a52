/*
 * web/network.c - see network.h.
 */
#include "web/network.h"

#include <arpa/inet.h>
#include <string.h>

#define BITS_MAX (8 * WEB_ADDRESS_BYTES)

/* Before an address of IPv4: its 12 bytes, and their bits. */
static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};
#define MAPPED_BITS ((int)(8 * sizeof mapped))

/* Bits that stand before the address itself; -1: it is none. */
static int read_address(struct str text, uint8_t out[WEB_ADDRESS_BYTES])
{
    char copy[INET6_ADDRSTRLEN];
    if (text.len == 0 || text.len >= sizeof copy) {
        return -1;
    }
    memcpy(copy, text.at, text.len);
    copy[text.len] = 0;
    if (inet_pton(AF_INET, copy, out + sizeof mapped) == 1) {
        memcpy(out, mapped, sizeof mapped);
        return MAPPED_BITS;
    }
    return inet_pton(AF_INET6, copy, out) == 1 ? 0 : -1;
}

bool web_network_parse(struct str text, struct web_network *out)
{
    struct str address = text, bits_text = {0};
    struct web_network network = {0};
    int64_t bits = BITS_MAX;
    bool has_bits = str_cut(text, '/', &address, &bits_text);
    int before = read_address(address, network.address);
    if (before < 0 ||
        (has_bits && (!str_to_int(bits_text, &bits) || bits < 1 || bits > BITS_MAX))) {
        return false;
    }
    bits += has_bits ? before : 0;
    if (bits > BITS_MAX) {
        return false;
    }
    network.bits = (unsigned)bits;
    *out = network;
    return true;
}

bool web_network_holds(const struct web_network *network, struct str address)
{
    uint8_t asked[WEB_ADDRESS_BYTES];
    if (network->bits == 0 || read_address(address, asked) < 0) {
        return false;
    }
    for (unsigned bit = 0; bit < network->bits; bit++) {
        unsigned mask = 0x80u >> bit % 8;
        if ((network->address[bit / 8] & mask) != (asked[bit / 8] & mask)) {
            return false;
        }
    }
    return true;
}
