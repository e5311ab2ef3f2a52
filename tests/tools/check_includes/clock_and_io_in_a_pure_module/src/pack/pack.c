/* A file. */
#include <time.h>
#include <stdio.h>
#include <string.h>
