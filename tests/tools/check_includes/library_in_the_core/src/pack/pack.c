/* A file. */
#include <md4c.h>
