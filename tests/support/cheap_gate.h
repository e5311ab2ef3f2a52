/*
 * tests/support/cheap_gate.h - passwords whose hashes cost nearly nothing.
 *
 *     return cmocka_run_group_tests(tests, cheap_gate_open, cheap_gate_close);
 */
#ifndef HANDRAIL_TESTS_SUPPORT_CHEAP_GATE_H
#define HANDRAIL_TESTS_SUPPORT_CHEAP_GATE_H

#include "identity/password.h"

/* Open between the two; for a group of tests. */
extern struct password_gate *cheap_gate;
int cheap_gate_open(void **state);
int cheap_gate_close(void **state);

#endif
