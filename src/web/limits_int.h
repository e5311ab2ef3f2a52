/*
 * web/limits_int.h - every named bound of the web server.
 *
 * Each has a test at the bound and one past it (tests/web/, tests/run_http.py, run_http_slow.py).
 * What must hold: units stand in the name; a bound is a number that a person can defend.
 */
#ifndef HANDRAIL_WEB_LIMITS_INT_H
#define HANDRAIL_WEB_LIMITS_INT_H

/* ---- One request ----------------------------------------------------------------------------- */

/* "GET /path HTTP/1.1" without its line end. Links that restore an answer are in the fragment,
 * which is never sent, so a long target is no page of ours. */
#define WEB_REQUEST_LINE_BYTES_MAX ((size_t)4096)

/* Request line, fields and the empty line after them. */
#define WEB_HEAD_BYTES_MAX ((size_t)16 * 1024)

/* Header fields. Browsers send about twenty, proxies add five. */
#define WEB_HEAD_FIELDS_MAX 64

/* Cookies, and bytes of one Cookie field. Handrail sets none yet; others on the same host may. */
#define WEB_COOKIES_MAX ((size_t)64)
#define WEB_COOKIE_BYTES_MAX ((size_t)4096)

/* A method's name; the longest registered one has 17 letters. */
#define WEB_METHOD_BYTES_MAX 24

/* A posted form. An interview with several people and free text takes a few thousand. */
#define WEB_BODY_BYTES_MAX ((size_t)256 * 1024)

/* A posted form with a file in it, where a route takes one: a list of 15,000 people, escaped, has
 * about 3 MB. The gate knows no routes and lets as much pass; a route refuses before it reads. */
#define WEB_FILE_BYTES_MAX ((size_t)8 * 1024 * 1024)

/* name=value pairs in a query, and in a posted form. */
#define WEB_QUERY_FIELDS_MAX ((size_t)64)
#define WEB_FORM_FIELDS_MAX ((size_t)1024)

/* One name and one value of a form or query, decoded. */
#define WEB_FORM_NAME_BYTES_MAX ((size_t)256)
#define WEB_FORM_VALUE_BYTES_MAX ((size_t)64 * 1024)

/* {name} parts in the pattern of a route, and all segments of a path. */
#define WEB_ROUTE_PARAMETERS_MAX 4
#define WEB_PATH_SEGMENTS_MAX 8

/* Schools that stand in the search above a list; more are chosen from the list of schools. */
#define WEB_SCHOOLS_IN_SEARCH_MAX 150

/* Header fields that a handler may add to its answer. */
#define WEB_ANSWER_FIELDS_MAX 8

/* Receipts in a minute: to one address, which a whole school may share, and to all together. */
#define WEB_RECEIPTS_PER_ADDRESS_MAX 120u
#define WEB_RECEIPTS_MAX 1200u

/* ---- Time ------------------------------------------------------------------------------------ */

/* From accepting a connection, or the end of its last answer, to the first byte of a request. */
#define WEB_IDLE_MILLISECONDS_MAX 30000

/* From the first byte of a head to its last. */
#define WEB_HEAD_MILLISECONDS_MAX 10000

/* From the end of the head to the last byte of the body; a large one has a second more for each
 * 64 KB, which is half a megabit a second. */
#define WEB_BODY_MILLISECONDS_MAX 20000
#define WEB_BODY_BYTES_OF_A_SECOND ((size_t)64 * 1024)

/* From the first byte of an answer to its last: a pack over a slow phone. */
#define WEB_SEND_MILLISECONDS_MAX 120000

/* After a refusal: how long, and how much of, what the client still sends is read and dropped, so
 * that it can read the answer instead of finding its connection reset. */
#define WEB_LINGER_MILLISECONDS_MAX 2000
#define WEB_LINGER_BYTES_MAX ((size_t)4 * 1024 * 1024)
#define WEB_LINGERING_MAX 64

/* Between two looks for connections that have used up their time. */
#define WEB_SWEEP_MILLISECONDS 250

/* From the first signal to the end, whatever is still being worked on. */
#define WEB_STOP_MILLISECONDS_MAX 10000

/* ---- Together -------------------------------------------------------------------------------- */

/*
 * Connections at once; when there are as many, the one whose last request is longest ago is closed.
 * Each that has asked something takes WEB_CONNECTION_BYTES_MAX for as long as it lives: 32 MB.
 */
#define WEB_CONNECTIONS_MAX 1024

/* Connections that are told to close but have not gone yet; above that, new ones wait. */
#define WEB_CONNECTIONS_CLOSING_MAX 128

/* Connections of one address, save this machine's own (a proxy in front speaks from there). A whole
 * school may share one address. */
#define WEB_CONNECTIONS_PER_ADDRESS_MAX 256

/* Requests that wait for a worker; one more is answered 503 at once. */
#define WEB_QUEUE_MAX 512

/* Threads that run handlers. */
#define WEB_WORKERS_MIN 2
#define WEB_WORKERS_MAX 32

/* Exchanges, each with its arena, that are kept for the next request. */
#define WEB_EXCHANGES_KEPT_MAX 64

/* Memory of bodies that are being received, all together; the request that wants more is answered
 * 503. */
#define WEB_BODIES_BYTES_MAX ((size_t)48 * 1024 * 1024)

/* Memory of answers that clients have not taken yet, all together; above it the one that has been
 * sent for longest is cut off. The system takes a few megabytes of each by itself. */
#define WEB_ANSWERS_BYTES_MAX ((size_t)64 * 1024 * 1024)

/* Memory that the library may use for one connection: the head, its parsed fields, the answer's
 * head. Twice WEB_HEAD_BYTES_MAX. */
#define WEB_CONNECTION_BYTES_MAX ((size_t)32 * 1024)

/* Access log that waits for a slow reader of it; beyond that, lines are counted and dropped. */
#define WEB_LOG_BYTES_MAX ((size_t)256 * 1024)

#endif
