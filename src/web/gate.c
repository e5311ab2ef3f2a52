/*
 * web/gate.c - checks one request head, byte by byte.
 *
 * Read first: gate_int.h; RFC 9112, sections 2 to 6. Start at web_gate_read().
 * What must hold: a fault is reported as soon as its line is there; nothing is ever corrected.
 */
#include "web/gate_int.h"

#include <string.h>

/* What a byte may stand in. */
enum gate_class {
    GATE_TOKEN = 1, /* a method, a field's name */
    GATE_PATH = 2,  /* the path of a target */
    GATE_QUERY = 4, /* what follows its "?" */
    GATE_HOST = 8,  /* a name, an address in brackets, a port */
    GATE_VALUE = 16 /* a field's value */
};

struct gate_reader {
    struct str bytes;
    size_t at;
    struct gate_reading reading;
    bool is_old; /* HTTP/1.0 */
    bool has_length, has_expect, has_type, expects_other;
    size_t length;
    size_t hosts, fields, cookies;
    size_t encodings; /* Transfer-Encoding fields */
    bool is_chunked;  /* the last one says exactly that */
};

static unsigned gate_class(unsigned char byte)
{
    bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    bool is_digit = byte >= '0' && byte <= '9';
    bool is_visible = byte > 0x20 && byte < 0x7F;
    unsigned class = 0;
    if (is_letter || is_digit || (is_visible && strchr("!#$%&'*+-.^_`|~", byte))) {
        class |= GATE_TOKEN;
    }
    if (is_visible && !strchr("\"#<>?\\^`{|}", byte)) {
        class |= GATE_PATH;
    }
    if (is_visible && byte != '#') {
        class |= GATE_QUERY;
    }
    if (is_letter || is_digit || (is_visible && strchr("-._~:[]", byte))) {
        class |= GATE_HOST;
    }
    if (is_visible || byte == ' ' || byte == '\t' || byte >= 0x80) {
        class |= GATE_VALUE;
    }
    return class;
}

static unsigned char gate_classes[256];

/* Filled once, before there are threads: a table in the source would have to be believed. */
__attribute__((constructor)) static void gate_classes_fill(void)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        gate_classes[byte] = (unsigned char)gate_class((unsigned char)byte);
    }
}

static bool gate_all(struct str s, enum gate_class class)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!(gate_classes[(unsigned char)s.at[i]] & class)) {
            return false;
        }
    }
    return true;
}

static void gate_refuse(struct gate_reader *reader, enum web_status status)
{
    if (reader->reading.verdict != GATE_REFUSED) {
        reader->reading.verdict = GATE_REFUSED;
        reader->reading.status = status;
    }
}

/* ASCII only; `lower` is in small letters. */
static bool gate_is(struct str s, struct str lower)
{
    if (s.len != lower.len) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c + ('a' - 'A'));
        }
        if (c != lower.at[i]) {
            return false;
        }
    }
    return true;
}

/*
 * The next line, without its CR LF. False when it is not all there yet, or when its end is a bare
 * LF (refused). A CR elsewhere is a control byte, which the classes find.
 */
static bool gate_line(struct gate_reader *reader, struct str *line)
{
    struct str rest = str_slice(reader->bytes, reader->at, reader->bytes.len);
    const char *end = rest.len > 0 ? memchr(rest.at, '\n', rest.len) : NULL;
    if (!end) {
        return false;
    }
    size_t len = (size_t)(end - rest.at);
    if (len == 0 || rest.at[len - 1] != '\r') {
        gate_refuse(reader, WEB_BAD_REQUEST);
        return false;
    }
    *line = str_slice(rest, 0, len - 1);
    reader->at += len + 1;
    return true;
}

/* ---- The request line ------------------------------------------------------------------------ */

static enum web_method gate_method(struct str name)
{
    return str_equal(name, STR("GET"))    ? WEB_GET
           : str_equal(name, STR("HEAD")) ? WEB_HEAD
           : str_equal(name, STR("POST")) ? WEB_POST
                                          : WEB_METHOD_OTHER;
}

static bool gate_host_fits(struct str host)
{
    return host.len > 0 && gate_all(host, GATE_HOST);
}

static void gate_read_path(struct gate_reader *reader, struct str target)
{
    struct str path, query;
    str_cut(target, '?', &path, &query);
    if (!gate_all(path, GATE_PATH) || !gate_all(query, GATE_QUERY)) {
        gate_refuse(reader, WEB_BAD_REQUEST);
        return;
    }
    size_t fields = 1;
    for (size_t i = 0; i < query.len; i++) {
        fields += query.at[i] == '&';
    }
    if (fields > WEB_QUERY_FIELDS_MAX) {
        gate_refuse(reader, WEB_BAD_REQUEST);
    }
}

/* "/path?query", or the same after "http://host": RFC 9112 asks us to take the absolute form. */
static void gate_read_target(struct gate_reader *reader, struct str target)
{
    struct str scheme = STR("http://");
    if (str_starts(target, STR("/"))) {
        gate_read_path(reader, target);
        return;
    }
    if (target.len > scheme.len && gate_is(str_slice(target, 0, scheme.len), scheme)) {
        struct str rest = str_slice(target, scheme.len, target.len);
        size_t end = 0;
        while (end < rest.len && rest.at[end] != '/' && rest.at[end] != '?') {
            end++;
        }
        if (!gate_host_fits(str_slice(rest, 0, end))) {
            gate_refuse(reader, WEB_BAD_REQUEST);
        }
        gate_read_path(reader, str_slice(rest, end, rest.len));
        return;
    }
    /* "OPTIONS *" and "CONNECT host:port" are well formed, and not for us. */
    gate_refuse(reader, reader->reading.method == WEB_METHOD_OTHER ? WEB_METHOD_NOT_ALLOWED
                                                                   : WEB_BAD_REQUEST);
}

static bool gate_is_version(struct str s)
{
    return s.len == 8 && str_starts(s, STR("HTTP/")) && s.at[5] >= '0' && s.at[5] <= '9' &&
           s.at[6] == '.' && s.at[7] >= '0' && s.at[7] <= '9';
}

static void gate_read_request_line(struct gate_reader *reader, struct str line)
{
    if (line.len > WEB_REQUEST_LINE_BYTES_MAX) {
        gate_refuse(reader, WEB_TARGET_TOO_LONG);
        return;
    }
    struct str method, target, version;
    bool has_two = str_cut(line, ' ', &method, &target) && str_cut(target, ' ', &target, &version);
    if (!has_two || method.len == 0 || method.len > WEB_METHOD_BYTES_MAX ||
        !gate_all(method, GATE_TOKEN) || target.len == 0 || !gate_is_version(version)) {
        gate_refuse(reader, WEB_BAD_REQUEST);
        return;
    }
    reader->reading.method = gate_method(method);
    reader->is_old = str_equal(version, STR("HTTP/1.0"));
    if (!reader->is_old && !str_equal(version, STR("HTTP/1.1"))) {
        gate_refuse(reader, WEB_VERSION_UNSUPPORTED);
        return;
    }
    gate_read_target(reader, target);
}

/* ---- Fields ---------------------------------------------------------------------------------- */

static void gate_field_host(struct gate_reader *reader, struct str value)
{
    if (++reader->hosts > 1 || !gate_host_fits(value)) {
        gate_refuse(reader, WEB_BAD_REQUEST);
    }
}

static void gate_field_length(struct gate_reader *reader, struct str value)
{
    if (reader->has_length || value.len == 0) {
        gate_refuse(reader, WEB_BAD_REQUEST);
        return;
    }
    reader->has_length = true;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] < '0' || value.at[i] > '9') {
            gate_refuse(reader, WEB_BAD_REQUEST);
            return;
        }
        /* It stays above the limit once it is there, so it cannot overflow. */
        if (reader->length <= WEB_FILE_BYTES_MAX) {
            reader->length = reader->length * 10 + (size_t)(value.at[i] - '0');
        }
    }
}

static void gate_field_encoding(struct gate_reader *reader, struct str value)
{
    reader->encodings++;
    reader->is_chunked = gate_is(value, STR("chunked"));
}

static void gate_field_expect(struct gate_reader *reader, struct str value)
{
    reader->expects_other = reader->has_expect || !gate_is(value, STR("100-continue"));
    reader->has_expect = true;
}

static void gate_field_type(struct gate_reader *reader, struct str value)
{
    (void)value;
    if (reader->has_type) {
        gate_refuse(reader, WEB_BAD_REQUEST);
    }
    reader->has_type = true;
}

/* The library copies cookies into its memory for the connection, and each takes a place there. */
static void gate_field_cookie(struct gate_reader *reader, struct str value)
{
    reader->cookies++;
    for (size_t i = 0; i < value.len; i++) {
        reader->cookies += value.at[i] == ';';
    }
    if (reader->cookies > WEB_COOKIES_MAX || value.len > WEB_COOKIE_BYTES_MAX) {
        gate_refuse(reader, WEB_HEAD_TOO_LARGE);
    }
}

static const struct gate_field {
    struct str name;
    void (*read)(struct gate_reader *reader, struct str value);
} gate_fields[] = {
    {STR_INIT("host"), gate_field_host},
    {STR_INIT("content-length"), gate_field_length},
    {STR_INIT("transfer-encoding"), gate_field_encoding},
    {STR_INIT("expect"), gate_field_expect},
    {STR_INIT("content-type"), gate_field_type},
    {STR_INIT("cookie"), gate_field_cookie},
};

static void gate_read_field(struct gate_reader *reader, struct str line)
{
    struct str name, value;
    if (++reader->fields > WEB_HEAD_FIELDS_MAX) {
        gate_refuse(reader, WEB_HEAD_TOO_LARGE);
        return;
    }
    /* A folded line begins with white space, and white space before the colon is no token. */
    if (!str_cut(line, ':', &name, &value) || name.len == 0 || !gate_all(name, GATE_TOKEN) ||
        !gate_all(value, GATE_VALUE)) {
        gate_refuse(reader, WEB_BAD_REQUEST);
        return;
    }
    for (size_t i = 0; i < sizeof gate_fields / sizeof gate_fields[0]; i++) {
        if (gate_is(name, gate_fields[i].name)) {
            gate_fields[i].read(reader, str_trim(value));
        }
    }
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* What only the whole head can tell. */
static void gate_finish(struct gate_reader *reader)
{
    enum web_method method = reader->reading.method;
    if (reader->hosts == 0 && !reader->is_old) {
        gate_refuse(reader, WEB_BAD_REQUEST);
    }
    if (reader->encodings > 0) {
        bool is_muddled = reader->encodings > 1 || reader->has_length || reader->is_old;
        /* Nobody posts a form in chunks; one who must know its length can send it. */
        gate_refuse(reader, is_muddled           ? WEB_BAD_REQUEST
                            : reader->is_chunked ? WEB_LENGTH_REQUIRED
                                                 : WEB_NOT_IMPLEMENTED);
    }
    if (method == WEB_POST && !reader->has_length) {
        gate_refuse(reader, WEB_LENGTH_REQUIRED);
    }
    if ((method == WEB_GET || method == WEB_HEAD) && reader->length > 0) {
        gate_refuse(reader, WEB_BAD_REQUEST);
    }
    if (reader->length > WEB_FILE_BYTES_MAX) {
        gate_refuse(reader, WEB_BODY_TOO_LARGE);
    }
    if (reader->expects_other) {
        gate_refuse(reader, WEB_EXPECTATION_FAILED);
    }
    if (reader->reading.verdict != GATE_REFUSED) {
        reader->reading.verdict = GATE_PASSED;
        reader->reading.head_bytes = reader->at;
        reader->reading.body_bytes = reader->length;
    }
}

/*
 * No whole line is left and the head has not ended. What is there may be too long already, or no
 * HTTP at all: a browser that speaks TLS to this port should not wait until its time is up.
 */
static void gate_judge_part(struct gate_reader *reader)
{
    struct str part = str_slice(reader->bytes, reader->at, reader->bytes.len);
    if (reader->at == 0) {
        struct str method;
        str_cut(part, ' ', &method, NULL);
        if (str_ends(method, STR("\r"))) {
            method.len--;
        }
        if (!gate_all(method, GATE_TOKEN) || method.len > WEB_METHOD_BYTES_MAX) {
            gate_refuse(reader, WEB_BAD_REQUEST);
        } else if (part.len > WEB_REQUEST_LINE_BYTES_MAX + 1) {
            gate_refuse(reader, WEB_TARGET_TOO_LONG);
        }
    }
    if (reader->bytes.len >= WEB_HEAD_BYTES_MAX) {
        gate_refuse(reader, WEB_HEAD_TOO_LARGE);
    }
}

struct gate_reading web_gate_read(struct str bytes)
{
    struct gate_reader reader = {
        .bytes = str_slice(bytes, 0, WEB_HEAD_BYTES_MAX),
        .reading = {.verdict = GATE_INCOMPLETE, .method = WEB_METHOD_OTHER},
    };
    struct str line;
    bool is_first = true;
    while (reader.reading.verdict == GATE_INCOMPLETE && gate_line(&reader, &line)) {
        if (is_first) {
            gate_read_request_line(&reader, line);
        } else if (line.len > 0) {
            gate_read_field(&reader, line);
        } else {
            gate_finish(&reader);
        }
        is_first = false;
    }
    if (reader.reading.verdict == GATE_INCOMPLETE) {
        gate_judge_part(&reader);
    }
    return reader.reading;
}
