/*
 * screen/rehearsal.c - has all that a draft needs fetched before the first one comes.
 *
 * Read first: screen.h. Start at: screen_rehearse.
 *
 * The first drafts would wait for tables that come from a file or from far memory, and for code
 * that has not run yet: the first of all for four times as long as the others.
 */
#include "screen/screen_int.h"

/* Something for each detector to look at. */
static const struct str draft = STR_INIT(
    "Well done to our head for finding a new way to help, as if nobody had asked. \"Not a moan,\" "
    "he said. My son Ben O'Neill-Marsh in 9B was sick again on Monday 3rd May 2021, and Mr J. "
    "Smith from 12 High Street, Leeds LS1 4AB rang 07700 900123 about it!\n"
    "Please don't share: the password for the staff drive is Winter2024, door code C1234, and "
    "Mrs Brown's date of birth is 1.2.1980 (NI AB123456C). Email office@school.example or see "
    "https://www.school.example/news?id=7 #proud @somebody. Views are my own, of course, not "
    "those of the school. What an idiot, honestly: this lot couldn't run a bath; they're useless "
    "and I hate all of them \U0001F600. Can anybody lend us £5? I teach maths at a primary school, "
    "and a girl in my class told me that her dad hits her.");

void screen_rehearse(const struct screen *screen, struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    screen_words_fetch();
    screen_model_fetch(screen->setting.model);
    (void)screen_run(screen, arena, draft, SCREEN_CHANNEL_PERSONAL);
    (void)screen_run(screen, arena, draft, SCREEN_CHANNEL_INCOMING);
    arena_rewind(arena, mark);
}
