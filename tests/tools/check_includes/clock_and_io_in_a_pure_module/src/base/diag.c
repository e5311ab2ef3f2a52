/* A file. */
#include <stdio.h>
