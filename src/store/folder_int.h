/*
 * store/folder_int.h - the names of files, safe from a power cut.
 */
#ifndef HANDRAIL_STORE_FOLDER_INT_H
#define HANDRAIL_STORE_FOLDER_INT_H

#include "base/result.h"

/* Writes the names in the folder of `path` to disk. */
MUST_USE struct result store_folder_sync(struct arena *arena, struct str path);

#endif
