/*
 * ledger/note_int.h - what note.c and note_key.c share.
 */
#ifndef HANDRAIL_LEDGER_NOTE_INT_H
#define HANDRAIL_LEDGER_NOTE_INT_H

#include "ledger/note.h"

/* The name of a key that need not be known: as note_name_is_good, of any length. */
bool note_name_form_is_good(struct str name);

#endif
