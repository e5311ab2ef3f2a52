/* A file. */
#include "image.h"
#include "../base/str.h"
