/*
 * base/email.c - see email.h.
 */
#include "base/email.h"

#include <string.h>

static char small_of(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_letter_or_digit(char c)
{
    return (small_of(c) >= 'a' && small_of(c) <= 'z') || (c >= '0' && c <= '9');
}

static bool is_address_byte(char c)
{
    return is_letter_or_digit(c) || strchr(".!#$%&'*+-/=?^_`{|}~", c);
}

bool email_fold(struct arena *arena, struct str email, struct str *out)
{
    struct str local, domain;
    email = str_trim(email);
    if (email.len > EMAIL_BYTES_MAX || !str_cut(email, '@', &local, &domain) || local.len == 0 ||
        local.len > 64 || str_find(domain, STR(".")) == STR_NONE) {
        return false;
    }
    char *at = arena_alloc(arena, email.len);
    for (size_t i = 0; i < email.len; i++) {
        bool is_domain = i > local.len;
        char c = email.at[i];
        bool is_fine = is_domain ? is_letter_or_digit(c) || c == '-' || c == '.'
                                 : i == local.len || is_address_byte(c);
        bool is_odd_dot = is_domain && c == '.' &&
                          (i == local.len + 1 || i + 1 == email.len || email.at[i - 1] == '.');
        if (!is_fine || c == 0 || is_odd_dot) {
            return false;
        }
        at[i] = small_of(c);
    }
    *out = (struct str){at, email.len};
    return true;
}
