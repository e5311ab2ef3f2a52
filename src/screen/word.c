/*
 * screen/word.c - reads one word of a draft, whatever it is disguised with.
 *
 * Read first: draft_parts_int.h. Start at: word_read.
 *
 * What must hold
 * - A sign belongs to a word only with letters beside it: "b@stard", "$tupid", "f**k". What is
 *   written around words for other reasons (markdown's stars, prices, "Great!") stays outside.
 * - A word ends after its last letter, digit or mark: ignorable characters that follow are no part.
 */
#include "screen/draft_parts_int.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

/* A word of more letters is read with all care. */
#define SIMPLE_MAX 32
static_assert(SIMPLE_MAX <= SCREEN_PLAIN_SLACK, "an even word is copied at once");

struct word {
    size_t start, at, end; /* bytes of the draft: begin, being read, behind the last that belongs */
    size_t folded;
    unsigned letters, digits, capitals;
    bool is_odd; /* holds more than ASCII letters and digits and apostrophes */
    bool begins_with_capital;
};

size_t apostrophe_bytes(struct str text, size_t at)
{
    unsigned char c = byte_at(text, at);
    if (c < 0x80) {
        return c == '\'' || c == '`';
    }
    uint32_t code_point;
    size_t bytes;
    reader_look(text, at, &code_point, &bytes);
    switch (code_point) {
    case 0xB4:   /* acute accent */
    case 0x2BC:  /* modifier letter apostrophe */
    case 0x2018: /* left single quotation mark, a slip of keyboards */
    case 0x2019:
    case 0x201B:
    case 0x2032: /* prime */
    case 0xFF07:
        return bytes;
    default: /* not an enum */
        return 0;
    }
}

/* Letters and digits of ASCII: nearly all of a draft. */
static void ascii_read(struct reader *reader, struct word *word)
{
    const unsigned char *text = (const unsigned char *)reader->text.at;
    size_t at = word->at;
    size_t len = reader->text.len;
    size_t from = at;
    reader_room(reader, len - at < 64 ? len - at : 64);
    size_t limit = at + (len - at < 64 ? len - at : 64);
    char *out = reader->folded + reader->folded_bytes;
    unsigned digits = 0;
    unsigned capitals = 0;
    for (; at < limit; at++) {
        unsigned char c = text[at];
        if (ascii_is_letter(c)) {
            capitals += c < 'a';
            *out++ = (char)(c | 0x20);
        } else if (ascii_is_digit(c)) {
            digits++;
            *out++ = (char)c;
        } else {
            break;
        }
    }
    word->digits += digits;
    word->letters += (unsigned)(at - from) - digits;
    word->capitals += capitals;
    reader->folded_bytes += at - from;
    word->at = at;
    if (at > from) {
        word->end = at;
    }
}

/* A letter, digit or mark outside ASCII. False when it is none and the word ends. */
static bool other_read(struct reader *reader, struct word *word)
{
    uint32_t code_point;
    size_t bytes;
    enum screen_char kind = reader_look(reader->text, word->at, &code_point, &bytes);
    if (kind == SCREEN_CHAR_SIGN || kind == SCREEN_CHAR_SPACE) {
        return false;
    }
    word->at += bytes;
    word->is_odd = true;
    if (kind == SCREEN_CHAR_NOTHING) {
        return true;
    }
    word->end = word->at;
    word->letters += kind == SCREEN_CHAR_LETTER;
    word->digits += kind == SCREEN_CHAR_DIGIT;
    word->capitals += screen_char_is_capital(code_point);
    if (kind != SCREEN_CHAR_MARK) {
        reader_fold_character(reader, code_point);
    }
    return true;
}

static size_t run_length(struct str text, size_t at, unsigned char c, size_t max)
{
    size_t count = 0;
    while (count < max && byte_at(text, at + count) == c) {
        count++;
    }
    return count;
}

static bool is_letter_before(struct str text, size_t at)
{
    return at > 0 && (ascii_is_letter(byte_at(text, at - 1)) || byte_at(text, at - 1) >= 0x80);
}

/* How many stars at `at` stand for letters: "a*se", and "f***" where a word ends with several. */
static size_t stars_length(struct str text, const struct word *word, size_t at)
{
    size_t count = run_length(text, at, '*', STARS_MAX);
    if (!is_letter_before(text, at) || byte_at(text, at + count) == '*') {
        return 0;
    }
    bool is_within = reader_is_letter_at(text, at + count);
    bool is_marked = word->start > 0 && byte_at(text, word->start - 1) == '*';
    return is_within || (count > 1 && !is_marked) ? count : 0;
}

/* "sh!t": one mark, few letters around it. More is "Great!Thanks". */
static bool is_exclamation_within(struct str text, const struct word *word, size_t at)
{
    size_t after = 0;
    while (after < 6 && ascii_is_letter(byte_at(text, at + 1 + after))) {
        after++;
    }
    bool is_small = byte_at(text, at + 1) >= 'a';
    bool is_shouted = word->capitals == word->letters && word->letters > 0;
    size_t letters = at - word->start + after;
    return after > 0 && letters < 7 && (is_small || is_shouted) && is_letter_before(text, at);
}

/* How many signs at `at` stand for letters within a word. */
static size_t signs_length(struct str text, const struct word *word, size_t at)
{
    unsigned char c = byte_at(text, at);
    bool is_letter_next = reader_is_letter_at(text, at + 1);
    if (word->letters == 0 && c != '$') {
        return 0;
    }
    switch (c) {
    case '*':
        return stars_length(text, word, at);
    case '!':
        return is_exclamation_within(text, word, at);
    case '@':
        return is_letter_before(text, at) && is_letter_next;
    case '$': { /* "a$$", "boob$", but not "US$" or "US$5" */
        size_t count = run_length(text, at, '$', 2);
        bool is_last = !reader_is_word_at(text, at + count) && word->capitals < word->letters;
        bool is_within = word->letters > 0 && reader_is_letter_at(text, at + count);
        return is_within || is_last ? count : 0;
    }
    default: /* not an enum */
        return 0;
    }
}

/* What stands between two runs of ASCII letters and digits. False when the word ends there. */
static bool between_read(struct reader *reader, struct word *word)
{
    struct str text = reader->text;
    unsigned char c = byte_at(text, word->at);
    size_t bytes = apostrophe_bytes(text, word->at);
    if (bytes > 0) {
        if (word->end != word->at || !reader_is_letter_at(text, word->at + bytes)) {
            return false;
        }
        reader_room(reader, 1);
        reader->folded[reader->folded_bytes++] = '\'';
        word->at += bytes;
        return true;
    }
    if (c >= 0x80) {
        return other_read(reader, word);
    }
    bytes = signs_length(text, word, word->at);
    if (bytes == 0) {
        return false;
    }
    word->is_odd = true;
    reader_fold(reader, word->at, word->at + bytes);
    word->at += bytes;
    word->end = word->at;
    return true;
}

static void letters_read(struct reader *reader, struct word *word)
{
    do {
        ascii_read(reader, word);
    } while (word->at < reader->text.len &&
             (ascii_is_word(byte_at(reader->text, word->at)) || between_read(reader, word)));
}

/* ---- Letters with something between them ----------------------------------------------------- */

/* The bytes of one letter at `at`, with its marks; 0 where none stands that is or looks like one
 * of a to z, or another follows it. */
static size_t lone_letter(struct str text, size_t at)
{
    size_t bytes;
    size_t whole = 1;
    if (!ascii_is_letter(byte_at(text, at))) {
        uint32_t code_point;
        if (byte_at(text, at) < 0x80 ||
            reader_look(text, at, &code_point, &whole) != SCREEN_CHAR_LETTER ||
            screen_look_alike(code_point) == 0) {
            return 0;
        }
    }
    for (;;) {
        enum screen_char kind = reader_look(text, at + whole, NULL, &bytes);
        if (bytes == 0 || (kind != SCREEN_CHAR_MARK && kind != SCREEN_CHAR_NOTHING)) {
            break;
        }
        whole += bytes;
    }
    bool is_alone = !reader_is_word_at(text, at + whole) && apostrophe_bytes(text, at + whole) == 0;
    return is_alone ? whole : 0;
}

/* "i d i o t": the end of SPELT_LETTERS_MIN letters or more with the same sign between, or `at`. */
static size_t spelt_end(struct str text, size_t at)
{
    size_t bytes = lone_letter(text, at);
    unsigned char between = byte_at(text, at + bytes);
    if (bytes == 0 || between == 0 || !strchr(" .-_", between)) {
        return at;
    }
    size_t end = at + bytes;
    unsigned letters = 1;
    while (letters < SPELT_LETTERS_MAX && byte_at(text, end) == between) {
        bytes = lone_letter(text, end + 1);
        if (bytes == 0) {
            break;
        }
        end += 1 + bytes;
        letters++;
    }
    return letters >= SPELT_LETTERS_MIN ? end : at;
}

static void spelt_read(struct reader *reader, struct word *word, size_t end)
{
    word->at = word->start;
    reader->folded_bytes = word->folded;
    word->letters = word->capitals = 0;
    while (word->at < end) {
        size_t bytes = 1;
        uint32_t code_point = byte_at(reader->text, word->at);
        enum screen_char kind = ascii_is_letter((unsigned char)code_point)
                                    ? SCREEN_CHAR_LETTER
                                    : reader_look(reader->text, word->at, &code_point, &bytes);
        if (kind == SCREEN_CHAR_LETTER) {
            word->letters++;
            word->capitals += screen_char_is_capital(code_point);
            reader_fold(reader, word->at, word->at + bytes);
        }
        word->at += bytes;
    }
    word->end = end;
    word->is_odd = true;
}

/* ---- The token ------------------------------------------------------------------------------- */

/* With "is" or "has" more often than with an owner. */
static bool is_contraction(struct str folded)
{
    static const struct str list[] = {
        STR_INIT("it's"),    STR_INIT("he's"),   STR_INIT("she's"),   STR_INIT("that's"),
        STR_INIT("what's"),  STR_INIT("who's"),  STR_INIT("there's"), STR_INIT("here's"),
        STR_INIT("let's"),   STR_INIT("where's"), STR_INIT("how's"),  STR_INIT("when's"),
        STR_INIT("why's"),   STR_INIT("this's"),
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (str_equal(folded, list[i])) {
            return true;
        }
    }
    return false;
}

/* The stem's hash where a word has a possessive ending. */
static void possessive_find(struct screen_token *token, struct str plain)
{
    size_t ending = str_ends(plain, STR("'s")) ? 2 : str_ends(plain, STR("s'")) ? 1 : 0;
    if (ending == 0 || plain.len < ending + 1 || is_contraction(plain)) {
        return;
    }
    token->flags |= SCREEN_TOKEN_POSSESSIVE;
    token->stem_hash = screen_hash(str_slice(plain, 0, plain.len - ending));
}

/* "parents'" takes the apostrophe, unless it closes a quotation. */
static void plural_owner_read(struct reader *reader, struct word *word)
{
    size_t bytes = apostrophe_bytes(reader->text, word->end);
    bool is_open = reader->single_quote > 0 && reader->draft->token_count -
                                                       (reader->single_quote - 1) <=
                                                   QUOTE_TOKENS_MAX;
    if (bytes == 0 || is_open || word->letters < 3 ||
        reader->folded[reader->folded_bytes - 1] != 's') {
        return;
    }
    reader_room(reader, 1);
    reader->folded[reader->folded_bytes++] = '\'';
    word->end += bytes;
}

static enum screen_token_kind kind_of(const struct word *word)
{
    if (word->letters == 0) {
        return SCREEN_TOKEN_NUMBER;
    }
    return word->digits > 0 ? SCREEN_TOKEN_MIXED : SCREEN_TOKEN_WORD;
}

static size_t word_finish(struct reader *reader, struct word *word, bool is_spelt)
{
    char changed[DISGUISE_MAX];
    bool is_looked_through = word->is_odd || (word->digits > 0 && word->letters > 0);
    struct screen_token *token =
        reader_token(reader, kind_of(word), word->start, word->end, word->folded);
    if (!token) {
        return word->end;
    }
    struct str folded = {reader->folded + token->folded, token->folded_bytes};
    struct str plain = folded;
    if (is_looked_through) {
        struct str raw = str_slice(reader->text, word->start, word->end);
        plain = plain_word(is_spelt ? folded : raw, folded, changed);
    }
    reader_plain(reader, token, plain, screen_hash(plain));
    if (word->begins_with_capital) {
        bool is_all = word->letters > 1 && word->capitals == word->letters;
        token->flags |= SCREEN_TOKEN_CAPITAL | (is_all ? SCREEN_TOKEN_ALL_CAPITAL : 0);
    }
    token->flags |= is_spelt ? SCREEN_TOKEN_SPELT : 0;
    token->flags |= plain.at != folded.at && !str_equal(plain, folded) ? SCREEN_TOKEN_DISGUISED : 0;
    possessive_find(token, plain);
    return word->end;
}

static size_t address_finish(struct reader *reader, enum screen_token_kind kind, size_t start,
                             size_t end, size_t folded)
{
    reader->folded_bytes = folded;
    reader_fold(reader, start, end);
    struct screen_token *token = reader_token(reader, kind, start, end, folded);
    if (token) {
        reader_plain_same(reader, token);
    }
    return end;
}

/* A link begins like a word: "https", "www", "school" of "school.example". */
static bool may_be_link(struct str text, const struct word *word)
{
    unsigned char c = byte_at(text, word->end);
    return (c == ':' && byte_at(text, word->end + 1) == '/') ||
           ((c == '.' || c == '-') && reader_is_word_at(text, word->end + 1));
}

/* Whether a word of letters surely ends before the character at `at`, and no address goes on. */
static bool is_plain_end(struct str text, size_t start, size_t at)
{
    unsigned char c = byte_at(text, at);
    if (at - start == 1) { /* "a" may begin "a b c d" */
        return c == ' ' && ascii_is_letter(byte_at(text, at + 1)) &&
               ascii_is_letter(byte_at(text, at + 2));
    }
    if (c == ' ' || c == ',') {
        return true;
    }
    return (c == '.' || c == '!' || c == '?') && byte_at(text, at + 1) <= ' ';
}

/* A word of ASCII letters with space or a stop behind it, which is what most are: no disguise, no
 * apostrophe. Answers `at`, and nothing has changed, when it is another. */
static size_t simple_read(struct reader *reader, size_t at)
{
    const unsigned char *text = (const unsigned char *)reader->text.at;
    size_t most = reader->text.len - at < SIMPLE_MAX ? reader->text.len - at : SIMPLE_MAX;
    size_t folded = reader_begin(reader);
    reader_room(reader, SIMPLE_MAX);
    char *out = reader->folded + folded;
    uint32_t state = SCREEN_HASH_BEGIN;
    unsigned capitals = 0;
    unsigned last = 0, last_two = 0; /* letters: the last, and the one before it */
    bool is_even = true;
    size_t bytes = 0;
    for (; bytes < most && ascii_is_letter(text[at + bytes]); bytes++) {
        unsigned char c = text[at + bytes];
        unsigned char lower = c | 0x20;
        capitals += c != lower;
        is_even &= (last != lower) | (last_two != lower);
        last_two = last;
        last = lower;
        out[bytes] = (char)lower;
        state = (state ^ lower) * SCREEN_HASH_PRIME;
    }
    if (bytes == SIMPLE_MAX || !is_plain_end(reader->text, at, at + bytes)) {
        reader_withdraw(reader, folded);
        return at;
    }
    reader->folded_bytes = folded + bytes;
    struct screen_token *token =
        reader_token(reader, SCREEN_TOKEN_WORD, at, at + bytes, folded);
    if (token) {
        reader_plain(reader, token, (struct str){out, bytes}, screen_hash_end(state));
        is_even = is_even && (capitals == 0 || (capitals == 1 && text[at] <= 'Z'));
        token->flags |= is_even ? SCREEN_TOKEN_EVEN : 0;
        if (capitals > 0 && text[at] <= 'Z') {
            bool is_all = bytes > 1 && capitals == bytes;
            token->flags |= SCREEN_TOKEN_CAPITAL | (is_all ? SCREEN_TOKEN_ALL_CAPITAL : 0);
        }
    }
    return at + bytes;
}

size_t word_read(struct reader *reader, size_t at)
{
    struct str text = reader->text;
    bool may_be_mail = reader->mail_sign > at && reader->mail_sign - at <= MAIL_LOCAL_MAX;
    size_t simple = may_be_mail ? at : simple_read(reader, at);
    if (simple > at) {
        return simple;
    }
    size_t folded = reader_begin(reader);
    if (may_be_mail) {
        size_t end = address_mail_end(text, at);
        if (end > at) {
            return address_finish(reader, SCREEN_TOKEN_MAIL, at, end, folded);
        }
    }
    uint32_t first = byte_at(text, at);
    size_t bytes;
    struct word word = {.start = at, .at = at, .end = at, .folded = folded};
    if (first >= 0x80) {
        reader_look(text, at, &first, &bytes);
    }
    word.begins_with_capital =
        first < 0x80 ? first >= 'A' && first <= 'Z' : screen_char_is_capital(first);
    if (!ascii_is_word((unsigned char)first) && first < 0x80) { /* "$tupid" */
        reader_fold(reader, at, at + 1);
        word.at = word.end = at + 1;
        word.is_odd = true;
    }
    letters_read(reader, &word);
    if (may_be_link(text, &word)) {
        size_t end = address_link_end(text, at, &reader->link_tried);
        if (end > at) {
            return address_finish(reader, SCREEN_TOKEN_LINK, at, end, folded);
        }
    }
    if (word.letters == 1 && word.digits == 0) {
        size_t end = spelt_end(text, at);
        if (end > at) {
            spelt_read(reader, &word, end);
            return word_finish(reader, &word, true);
        }
    }
    if (apostrophe_bytes(text, word.end) > 0) {
        plural_owner_read(reader, &word);
    }
    return word_finish(reader, &word, false);
}

bool word_begins_with_sign(struct str text, size_t at)
{
    static const struct str after[] = {
        STR_INIT("ss"),     STR_INIT("sses"),    STR_INIT("rse"),     STR_INIT("rses"),
        STR_INIT("sshole"), STR_INIT("ssholes"), STR_INIT("rsehole"), STR_INIT("rseholes"),
    };
    if (byte_at(text, at) == '$') {
        return ascii_is_letter(byte_at(text, at + 1)) && ascii_is_letter(byte_at(text, at + 2)) &&
               ascii_is_letter(byte_at(text, at + 3));
    }
    size_t end = at + 1;
    while (end - at < 10 && ascii_is_word(byte_at(text, end))) {
        end++;
    }
    if (byte_at(text, at) != '@' || byte_at(text, end) == '_' || byte_at(text, end) == '.') {
        return false;
    }
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        char lower[10];
        for (size_t c = 0; c < end - at - 1; c++) {
            lower[c] = (char)(byte_at(text, at + 1 + c) | 0x20);
        }
        if (str_equal((struct str){lower, end - at - 1}, after[i])) {
            return true;
        }
    }
    return false;
}
