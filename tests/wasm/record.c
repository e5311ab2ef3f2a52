/*
 * Writes down every question that end_to_end/abi_examples_test.c asks, with the native answer, so
 * that tests/wasm/parity.mjs can ask handrail.wasm the same.
 *
 * Read first: tests/end_to_end/abi_examples_test.c. That test is linked here once more with its
 * calls of handrail_decide() and handrail_pack_open() led through this file (--wrap). Each question
 * is asked twice: as it comes, which is brief, and in full, with the next question and the changes.
 *
 *     HANDRAIL_RECORD=FOLDER wasm_record
 *
 *   FOLDER/NAME.pack      the image
 *   FOLDER/NAME.answers   for each question: its bytes and the answer's as two uint32_t, then both
 *
 * What must hold: what cannot be written down stops the program, and the suite with it.
 */
#include "support/check.h"

#include "handrail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_BYTES_MAX 4096
#define QUESTION_BYTES_MAX 65536u

static FILE *answers;

/* Given by the linker: the functions themselves. */
enum handrail_status __real_handrail_pack_open(const void *image, size_t size,
                                               struct handrail_pack **pack);
enum handrail_status __real_handrail_decide(const struct handrail_pack *pack, const char *question,
                                            size_t question_bytes, struct handrail_answer **answer);
enum handrail_status __wrap_handrail_pack_open(const void *image, size_t size,
                                               struct handrail_pack **pack);
enum handrail_status __wrap_handrail_decide(const struct handrail_pack *pack, const char *question,
                                            size_t question_bytes, struct handrail_answer **answer);

static FILE *file_open(const char *name, const char *ending)
{
    const char *folder = getenv("HANDRAIL_RECORD");
    char path[PATH_BYTES_MAX];
    assert_non_null(folder);
    int length = snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    assert_in_range(length, 1, sizeof path - 1);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    return file;
}

static void bytes_write(FILE *file, const void *bytes, size_t size)
{
    assert_int_equal(fwrite(bytes, 1, size, file), size);
}

enum handrail_status __wrap_handrail_pack_open(const void *image, size_t size,
                                               struct handrail_pack **pack)
{
    enum handrail_status status = __real_handrail_pack_open(image, size, pack);
    if (status != HANDRAIL_OK)
        return status;
    FILE *file = file_open(handrail_pack_name(*pack), "pack");
    bytes_write(file, image, size);
    assert_int_equal(fclose(file), 0);
    if (answers != NULL)
        assert_int_equal(fclose(answers), 0);
    answers = file_open(handrail_pack_name(*pack), "answers");
    return status;
}

static void answer_write(const char *question, size_t bytes, const struct handrail_answer *answer)
{
    uint32_t sizes[2] = {(uint32_t)bytes, (uint32_t)handrail_answer_bytes(answer)};
    bytes_write(answers, sizes, sizeof sizes);
    bytes_write(answers, question, bytes);
    bytes_write(answers, handrail_answer_json(answer), sizes[1]);
    assert_int_equal(fflush(answers), 0);
}

/* The same question with "brief":true, which must be there, said the other way. */
static size_t full_question(const char *question, size_t bytes, char *out)
{
    static const char brief[] = "\"brief\":true", full[] = "\"brief\":false";
    const char *at = memmem(question, bytes, brief, sizeof brief - 1);
    assert_non_null(at);
    size_t before = (size_t)(at - question), after = before + sizeof brief - 1;
    assert_in_range(bytes + 1, 1, QUESTION_BYTES_MAX);
    memcpy(out, question, before);
    memcpy(out + before, full, sizeof full - 1);
    memcpy(out + before + sizeof full - 1, question + after, bytes - after);
    return bytes + sizeof full - sizeof brief;
}

enum handrail_status __wrap_handrail_decide(const struct handrail_pack *pack, const char *question,
                                            size_t question_bytes, struct handrail_answer **answer)
{
    static char full[QUESTION_BYTES_MAX];
    struct handrail_answer *over = NULL;
    size_t full_bytes = full_question(question, question_bytes, full);
    assert_int_equal(__real_handrail_decide(pack, full, full_bytes, &over), HANDRAIL_OK);
    answer_write(full, full_bytes, over);
    handrail_answer_close(over);
    enum handrail_status status = __real_handrail_decide(pack, question, question_bytes, answer);
    answer_write(question, question_bytes, *answer);
    return status;
}
