/*
 * Which rules stand in a question, and nothing beyond that.
 *
 * Read first: decide.h, decide_int.h. Of each person's world matching and weighing alone: what
 * answer.c does before it searches, explains and asks. What must hold: YES and NO are those of
 * every answer to the question.
 */
#include "decide/decide_int.h"

struct decide_standing {
    const struct pack *pack;
    struct decide_weigh *weigh;
};

struct decide_standing *decide_standing_new(struct arena *arena, const struct pack *pack,
                                            uint32_t act)
{
    struct decide_standing *standing = ARENA_NEW(arena, struct decide_standing);
    standing->pack = pack;
    standing->weigh = decide_weigh_new(arena, pack, act);
    return standing;
}

/* For certain where it is for anybody, then as strictly as for anybody. */
static void stand_join(struct decide_stand *stand, struct decide_stand with)
{
    bool is_surer =
        stand->truth == DECIDE_NO || (stand->truth == DECIDE_OPEN && with.truth == DECIDE_YES);
    if (with.truth != DECIDE_NO &&
        (is_surer || (stand->truth == with.truth && with.level > stand->level)))
        *stand = (struct decide_stand){with.truth, with.level, stand->ways};
}

/* The rows that may hold, by rule. */
static void ways_count(const struct decide_weigh *weigh, struct decide_stand *stands)
{
    const uint32_t *of_row = weigh->pack->list + weigh->table->row_outcomes.first;
    for (uint32_t i = 0; i < weigh->match.row_count; i++) {
        uint32_t rule = weigh->founds[of_row[weigh->match.rows[i]]].rule;
        if (rule != PACK_NONE && stands[rule].ways < UINT16_MAX)
            stands[rule].ways++;
    }
}

static void stands_collect(const struct decide_weigh *weigh, struct decide_stand *stands)
{
    for (uint32_t i = 0; i < weigh->rule_count; i++) {
        uint32_t rule = weigh->rules[i];
        const struct decide_ruling *ruling = &weigh->rulings[rule];
        bool is_law = weigh->pack->rule[rule].effect == PACK_EFFECT_PROTECTS;
        uint8_t truth = is_law ? ruling->suspended : ruling->stands;
        uint8_t level = truth == DECIDE_YES ? ruling->level_low : ruling->level_high;
        stand_join(&stands[rule], (struct decide_stand){truth, level, 0});
    }
}

const struct decide_stand *decide_standing_find(struct arena *arena,
                                                struct decide_standing *standing,
                                                const struct decide_question *question)
{
    const struct pack *pack = standing->pack;
    struct decide_stand *stands = ARENA_ARRAY(arena, struct decide_stand, pack->rule_count + 1);
    struct arena_mark mark = arena_mark(arena);
    const struct decide_question *settled = decide_question_settle(arena, question);
    struct diag_list diags = diag_list_new(arena);
    uint32_t count = settled->person_count;
    bool is_possible = true;
    for (uint32_t person = count == 0 ? 0 : 1; person <= count && is_possible; person++) {
        const struct decide_world *world = decide_world_new(arena, settled, person, &diags);
        is_possible = world != NULL;
        if (is_possible) {
            decide_weigh_world(standing->weigh, world->domain);
            stands_collect(standing->weigh, stands);
            ways_count(standing->weigh, stands);
        }
    }
    arena_rewind(arena, mark);
    for (uint32_t rule = 0; !is_possible && rule < pack->rule_count; rule++)
        stands[rule] = (struct decide_stand){DECIDE_NO, PACK_LEVEL_NOT_COVERED, 0};
    return stands;
}
