/*
 * web/escape_int.h - "%2F" and the like, for forms (form.c) and paths (route.c).
 */
#ifndef HANDRAIL_WEB_ESCAPE_INT_H
#define HANDRAIL_WEB_ESCAPE_INT_H

#include <stdbool.h>

#include "base/str.h"

/* 0 to 15, or -1. */
int web_hex_digit(char c);

/* The byte that the three characters at `at` stand for. False when they are no escape. */
bool web_escape_read(struct str s, size_t at, char *out) __attribute__((warn_unused_result));

#endif
