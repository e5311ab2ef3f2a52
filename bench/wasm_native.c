/*
 * wasm_native.c - the time of an answer in a native program, for bench/wasm.sh.
 *
 * Read first: tests/wasm/record.c, which writes the questions; bench/wasm.mjs, which asks the same
 * of handrail.wasm. Start at main().
 *
 *     wasm_native FOLDER NAME ROUNDS     one line for each question: its best time in microseconds
 *
 * A time is that of handrail_decide() and handrail_answer_close(): JSON in, JSON out.
 */
#include "clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handrail.h"

#define PATH_BYTES_MAX 4096
#define FILE_BYTES_MAX (16u * 1024u * 1024u)

static char *file_read(const char *folder, const char *name, const char *ending, size_t *size)
{
    char path[PATH_BYTES_MAX];
    (void)snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    FILE *file = fopen(path, "rb");
    char *bytes = aligned_alloc(16, FILE_BYTES_MAX);
    if (file == NULL || bytes == NULL) {
        (void)fprintf(stderr, "%s cannot be read\n", path);
        exit(2);
    }
    *size = fread(bytes, 1, FILE_BYTES_MAX, file);
    (void)fclose(file);
    return bytes;
}

static double best_microseconds(const struct handrail_pack *pack, const char *question,
                                size_t bytes, long rounds)
{
    uint64_t best = UINT64_MAX;
    for (long round = 0; round < rounds; round++) {
        struct handrail_answer *answer = NULL;
        uint64_t from = clock_nanoseconds();
        (void)handrail_decide(pack, question, bytes, &answer);
        handrail_answer_close(answer);
        uint64_t took = clock_nanoseconds() - from;
        best = took < best ? took : best;
    }
    return (double)best / 1000.0;
}

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    size_t image_bytes, bytes;
    char *image = file_read(words[1], words[2], "pack", &image_bytes);
    char *recorded = file_read(words[1], words[2], "answers", &bytes);
    struct handrail_pack *pack;
    if (handrail_pack_open(image, image_bytes, &pack) != HANDRAIL_OK)
        return 2;
    for (size_t at = 0; at < bytes;) {
        uint32_t sizes[2];
        memcpy(sizes, recorded + at, sizeof sizes);
        at += sizeof sizes;
        printf("%.3f\n",
               best_microseconds(pack, recorded + at, sizes[0], strtol(words[3], NULL, 10)));
        at += sizes[0] + sizes[1];
    }
    handrail_pack_close(pack);
    free(image);
    free(recorded);
    return 0;
}
