/*
 * screen/detectors.c - the table of detectors, in the order in which they run.
 *
 * Read first: work_int.h. People and schools come first, since what is said depends on whom it is
 * said of; what belongs to a whole message comes last.
 */
#include "screen/screen_int.h"

struct detector {
    void (*detect)(struct screen_work *work);
};

static const struct detector detectors[] = {
    {screen_detect_people},   {screen_detect_described},   {screen_detect_school},
    {screen_detect_contact},  {screen_detect_identifier},  {screen_detect_secret},
    {screen_detect_link},     {screen_detect_affiliation}, {screen_detect_confidence},
    {screen_detect_speech},   {screen_detect_claim},       {screen_detect_voice},
    {screen_detect_borrowed}, {screen_detect_incoming},
};

void screen_detect(struct screen_work *work)
{
    for (size_t i = 0; i < sizeof detectors / sizeof *detectors; i++) {
        detectors[i].detect(work);
    }
}
