/* A file. */
#include <unistd.h>
