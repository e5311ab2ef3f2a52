/*
 * cli/today.h - today's date, as people in the school see it on the wall.
 *
 * The only place where commands read the clock; the modules below are told the date.
 */
#ifndef HANDRAIL_CLI_TODAY_H
#define HANDRAIL_CLI_TODAY_H

#include "base/civil.h"

/* In the time zone of this machine. HANDRAIL_TODAY=YYYY-MM-DD in the environment takes its place,
 * for tests and for looking ahead. */
struct civil_date today_date(void);

#endif
