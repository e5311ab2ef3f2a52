/*
 * handrail.h - the C interface of Handrail's core.
 *
 * The core answers questions from a compiled pack. It does no input or output, knows no clock,
 * keeps nothing between calls and needs no other library, so the same code runs in the program, in
 * your own, and in a browser.
 *
 * A pack is compiled once from its Markdown, with `handrail compile PACK -o FILE`, and opened from
 * memory. One whole use (the tests compile it as it stands here):
 *
 *     #include <handrail.h>
 *     #include <stdio.h>
 *
 *     int answer(const void *image, size_t size)          // 8-aligned bytes of a compiled pack
 *     {
 *         struct handrail_pack *pack;
 *         if (handrail_pack_open(image, size, &pack) != HANDRAIL_OK)
 *             return 2;
 *         const char question[] =
 *             "{\"act\": \"accept-contact\", \"facts\": {\"account\": \"personal\"},"
 *             " \"others\": [{\"is\": [\"former-pupil\"], \"age\": 17}]}";
 *         struct handrail_answer *reply;
 *         enum handrail_status status =
 *             handrail_decide(pack, question, sizeof question - 1, &reply);
 *         printf("%s\n", handrail_answer_json(reply));     // the answer, or what is wrong
 *         handrail_answer_close(reply);
 *         handrail_pack_close(pack);
 *         return status == HANDRAIL_OK ? 0 : 2;
 *     }
 *
 * The JSON of question and answer is described in docs/policy-language.md, section 9, and by
 * docs/schemas/. All functions may be called from several threads; a pack may be shared by them.
 */
#ifndef HANDRAIL_H
#define HANDRAIL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised when a function or the meaning of one changes. */
#define HANDRAIL_ABI_VERSION 1

struct handrail_pack;
struct handrail_answer;

enum handrail_status {
    HANDRAIL_OK = 0,
    HANDRAIL_BAD_IMAGE = 1,    /* not an image of a pack, or of another version */
    HANDRAIL_BAD_QUESTION = 2  /* the question cannot be read; the answer says where and why */
};

/* HANDRAIL_ABI_VERSION of the library that is linked. */
uint32_t handrail_abi_version(void);

/*
 * Opens a compiled pack. `image` must be aligned to 8 bytes, is not copied, and must stay as it is
 * until
 * handrail_pack_close(). On HANDRAIL_BAD_IMAGE `*pack` is NULL.
 */
enum handrail_status handrail_pack_open(const void *image, size_t size,
                                        struct handrail_pack **pack);
void handrail_pack_close(struct handrail_pack *pack);

/* The pack's name, ended by a zero byte; valid as long as the pack. */
const char *handrail_pack_name(const struct handrail_pack *pack);

/*
 * Answers a question. `*answer` is always set, on HANDRAIL_BAD_QUESTION too: its JSON is then
 * {"errors": [{"line", "column", "code", "message", "hint"}]}. Close it after use.
 */
enum handrail_status handrail_decide(const struct handrail_pack *pack, const char *question,
                                     size_t question_bytes, struct handrail_answer **answer);

/* The answer as JSON, ended by a zero byte; valid until it is closed. */
const char *handrail_answer_json(const struct handrail_answer *answer);
size_t handrail_answer_bytes(const struct handrail_answer *answer);
void handrail_answer_close(struct handrail_answer *answer);

#ifdef __cplusplus
}
#endif
#endif
