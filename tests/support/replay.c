/*
 * tests/support/replay.c - runs a fuzz target on files: what was found once must stay mended.
 *
 * Read first: fuzz/json_fuzz.c. Called with the files as arguments; each runs in turn, and the name
 * is printed before, so that the last name is the guilty one when the program stops.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define FILE_BYTES_MAX ((size_t)16 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static int replay(const char *name)
{
    FILE *file = fopen(name, "rb");
    if (!file) {
        (void)fprintf(stderr, "%s: cannot be opened\n", name);
        return 1;
    }
    uint8_t *data = malloc(FILE_BYTES_MAX);
    size_t bytes = data ? fread(data, 1, FILE_BYTES_MAX, file) : 0;
    /* A copy of exactly this size, so that AddressSanitizer sees a read past its end. */
    uint8_t *exact = data ? realloc(data, bytes ? bytes : 1) : NULL;
    int failed = exact ? LLVMFuzzerTestOneInput(exact, bytes) : 1;
    free(exact);
    (void)fclose(file);
    return failed;
}

int main(int count, char **arguments)
{
    for (int i = 1; i < count; i++) {
        printf("%s\n", arguments[i]);
        (void)fflush(stdout);
        if (replay(arguments[i]) != 0) {
            return 1;
        }
    }
    return 0;
}
