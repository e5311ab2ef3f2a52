/*
 * base/limits.h - every named bound of the pure core's foundation.
 *
 * A loop over input, a queue, a recursion or a buffer has its bound here (or in the limits header
 * of its own module), so that a reader can see on one page what can be exhausted and when. Each
 * bound has a test at the bound and one past it.
 *
 * What must hold: units stand in the name; a bound is a number that a person can defend.
 */
#ifndef HANDRAIL_BASE_LIMITS_H
#define HANDRAIL_BASE_LIMITS_H

/* The first piece of memory that an arena asks of the system; later pieces double. */
#define LIMIT_ARENA_CHUNK_BYTES_FIRST ((size_t)16 * 1024)

/* Pieces stop doubling here. A larger single allocation still gets a piece of its own size. */
#define LIMIT_ARENA_CHUNK_BYTES_MAX ((size_t)1024 * 1024)

/* One allocation may not be larger: a size beyond it is a mistake in the program, never input. */
#define LIMIT_ARENA_ALLOC_BYTES_MAX ((size_t)1024 * 1024 * 1024)

/* Words longer than this are never suggested as a spelling ("did you mean"). */
#define LIMIT_STR_DISTANCE_BYTES_MAX 64

/* Diagnostics kept in one list. A file with more is broken in one place, not in five hundred. */
#define LIMIT_DIAGS_MAX 500

/* JSON: objects and arrays inside each other. Facts and policies need fewer than ten. */
#define LIMIT_JSON_DEPTH_MAX 64

/* JSON: bytes of one document. */
#define LIMIT_JSON_INPUT_BYTES_MAX ((size_t)4 * 1024 * 1024)

/* JSON: values of every kind in one document, containers included. */
#define LIMIT_JSON_VALUES_MAX 200000

/* JSON: bytes of one number as written. The longest exact double needs far fewer. */
#define LIMIT_JSON_NUMBER_BYTES_MAX 128

/* Names in one hash map. */
#define LIMIT_HASH_MAP_NAMES_MAX ((size_t)1 << 24)

/* CSV: bytes of one line, quoted line breaks included, and its cells. */
#define LIMIT_CSV_LINE_BYTES_MAX 4096
#define LIMIT_CSV_CELLS_MAX 256

/* Civil dates: the first whole year of the Gregorian calendar and the last of four digits. */
#define LIMIT_CIVIL_YEAR_MIN 1583
#define LIMIT_CIVIL_YEAR_MAX 9999

#endif
