/* A file. */
#include "pack/image_int.h"
