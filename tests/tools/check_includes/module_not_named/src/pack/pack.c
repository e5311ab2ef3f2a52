/* A file. */

#include "policy/policy.h"
#include "base/str.h"
