/* Private to pack: the check of an image's insides (check.c). */
#ifndef HANDRAIL_PACK_CHECK_INT_H
#define HANDRAIL_PACK_CHECK_INT_H

#include "pack/pack.h"

/* True when every index, list, text and mask of the views is in range. */
bool pack_check(const struct pack *pack);

#endif
