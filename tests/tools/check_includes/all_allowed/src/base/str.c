/* A file. */
#include "base/str.h"
#include <stdio.h>
