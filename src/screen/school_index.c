/*
 * screen/school_index.c - finds all names of a school in one pass over the letters of a draft.
 *
 * Read first: school_int.h. Start at: screen_names_find.
 *
 * A name, and each half of a long one, is a path through a tree of letters (alike form). Each node
 * knows for each letter where to go on, so that a draft costs one step a letter, whatever it holds.
 * Where a whole name ends it is found; where a half ends, the other half is compared letter by
 * letter and may have one slip.
 *
 * What must hold: a name of fewer than SHORT_LETTERS letters counts only between edges; a slip is
 * looked for only in names of LONG_LETTERS and more.
 */
#include "screen/school_int.h"

#include <assert.h>
#include <string.h>

#include "screen/near_int.h"

#define SHORT_LETTERS 8 /* shorter names are common words as well */
#define LONG_LETTERS 10 /* from here on a name is known within a run of letters */
#define DOMAIN_LETTERS_MIN 6
#define ALPHABET 37 /* other, a-z, 0-9 */
#define PATTERNS_MAX 65535
#define NAMES_MAX (SCREEN_SCHOOL_NAMES_MAX * 3)

enum part { PART_WHOLE, PART_HEAD, PART_TAIL };

struct pattern {
    const struct screen_name *name;
    uint8_t part;
    uint8_t letters; /* of the part */
    uint16_t next;   /* another pattern of the same letters, by its number and one; 0: none */
};

struct node {
    uint16_t to[ALPHABET];
    uint16_t back;    /* the longest end of this path that begins another */
    uint16_t report;  /* the nearest such end at which a pattern ends; 0: none */
    uint16_t pattern; /* which ends here, by its number and one */
};

struct screen_school_index {
    const struct screen_school *school;
    struct screen_name names[NAMES_MAX];
    uint32_t name_count;
    struct pattern *patterns;
    uint32_t pattern_count, pattern_room;
    struct node *nodes; /* the first is the root */
    uint32_t node_count, node_room;
    uint8_t letter_numbers[256]; /* of what a letter may stand for */
    /* The ways of all nodes for the search: ALPHABET times the number of a node, and WAY_ENDS where
     * a pattern ends there. */
    uint32_t *ways;
};

#define WAY_ENDS ((uint32_t)1 << 31)

const struct screen_school *screen_index_school(const struct screen_school_index *index)
{
    return index->school;
}

static unsigned letter_number(char c)
{
    if (c >= 'a' && c <= 'z') {
        return (unsigned)(c - 'a') + 1;
    }
    return c >= '0' && c <= '9' ? (unsigned)(c - '0') + 27 : 0;
}

/* ---- Making it ------------------------------------------------------------------------------- */

static void pattern_add(struct screen_school_index *index, const struct screen_name *name,
                        enum part part, struct str letters)
{
    if (index->pattern_count == index->pattern_room || letters.len == 0) {
        return;
    }
    uint32_t at = 0;
    for (size_t i = 0; i < letters.len; i++) {
        uint16_t *to = &index->nodes[at].to[letter_number(letters.at[i])];
        if (*to == 0) {
            if (index->node_count == index->node_room) {
                return;
            }
            *to = (uint16_t)index->node_count++;
        }
        at = *to;
    }
    struct pattern *pattern = &index->patterns[index->pattern_count++];
    *pattern = (struct pattern){.name = name,
                                .part = (uint8_t)part,
                                .letters = (uint8_t)letters.len,
                                .next = index->nodes[at].pattern};
    index->nodes[at].pattern = (uint16_t)index->pattern_count;
}

static void patterns_add(struct screen_school_index *index, const struct screen_name *name)
{
    size_t letters = name->alike.len;
    pattern_add(index, name, PART_WHOLE, name->alike);
    if (letters >= LONG_LETTERS) {
        pattern_add(index, name, PART_HEAD, str_slice(name->alike, 0, letters / 2));
        pattern_add(index, name, PART_TAIL, str_slice(name->alike, letters / 2, letters));
        /* two letters the wrong way round may lie on both sides of the middle */
        pattern_add(index, name, PART_TAIL, str_slice(name->alike, letters / 2 + 1, letters));
    }
}

/* Ways back, in the order of the length of paths; then each node has a way for each letter. */
static void ways_make(struct arena *arena, struct screen_school_index *index)
{
    uint32_t *queue = ARENA_ARRAY(arena, uint32_t, index->node_count);
    uint32_t count = 0;
    for (uint32_t first = 0, at = 0; first <= count; at = queue[first++]) {
        struct node *node = &index->nodes[at];
        for (unsigned letter = 0; letter < ALPHABET; letter++) {
            uint16_t to = node->to[letter];
            uint16_t other = at == 0 ? 0 : index->nodes[node->back].to[letter];
            if (to == 0) {
                node->to[letter] = other;
                continue;
            }
            struct node *child = &index->nodes[to];
            child->back = other;
            child->report = index->nodes[other].pattern ? other : index->nodes[other].report;
            queue[count++] = to;
        }
        if (first == count) {
            break;
        }
    }
}

static void ways_put(struct arena *arena, struct screen_school_index *index)
{
    index->ways = ARENA_ARRAY(arena, uint32_t, (size_t)index->node_count * ALPHABET);
    for (uint32_t at = 0; at < index->node_count; at++) {
        for (unsigned letter = 0; letter < ALPHABET; letter++) {
            uint32_t to = index->nodes[at].to[letter];
            bool has_end = index->nodes[to].pattern != 0 || index->nodes[to].report != 0;
            index->ways[at * ALPHABET + letter] = to * ALPHABET | (has_end ? WAY_ENDS : 0);
        }
    }
}

static struct screen_stream name_stream(struct arena *arena, struct str text, bool is_domain)
{
    if (is_domain) {
        return screen_stream_of_host(arena, text);
    }
    struct screen_draft *draft = screen_draft_read(arena, text);
    screen_words_mark(draft);
    return screen_stream_of_draft(arena, draft);
}

/* Adds a name, its letters made as those of a draft are. */
static void name_add(struct arena *arena, struct screen_school_index *index, struct str text,
                     bool is_domain)
{
    struct screen_stream stream = name_stream(arena, text, is_domain);
    struct screen_name name = {.is_domain = is_domain};
    char *written = arena_alloc(arena, SCREEN_NAME_LETTERS_MAX);
    char *alike = arena_alloc(arena, SCREEN_NAME_LETTERS_MAX);
    size_t count = 0;
    for (uint32_t i = 0; i < stream.count; i++) {
        if (stream.written[i] == 0) {
            continue;
        }
        if (count == SCREEN_NAME_LETTERS_MAX || index->name_count == NAMES_MAX) {
            return;
        }
        if (stream.edges[i] & SCREEN_EDGE_WORD || count == 0) {
            name.word_starts |= (uint64_t)1 << count;
            name.words++;
        }
        written[count] = stream.written[i];
        alike[count++] = screen_alike(stream.written[i]);
    }
    name.written = (struct str){written, count};
    name.alike = (struct str){alike, count};
    if (count < (is_domain ? DOMAIN_LETTERS_MIN : 3)) {
        return;
    }
    for (uint32_t i = 0; i < index->name_count; i++) {
        if (str_equal(index->names[i].written, name.written) &&
            index->names[i].is_domain == is_domain) {
            return;
        }
    }
    index->names[index->name_count++] = name;
}

/* Where the last word of a text begins; its length when it has one word. */
static size_t last_word(struct str text)
{
    size_t at = text.len;
    while (at > 0 && text.at[at - 1] != ' ') {
        at--;
    }
    return at > 0 ? at : text.len;
}

static unsigned words_count(struct str text)
{
    unsigned spaces = 0;
    for (size_t i = 0; i < text.len; i++) {
        spaces += text.at[i] == ' ';
    }
    return spaces + 1;
}

/* A name, without "The" before it, and without "School" behind three words or more. */
static void names_add(struct arena *arena, struct screen_school_index *index, struct str name)
{
    name = str_trim(name);
    if (str_starts(name, STR("The ")) || str_starts(name, STR("the "))) {
        name = str_slice(name, 4, name.len);
    }
    name_add(arena, index, name, false);
    size_t last = last_word(name);
    if (words_count(name) > 3 && (str_equal(str_slice(name, last, name.len), STR("School")) ||
                                  str_equal(str_slice(name, last, name.len), STR("school")))) {
        name_add(arena, index, str_trim(str_slice(name, 0, last)), false);
    }
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

const struct screen_school_index *screen_school_open(struct arena *arena,
                                                     const struct screen_school *school)
{
    struct screen_school_index *index = ARENA_NEW(arena, struct screen_school_index);
    index->school = school;
    for (unsigned c = 0; c < 128; c++) {
        index->letter_numbers[c] = (uint8_t)letter_number(screen_alike((char)c));
    }
    for (size_t i = 0; i < smaller(school->names.count, SCREEN_SCHOOL_NAMES_MAX); i++) {
        names_add(arena, index, school->names.items[i]);
    }
    for (size_t i = 0; i < smaller(school->mail_domains.count, SCREEN_SCHOOL_NAMES_MAX); i++) {
        struct str label;
        (void)str_cut(school->mail_domains.items[i], '.', &label, NULL);
        name_add(arena, index, label, true);
    }
    size_t letters = 1;
    for (uint32_t i = 0; i < index->name_count; i++) {
        letters += index->names[i].alike.len * 2;
    }
    index->pattern_room = index->name_count * 4;
    index->patterns = ARENA_ARRAY(arena, struct pattern, index->pattern_room + 1);
    index->node_room = (uint32_t)letters;
    index->nodes = ARENA_ARRAY(arena, struct node, letters);
    index->node_count = 1;
    assert(letters <= PATTERNS_MAX);
    for (uint32_t i = 0; i < index->name_count; i++) {
        patterns_add(index, &index->names[i]);
    }
    ways_make(arena, index);
    ways_put(arena, index);
    return index;
}

/* ---- Slips ----------------------------------------------------------------------------------- */

static bool is_vowel(char c)
{
    return c != 0 && strchr("aeiouy", c) != NULL;
}

static bool sound_alike(char a, char b)
{
    static const char *const pairs[] = {"ck", "sz", "il", "kq", "gj", "iy", "uv", "sc", "xs"};
    if (is_vowel(a) && is_vowel(b)) {
        return true;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if ((pairs[i][0] == a && pairs[i][1] == b) || (pairs[i][0] == b && pairs[i][1] == a)) {
            return true;
        }
    }
    return false;
}

static bool starts_word(uint64_t word_starts, size_t at)
{
    return word_starts >> at & 1;
}

/* One letter too many in `longer`, at `at`: a double, a vowel, or the last. */
static bool is_likely_insertion(struct str longer, size_t at)
{
    return (at > 0 && longer.at[at] == longer.at[at - 1]) || is_vowel(longer.at[at]) ||
           (at + 1 < longer.len && longer.at[at] == longer.at[at + 1]) || at + 1 == longer.len;
}

/* The same consonants in the same order, other vowels: "vale" and "veil". */
static bool is_same_sound(struct str text, struct str name, uint64_t word_starts)
{
    size_t t = 0;
    size_t vowels = 0;
    for (size_t n = 0; n < name.len; n++) {
        if (is_vowel(name.at[n]) && !starts_word(word_starts, n)) {
            continue;
        }
        while (t < text.len && is_vowel(text.at[t]) && text.at[t] != name.at[n]) {
            vowels++;
            t++;
        }
        if (t == text.len || text.at[t] != name.at[n]) {
            return false;
        }
        t++;
    }
    while (t < text.len && is_vowel(text.at[t])) {
        vowels++;
        t++;
    }
    size_t apart = text.len > name.len ? text.len - name.len : name.len - text.len;
    return t == text.len && vowels > 0 && apart <= 1;
}

/* Whether one slip of the keyboard, ear or eye lies between them; both are as written. */
static bool is_slip(struct str text, struct str name, uint64_t word_starts)
{
    size_t same = 0;
    while (same < text.len && same < name.len && text.at[same] == name.at[same]) {
        same++;
    }
    struct str text_rest = str_slice(text, same, text.len);
    struct str name_rest = str_slice(name, same, name.len);
    if (text.len == name.len && text_rest.len > 0) {
        bool is_first = starts_word(word_starts, same);
        bool is_one = str_equal(str_slice(text_rest, 1, text_rest.len),
                                str_slice(name_rest, 1, name_rest.len));
        bool is_swap = text_rest.len > 1 && text_rest.at[0] == name_rest.at[1] &&
                       text_rest.at[1] == name_rest.at[0] &&
                       str_equal(str_slice(text_rest, 2, text_rest.len),
                                 str_slice(name_rest, 2, name_rest.len));
        if ((is_one && !is_first && sound_alike(text_rest.at[0], name_rest.at[0])) || is_swap) {
            return true;
        }
    } else if (text.len + 1 == name.len && !starts_word(word_starts, same) &&
               str_equal(text_rest, str_slice(name_rest, 1, name_rest.len))) {
        return true;
    } else if (text.len == name.len + 1 &&
               str_equal(str_slice(text_rest, 1, text_rest.len), name_rest) &&
               is_likely_insertion(text, same)) {
        return true;
    }
    bool is_read_as = (str_starts(text_rest, STR("rn")) && str_starts(name_rest, STR("m"))) ||
                      (str_starts(text_rest, STR("vv")) && str_starts(name_rest, STR("w")));
    if (is_read_as &&
        str_equal(str_slice(text_rest, 2, text_rest.len), str_slice(name_rest, 1, name_rest.len))) {
        return true;
    }
    return is_same_sound(text, name, word_starts);
}

/* ---- Finding --------------------------------------------------------------------------------- */

struct search {
    const struct screen_school_index *index;
    const struct screen_stream *stream;
    struct screen_name_match *matches;
    uint32_t count;
};

static void match_add(struct search *search, struct screen_name_match match)
{
    if (search->count < SCREEN_MATCHES_MAX) {
        search->matches[search->count++] = match;
    }
}

static bool is_start(const struct screen_stream *stream, uint32_t at)
{
    return stream->edges[at] & SCREEN_EDGE_START;
}

static bool is_end(const struct screen_stream *stream, uint32_t at)
{
    return stream->edges[at] & SCREEN_EDGE_END;
}

static void whole_find(struct search *search, const struct screen_name *name, uint32_t end)
{
    const struct screen_stream *stream = search->stream;
    uint32_t letters = (uint32_t)name->alike.len;
    uint32_t start = end + 1 - letters;
    bool has_start = is_start(stream, start);
    bool has_end = is_end(stream, end);
    bool is_one_token = screen_stream_token(stream, start) == screen_stream_token(stream, end);
    bool is_within = !has_start || !has_end;
    bool is_known_within = is_one_token && (letters >= LONG_LETTERS ||
                                            (letters >= SHORT_LETTERS && (has_start || has_end)));
    if (is_within && !is_known_within) {
        return;
    }
    match_add(search, (struct screen_name_match){
                          .start = start, .end = end, .name = name, .is_within = is_within});
}

/* The head stands at start..middle-1: the tail may differ by a slip. */
static void tail_find(struct search *search, const struct screen_name *name, uint32_t start,
                      uint32_t middle)
{
    const struct screen_stream *stream = search->stream;
    size_t head = middle - start;
    struct str tail = str_slice(name->written, head, name->written.len);
    uint64_t word_starts = name->word_starts >> head;
    for (size_t letters = tail.len + 1; letters + 1 >= tail.len && letters > 0; letters--) {
        uint32_t end = middle + (uint32_t)letters - 1;
        if (end >= stream->count || !is_end(stream, end) || !is_start(stream, start)) {
            continue;
        }
        struct str text = {stream->written + middle, letters};
        if (memchr(text.at, 0, letters) == NULL && !str_equal(text, tail) &&
            is_slip(text, tail, word_starts)) {
            match_add(search, (struct screen_name_match){
                                  .start = start, .end = end, .name = name, .is_slip = true});
            return;
        }
    }
}

/* The tail stands at middle..end: the head may differ by a slip. */
static void head_find(struct search *search, const struct screen_name *name, uint32_t middle,
                      uint32_t end)
{
    const struct screen_stream *stream = search->stream;
    size_t head_letters = name->written.len - (end + 1 - middle);
    struct str head = str_slice(name->written, 0, head_letters);
    if (!is_end(stream, end)) {
        return;
    }
    for (size_t letters = head.len + 1; letters + 1 >= head.len && letters > 0; letters--) {
        if (letters > middle || !is_start(stream, middle - (uint32_t)letters)) {
            continue;
        }
        uint32_t start = middle - (uint32_t)letters;
        struct str text = {stream->written + start, letters};
        if (memchr(text.at, 0, letters) == NULL && !str_equal(text, head) &&
            is_slip(text, head, name->word_starts)) {
            match_add(search, (struct screen_name_match){
                                  .start = start, .end = end, .name = name, .is_slip = true});
            return;
        }
    }
}

static void patterns_report(struct search *search, uint32_t node, uint32_t end)
{
    const struct screen_school_index *index = search->index;
    for (uint32_t number = index->nodes[node].pattern; number != 0;
         number = index->patterns[number - 1].next) {
        const struct pattern *pattern = &index->patterns[number - 1];
        uint32_t start = end + 1 - pattern->letters;
        switch ((enum part)pattern->part) {
        case PART_WHOLE:
            whole_find(search, pattern->name, end);
            break;
        case PART_HEAD:
            tail_find(search, pattern->name, start, end + 1);
            break;
        case PART_TAIL:
            head_find(search, pattern->name, start, end);
            break;
        }
    }
}

uint32_t screen_names_find(const struct screen_school_index *index,
                           const struct screen_stream *stream,
                           struct screen_name_match matches[SCREEN_MATCHES_MAX])
{
    struct search search = {.index = index, .stream = stream, .matches = matches};
    const uint32_t *ways = index->ways;
    uint32_t way = 0;
    for (uint32_t i = 0, count = stream->count; i < count; i++) {
        unsigned letter = index->letter_numbers[(unsigned char)stream->written[i]];
        way = ways[(way & ~WAY_ENDS) + letter];
        if (!(way & WAY_ENDS)) {
            continue;
        }
        uint32_t node = (way & ~WAY_ENDS) / ALPHABET;
        uint32_t at = index->nodes[node].pattern ? node : index->nodes[node].report;
        for (; at != 0; at = index->nodes[at].report) {
            patterns_report(&search, at, i);
        }
    }
    return search.count;
}
