/*
 * screen/speech_relation.c - how an insulting phrase is said, and of whom.
 *
 * Read first: speech_int.h; speech_insult.c reads the phrases. Start at: speech_relation_find.
 *
 *   behind a verb        "she is such a ...", "the caretaker's a ..."
 *   before a noun        "that gormless receptionist"
 *   behind a sign        "Our porter, the ...", "That dad: ..."
 *   behind somebody      "called him a ...", "you ..."
 *   alone, or beginning  "Spineless worms.", "Halfwits, the lot of them", "Vain isn't the word for
 * ..."
 *   as a noun itself     "the useless lump at the top", "run by clowns"
 *
 * What must hold: each search stays in the sentence, but for a phrase that stands alone, which
 * looks at the sentences around it.
 */
#include "screen/speech_int.h"

/* Small words between a verb and the phrase: "is such a complete and utter". */
#define SMALL_WORDS_MAX 8
/* A verb that stands farther off: "could be vague but never less than". */
#define FAR_VERB_TOKENS_MAX 8
/* Where somebody is, is told within so many words behind: "the lump in the front office". */
#define PLACE_TOKENS_MAX 6
/* A phrase alone looks back so many sentences for somebody. */
#define SENTENCES_BACK_MAX 2
/* "A bigger fool in the whole county than": from the phrase to whom it is measured by. */
#define MEASURE_TOKENS_MAX 6

static const struct speech_target nobody = {SPEECH_NOBODY, SPEECH_NONE, SCREEN_NOBODY};

static bool is_small_word(const struct speech *speech, uint32_t at)
{
    bool is_small =
        IS(speech, at, INTENSIFIER) || IS(speech, at, TURN_NOT) || IS(speech, at, TURN_AWAY);
    return is_small && !IS(speech, at, FUNCTION_BE) && !IS(speech, at, CALL_VERB) &&
           speech->who[at] == SPEECH_NOBODY &&
           !(IS(speech, at, TURN_NONE) && IS(speech, at, TURN_NO)) &&
           !(speech->tokens[at].flags & SCREEN_TOKEN_POSSESSIVE);
}

/* The first token before the phrase that is no small word between; of a noun one unknown adjective
 * may stand between too: "is a thieving thug". */
static uint32_t before_phrase(const struct speech *speech, const struct speech_phrase *phrase,
                              uint32_t begin)
{
    uint32_t at = phrase->first;
    bool is_adjective_free = phrase->is_noun;
    for (unsigned i = 0; i < SMALL_WORDS_MAX && at > begin; i++) {
        uint32_t before = at - 1;
        bool is_adjective = is_adjective_free && at == phrase->first && before > begin &&
                            speech_is_open_word(speech, before) &&
                            speech->who[before] == SPEECH_NOBODY &&
                            IS(speech, before - 1, FUNCTION_DETERMINER);
        if (!is_adjective && !is_small_word(speech, before)) {
            return before;
        }
        is_adjective_free = is_adjective_free && !is_adjective;
        at = before;
    }
    return at > begin ? at - 1 : SPEECH_NONE;
}

/* "Referee, you're a ...": whom "you" is, where it is said. */
static struct speech_target you_resolve(const struct speech *speech, uint32_t at)
{
    struct speech_target target = {SPEECH_PERSON, at, SCREEN_NOBODY};
    uint32_t begin = speech_first(speech, at);
    bool is_called = at > begin && (speech_is_the_sign(speech, at - 1, ',') ||
                                    speech_is_the_sign(speech, at - 1, ':'));
    if (is_called) {
        struct speech_target called = speech_target_before(speech, at - 1);
        if (called.who != SPEECH_NOBODY && called.who != SPEECH_SELF) {
            return called;
        }
        for (uint32_t i = at - 1; i > begin; i--) {
            bool is_call = IS(speech, i - 1, CALLING_WORD);
            if (speech_is_open_word(speech, i - 1) && !is_call) {
                target.who = SPEECH_NOBODY;
            }
        }
        return target;
    }
    if (speech->work->channel == SCREEN_CHANNEL_INCOMING) {
        target.who = SPEECH_MANAGEMENT;
        for (uint32_t i = at + 1; i < speech->count && i < at + 6; i++) {
            target.who = speech->who[i] == SPEECH_SCHOOL ? SPEECH_SCHOOL : target.who;
        }
    }
    return target;
}

static struct speech_target resolve(const struct speech *speech, struct speech_target target)
{
    return target.who == SPEECH_YOU ? you_resolve(speech, target.token) : target;
}

/* Somebody of the sentences before, for a phrase that stands alone. */
static struct speech_target resolve_back(const struct speech *speech, uint32_t at)
{
    uint32_t sentence = speech->tokens[at].sentence;
    const uint32_t *sentences = speech->work->draft->sentences;
    for (unsigned back = 1; back <= SENTENCES_BACK_MAX && sentence >= back; back++) {
        uint32_t end = sentences[sentence - back + 1];
        uint32_t least = end - sentences[sentence - back] > SPEECH_REACH
                             ? end - SPEECH_REACH
                             : sentences[sentence - back];
        for (uint32_t i = end; i > least; i--) {
            enum speech_who who = (enum speech_who)speech->who[i - 1];
            if (who >= SPEECH_ANIMAL || who == SPEECH_HE) {
                return speech_target_at(speech, i - 1);
            }
        }
    }
    bool is_incoming = speech->work->channel == SCREEN_CHANNEL_INCOMING;
    return (struct speech_target){is_incoming ? SPEECH_MANAGEMENT : SPEECH_NOBODY, SPEECH_NONE,
                                  SCREEN_NOBODY};
}

/* "That's my job share partner", behind a sentence without a subject. */
static struct speech_target resolve_next(const struct speech *speech, uint32_t at)
{
    uint32_t end = speech_end(speech, at);
    struct speech_target target = nobody;
    if (end < speech->count && IS(speech, end, THING_BE)) {
        uint32_t behind = speech_noun(speech, end + 1, speech_end(speech, end), &target);
        if (!speech_is_of_school(target.who) && IS(speech, behind, LIST_OF)) {
            (void)speech_noun(speech, behind + 1, speech_end(speech, end), &target);
        } /* "That's my opinion of our deputy" */
    }
    return target;
}

bool speech_is_somebody(struct speech_target target)
{
    return target.who != SPEECH_NOBODY && target.who != SPEECH_SELF && target.who != SPEECH_ANIMAL;
}

/* The next noun behind the phrase that a sign leads to, or "for". */
static struct speech_target later(const struct speech *speech, uint32_t last, bool is_for_too)
{
    uint32_t end = speech_end(speech, last);
    for (uint32_t at = last + 1; at < end; at++) {
        bool is_led =
            speech_is_sign(speech, at) || (is_for_too && IS(speech, at, FUNCTION_PREPOSITION));
        struct speech_target target;
        if (!is_led || at + 1 >= end) {
            continue;
        }
        (void)speech_noun(speech, at + 1, end, &target);
        if (target.who > SPEECH_YOU) {
            return target;
        }
    }
    return nobody;
}

static bool has_self(const struct speech *speech, uint32_t at)
{
    uint32_t end = speech_end(speech, at);
    for (uint32_t i = speech_first(speech, at); i < end; i++) {
        if (speech->who[i] == SPEECH_SELF) {
            return true;
        }
    }
    return false;
}

/* Who says something is not whom he says it of: "a supply teacher said", "by someone who". */
static bool is_speaker(const struct speech *speech, uint32_t at)
{
    return IS(speech, at + 1, SAY_VERB) || IS(speech, at + 2, SAY_VERB) ||
           (at > 0 && (IS(speech, at - 1, SAY_VERB) || IS(speech, at - 1, SPEAKER_BEFORE))) ||
           (at > 1 && IS(speech, at - 2, SPEAKER_BEFORE));
}

/* Somebody of the sentence outside of quotation marks: "... is how they describe our trust". */
static struct speech_target outside_quote(const struct speech *speech, uint32_t at)
{
    uint32_t end = speech_end(speech, at);
    for (uint32_t i = speech_first(speech, at); i < end; i++) {
        if (speech->tokens[i].quote == 0 && speech->who[i] >= SPEECH_PERSON &&
            !is_speaker(speech, i)) {
            return speech_target_at(speech, i);
        }
    }
    return nobody;
}

/* A phrase at the beginning of its sentence, or alone in it. */
static struct speech_relation alone(const struct speech *speech, const struct speech_phrase *phrase)
{
    struct speech_relation said = {.form = SPEECH_SAID_CLAUSE,
                                   .target = speech_target_behind(speech, phrase->last),
                                   .subject = phrase->first};
    uint32_t next = phrase->last + 1;
    if (said.target.who != SPEECH_NOBODY) {
        said.target = resolve(speech, said.target);
        bool is_comma = speech_is_sign(speech, next);
        said.form = is_comma || !phrase->is_noun ? SPEECH_SAID_CLAUSE : SPEECH_SAID_CALL;
        return said;
    }
    if (IS(speech, next, FUNCTION_BE) || IS(speech, next, TURN_MORE)) {
        said.target = HAS(speech, speech->tokens[next].sentence, TURN_MORE)
                          ? later(speech, next, true)
                          : said.target;
        return said;
    }
    bool is_parted = next < speech->count && !speech_is_sign(speech, next) &&
                     speech_is_open_word(speech, next) && !phrase->is_noun;
    if (is_parted || has_self(speech, phrase->first) ||
        speech->work->channel == SCREEN_CHANNEL_PROFILE) {
        said.form = SPEECH_SAID_NONE;
        return said;
    }
    said.target = later(speech, phrase->last, false);
    bool is_loose = !phrase->is_strong && phrase->weight < 3;
    if (is_loose && (!phrase->is_noun || !phrase->is_whole) &&
        (phrase->is_noun || !speech_is_somebody(said.target))) {
        said.form = SPEECH_SAID_NONE;
        return said;
    }
    if (!speech_is_somebody(said.target) && speech->tokens[phrase->first].quote != 0) {
        said.target = outside_quote(speech, phrase->first);
    }
    if (!speech_is_somebody(said.target)) {
        said.target = resolve_next(speech, phrase->first);
    }
    if (!speech_is_somebody(said.target)) {
        said.target = resolve_back(speech, phrase->first);
        said.form = SPEECH_SAID_CALL;
    }
    return said;
}

/* "They got a bully", "You'd not have to search long in that kitchen for a misery guts". */
static bool as_object(const struct speech *speech, const struct speech_phrase *phrase,
                      struct speech_relation *said)
{
    uint32_t sentence = speech->tokens[phrase->last].sentence;
    bool is_got = phrase->first > 1 && IS(speech, phrase->first - 1, SPEECH_ARTICLE) &&
                  IS(speech, phrase->first - 2, GOT);
    if (is_got) {
        said->target = resolve_back(speech, phrase->first);
    } else if (HAS(speech, sentence, SEEK)) {
        said->target = outside_quote(speech, phrase->first);
        bool is_there = HAS(speech, sentence, SCHOOL_WORD);
        said->target.who =
            is_there && said->target.who <= SPEECH_PERSON ? SPEECH_COLLEAGUE : said->target.who;
    } else {
        return false;
    }
    said->form = SPEECH_SAID_CLAUSE;
    return true;
}

/* "At the top", "in the office": where somebody is, behind the word for him. */
static enum speech_who who_by_place(const struct speech *speech, uint32_t from)
{
    for (uint32_t i = from; i < speech->count && i < from + PLACE_TOKENS_MAX; i++) {
        if (speech_is_sign(speech, i)) {
            break;
        }
        if (IS(speech, i, TOP_WORD)) {
            return SPEECH_MANAGEMENT;
        }
        if ((IS(speech, i, SCHOOL_WORD) && speech->who[i] != SPEECH_SELF) ||
            speech_is_of_school((enum speech_who)speech->who[i])) {
            return SPEECH_COLLEAGUE;
        }
    }
    return SPEECH_PERSON;
}

/* "The useless lump at the top has ...": the phrase is itself the word for somebody. */
static struct speech_relation as_noun(const struct speech *speech,
                                      const struct speech_phrase *phrase)
{
    struct speech_relation said = {
        .form = SPEECH_SAID_NONE, .target = nobody, .subject = phrase->first};
    uint32_t next = phrase->last + 1;
    if (!phrase->is_noun || phrase->weight < 3) {
        return said;
    }
    if (IS(speech, next, LIST_OF)) { /* "that idiot of a head", "an ignoramus of me" */
        (void)speech_noun(speech, next + 1, speech_end(speech, next), &said.target);
        said.target = resolve(speech, said.target);
        said.form = SPEECH_SAID_CLAUSE;
        if (said.target.who != SPEECH_NOBODY || !phrase->is_strong ||
            !IS(speech, phrase->first - 1, THAT_DETERMINER)) {
            return said;
        }
    }
    if (phrase->is_strong && as_object(speech, phrase, &said)) {
        return said;
    }
    bool is_definite = phrase->first > 0 && IS(speech, phrase->first - 1, DEFINITE);
    bool is_plain = phrase->weight < 5 && IS(speech, phrase->last, INSULT_LITERAL);
    if (!is_definite || (!phrase->is_strong && phrase->weight < 4)) {
        return said;
    }
    if (IS(speech, phrase->first - 1, LIST_BY)) { /* "run by clowns" */
        said.target = speech_target_before(speech, phrase->first);
        said.form = SPEECH_SAID_CLAUSE;
        return said;
    }
    enum speech_who who = who_by_place(speech, next);
    said.form = SPEECH_SAID_NOUN;
    said.is_given = IS(speech, phrase->first - 1, THAT_DETERMINER) ||
                    IS(speech, phrase->first - 1, WHO_OUR) || IS(speech, next, WHO_RELATIVE);
    said.target.who = who == SPEECH_PERSON && is_plain ? SPEECH_NOBODY : who;
    said.target.token = phrase->last;
    return said;
}

/* An adjective before a noun: "that gormless receptionist" is somebody, "gormless idea" is not. */
static bool is_before_noun(const struct speech *speech, const struct speech_phrase *phrase,
                           struct speech_relation *said)
{
    uint32_t next = phrase->last + 1;
    uint32_t end = speech_end(speech, phrase->last);
    while (next < end && IS(speech, next, INSULT_MILD)) {
        next++;
    }
    bool is_word = next < end && (speech_is_open_word(speech, next) || speech->who[next]) &&
                   speech->who[next] != SPEECH_SELF && speech->who[next] != SPEECH_HE &&
                   speech->who[next] != SPEECH_YOU && speech->who[next] != SPEECH_THEY;
    if (!is_word) {
        return false;
    }
    (void)speech_noun(speech, next, end, &said->target);
    said->form = SPEECH_SAID_CLAUSE;
    said->subject = phrase->first;
    said->is_given = phrase->first > 0 && IS(speech, phrase->first - 1, DEFINITE);
    return true;
}

static struct speech_relation behind_sign(const struct speech *speech,
                                          const struct speech_phrase *phrase, uint32_t before)
{
    struct speech_relation said = {.form = SPEECH_SAID_CLAUSE,
                                   .target = speech_target_behind(speech, phrase->last),
                                   .subject = phrase->first};
    if (said.target.who == SPEECH_NOBODY || speech_is_the_sign(speech, before, ',')) {
        struct speech_target left = resolve(speech, speech_target_before(speech, before));
        if (left.who != SPEECH_NOBODY) {
            said.target = left;
            said.subject = left.token;
        }
    }
    if (said.target.who == SPEECH_NOBODY && speech->tokens[phrase->first].quote != 0) {
        said.target = outside_quote(speech, phrase->first);
    }
    return said;
}

/* A verb stands before the phrase: "she is", "the head's a". */
static bool is_verb_at(const struct speech *speech, uint32_t before)
{
    bool is_contraction = before != SPEECH_NONE &&
                          speech->tokens[before].flags & SCREEN_TOKEN_POSSESSIVE &&
                          !speech_is_open_word(speech, before + 1);
    return before != SPEECH_NONE && (IS(speech, before, FUNCTION_BE) || is_contraction);
}

static struct speech_relation behind_verb(const struct speech *speech,
                                          const struct speech_phrase *phrase, uint32_t verb)
{
    struct speech_relation said = {.form = SPEECH_SAID_CLAUSE, .target = nobody, .subject = verb};
    if (IS(speech, verb, WHO_BE)) { /* "Who's the plank who locked ...?" */
        said.target = (struct speech_target){SPEECH_PERSON, verb, SCREEN_NOBODY};
        said.form = SPEECH_SAID_NOUN;
        said.is_given = IS(speech, phrase->last + 1, WHO_TOLD);
        return said;
    }
    if (IS(speech, verb, THAT_BE) && verb > 0 && speech->who[verb - 1] >= SPEECH_PERSON) {
        said.target = speech_target_at(speech, verb - 1); /* "a leadership team that's weak" */
        said.subject = verb - 1;
        return said;
    }
    if (IS(speech, verb, THING_BE)) {
        bool is_cleft = phrase->is_strong && IS(speech, phrase->first - 1, DEFINITE) &&
                        IS(speech, phrase->last + 1, WHO_RELATIVE);
        return is_cleft ? as_noun(speech, phrase) : said; /* "it's the dimwits who run it" */
    }
    said.target = resolve(speech, speech_subject(speech, verb));
    if (said.target.token == SPEECH_NONE) {
        said.target = resolve(speech, speech_target_before(speech, verb));
        if (said.target.who == SPEECH_NOBODY) { /* "Couldn't be lazier, our IT man" */
            said.target = later(speech, phrase->last, false);
        }
    } else {
        said.subject = said.target.token;
    }
    return said;
}

/* "Vague but never less than vicious": the verb stands farther off. */
static struct speech_relation behind_far_verb(const struct speech *speech,
                                              const struct speech_phrase *phrase, uint32_t before,
                                              uint32_t begin)
{
    struct speech_relation said = {
        .form = SPEECH_SAID_NONE, .target = nobody, .subject = phrase->first};
    for (uint32_t at = before; at > begin && before - at < FAR_VERB_TOKENS_MAX; at--) {
        if (speech_is_break(speech, at)) {
            break;
        }
        if (IS(speech, at, FUNCTION_BE)) {
            return (struct speech_relation){.form = SPEECH_SAID_CLAUSE,
                                            .target = resolve(speech, speech_subject(speech, at)),
                                            .subject = at};
        }
    }
    return said;
}

/* A phrase with nothing before it in its sentence, as far as that is told by its first words. */
static struct speech_relation at_beginning(const struct speech *speech,
                                           const struct speech_phrase *phrase, uint32_t begin)
{
    bool is_definite = phrase->first > begin && IS(speech, phrase->first - 1, DEFINITE);
    return phrase->is_noun && is_definite && !phrase->is_whole ? as_noun(speech, phrase)
                                                               : alone(speech, phrase);
}

/* "Nobody is as rude as our receptionist", "a more spiteful woman than him", "how lazy that man
 * is": whom the phrase is measured by is what it says, whatever is denied of others. */
static bool is_measured(const struct speech *speech, const struct speech_phrase *phrase,
                        struct speech_relation *said)
{
    if (phrase->first == 0) {
        return false;
    }
    uint32_t end = speech_end(speech, phrase->last);
    uint32_t next = phrase->last + 1;
    bool is_how = IS(speech, phrase->first - 1, HOW_WORD);
    bool is_as = IS(speech, phrase->first - 1, AS_WORD) && IS(speech, next, AS_WORD);
    bool is_more = IS(speech, phrase->first - 1, MORE_WORD) ||
                   IS(speech, phrase->first, INSULT_ADJECTIVE_MOST);
    bool is_such = IS(speech, phrase->first - 1, SUCH_WORD) ||
                   (phrase->first > 1 && IS(speech, phrase->first - 2, SUCH_WORD));
    bool is_bigger = IS(speech, phrase->first - 1, BIGGER_WORD);
    uint32_t than = next; /* "such an arrogant man as", "a bigger fool in the county than" */
    uint32_t far = is_bigger ? MEASURE_TOKENS_MAX : MEASURE_TOKENS_MAX / 2;
    bool is_open = is_more || is_such || is_bigger;
    while (is_open && than < end && than < next + far && !IS(speech, than, THAN_WORD) &&
           !(is_such && IS(speech, than, AS_WORD))) {
        than++;
    }
    bool is_than =
        is_open && (IS(speech, than, THAN_WORD) || (is_such && IS(speech, than, AS_WORD)));
    if (!is_how && !is_as && !is_than) {
        return false;
    }
    uint32_t from = is_how ? next : is_as ? next + 1 : than + 1;
    from += IS(speech, from, THAT_DETERMINER) && speech->who[from] == SPEECH_THEY &&
            from + 1 < end && !speech_is_sign(speech, from + 1); /* "them year 11 mums" */
    struct speech_target target;
    if (from >= end) {
        return false;
    }
    uint32_t behind = speech_noun(speech, from, end, &target);
    target = resolve(speech, target);
    bool is_seeming = false; /* "as dozy as you lot make out" */
    for (uint32_t i = behind; !is_how && i < end && i < behind + 2; i++) {
        is_seeming = is_seeming || IS(speech, i, SEEM);
    }
    if (!speech_is_somebody(target) || is_seeming || target.who == SPEECH_FAMILY) {
        return false;
    }
    said->form = SPEECH_SAID_CLAUSE;
    said->target = target;
    said->subject = phrase->first;
    said->is_given = !is_how;
    return true;
}

/* "The staff egg and spoon race", "tell sir the goats are out", "they know it all": a word for a
 * thing or a verb, unless somebody is called so. */
static bool is_word_behind(const struct speech *speech, const struct speech_phrase *phrase,
                           uint32_t before)
{
    bool is_pronoun = speech->who[before] <= SPEECH_THEY;
    bool is_verb = is_pronoun && IS(speech, phrase->first, COMMON_VERB);
    bool is_thing = !is_pronoun && phrase->is_noun && !phrase->is_strong && phrase->weight < 3 &&
                    !IS(speech, phrase->first - 1, SPEECH_ARTICLE) &&
                    !(before > 0 && IS(speech, before - 1, CALL_VERB));
    return is_verb || is_thing;
}

struct speech_relation speech_relation_find(const struct speech *speech,
                                            const struct speech_phrase *phrase)
{
    uint32_t begin = speech_first(speech, phrase->first);
    uint32_t before = before_phrase(speech, phrase, begin);
    struct speech_relation said = {
        .form = SPEECH_SAID_CLAUSE, .target = nobody, .subject = phrase->first};
    if (is_measured(speech, phrase, &said)) {
        return said;
    }
    bool is_verb = is_verb_at(speech, before);
    bool is_direct = is_verb && !IS(speech, phrase->first - 1, FUNCTION_DETERMINER);
    bool is_mine = is_verb && speech_subject(speech, before).who == SPEECH_SELF;
    if (!phrase->is_noun && !is_direct && !is_mine && is_before_noun(speech, phrase, &said)) {
        bool is_any = is_verb && said.target.who == SPEECH_PERSON; /* "she is a rude woman" */
        if ((speech_is_somebody(said.target) && !is_any) || !is_verb) {
            return said;
        }
    }
    bool is_kind = phrase->is_strong && HAS(speech, speech->tokens[begin].sentence, WHAT_KIND) &&
                   (before == SPEECH_NONE || IS(speech, before, WHAT_KIND));
    if (is_kind) { /* "What kind of moron lets ...?" */
        said.target = (struct speech_target){SPEECH_PERSON, phrase->last, SCREEN_NOBODY};
        said.form = SPEECH_SAID_NOUN;
        return said;
    }
    if (phrase->first > 1 && IS(speech, phrase->first - 1, NEVER_BIGGER) && phrase->is_noun) {
        said.target = resolve_back(speech, phrase->first); /* "never met a bigger wazzock" */
        said.target.who = said.target.who == SPEECH_NOBODY ? SPEECH_PERSON : said.target.who;
        said.is_given = true;
        return said;
    }
    if (before == SPEECH_NONE) {
        return at_beginning(speech, phrase, begin);
    }
    if (is_verb) {
        return behind_verb(speech, phrase, before);
    }
    if (speech->who[before] != SPEECH_NOBODY) {
        if (is_word_behind(speech, phrase, before)) {
            said.form = SPEECH_SAID_NONE;
            return said;
        }
        said.form = speech->who[before] == SPEECH_YOU ? SPEECH_SAID_CALL : SPEECH_SAID_CLAUSE;
        said.target = resolve(speech, speech_target_at(speech, before));
        return said;
    }
    if (speech_is_sign(speech, before)) {
        return behind_sign(speech, phrase, before);
    }
    return phrase->is_noun ? as_noun(speech, phrase)
                           : behind_far_verb(speech, phrase, before, begin);
}
