/* A file. */
#include "web/web.h"
