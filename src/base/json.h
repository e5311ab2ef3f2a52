/*
 * base/json.h - JSON (RFC 8259), read strictly into a tree and written correctly.
 *
 * Read first: base/str.h, base/diag.h.
 * Start at: json_read and json_get to read; json_writer_new, json_begin_object, json_key to write.
 *
 * What must hold
 * - The reader takes nothing that RFC 8259 does not allow: no comments, no trailing commas, no NaN.
 *   It also refuses what programs read differently: two members of one name, a lone surrogate. One
 *   byte order mark at the start, which Windows editors leave there, is skipped.
 * - Depth, size and number of values are limited (base/limits.h); one past a limit is a diagnostic.
 * - Strings in the tree are valid UTF-8. They may contain U+0000, which JSON allows.
 * - The tree is read-only, and lives in the arena that was given.
 */
#ifndef HANDRAIL_BASE_JSON_H
#define HANDRAIL_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/limits.h"
#include "base/str.h"

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
    JSON_KIND_COUNT
};

/* A value. Fields that do not belong to its kind are zero. */
struct json_value {
    enum json_kind kind;
    uint32_t line, column; /* where it begins, as in base/diag.h */
    bool boolean;          /* JSON_BOOL */
    bool is_integer;       /* JSON_NUMBER: whole and within int64, so `integer` is exact */
    int64_t integer;       /* JSON_NUMBER when is_integer */
    double number;         /* JSON_NUMBER: always, nearest double */
    struct str text;       /* JSON_STRING, decoded */
    size_t count;          /* JSON_ARRAY: of elements; JSON_OBJECT: of members */
    const struct json_value *elements; /* JSON_ARRAY */
    const struct json_member *members; /* JSON_OBJECT, in the order of the document */
};

struct json_member {
    struct str key;
    uint32_t line, column; /* of the key */
    struct json_value value;
};

/*
 * Reads one document. NULL when it is not JSON, with exactly one error added to `diags`, whose file
 * is `file`. The tree does not borrow from `input`.
 */
const struct json_value *json_read(struct arena *arena, struct str file, struct str input,
                                   struct diag_list *diags) __attribute__((warn_unused_result));

/* The member's value, or NULL when there is none or `object` is NULL or no object. */
const struct json_value *json_get(const struct json_value *object, struct str key);

/*
 * A value as somebody would type it: a text, a whole number in decimal, "yes" or "no". False, and
 * nothing set, for anything else.
 */
bool json_plain(struct arena *arena, const struct json_value *value, struct str *out)
    __attribute__((warn_unused_result));

/* "null", "true or false", "number", "text", "list", "object": words for a message. */
struct str json_kind_name(enum json_kind kind);

enum json_layout {
    JSON_COMPACT,
    JSON_PRETTY, /* two spaces, one value a line */
    JSON_LAYOUT_COUNT
};

/*
 * Writes onto a text. Begin with json_writer_new. A call out of place is a programmer's mistake and
 * stops the program.
 */
struct json_writer {
    struct text *out;
    enum json_layout layout;
    size_t depth;
    bool has_key; /* a key waits for its value */
    bool is_done; /* the one top value is complete */
    struct {
        bool is_object;
        bool has_any; /* members or elements already written */
    } levels[LIMIT_JSON_DEPTH_MAX];
};

struct json_writer json_writer_new(struct text *out, enum json_layout layout);

void json_begin_object(struct json_writer *writer);
void json_end_object(struct json_writer *writer);
void json_begin_array(struct json_writer *writer);
void json_end_array(struct json_writer *writer);

/* A member's name; its value must follow. Names are not checked for repetition. */
void json_key(struct json_writer *writer, struct str key);

/* Bytes that are not UTF-8 are written as U+FFFD, so the document is always valid. */
void json_str(struct json_writer *writer, struct str value);
void json_int(struct json_writer *writer, int64_t value);
void json_bool(struct json_writer *writer, bool value);
void json_null(struct json_writer *writer);

/* A value that is JSON already; copied as it is. */
void json_raw(struct json_writer *writer, struct str json);

/* json_key and a value in one call. */
void json_key_str(struct json_writer *writer, struct str key, struct str value);
void json_key_int(struct json_writer *writer, struct str key, int64_t value);
void json_key_bool(struct json_writer *writer, struct str key, bool value);

/* True when one whole value has been written and nothing is open. */
bool json_writer_is_done(const struct json_writer *writer);

#endif
