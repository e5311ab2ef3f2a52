/*
 * screen/detect_secret.c - ways into accounts, buildings and meetings, part by part.
 *
 * Read first: work_int.h, secret_int.h. Meetings come before codes and codes before passwords,
 * since "passcode 6630" is what the words around it make of it, and is found once.
 */
#include "screen/secret_int.h"

void screen_detect_secret(struct screen_work *work)
{
    screen_find_meetings(work);
    screen_find_codes(work);
    screen_find_credentials(work);
    screen_find_answers(work);
}
