/* A file. */
#include "base/str.h"
#include <md4c.h>
#include "handrail.h"
