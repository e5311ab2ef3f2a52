/*
 * web/office.h - the part of the site where things are kept: who signs in, and what they can do.
 *
 * Read first: site.h, actions/actions.h. Whoever starts the server makes it (cli/command_serve.c).
 * What must hold: without an office the site keeps nothing, and has no pages that ask who it is.
 */
#ifndef HANDRAIL_WEB_OFFICE_H
#define HANDRAIL_WEB_OFFICE_H

#include "actions/actions.h"
#include "actions/keeper.h"

struct web_office {
    struct actions_place place;
    struct keeper *keeper;
    struct str set_up_code; /* shown in the terminal; whoever has it may set Handrail up */
    struct str public_host; /* behind TLS, under this name; empty: on this machine alone */
};

#endif
