/* A file. */
#include "cli/cli.h"
