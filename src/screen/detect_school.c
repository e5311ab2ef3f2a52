/*
 * screen/detect_school.c - the names of a school, its short names, and its names in disguise.
 *
 * Read first: screen_int.h, school_int.h. Start at: screen_detect_school.
 *
 *   as it is         Ashdown Vale, #AshdownVale; St. Marys C of E for St Mary's CofE
 *   short            AVA, #TeamAVA; the Vale where school is spoken of
 *   in disguise      Ashd0wn V@le, ashdownvale_official, @ash.d0wn.va1e, Ashdown Veil
 *
 * What must hold: Ashdown Forest, Ava, the Vale of York and other words with the same letters are
 * none of them; nor are roads, churches and clubs that are named after the same place.
 */
#include "screen/school_int.h"

#include "screen/near_int.h"

#define CONTEXT 14          /* tokens around a nickname */
#define SPELT_TOKENS_MAX 12 /* before a short name: the words that it is short for */

static const struct str because_name = STR_INIT("It is a name of the school or trust.");
static const struct str because_tag = STR_INIT("The name of the school stands in it.");
static const struct str because_short = STR_INIT("It is a short name of the school.");
static const struct str because_nick = STR_INIT("It is what people call the school.");
static const struct str because_alike =
    STR_INIT("It reads as the name of the school with letters changed or run together.");
static const struct str because_account =
    STR_INIT("An account or word is made of the name of the school.");

/* ---- Names ----------------------------------------------------------------------------------- */

/* Whether the letters are the name's own, none of them disguised. */
static bool is_exact(const struct screen_work *work, const struct screen_stream *stream,
                     const struct screen_name_match *match)
{
    struct str text = {stream->written + match->start, match->end - match->start + 1};
    if (match->is_slip || !str_equal(text, match->name->written)) {
        return false;
    }
    for (uint32_t i = match->start; i <= match->end; i++) {
        if (work->draft->tokens[screen_stream_token(stream, i)].flags &
            (SCREEN_TOKEN_DISGUISED | SCREEN_TOKEN_SPELT)) {
            return false;
        }
    }
    return true;
}

/* Whether words begin where the name's words do, and nothing is glued together. */
static bool has_words(const struct screen_stream *stream, const struct screen_name_match *match)
{
    for (uint32_t i = match->start; i <= match->end; i++) {
        bool is_word = stream->edges[i] & SCREEN_EDGE_WORD;
        bool is_glue = stream->edges[i] & SCREEN_EDGE_GLUE;
        bool should_be = match->name->word_starts >> (i - match->start) & 1;
        if ((i > match->start && is_word != should_be) || is_glue) {
            return false;
        }
    }
    return true;
}

/* Letters of the same run, without a space, before or behind: "ashdownvale_official". */
static bool has_more(const struct screen_work *work, const struct screen_stream *stream,
                     const struct screen_name_match *match)
{
    const struct screen_draft *draft = work->draft;
    uint32_t first = screen_stream_token(stream, match->start);
    uint32_t last = screen_stream_token(stream, match->end);
    bool has_before = match->start > 0 && stream->written[match->start - 1] != 0 &&
                      (screen_stream_token(stream, match->start - 1) == first ||
                       stream->edges[match->start] & SCREEN_EDGE_GLUE);
    bool has_behind = match->end + 1 < stream->count && stream->written[match->end + 1] != 0 &&
                      (stream->edges[match->end + 1] & SCREEN_EDGE_GLUE ||
                       (screen_stream_token(stream, match->end + 1) == last &&
                        !(draft->tokens[last].flags & SCREEN_TOKEN_POSSESSIVE)));
    return has_before || has_behind;
}

static bool is_other_place(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    uint32_t next = last + 1;
    bool is_half =
        draft->tokens[first].flags & SCREEN_TOKEN_CAPITAL && /* "Fernhill primary care" */
        !(draft->tokens[last].flags & SCREEN_TOKEN_CAPITAL);
    bool is_behind = screen_is_at(draft, next, SCREEN_WORD_PLACE_BEHIND) &&
                     (is_half || draft->tokens[next].flags & SCREEN_TOKEN_CAPITAL) &&
                     !(draft->tokens[next].flags & SCREEN_TOKEN_LINE);
    bool is_prefixed = first > 0 && screen_is_at(draft, first - 1, SCREEN_WORD_PLACE_PREFIX) &&
                       draft->tokens[first - 1].flags & SCREEN_TOKEN_CAPITAL &&
                       !(draft->tokens[first - 1].flags & SCREEN_TOKEN_FIRST);
    return is_behind || is_prefixed;
}

/* The tokens of the run without spaces around the match: an account name is reported whole. */
static void run_widen(const struct screen_draft *draft, uint32_t *first, uint32_t *last)
{
    for (unsigned i = 0; i < 8 && *first > 0; i++) {
        bool is_joint =
            screen_is_glued(draft, *first) &&
            (screen_is_sign(draft, *first - 1, '_') || screen_is_sign(draft, *first - 1, '.') ||
             screen_is_sign(draft, *first, '_') || screen_is_sign(draft, *first, '.'));
        bool is_hyphen = draft->tokens[*first].flags & SCREEN_TOKEN_HYPHEN;
        if (!is_joint && !is_hyphen) {
            break;
        }
        (*first)--;
    }
    for (unsigned i = 0; i < 8 && *last + 1 < draft->token_count; i++) {
        uint32_t next = *last + 1;
        bool is_joint = screen_is_glued(draft, next) &&
                        (screen_is_sign(draft, next, '_') ||
                         (screen_is_sign(draft, next, '.') && screen_is_glued(draft, next + 1)) ||
                         screen_is_sign(draft, *last, '_') || screen_is_sign(draft, *last, '.'));
        bool is_hyphen = draft->tokens[next].flags & SCREEN_TOKEN_HYPHEN;
        if (!is_joint && !is_hyphen) {
            break;
        }
        *last = next;
    }
}

/* "... at ashdownvale dot example": a mail address in words, which detect_mail.c finds. */
static bool is_of_mail(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    return screen_is_word(draft, last + 1, STR("dot")) ||
           (first > 0 && screen_is_sign(draft, first - 1, '@'));
}

static bool is_shadowed(const struct screen_work *work, uint32_t first, uint32_t last)
{
    const struct screen_token *tokens = work->draft->tokens;
    return screen_finding_at(work, SCREEN_SCHOOL_NAME, tokens[first].start, tokens[last].end) ||
           screen_finding_at(work, SCREEN_SCHOOL_LOOK_ALIKE, tokens[first].start, tokens[last].end);
}

/* One word alone is the name only with a capital: "Fernhill", not a slip of the hand in small. */
static bool is_written_as_name(const struct screen_draft *draft, uint32_t first,
                               const struct screen_name *name)
{
    return name->words > 1 || draft->tokens[first].flags & SCREEN_TOKEN_CAPITAL;
}

static void disguised_report(struct screen_work *work, uint32_t first, uint32_t last,
                             const struct screen_name_match *match, bool is_same)
{
    if (is_shadowed(work, first, last) || is_of_mail(work->draft, first, last)) {
        return;
    }
    bool is_spaced = match->is_slip && first != last;
    run_widen(work->draft, &first, &last);
    screen_found(work, SCREEN_SCHOOL_LOOK_ALIKE, SCREEN_DETAIL_NONE, first, last,
                 is_spaced        ? 800
                 : match->is_slip ? 850
                                  : 940,
                 is_same ? because_account : because_alike);
}

/* Names as they are; answers whether the match is one. */
static bool plain_report(struct screen_work *work, const struct screen_stream *stream,
                         const struct screen_name_match *match)
{
    const struct screen_draft *draft = work->draft;
    uint32_t first = screen_stream_token(stream, match->start);
    uint32_t last = screen_stream_token(stream, match->end);
    uint16_t kind = draft->tokens[first].kind;
    if (!is_exact(work, stream, match)) {
        return false;
    }
    bool has_letters_more = has_more(work, stream, match);
    bool is_account = kind == SCREEN_TOKEN_HANDLE && work->channel == SCREEN_CHANNEL_PROFILE;
    bool is_handle = kind == SCREEN_TOKEN_HANDLE &&
                     draft->tokens[first].folded_bytes == match->name->written.len + 1;
    bool is_tag = kind == SCREEN_TOKEN_HASHTAG || (is_handle && !is_account);
    if (is_tag) {
        screen_found(work, SCREEN_SCHOOL_NAME, SCREEN_DETAIL_NONE, first, last, 930, because_tag);
        return true;
    }
    bool is_name = kind != SCREEN_TOKEN_HANDLE && !has_letters_more && has_words(stream, match);
    if (is_name && !is_other_place(draft, first, last) &&
        is_written_as_name(draft, first, match->name)) {
        screen_found(work, SCREEN_SCHOOL_NAME, SCREEN_DETAIL_NONE, first, last, 970, because_name);
    }
    return is_name;
}

static void names_report(struct screen_work *work, const struct screen_stream *stream)
{
    struct screen_name_match matches[SCREEN_MATCHES_MAX];
    uint32_t count = screen_names_find(work->screen->school, stream, matches);
    uint64_t is_plain = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool is_done = matches[i].name->is_domain || plain_report(work, stream, &matches[i]);
        is_plain |= (uint64_t)is_done << i;
    }
    for (unsigned slips = 0; slips < 2; slips++) { /* what is nearer to the name comes first */
        for (uint32_t i = 0; i < count; i++) {
            if (!(is_plain >> i & 1) && matches[i].is_slip == (slips == 1)) {
                struct str text = {stream->written + matches[i].start,
                                   matches[i].end - matches[i].start + 1};
                disguised_report(work, screen_stream_token(stream, matches[i].start),
                                 screen_stream_token(stream, matches[i].end), &matches[i],
                                 str_equal(text, matches[i].name->written));
            }
        }
    }
}

enum screen_host_match screen_school_in_host(const struct screen_work *work, struct str host)
{
    if (work->screen->school == NULL) {
        return SCREEN_HOST_OTHER;
    }
    struct screen_stream stream = screen_stream_of_host(work->arena, host);
    struct screen_name_match matches[SCREEN_MATCHES_MAX];
    uint32_t count = screen_names_find(work->screen->school, &stream, matches);
    enum screen_host_match best = SCREEN_HOST_OTHER;
    for (uint32_t i = 0; i < count; i++) {
        const struct screen_name_match *match = &matches[i];
        struct str text = {stream.written + match->start, match->end - match->start + 1};
        bool is_same = !match->is_slip && str_equal(text, match->name->written);
        bool is_divided = false;
        for (uint32_t at = match->start + 1; at <= match->end; at++) {
            is_divided = is_divided || stream.edges[at] & SCREEN_EDGE_START;
        }
        enum screen_host_match found = !is_same ? SCREEN_HOST_DISGUISED
                                       : is_divided && match->name->is_domain ? SCREEN_HOST_IMITATED
                                                                              : SCREEN_HOST_NAMED;
        best = found > best ? found : best;
    }
    const struct screen_school *school = screen_index_school(work->screen->school);
    for (size_t i = 0; i < school->mail_domains.count; i++) { /* "school.example.other.example" */
        struct str own = school->mail_domains.items[i];
        size_t at = own.len > 0 ? str_find(host, own) : STR_NONE;
        if (at != STR_NONE && at + own.len < host.len && best < SCREEN_HOST_IMITATED) {
            best = SCREEN_HOST_IMITATED;
        }
    }
    return best;
}

/* ---- Short names ----------------------------------------------------------------------------- */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Whether all words around are in capitals too, so that "AVA" may be anybody's name. */
static bool is_shouted(const struct screen_draft *draft, uint32_t token)
{
    unsigned shouted = 0;
    unsigned words = 0;
    for (uint32_t i = token > 4 ? token - 4 : 0; i < draft->token_count && i <= token + 4; i++) {
        if (i != token && draft->tokens[i].kind == SCREEN_TOKEN_WORD &&
            draft->tokens[i].folded_bytes >= 3 &&
            draft->tokens[i].sentence == draft->tokens[token].sentence) {
            words++;
            shouted += (draft->tokens[i].flags & SCREEN_TOKEN_ALL_CAPITAL) != 0;
        }
    }
    return words > 0 && shouted == words;
}

/* "staff" of "#AVAstaff". */
static bool is_school_word(struct str raw, size_t from)
{
    return screen_word_has(str_slice(raw, from, raw.len), SCREEN_WORD_SCHOOL_LIFE);
}

/* "#TeamAVA", "@AVA_music", "#AVAstaff": a short name between parts. */
static bool has_short_part(struct str raw, struct str name)
{
    for (size_t at = 1; name.len > 1 && at + name.len <= raw.len; at++) {
        if (!str_equal(str_slice(raw, at, at + name.len), name)) {
            continue;
        }
        char before = raw.at[at - 1];
        char after = at + name.len < raw.len ? raw.at[at + name.len] : 0;
        char second = at + name.len + 1 < raw.len ? raw.at[at + name.len + 1] : 0;
        bool is_begun = !is_capital(before);
        if (is_begun && at == 1 && is_small(after) && is_school_word(raw, at + name.len)) {
            return true;
        }
        bool is_ended = !is_small(after) && (!is_capital(after) || is_small(second));
        if (is_begun && is_ended) {
            return true;
        }
    }
    return false;
}

/* "A.V.A." and "A V A": the last token, or SCREEN_NO_TOKEN. */
static uint32_t initials_last(const struct screen_draft *draft, uint32_t token, struct str name)
{
    uint32_t at = token;
    for (size_t i = 0; i < name.len; i++) {
        if (at >= draft->token_count || draft->tokens[at].kind != SCREEN_TOKEN_WORD ||
            !str_equal(screen_token_raw(draft, at), str_slice(name, i, i + 1)) ||
            (i > 0 && !screen_is_sign(draft, at - 1, '.'))) {
            return SCREEN_NO_TOKEN;
        }
        at += i + 1 < name.len ? 2 : 0;
    }
    return name.len >= 3 ? at + screen_is_sign(draft, at + 1, '.') : SCREEN_NO_TOKEN;
}

/* "AVA-lanche": the short name and small letters make one word, but for "AVA-wide". */
static bool is_part_of_pun(const struct screen_draft *draft, uint32_t token)
{
    uint32_t next = token + 1;
    return next < draft->token_count && draft->tokens[next].kind == SCREEN_TOKEN_WORD &&
           draft->tokens[next].flags & SCREEN_TOKEN_HYPHEN &&
           !(draft->tokens[next].flags & SCREEN_TOKEN_CAPITAL) &&
           !screen_word_is(&draft->tokens[next], SCREEN_WORD_SCHOOL_TAIL) &&
           !screen_word_is(&draft->tokens[next], SCREEN_WORD_SCHOOL_LIFE);
}

/* "Rey Auditory Verbal Learning Test, AVLT for short": words close before begin with its letters
 * and are not the school's name. */
static bool is_of_other_words(const struct screen_work *work, uint32_t token, struct str name)
{
    const struct screen_draft *draft = work->draft;
    uint32_t from = token > SPELT_TOKENS_MAX ? token - SPELT_TOKENS_MAX : 0;
    for (uint32_t first = from; name.len >= 3 && first + name.len <= token; first++) {
        size_t letters = 0;
        while (letters < name.len) {
            const struct screen_token *one = &draft->tokens[first + letters];
            struct str raw = screen_token_raw(draft, first + (uint32_t)letters);
            if (one->kind != SCREEN_TOKEN_WORD || raw.len < 2 || raw.at[0] != name.at[letters]) {
                break;
            }
            letters++;
        }
        if (letters == name.len &&
            screen_finding_at(work, SCREEN_SCHOOL_NAME, draft->tokens[first].start,
                              draft->tokens[first + letters - 1].end) == NULL) {
            return true;
        }
    }
    return false;
}

static void short_find(struct screen_work *work, uint32_t token, struct str name)
{
    const struct screen_draft *draft = work->draft;
    const struct screen_token *one = &draft->tokens[token];
    struct str raw = screen_token_raw(draft, token);
    bool is_named = one->kind == SCREEN_TOKEN_HASHTAG || one->kind == SCREEN_TOKEN_HANDLE;
    if (is_named) {
        if (has_short_part(raw, name)) {
            screen_found(work, SCREEN_SCHOOL_ABBREVIATION, SCREEN_DETAIL_NONE, token, token, 850,
                         because_short);
        }
        return;
    }
    if (one->folded_bytes == 1) {
        uint32_t last = initials_last(draft, token, name);
        if (last != SCREEN_NO_TOKEN) {
            screen_found(work, SCREEN_SCHOOL_ABBREVIATION, SCREEN_DETAIL_NONE, token, last, 850,
                         because_short);
        }
        return;
    }
    bool is_whole =
        str_starts(raw, name) &&
        (raw.len == name.len || (one->flags & SCREEN_TOKEN_POSSESSIVE && raw.len <= name.len + 4 &&
                                 !is_small(raw.at[name.len]) && !is_capital(raw.at[name.len])));
    if (is_whole && !is_shouted(draft, token) && !is_part_of_pun(draft, token) &&
        !is_of_other_words(work, token, name)) {
        screen_found(work, SCREEN_SCHOOL_ABBREVIATION, SCREEN_DETAIL_NONE, token, token, 930,
                     because_short);
    }
}

/* ---- Nicknames ------------------------------------------------------------------------------- */

static bool is_same_word(const struct screen_draft *draft, uint32_t token, struct str word)
{
    if (token >= draft->token_count || draft->tokens[token].kind != SCREEN_TOKEN_WORD) {
        return false;
    }
    struct str folded = screen_token_folded(draft, token);
    if (draft->tokens[token].flags & SCREEN_TOKEN_POSSESSIVE && str_ends(folded, STR("'s"))) {
        folded = str_slice(folded, 0, folded.len - 2);
    }
    if (folded.len != word.len) {
        return false;
    }
    for (size_t i = 0; i < word.len; i++) {
        char c = is_capital(word.at[i]) ? (char)(word.at[i] | 0x20) : word.at[i];
        if (c != folded.at[i]) {
            return false;
        }
    }
    return !is_capital(word.at[0]) || draft->tokens[token].flags & SCREEN_TOKEN_CAPITAL;
}

static unsigned nickname_confidence(const struct screen_draft *draft, uint32_t first, uint32_t last)
{
    uint32_t next = last + 1;
    bool has_of = screen_is_word(draft, next, STR("of"));
    bool is_joined = next < draft->token_count && draft->tokens[next].flags & SCREEN_TOKEN_HYPHEN;
    bool is_longer = next < draft->token_count && draft->tokens[next].kind == SCREEN_TOKEN_WORD &&
                     draft->tokens[next].flags & SCREEN_TOKEN_CAPITAL &&
                     !screen_is_at(draft, next, SCREEN_WORD_SCHOOL_LIFE);
    struct screen_classes near = screen_classes_near(draft, first, CONTEXT, CONTEXT);
    bool is_school = screen_classes_have(&near, SCREEN_WORD_SCHOOL_LIFE);
    bool is_around = first > 0 && screen_is_at(draft, first - 1, SCREEN_WORD_PLACE_AROUND);
    bool is_at = first > 0 && screen_is_word(draft, first - 1, STR("at"));
    if (has_of || is_joined || is_longer || (is_around && !is_school)) {
        return 0;
    }
    if (is_school) {
        return is_around ? 700 : 880;
    }
    return is_at || screen_is_at(draft, next, SCREEN_WORD_NICKNAME_VERB) ? 700 : 550;
}

static void nickname_find(struct screen_work *work, uint32_t token, struct str name)
{
    const struct screen_draft *draft = work->draft;
    struct str rest = name;
    uint32_t at = token;
    while (rest.len > 0) {
        struct str word;
        (void)str_cut(rest, ' ', &word, &rest);
        if (word.len == 0 || !is_same_word(draft, at, word)) {
            return;
        }
        at++;
    }
    unsigned confidence = at > token ? nickname_confidence(draft, token, at - 1) : 0;
    if (confidence > 0 && !is_shadowed(work, token, at - 1)) {
        screen_found(work, SCREEN_SCHOOL_ABBREVIATION, SCREEN_DETAIL_NONE, token, at - 1,
                     confidence, because_nick);
    }
}

/* Which words may be short names, by their first character: most are not. */
struct beginnings {
    uint64_t short_names[2]; /* bits by character: they are written as they stand */
    uint32_t nicknames;      /* bits by letter, large or small */
};

static struct beginnings beginnings_of(const struct screen_school *school)
{
    struct beginnings begins = {{0}, 0};
    for (size_t i = 0; i < school->abbreviations.count && i < SCREEN_SCHOOL_NAMES_MAX; i++) {
        struct str name = school->abbreviations.items[i];
        unsigned char first = name.len > 0 ? (unsigned char)name.at[0] : 0;
        begins.short_names[first / 64 & 1] |= (uint64_t)1 << first % 64;
    }
    for (size_t i = 0; i < school->nicknames.count && i < SCREEN_SCHOOL_NAMES_MAX; i++) {
        struct str name = school->nicknames.items[i];
        begins.nicknames |= name.len > 0 ? (uint32_t)1 << (name.at[0] & 0x1F) : 0;
    }
    return begins;
}

static bool begins_with(struct str name, char first)
{
    return name.len > 0 && (name.at[0] | 0x20) == (first | 0x20);
}

static void short_names_report(struct screen_work *work, const struct screen_school *school)
{
    const struct screen_draft *draft = work->draft;
    const struct beginnings begins = beginnings_of(school);
    for (uint32_t i = 0; i < draft->token_count; i++) {
        uint16_t kind = draft->tokens[i].kind;
        bool is_word = kind == SCREEN_TOKEN_WORD || kind == SCREEN_TOKEN_MIXED;
        bool is_named = kind == SCREEN_TOKEN_HASHTAG || kind == SCREEN_TOKEN_HANDLE;
        char first = draft->text.at[draft->tokens[i].start];
        unsigned char byte = (unsigned char)first;
        bool may_be_short =
            is_named || (is_word && begins.short_names[byte / 64 & 1] >> byte % 64 & 1);
        for (size_t k = 0;
             may_be_short && k < school->abbreviations.count && k < SCREEN_SCHOOL_NAMES_MAX; k++) {
            if (school->abbreviations.items[k].len > 0) {
                short_find(work, i, school->abbreviations.items[k]);
            }
        }
        bool may_be_nickname = is_word && begins.nicknames >> (first & 0x1F) & 1;
        for (size_t k = 0;
             may_be_nickname && k < school->nicknames.count && k < SCREEN_SCHOOL_NAMES_MAX; k++) {
            if (begins_with(school->nicknames.items[k], first)) {
                nickname_find(work, i, school->nicknames.items[k]);
            }
        }
    }
}

void screen_detect_school(struct screen_work *work)
{
    if (work->screen->school == NULL) {
        return;
    }
    struct screen_stream stream = screen_stream_of_draft(work->arena, work->draft);
    names_report(work, &stream);
    short_names_report(work, screen_index_school(work->screen->school));
}
