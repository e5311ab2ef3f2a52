/*
 * tests/screen/detect_people_test.c - who is named in a draft, and who is not.
 *
 * Read first: src/screen/people_int.h, tests/screen/found.h; tests/screen/corpus/roll.csv has the
 * people. Each example that is found has near misses that must not be.
 */
#include "support/check.h"

#include "base/arena.h"
#include "base/diag.h"
#include "found.h"
#include "screen/roll.h"

#define KINDS "pupil-named staff-named parent-named person-named"

#define check_found(channel, cases) found_check(KINDS, (channel), (cases), FOUND_COUNT(cases))
#define check_none(channel, texts) found_none(KINDS, (channel), (texts), FOUND_COUNT(texts))

/* ---- Forms of a name ------------------------------------------------------------------------- */

static void full_names(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Well played Zofia Nowak", "pupil-named[Zofia Nowak]"},
        {"Siobhan O'Rourke won", "pupil-named[Siobhan O'Rourke]"},
        {"SIOBHÁN O’ROURKE WON THE CUP", "pupil-named[SIOBHÁN O’ROURKE]"},
        {"Siobhan ORourke won", "pupil-named[Siobhan ORourke]"},
        {"Lukasz Wisniewski's book", "pupil-named[Lukasz Wisniewski's]"},
        {"Kofi Mensah Lane and Kofi Mensah-Lane",
         "pupil-named[Kofi Mensah Lane] pupil-named[Kofi Mensah-Lane]"},
        {"kofi mensah-lane is late", "pupil-named[kofi mensah-lane]"},
        {"Autumn Pickering, Autumn Leigh Pickering",
         "pupil-named[Autumn Pickering] pupil-named[Autumn Leigh Pickering]"},
        {"Nowak, Zofia: 94%", "pupil-named[Nowak, Zofia]"},
        {"NOWAK Zofia was absent", "pupil-named[NOWAK Zofia]"},
        {"William Hardcastle is in set 2", "pupil-named[William Hardcastle]"},
        {"Angie Bushell brings the urn", "parent-named[Angie Bushell]"},
        {"Tom Zielinski has the cello", "staff-named[Tom Zielinski]"},
        {"Anne Marie Fitzwilliam and Annemarie Fitzwilliam",
         "pupil-named[Anne Marie Fitzwilliam] pupil-named[Annemarie Fitzwilliam]"},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
    check_found(SCREEN_CHANNEL_PERSONAL, cases);
}

static void misspelt_names(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Zofia Novak is off", "pupil-named[Zofia Novak]"},
        {"Zofja Nowak is off", "pupil-named[Zofja Nowak]"},
        {"Mr Delacriox is off", "staff-named[Mr Delacriox]"},
        {"Mrs Ragunathan is off", "staff-named[Mrs Ragunathan]"},
        {"Mohammed Al-Rasheed is off", "pupil-named[Mohammed Al-Rasheed]"},
        {"Siobahn is off", "pupil-named[Siobahn]"},
        {"Mr Duplessis from the agency is off", "person-named[Mr Duplessis]"},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
}

static void titles(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Mr Cheeseman has the key", "staff-named[Mr Cheeseman]"},
        {"Mrs. Okafor has the key", "staff-named[Mrs. Okafor]"},
        {"Mr T. Zielinski has the key", "staff-named[Mr T. Zielinski]"},
        {"Miss Hope Castleton has the key", "staff-named[Miss Hope Castleton]"},
        {"miss fielding is off", "staff-named[miss fielding]"},
        {"Mr and Mrs Papadaki came", "parent-named[Mr and Mrs Papadaki]"},
        {"Mrs Nowak rang", "parent-named[Mrs Nowak]"},
        {"Mrs Brannigan rang", "person-named[Mrs Brannigan]"},
        {"we miss joy and we miss hope", ""},
        {"Miss Marple would have solved it", ""},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
}

static void initials_and_single_letters(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Z.N. is in isolation", "pupil-named[Z.N.]"},
        {"K.M-L. is in isolation", "pupil-named[K.M-L.]"},
        {"Zofia N. and Will H. are in isolation", "pupil-named[Zofia N.] pupil-named[Will H.]"},
        {"G. Penhaligon's Year 10", "staff-named[G. Penhaligon's]"},
        {"at 3 p.m. P.E. and then R.E.", ""},
        {"written by J.R.R. Tolkien", ""},
        {"see Z.N.K. about it", ""},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
}

static void handles_and_hashtags(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"follow @zofia_nowak", "pupil-named[@zofia_nowak]"},
        {"go #ZofiaNowak", "pupil-named[#ZofiaNowak]"},
        {"@Gareth can you do bus duty", "staff-named[@Gareth]"},
        {"follow @zofia_art and #nowax", ""},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
}

static void names_alone(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Kofi's mum rang", "pupil-named[Kofi's]"},
        {"bilals insulin is in the fridge", "pupil-named[bilals]"},
        {"Shiv and Teddy with the cup, not Lukasz",
         "pupil-named[Shiv] pupil-named[Teddy] pupil-named[Lukasz]"},
        {"the Abernethy referral", "staff-named[Abernethy]"},
        {"JL is fine", "pupil-named[JL]"},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
}

/* ---- Words that are names -------------------------------------------------------------------- */

static void words_that_are_names(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"May's NHS number is wrong", "pupil-named[May's]"},
        {"Will won't be at rehearsal", "pupil-named[Will]"},
        {"i told will no phones in lessons", "pupil-named[will]"},
        {"is may still on the trip list?", "pupil-named[may]"},
        {"Rose forgot her PE kit", "pupil-named[Rose]"},
        {"kofi and will are in detention", "pupil-named[kofi] pupil-named[will]"},
        {"Faith in 10C is upset", "pupil-named[Faith]"},
        {"Dawn is covering lunch club", "staff-named[Dawn]"},
        {"Cliff and I are moving the fume cupboard", "staff-named[Cliff]"},
        {"Hope's on a course so ask me", "staff-named[Hope's]"},
        {"Hunter Marsh's dad is here", "pupil-named[Hunter Marsh's]"},
        {"Mark, can you bring your book tomorrow?", "pupil-named[Mark]"},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
}

static void words_that_are_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Will you be at the pub quiz?",
        "will bring the urn if someone carries it",
        "may as well order pizza",
        "In May we have three days off",
        "The hall is a polling station on 1 May and will be shut",
        "May 2nd says it all",
        "Mark my words, it will rain",
        "mark the first ten questions",
        "The rose by the door has flowered",
        "Rose at six, picked a rose",
        "hope this helps",
        "Any joy with the projector?",
        "joy, another fire drill",
        "Dawn chorus walk on Friday",
        "summer or autumn for the inset?",
        "Summer dale walks are the best walks",
        "Autumn has arrived",
        "Ivy all over the shed again",
        "Faith, Hope and Charity",
        "Had faith in the weather app",
        "Skye was magical",
        "Hunter wellies, size 5",
        "Cliff edge walk with the dog",
        "Reading week begins on Monday",
        "the marsh, a hunter's moon, a frost",
        "who wants the spare ticket for Frost/Nixon",
        "We WILL destroy the Red Lion",
    };
    check_none(SCREEN_CHANNEL_MESSAGE, texts);
    check_none(SCREEN_CHANNEL_PERSONAL, texts);
    check_none(SCREEN_CHANNEL_INCOMING, texts);
}

/* ---- Somebody else of the same name ---------------------------------------------------------- */

static void somebody_else(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "My niece Grace passed her driving test",
        "Our Grace (niece, four, bossy) says so",
        "My brother in law Mark is in Wales",
        "My cousin, Hope, who is a vet",
        "Luke, I am your father. (My son Luke is 30.)",
        "Uncle Tom came for tea",
        "Our dog Hunter ate the homework",
        "Princess the guinea pig has had a bath",
        "Skye, my border terrier, judged everyone",
        "three hens called Faith, Hope and Nugget",
        "Grace Kelly was on the telly",
        "Mark Twain said so. Same, Mark, same.",
        "Ada Lovelace wrote the first program",
        "Jack Frost has been at the windscreen",
        "Mo Farah could not have caught that bus",
        "Charlie and the Chocolate Factory is on",
        "Annie at the community theatre",
        "Imran from the corner shop rounds it down",
        "Lunch with Ruth and Maureen from choir",
        "The Luke in my pub quiz team knows every river",
        "Bernard Cribbins reading to us as kids",
        "Mr Kipling has seen me through",
        "Mrs Doubtfire is on again",
        "Dr Who regenerates and so must I",
        "no way José, said the toddler",
        "Koh-i-Noor pencils for the art box",
        "Fair-weather swimmers, the pair of us",
        "I stood before a Delacroix until they shut",
        "Abernethy biscuits are half price",
        "Penhaligon's aftershave for Dad",
        "imran my dentist plays jazz",
        "Hussain was out first ball and the cricket went downhill",
        "Annie came on the radio and the kitchen sang",
    };
    check_none(SCREEN_CHANNEL_PERSONAL, texts);
}

static void a_parent_writes_of_their_child(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"My son Kofi has lost his blazer", "pupil-named[Kofi]"},
        {"my daughter Ivy left her PE bag on the bus", "pupil-named[Ivy]"},
        {"Regards, Wendy Hardcastle", "parent-named[Wendy Hardcastle]"},
    };
    check_found(SCREEN_CHANNEL_INCOMING, cases);
}

static void how_much_is_needed_depends_on_where(void **state)
{
    (void)state;
    static const struct found_case personal[] = {
        {"Luke smiled", ""},
        {"Kofi smiled", "pupil-named[Kofi]"},
        {"Luke in 9B finally smiled for the school photo", "pupil-named[Luke]"}};
    static const struct found_case message[] = {{"Luke is late again", "pupil-named[Luke]"},
                                                {"Luke at the garage says £400", ""}};
    check_found(SCREEN_CHANNEL_PERSONAL, personal);
    check_found(SCREEN_CHANNEL_MESSAGE, message);
}

/* ---- People who are not on the roll ---------------------------------------------------------- */

static void strangers(void **state)
{
    (void)state;
    static const struct found_case cases[] = {
        {"Miss Kirsty Allardyce from the agency is in", "person-named[Miss Kirsty Allardyce]"},
        {"Landlord is Colin Barraclough", "person-named[Colin Barraclough]"},
        {"the new governor, Dr Harriet Pemberley-Shaw", "person-named[Dr Harriet Pemberley-Shaw]"},
        {"name J Rudge", "person-named[J Rudge]"},
        {"Zadie Smith's new book is out", ""},
        {"a talk on Ada Lovelace", ""},
        {"Brenda's card is under the fruit bowl", ""},
        {"Victoria Sponge for the stall", ""},
        {"Greetings from Nova Scotia", ""},
        {"no more Dan Browns please, we've got 7", ""},
        {"An Inspector Calls with the 10s, so Mr Birling needs a hat", ""},
        {"Best team name was Agatha Quizard", ""},
        {"Mr Ollerton taught me woodwork in 1984", ""},
    };
    check_found(SCREEN_CHANNEL_MESSAGE, cases);
    static const struct found_case personal[] = {
        {"My neighbour Derek Ollerenshaw has bought a drone", "person-named[Derek Ollerenshaw]"},
        {"Bernardine Kingsolver-Hart writes like an angel", ""},
        {"Kate Rusby concert, wept through the encore", ""},
    };
    check_found(SCREEN_CHANNEL_PERSONAL, personal);
}

/* ---- Who it is ------------------------------------------------------------------------------- */

#define TWO_GRACES "kind,name,class\npupil,Grace Oyelaran,9B\npupil,Grace Dunn,8A\nstaff,Ann Day,\n"

static struct screen_findings found_with(struct arena *arena, const char *csv, const char *draft)
{
    struct diag_list diags = diag_list_new(arena);
    struct screen_setting setting = {
        .roll = screen_roll_read(arena, str_from(csv), STR("roll.csv"), &diags)};
    return screen_run(screen_open(arena, &setting), arena, str_from(draft), SCREEN_CHANNEL_MESSAGE);
}

static void the_row_of_a_person(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct screen_findings full = found_with(arena, TWO_GRACES, "Grace Dunn is late for lesson 3");
    assert_int_equal(full.count, 1);
    assert_int_equal(full.items[0].person, 1);
    struct screen_findings by_class = found_with(arena, TWO_GRACES, "Grace in 9B is late");
    assert_int_equal(by_class.count, 1);
    assert_int_equal(by_class.items[0].person, 0);
    struct screen_findings either =
        found_with(arena, TWO_GRACES, "Grace's coat is in the office, Grace is late for class");
    assert_true(either.count > 0);
    assert_int_equal(either.items[0].person, SCREEN_NOBODY);
    struct screen_findings again = found_with(
        arena, TWO_GRACES, "Grace Dunn is late for lesson 3. Grace's coat is in the office.");
    assert_int_equal(again.count, 2);
    assert_int_equal(again.items[1].person, 1);
}

/* A name that many bear on a long roll says nothing by itself. */
static void a_long_roll(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct text csv = {.arena = arena};
    text_add(&csv, STR("kind,name,class\n"));
    for (int i = 0; i < 10000; i++) {
        text_addf(&csv, "pupil,Grace Xa%c%c%cson,%dB\n", 'a' + i % 26, 'a' + i / 26 % 26,
                  'a' + i / 676, 7 + i % 5);
    }
    text_add(&csv, STR("pupil,Zofia Nowak,9B\n"));
    const char *roll = str_cstr(arena, text_str(&csv));
    assert_int_equal(found_with(arena, roll, "Grace says hello").count, 0);
    assert_int_equal(found_with(arena, roll, "Grace Xabcason says hello").count, 1);
    assert_int_equal(found_with(arena, roll, "Zofia Nowak says hello").count, 1);
}

static void without_a_roll(void **state)
{
    (void)state;
    DEFER(arena_close) struct arena *arena = arena_open();
    struct screen_setting setting = {0};
    const struct screen *screen = screen_open(arena, &setting);
    struct str draft = STR("Zofia is late. The new supply is Mr Trevor Ogden.");
    struct screen_findings found = screen_run(screen, arena, draft, SCREEN_CHANNEL_MESSAGE);
    size_t named = 0;
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(found.items[i].person, SCREEN_NOBODY);
        named += found.items[i].kind == SCREEN_PERSON_NAMED;
    }
    assert_int_equal(named, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_names),
        cmocka_unit_test(misspelt_names),
        cmocka_unit_test(titles),
        cmocka_unit_test(initials_and_single_letters),
        cmocka_unit_test(handles_and_hashtags),
        cmocka_unit_test(names_alone),
        cmocka_unit_test(words_that_are_names),
        cmocka_unit_test(words_that_are_none),
        cmocka_unit_test(somebody_else),
        cmocka_unit_test(a_parent_writes_of_their_child),
        cmocka_unit_test(how_much_is_needed_depends_on_where),
        cmocka_unit_test(strangers),
        cmocka_unit_test(the_row_of_a_person),
        cmocka_unit_test(a_long_roll),
        cmocka_unit_test(without_a_roll),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
