/*
 * tests/screen/draft_test.c - how a draft falls into words, sentences and quotations.
 *
 * Read first: src/screen/draft_int.h. A draft is shown as its tokens with spaces between: a letter
 * for the kind, the plain text, and, where it is disguised, "<" and the folded text:
 *
 *     Class 9B, id1ot!      Wclass X9b S, Xidiot<id1ot S!
 */
#include "support/check.h"

#include <stdio.h>
#include <string.h>

#include "screen/draft_int.h"
#include "screen/draft_parts_int.h"
#include "screen/screen.h"
#include "support/draft_check.h"

#define RANDOM_ROUNDS 20000
#define RANDOM_BYTES_MAX 200

static const char kind_letters[SCREEN_TOKEN_KIND_COUNT] = {
    [SCREEN_TOKEN_WORD] = 'W', [SCREEN_TOKEN_NUMBER] = 'N', [SCREEN_TOKEN_MIXED] = 'X',
    [SCREEN_TOKEN_MAIL] = 'M', [SCREEN_TOKEN_LINK] = 'L',   [SCREEN_TOKEN_HANDLE] = 'H',
    [SCREEN_TOKEN_HASHTAG] = 'T', [SCREEN_TOKEN_SIGN] = 'S',
};

static const struct screen_draft *draft_of(struct arena *arena, const char *text)
{
    const struct screen_draft *draft = screen_draft_read(arena, str_from(text));
    draft_check(draft);
    return draft;
}

static struct str shown(struct arena *arena, const struct screen_draft *draft)
{
    struct text out = {.arena = arena};
    for (uint32_t i = 0; i < draft->token_count; i++) {
        text_add(&out, i > 0 ? STR(" ") : STR(""));
        text_add_char(&out, kind_letters[draft->tokens[i].kind]);
        text_add(&out, screen_token_plain(draft, i));
        if (draft->tokens[i].flags & SCREEN_TOKEN_DISGUISED) {
            text_add_char(&out, '<');
            text_add(&out, screen_token_folded(draft, i));
        }
    }
    return text_str(&out);
}

struct shown_case {
    const char *text, *shown;
};

static void check_cases(const struct shown_case *cases, size_t count)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < count; i++) {
        struct str is = shown(arena, draft_of(arena, cases[i].text));
        if (!str_equal(is, str_from(cases[i].shown))) {
            print_error("of:       \"%s\"\n", cases[i].text);
        }
        check_str(is, cases[i].shown);
    }
}

#define CHECK_CASES(cases) check_cases((cases), sizeof(cases) / sizeof *(cases))

/* The words that have a flag, with spaces between. */
static struct str flagged(struct arena *arena, const char *text, unsigned flag)
{
    const struct screen_draft *draft = draft_of(arena, text);
    struct text out = {.arena = arena};
    for (uint32_t i = 0; i < draft->token_count; i++) {
        if (draft->tokens[i].flags & flag) {
            text_add(&out, out.len > 0 ? STR(" ") : STR(""));
            text_add(&out, screen_token_plain(draft, i));
        }
    }
    return text_str(&out);
}

static void check_flagged(const char *text, unsigned flag, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    check_str(flagged(arena, text, flag), expected);
}

/* ---- Words and numbers ----------------------------------------------------------------------- */

static void nothing_has_no_tokens(void **state)
{
    (void)state;
    static const char *const cases[] = {"", " ", "\n\n\t", "\u200B\u0301", "\xFF\xC0", "\x01"};
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct screen_draft *draft = draft_of(arena, cases[i]);
        assert_int_equal(draft->token_count, 0);
        assert_int_equal(draft->sentence_count, 0);
        assert_false(draft->is_cut);
    }
    assert_int_equal(screen_draft_read(arena, (struct str){0})->token_count, 0);
}

static void words_and_numbers(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        {"Class 9B won!", "Wclass X9b Wwon S!"},
        {"don't DON\u2019T don`t", "Wdon't Wdon't Wdon't"},
        {"O'Brien, rock'n'roll", "Wo'brien S, Wrock'n'roll"},
        {"well-known Ann-Marie\u2010Jo", "Wwell Wknown Wann Wmarie Wjo"},
        {"home - or -", "Whome S- Wor S-"},
        {"2024-05-01 12/05/14", "N2024 N05 N01 N12 S/ N05 S/ N14"},
        {"\u00A35 1,000 3.5 10am", "S\u00A3 N5 N1 S, N000 N3 S. N5 X10am"},
        {"\u02BCa b\u02BC c\u02BCd", "S\u02BC Wa Wb S\u02BC Wc'd"},
        {"5'10 6ft", "N5 S' N10 X6ft"},
        {"snake_case", "Wsnake S_ Wcase"},
        {"SIOBH\u00C1N Siobha\u0301n", "Wsiobhan Wsiobhan"},
        {"Stra\u00DFe \uFF26\uFF35\uFF2C\uFF2C \uFB01ve", "Wstrasse Wfull Wfive"},
        {"caf\xE9 ole", "Wcaf Wole"},
        {"id\xFFiot", "Wid Wiot"},
        {"Acme\u2122 x\u00B2 \u2460", "Wacme Stm Xx2 N1"},
        {"\U0001F600\U0001F44D\U0001F3FD\u2764\uFE0Fok", "S\U0001F600 S\U0001F44D S\u2764 Wok"},
        {"\u0915\u093F\u0930\u0923 \u4F60\u597D", "W\u0915\u093F\u0930\u0923 W\u4F60\u597D"},
        {"\u0661\u0662", "N12<\u0661\u0662"},
        {"a\u00A0b\u3000cd", "Wa Wb Wcd"},
        {"1\uFE0F\u20E3 one", "N1 Wone"},
    };
    CHECK_CASES(cases);
}

static void places_are_those_of_the_draft(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const char *text = "\u200B\u00E9te\u0301\u200B, i\u00ADd\u200Biot\u00AD. \U0001F44D\U0001F3FD";
    const struct screen_draft *draft = draft_of(arena, text);
    static const struct {
        uint32_t start, end;
    } places[] = {{3, 9}, {12, 13}, {14, 24}, {26, 27}, {28, 36}};
    check_str(shown(arena, draft), "Wete S, Widiot S. S\U0001F44D");
    assert_int_equal(draft->token_count, 5);
    for (uint32_t i = 0; i < draft->token_count; i++) {
        assert_int_equal(draft->tokens[i].start, places[i].start);
        assert_int_equal(draft->tokens[i].end, places[i].end);
    }
    check_str(draft->folded, "ete , idiot . \U0001F44D");
    check_str(draft->plain, "ete , idiot . \U0001F44D");
}

static void signs_have_their_code_point(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_draft *draft = draft_of(arena, "a! \U0001F621\u2026");
    assert_int_equal(draft->tokens[0].sign, 0);
    assert_int_equal(draft->tokens[1].sign, '!');
    assert_int_equal(draft->tokens[2].sign, 0x1F621);
    assert_int_equal(draft->tokens[3].sign, 0x2026);
    check_str(screen_token_folded(draft, 3), "...");
}

static void hashes_and_stems(void **state)
{
    (void)state;
    static const struct {
        const char *text, *stem;
        bool is_possessive;
    } cases[] = {
        {"Kofi's", "kofi", true},           {"KOFI\u2019S", "kofi", true},
        {"parents' ", "parents", true},     {"James\u2019", "james", true},
        {"Siobh\u00E1n's", "siobhan", true}, {"1d1ot's", "idiot", true},
        {"it's", "it's", false},            {"let's", "let's", false},
        {"don't", "don't", false},          {"kofi", "kofi", false},
        {"class", "class", false},          {"#OurSchool", "ourschool", false},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct screen_draft *draft = draft_of(arena, cases[i].text);
        assert_int_equal(draft->token_count, 1);
        assert_int_equal(draft->tokens[0].stem_hash, screen_hash(str_from(cases[i].stem)));
        assert_int_equal(!!(draft->tokens[0].flags & SCREEN_TOKEN_POSSESSIVE),
                         cases[i].is_possessive);
    }
    /* The constants of tools/screen_words.py and of the model. */
    assert_int_equal(screen_hash(STR("")), 0xAB3E7C0Bu);
    assert_int_equal(screen_hash(STR("school")), 0xA548B49Fu);
}

static void what_stands_before_a_token(void **state)
{
    (void)state;
    const char *text = "Mr Hall said: \"NO, Year 9!\" I'm OK.\n\nwell-known A B9 \u00C9TE";
    check_flagged(text, SCREEN_TOKEN_CAPITAL, "mr hall no year i'm ok a b9 ete");
    check_flagged(text, SCREEN_TOKEN_ALL_CAPITAL, "no ok ete");
    check_flagged(text, SCREEN_TOKEN_FIRST, "mr i'm well");
    check_flagged(text, SCREEN_TOKEN_LINE, "mr well");
    check_flagged(text, SCREEN_TOKEN_HYPHEN, "known");
    check_flagged("a,b c(d -e", SCREEN_TOKEN_SPACE, "a c -");
    check_flagged("\U0001F600 - Hello. (Then", SCREEN_TOKEN_FIRST, "hello then");
}

/* ---- Disguises ------------------------------------------------------------------------------- */

static void letters_are_put_back(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        {"id1ot 1d1ot's s3x", "Xidiot<id1ot Xidiot's<1d1ot's Xsex<s3x"},
        {"w4nk3r5 a55hole 5hit b00bs", "Xwankers<w4nk3r5 Xasshole<a55hole Xshit<5hit Xboobs<b00bs"},
        {"c1own k1ll fa1lure who1e", "Xclown<c1own Xkill<k1ll Xfailure<fa1lure Xwhole<who1e"},
        {"@ss @RSEhole", "Wass<@ss Warsehole<@rsehole"},
        {"$tupid a$$ b@stard", "Wstupid<$tupid Wass<a$$ Wbastard<b@stard"},
        {"sh!t D!CK", "Wshit<sh!t Wdick<d!ck"},
        {"a*se f**k c***", "Wa*se Wf**k Wc***"},
        {"\u0456diot \u0405tupid", "Widiot<\u0456diot Wstupid<\u0455tupid"},
        {"Bj\u00F8rn", "Wbjorn<bj\u00F8rn"},
        {"\U0001F130\U0001F171", "Wab<a\U0001F171"},
        {"\u0416\u0443\u043A", "W\u0436\u0443\u043A"}, /* of another script, and stays so */
        {"i d i o t", "Widiot"},
        {"I.D.I.O.T. i-d-i-o-t i_d_i_o_t", "Widiot S. Widiot Widiot"},
        {"i d i o ts", "Widio Wts"},
        {"\u0456 d \u0456 \u00F3 t", "Widiot<\u0456d\u0456ot"},
        {"\u4F60 \u597D \u4F60 \u597D", "W\u4F60 W\u597D W\u4F60 W\u597D"},
        {"a b c", "Wa Wb Wc"},
        {"a b.c d", "Wa Wb S. Wc Wd"},
    };
    CHECK_CASES(cases);
    check_flagged("i d i o t, a b c", SCREEN_TOKEN_SPELT, "idiot");
    check_flagged("id1ot, a*se, fool", SCREEN_TOKEN_DISGUISED, "idiot");
}

/* Codes, rooms, times, prices and marks around words are what they are. */
static void what_is_no_disguise(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        {"9B 10C Y7 Y11B Y3C 10Ha 9Green", "X9b X10c Xy7 Xy11b Xy3c X10ha X9green"},
        {"year9 covid19 mp3 b2b A4 3G", "Xyear9 Xcovid19 Xmp3 Xb2b Xa4 X3g"},
        {"1st 2nd 3rd 30th 10am 5pm 90s", "X1st X2nd X3rd X30th X10am X5pm X90s"},
        {"m8 l8r gr8 he11", "Xm8 Xl8r Xgr8 Xhe11"},
        {"$5 US$ US$5 $ab 5$", "S$ N5 Wus S$ Wus S$ N5 S$ Wab N5 S$"},
        {"*bold* **Bold** apply* 2*3", "S* Wbold S* S* S* Wbold S* S* Wapply S* N2 S* N3"},
        {"Great!Thanks wow! Hi!", "Wgreat S! Wthanks Wwow S! Whi S!"},
        {"at @ school", "Wat S@ Wschool"},
    };
    CHECK_CASES(cases);
}

static void limits_of_disguises(void **state)
{
    (void)state;
    static const char digits[] = "id1otidiotidiotidiotidiotidiotidiotidiot"; /* DISGUISE_MAX */
    DEFER(arena_close) struct arena *arena = arena_open();
    assert_int_equal(strlen(digits), DISGUISE_MAX);
    const struct screen_draft *draft = draft_of(arena, digits);
    assert_true(draft->tokens[0].flags & SCREEN_TOKEN_DISGUISED);
    draft = draft_of(arena, str_cstr(arena, str_format(arena, "%sx", digits)));
    assert_false(draft->tokens[0].flags & SCREEN_TOKEN_DISGUISED);
    check_str(shown(arena, draft_of(arena, "f************ f*************")),
              "Wf************ Wf S* S* S* S* S* S* S* S* S* S* S* S* S*");
    struct text spelt = {.arena = arena};
    for (unsigned i = 0; i < SPELT_LETTERS_MAX + 5; i++) {
        text_add(&spelt, STR("x "));
    }
    draft = draft_of(arena, str_cstr(arena, text_str(&spelt)));
    assert_int_equal(draft->token_count, 2); /* the rest is a word of five letters again */
    assert_int_equal(draft->tokens[0].plain_bytes, SPELT_LETTERS_MAX);
    assert_int_equal(draft->tokens[1].plain_bytes, 5);
}

/* ---- Addresses ------------------------------------------------------------------------------- */

static void mail_addresses(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        {"Mail jo.bloggs+x@Ash.sch.uk.", "Wmail Mjo.bloggs+x@ash.sch.uk S."},
        {"<a_b%c@d-e.example>", "S< Ma_b%c@d-e.example S>"},
        {"mailto:9b@x.example?x", "Wmailto S: M9b@x.example S? Wx"},
        {"x@y.example's", "Mx@y.example S' Ws"},
    };
    CHECK_CASES(cases);
    static const char *const others[] = {"x@localhost", "x@1.2", "x@@y.uk", "@y.uk", "x.@y.uk"};
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_not_equal(draft_of(arena, others[i])->tokens[0].kind, SCREEN_TOKEN_MAIL);
    }
    for (size_t more = 0; more < 2; more++) {
        char text[MAIL_LOCAL_MAX + 20];
        memset(text, 'a', sizeof text);
        memcpy(text + MAIL_LOCAL_MAX + more, "@b.uk", sizeof "@b.uk");
        bool is_mail = draft_of(arena, text)->tokens[0].kind == SCREEN_TOKEN_MAIL;
        assert_int_equal(is_mail, more == 0);
    }
}

static void links(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        {"See https://x.example/a?b=(c)#d.", "Wsee Lhttps://x.example/a?b=(c)#d S."},
        {"(HTTP://X.Example/a)", "S( Lhttp://x.example/a S)"},
        {"www.ash.co.zz, ash-vale.sch.uk!", "Lwww.ash.co.zz S, Lash-vale.sch.uk S!"},
        {"bit.ly/abc youtu.be/x", "Lbit.ly/abc Lyoutu.be/x"},
        {"http://192.168.0.1/x 10.0.0.1:80/y", "Lhttp://192.168.0.1/x L10.0.0.1:80/y"},
        {"x.example:8080/y x.org?z", "Lx.example:8080/y Lx.org?z"},
        {"p\u0430ypal.com", "Lp\u0430ypal.com"},
        {"https://x.example/\u201D next", "Lhttps://x.example/ S\u201D Wnext"},
        /* no links */
        {"home.It was simp.ly", "Whome S. Wit Wwas Wsimp S. Wly"},
        {"school.School of.us", "Wschool S. Wschool Wof S. Wus"},
        {"10.0.0.1 256.0.0.1/x", "N10 S. N0 S. N0 S. N1 N256 S. N0 S. N0 S. N1 S/ Wx"},
        {"http:// https", "Whttp S: S/ S/ Whttps"},
        {"e.g.com", "Le.g.com"},
    };
    CHECK_CASES(cases);
}

static void handles_and_hashtags(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        {"@Mrs_Jones. @a.b.", "H@mrs_jones S. H@a.b S."},
        {"(@jo)#OurSchool,#1 #9b", "S( H@jo S) T#ourschool S, S# N1 T#9b"},
        {"@jo@social.example", "H@jo@social.example"},
        {"# @ #_ @_", "S# S@ S# S_ S@ S_"},
        {"C# x#y", "Wc S# Wx S# Wy"},
        {"#\u00C9t\u00E9", "T#ete"},
        {"@ss_x @ss.x", "H@ss_x H@ss.x"},
    };
    CHECK_CASES(cases);
}

static uint32_t first_token_bytes(struct arena *arena, const char *begin, size_t fill,
                                  const char *end)
{
    struct text text = {.arena = arena};
    text_add(&text, str_from(begin));
    for (size_t i = 0; i < fill; i++) {
        text_add_char(&text, i % 2 && begin[0] == 'a' ? '.' : 'a');
    }
    text_add(&text, str_from(end));
    const struct screen_draft *draft = draft_of(arena, str_cstr(arena, text_str(&text)));
    return draft->tokens[0].end - draft->tokens[0].start;
}

static void limits_of_addresses(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    static const char scheme[] = "http://";
    size_t rest = LINK_BYTES_MAX - strlen(scheme);
    assert_int_equal(first_token_bytes(arena, scheme, rest, " b"), LINK_BYTES_MAX);
    assert_int_equal(first_token_bytes(arena, scheme, rest + 1, " b"), LINK_BYTES_MAX);
    assert_int_equal(first_token_bytes(arena, "@", NAME_MAX_BYTES, " b"), 1 + NAME_MAX_BYTES);
    assert_int_equal(first_token_bytes(arena, "@", NAME_MAX_BYTES + 1, " b"), 1 + NAME_MAX_BYTES);
    assert_int_equal(first_token_bytes(arena, "#", NAME_MAX_BYTES, " b"), 1 + NAME_MAX_BYTES);
    assert_int_equal(first_token_bytes(arena, "#", NAME_MAX_BYTES + 1, " b"), 1 + NAME_MAX_BYTES);
    /* "aa.a.a ... .uk": a domain of the most bytes, and no link with two more */
    assert_int_equal(first_token_bytes(arena, "a", DOMAIN_MAX - 4, ".uk b"), DOMAIN_MAX);
    assert_int_not_equal(first_token_bytes(arena, "a", DOMAIN_MAX - 2, ".uk b"), DOMAIN_MAX + 2);
}

/* ---- Sentences ------------------------------------------------------------------------------- */

/* The first words of all sentences. */
static void check_sentences(const char *text, const char *expected)
{
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_draft *draft = draft_of(arena, text);
    struct text out = {.arena = arena};
    for (uint32_t i = 0; i < draft->token_count; i = screen_sentence_end(draft, i)) {
        assert_int_equal(screen_sentence_first(draft, i), i);
        text_add(&out, i > 0 ? STR(" ") : STR(""));
        text_add(&out, screen_token_plain(draft, i));
    }
    if (!str_equal(text_str(&out), str_from(expected))) {
        print_error("of:       \"%s\"\n", text);
    }
    check_str(text_str(&out), expected);
}

static void sentences(void **state)
{
    (void)state;
    check_sentences("One. Two! Three? Four\u2026 Five... Six", "one two three four five six");
    check_sentences("One?! Two.) Three.\" Four", "one two three four");
    check_sentences("(One.) \"Two.\" \u201CThree.\u201D Four", "( \" \u201C four");
    check_sentences("one\ntwo\r\n\nthree\u2028four", "one two three four");
    check_sentences("Ask Mr. Hall or Dr. J. R. Smith. Two", "ask two");
    check_sentences("For ex., e.g. this, i.e. that, 3.5 of it. Two", "for two");
    check_sentences("It was I. Two", "it two");
    check_sentences("I.D.I.O.T. Two", "idiot two");
    check_sentences("Fine.\U0001F600 Two, 3./4 and home.Then", "fine two");
    check_sentences("See www.x.uk. Two", "see two");
    check_sentences("Well..., then", "well");
    check_sentences("no end", "no");
}

/* ---- Quotations ------------------------------------------------------------------------------ */

static void quotations(void **state)
{
    (void)state;
    static const struct {
        const char *text, *quoted;
    } cases[] = {
        {"He said \"go home\" twice", "go home"},
        {"\u201CGo home,\u201D she said", "go home ,"},
        {"'go home' and \u2018stay\u2019.", "go home stay"},
        {"\u00ABgo\u00BB (\"stay\")", "go stay"},
        {"\"don't 'say' so\"", "don't ' say ' so"},
        {"the parents' evening and the pupils' work", ""},
        {"'the pupils' work", "the pupils"},
        {"'tis the '90s, isn't it", ""},
        {"rock 'n' roll", ""},
        {"\"\" and \" \" and \"", ""},
        {"a\"b\" c", ""},
        {"\"one\ntwo\"", "one two"},
        {"\"one two", ""},
        {"5'10\" tall and 6\" more", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_flagged(cases[i].text, SCREEN_TOKEN_QUOTED, cases[i].quoted);
    }
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_draft *draft = draft_of(arena, "\"a\" b \"c d\"");
    assert_int_equal(draft->quote_count, 2);
    assert_int_equal(draft->tokens[1].quote, 1);
    assert_int_equal(draft->tokens[3].quote, 0);
    assert_int_equal(draft->tokens[5].quote, 2);
}

static void a_quotation_of_too_many_words_is_none(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    for (unsigned more = 0; more < 2; more++) {
        struct text text = {.arena = arena};
        text_add(&text, STR("\"a"));
        for (unsigned i = 1; i < QUOTE_TOKENS_MAX + more; i++) {
            text_add(&text, STR(" word"));
        }
        text_add(&text, STR("\" b"));
        const struct screen_draft *draft = draft_of(arena, str_cstr(arena, text_str(&text)));
        assert_int_equal(draft->quote_count, more == 0);
    }
}

/* ---- Bounds ---------------------------------------------------------------------------------- */

static const struct screen_draft *repeated(struct arena *arena, const char *part, size_t count)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        text_add(&text, str_from(part));
    }
    const struct screen_draft *draft = screen_draft_read(arena, text_str(&text));
    draft_check(draft);
    return draft;
}

static void a_long_draft_is_cut_between_characters(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_draft *draft = repeated(arena, "abc ", SCREEN_DRAFT_BYTES_MAX / 4);
    assert_false(draft->is_cut);
    assert_int_equal(draft->token_count, SCREEN_DRAFT_BYTES_MAX / 4);
    draft = repeated(arena, "abc ", SCREEN_DRAFT_BYTES_MAX / 4 + 1);
    assert_true(draft->is_cut);
    assert_int_equal(draft->text.len, SCREEN_DRAFT_BYTES_MAX);
    draft = repeated(arena, "\u20AC", SCREEN_DRAFT_BYTES_MAX / 3 + 1);
    assert_true(draft->is_cut);
    assert_int_equal(draft->text.len, SCREEN_DRAFT_BYTES_MAX / 3 * 3);
}

static void tokens_and_sentences_have_a_bound(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_draft *draft = repeated(arena, "!", SCREEN_TOKENS_MAX);
    assert_int_equal(draft->token_count, SCREEN_TOKENS_MAX);
    assert_false(draft->is_cut);
    draft = repeated(arena, "!", SCREEN_TOKENS_MAX + 1);
    assert_int_equal(draft->token_count, SCREEN_TOKENS_MAX);
    assert_true(draft->is_cut);
    assert_int_equal(draft->folded.len, SCREEN_TOKENS_MAX * 2 - 1);
    draft = repeated(arena, "ab c1\n", SCREEN_SENTENCES_MAX);
    assert_int_equal(draft->sentence_count, SCREEN_SENTENCES_MAX);
    draft = repeated(arena, "ab c1\n", SCREEN_SENTENCES_MAX + 1);
    assert_int_equal(draft->sentence_count, SCREEN_SENTENCES_MAX);
    assert_int_equal(draft->token_count, 2 * (SCREEN_SENTENCES_MAX + 1));
    assert_int_equal(screen_sentence_end(draft, 2 * SCREEN_SENTENCES_MAX - 1), draft->token_count);
}

/* What folds to the most is the most that folded text must hold. */
static void folded_text_may_be_longer_than_the_draft(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    const struct screen_draft *draft = repeated(arena, "\uFDFA", SCREEN_DRAFT_BYTES_MAX / 3);
    assert_true(draft->folded.len >= 10 * draft->text.len);
    draft = repeated(arena, "\uFDFA\n", SCREEN_DRAFT_BYTES_MAX / 4);
    assert_int_equal(draft->token_count, SCREEN_DRAFT_BYTES_MAX / 4);
}

static void a_token_that_is_not_there_stops_the_program(void *argument)
{
    struct arena *arena = argument;
    (void)screen_token_plain(draft_of(arena, "a"), 1);
}

static void tokens_are_asked_for_within_bounds(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    check_stops(a_token_that_is_not_there_stops_the_program, arena);
}

/* ---- At random ------------------------------------------------------------------------------- */

/* Bytes of all kinds: any at all, and pieces that mean something to a reader of words. */
static size_t piece_random(struct check_random *random, char *at)
{
    static const char *const pieces[] = {
        "a", "I", "id1ot", "9B", " ", "  ", "\n", ".", ". ", "-", "'", "\u2019", "\"", "\u201C",
        "\u201D", "*", "**", "@", "@ss", "$", "!", "#", "_", "/", ":", "http://", "www.", ".uk",
        "\u0301", "\u200B", "\u00AD", "\uFE0F", "\U0001F600", "\U0001F3FD", "\u00E9", "\u0456",
        "\uFDFA", "\uAC01", "\u4F60", "1.2.3.4/", "a@b.uk", "\xE2\x80", "\xF0\x9F", "\xFF",
        "s'", "a b c d",
    };
    uint64_t pick = check_random_below(random, sizeof pieces / sizeof *pieces + 8);
    if (pick >= sizeof pieces / sizeof *pieces) {
        *at = (char)check_random_below(random, 256);
        return 1;
    }
    size_t bytes = strlen(pieces[pick]);
    memcpy(at, pieces[pick], bytes);
    return bytes;
}

static void random_bytes_keep_what_must_hold(void **state)
{
    (void)state;
    struct check_random random = check_random_new(__func__);
    DEFER(arena_close) struct arena *arena = arena_open();
    for (unsigned round = 0; round < RANDOM_ROUNDS; round++) {
        struct arena_mark mark = arena_mark(arena);
        char text[RANDOM_BYTES_MAX + 16];
        size_t wanted = check_random_below(&random, RANDOM_BYTES_MAX);
        size_t bytes = 0;
        while (bytes < wanted) {
            bytes += piece_random(&random, text + bytes);
        }
        char *exact = arena_alloc(arena, bytes);
        memcpy(exact, text, bytes);
        draft_check(screen_draft_read(arena, (struct str){exact, bytes}));
        arena_rewind(arena, mark);
    }
}

/* Composed or decomposed, small or capital: the same words. */
static void the_same_words_however_they_are_written(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Siobh\u00E1n Zo\u00EB", "SIOBHA\u0301N ZOE\u0308"},
        {"\u00C5ngstr\u00F6m \u212B", "A\u030ANGSTRO\u0308M \u00E5"},
        {"Nguy\u1EC5n", "Nguye\u0302\u0303n"},
        {"Nguy\u1EC5n", "NGUYE\u0303\u0302N"},
        {"\uD55C\uAE00", "\u1112\u1161\u11AB\u1100\u1173\u11AF"},
        {"plain words", "PLA\u00ADIN WOR\u200BDS"},
        {"\u0130stanbul", "istanbul"},
    };
    DEFER(arena_close) struct arena *arena = arena_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct screen_draft *one = draft_of(arena, cases[i][0]);
        const struct screen_draft *other = draft_of(arena, cases[i][1]);
        assert_true(str_equal(one->folded, other->folded));
        assert_true(str_equal(one->plain, other->plain));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_has_no_tokens),
        cmocka_unit_test(words_and_numbers),
        cmocka_unit_test(places_are_those_of_the_draft),
        cmocka_unit_test(signs_have_their_code_point),
        cmocka_unit_test(hashes_and_stems),
        cmocka_unit_test(what_stands_before_a_token),
        cmocka_unit_test(letters_are_put_back),
        cmocka_unit_test(what_is_no_disguise),
        cmocka_unit_test(limits_of_disguises),
        cmocka_unit_test(mail_addresses),
        cmocka_unit_test(links),
        cmocka_unit_test(handles_and_hashtags),
        cmocka_unit_test(limits_of_addresses),
        cmocka_unit_test(sentences),
        cmocka_unit_test(quotations),
        cmocka_unit_test(a_quotation_of_too_many_words_is_none),
        cmocka_unit_test(a_long_draft_is_cut_between_characters),
        cmocka_unit_test(tokens_and_sentences_have_a_bound),
        cmocka_unit_test(folded_text_may_be_longer_than_the_draft),
        cmocka_unit_test(tokens_are_asked_for_within_bounds),
        cmocka_unit_test(random_bytes_keep_what_must_hold),
        cmocka_unit_test(the_same_words_however_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
