/* A file. */
#include <stdio.h>
#include <unistd.h>
#include "policy/policy.h"
# include "store/store.h"
