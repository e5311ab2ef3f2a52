/*
 * tests/support/cheap_gate.c - see cheap_gate.h.
 */
#include "support/cheap_gate.h"

#include "base/arena.h"

struct password_gate *cheap_gate;
static struct arena *arena;

int cheap_gate_open(void **state)
{
    (void)state;
    arena = arena_open();
    cheap_gate = password_gate_open(
        arena, (struct password_limits){
                   .cost = {.memory_kib = 64, .passes = 1}, .at_once_max = 2, .waiting_max = 8});
    return 0;
}

int cheap_gate_close(void **state)
{
    (void)state;
    password_gate_close(cheap_gate);
    arena_close(arena);
    return 0;
}
