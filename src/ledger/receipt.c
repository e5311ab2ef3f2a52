/*
 * ledger/receipt.c - receipts written, read, signed and opened.
 *
 * Read first: ledger/receipt.h. Start at: receipt_write and receipt_read, which mirror each other.
 */
#include "ledger/receipt.h"

#include "base/arena.h"
#include "base/civil.h"
#include "base/hex.h"
#include "base/utf8.h"
#include "ledger/lines_int.h"

#define FIRST_LINE "Handrail receipt, version 1"
#define POLICY "Policy: "
#define DIGEST "Policy digest: sha256:"
#define ASKED "Asked: "
#define FACT "Fact: "
#define IS " = "
#define VERDICT "Verdict: "
#define CLAUSE "Clause: "
#define TIME "Time: "

#define MS_OF_DAY INT64_C(86400000)
#define TIME_BYTES 24 /* YYYY-MM-DDTHH:MM:SS.mmmZ */

/* Signs that turn the direction of writing, cannot be seen, or end a line elsewhere. */
static bool misleads(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || c == 0x200B ||
           c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

/* Cannot be seen where a value begins or ends; the joiners (200C, 200D) are letters inside. */
static bool is_blank(uint32_t c)
{
    return lines_is_space(c) || c == 0x200C || c == 0x200D;
}

static bool value_is_good(struct str value)
{
    uint32_t c = ' ';
    if (value.len == 0 || value.len > RECEIPT_VALUE_BYTES_MAX || !utf8_valid(value)) {
        return false;
    }
    for (size_t at = 0; at < value.len;) {
        bool is_first = at == 0;
        at += utf8_decode(value, at, &c);
        if (misleads(c) || (is_first && is_blank(c))) {
            return false;
        }
    }
    return !is_blank(c);
}

static bool name_is_good(struct str name)
{
    return value_is_good(name) && str_find(name, STR("=")) == STR_NONE;
}

static void add_line(struct text *out, struct str start, struct str value)
{
    text_add(out, start);
    text_add(out, value);
    text_add_char(out, '\n');
}

static void add_time(struct text *out, int64_t time_ms)
{
    struct civil_date day = {(int32_t)(time_ms / MS_OF_DAY)};
    int ms = (int)(time_ms % MS_OF_DAY);
    text_add(out, STR(TIME));
    text_add(out, civil_date_format(out->arena, day));
    text_addf(out, "T%02d:%02d:%02d.%03dZ\n", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
              ms % 1000);
}

MUST_USE static struct result refuse_value(struct str value)
{
    return result_fail(RESULT_CODE_INVALID,
                       "A value in a receipt has 1 to 1,000 bytes on one line, "
                       "all of which can be seen",
                       value);
}

/* Whether all of it can stand in a receipt. */
MUST_USE static struct result check(const struct receipt *receipt)
{
    if (receipt->fact_count > RECEIPT_FACTS_MAX || receipt->clause_count > RECEIPT_CLAUSES_MAX) {
        return result_fail(RESULT_CODE_LIMIT, "A receipt has at most 256 facts and 256 clauses",
                           STR(""));
    }
    const struct str single[] = {receipt->policy, receipt->verdict,
                                 receipt->asked.len > 0 ? receipt->asked : STR("-")};
    for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++) {
        if (!value_is_good(single[i])) {
            return refuse_value(single[i]);
        }
    }
    for (size_t i = 0; i < receipt->fact_count; i++) {
        if (!name_is_good(receipt->facts[i].name) || !value_is_good(receipt->facts[i].value)) {
            return refuse_value(receipt->facts[i].name);
        }
    }
    for (size_t i = 0; i < receipt->clause_count; i++) {
        if (!value_is_good(receipt->clauses[i])) {
            return refuse_value(receipt->clauses[i]);
        }
    }
    if (receipt->time_ms < 0 || receipt->time_ms > RECEIPT_TIME_MS_MAX) {
        return result_fail(RESULT_CODE_INVALID, "A receipt's time lies in the years 1970 to 9999",
                           STR(""));
    }
    return RESULT_OK;
}

struct result receipt_write(struct arena *arena, const struct receipt *receipt, struct str *out)
{
    struct text text = {.arena = arena};
    TRY(check(receipt));
    text_add(&text, STR(FIRST_LINE "\n"));
    add_line(&text, STR(POLICY), receipt->policy);
    text_add(&text, STR(DIGEST));
    hex_add(&text, receipt->policy_digest, SHA256_BYTES);
    text_add_char(&text, '\n');
    if (receipt->asked.len > 0) {
        add_line(&text, STR(ASKED), receipt->asked);
    }
    for (size_t i = 0; i < receipt->fact_count; i++) {
        text_add(&text, STR(FACT));
        text_add(&text, receipt->facts[i].name);
        add_line(&text, STR(IS), receipt->facts[i].value);
    }
    add_line(&text, STR(VERDICT), receipt->verdict);
    for (size_t i = 0; i < receipt->clause_count; i++) {
        add_line(&text, STR(CLAUSE), receipt->clauses[i]);
    }
    add_time(&text, receipt->time_ms);
    *out = text_str(&text);
    return RESULT_OK;
}

/* Takes the next line off when it begins so; the value is what follows. */
static bool take(struct str *rest, struct str start, struct str *value)
{
    struct str after = *rest, line;
    if (!str_starts(*rest, start) || !lines_next(&after, &line)) {
        return false;
    }
    *value = str_slice(line, start.len, line.len);
    *rest = after;
    return true;
}

/* `digits` digits at `at`, and the sign that follows them. */
static bool read_part(struct str time, size_t at, size_t digits, char sign, int64_t below,
                      int64_t *out)
{
    *out = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (time.at[i] < '0' || time.at[i] > '9') {
            return false;
        }
        *out = *out * 10 + (time.at[i] - '0');
    }
    return *out < below && time.at[at + digits] == sign;
}

static bool read_time(struct str time, int64_t *out)
{
    struct civil_date day;
    int64_t hours, minutes, seconds, ms;
    if (time.len != TIME_BYTES || time.at[10] != 'T' ||
        !civil_date_parse(str_slice(time, 0, 10), &day) || day.days < 0 ||
        !read_part(time, 11, 2, ':', 24, &hours) || !read_part(time, 14, 2, ':', 60, &minutes) ||
        !read_part(time, 17, 2, '.', 60, &seconds) || !read_part(time, 20, 3, 'Z', 1000, &ms)) {
        return false;
    }
    *out = day.days * MS_OF_DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
    return true;
}

MUST_USE static struct result read_facts(struct arena *arena, struct str *rest, struct receipt *out)
{
    struct str line;
    struct receipt_fact *facts = ARENA_ARRAY(arena, struct receipt_fact, RECEIPT_FACTS_MAX);
    while (take(rest, STR(FACT), &line)) {
        if (out->fact_count == RECEIPT_FACTS_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "A receipt has at most 256 facts", line);
        }
        size_t at = str_find(line, STR(IS));
        if (at == STR_NONE) {
            return result_fail(RESULT_CODE_INVALID, "A fact has the form: name = value", line);
        }
        facts[out->fact_count++] = (struct receipt_fact){
            .name = str_slice(line, 0, at),
            .value = str_slice(line, at + sizeof(IS) - 1, line.len),
        };
    }
    out->facts = facts;
    return RESULT_OK;
}

MUST_USE static struct result read_clauses(struct arena *arena, struct str *rest,
                                           struct receipt *out)
{
    struct str line;
    struct str *clauses = ARENA_ARRAY(arena, struct str, RECEIPT_CLAUSES_MAX);
    while (take(rest, STR(CLAUSE), &line)) {
        if (out->clause_count == RECEIPT_CLAUSES_MAX) {
            return result_fail(RESULT_CODE_LIMIT, "A receipt has at most 256 clauses", line);
        }
        clauses[out->clause_count++] = line;
    }
    out->clauses = clauses;
    return RESULT_OK;
}

struct result receipt_read(struct arena *arena, struct str text, struct receipt *out)
{
    struct str rest = text, digest, time, nothing;
    struct receipt receipt = {0};
    if (!take(&rest, STR(FIRST_LINE), &nothing) || nothing.len > 0) {
        return result_fail(RESULT_CODE_UNSUPPORTED,
                           "This is not a receipt, or not of a version that this program can read",
                           STR(""));
    }
    if (!take(&rest, STR(POLICY), &receipt.policy) || !take(&rest, STR(DIGEST), &digest) ||
        !hex_read(digest, receipt.policy_digest, SHA256_BYTES)) {
        return result_fail(RESULT_CODE_INVALID,
                           "A receipt names its policy and 64 digits of its digest", STR(""));
    }
    if (take(&rest, STR(ASKED), &receipt.asked) && receipt.asked.len == 0) {
        return refuse_value(receipt.asked);
    }
    TRY(read_facts(arena, &rest, &receipt));
    if (!take(&rest, STR(VERDICT), &receipt.verdict)) {
        return result_fail(RESULT_CODE_INVALID, "A receipt has a verdict behind its facts",
                           str_slice(rest, 0, str_find(rest, STR("\n"))));
    }
    TRY(read_clauses(arena, &rest, &receipt));
    if (!take(&rest, STR(TIME), &time) || !read_time(time, &receipt.time_ms) || rest.len > 0) {
        return result_fail(RESULT_CODE_INVALID, "A receipt ends in its time: year to ms, UTC",
                           str_slice(rest, 0, str_find(rest, STR("\n"))));
    }
    TRY(check(&receipt));
    *out = receipt;
    return RESULT_OK;
}

struct result receipt_sign(struct arena *arena, const struct receipt *receipt,
                           const struct note_signer *signer, struct str *out)
{
    struct str text;
    TRY(receipt_write(arena, receipt, &text));
    return note_sign(arena, text, signer, 1, out);
}

struct result receipt_open(struct arena *arena, struct str message, const struct note_key *keys,
                           size_t key_count, struct receipt *out)
{
    struct note note;
    for (size_t i = 0; i < key_count; i++) {
        if (keys[i].kind != NOTE_KEY_PLAIN) {
            return result_fail(RESULT_CODE_INVALID, "The key of a witness signs no receipts",
                               keys[i].name);
        }
    }
    TRY(note_open(arena, message, keys, key_count, &note));
    return receipt_read(arena, note.text, out);
}
