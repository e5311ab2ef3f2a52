/* A file. */
#include <stddef.h>
#include "base/str_int.h"
