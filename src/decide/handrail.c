/*
 * The C interface: include/handrail.h in terms of decide. Read first: that header.
 * What must hold: nothing is kept between calls; an answer owns the arena that everything of it
 * lives in.
 */
#include "handrail.h"

#include "base/json.h"
#include "decide/decide_int.h"

#define EXPORTED __attribute__((visibility("default")))

struct handrail_pack {
    struct arena *arena;
    struct pack pack;
    struct str name; /* zero-terminated */
};

struct handrail_answer {
    struct arena *arena;
    struct str json; /* zero-terminated */
};

EXPORTED uint32_t handrail_abi_version(void)
{
    return HANDRAIL_ABI_VERSION;
}

EXPORTED enum handrail_status handrail_pack_open(const void *image, size_t size,
                                                 struct handrail_pack **pack)
{
    struct arena *arena = arena_open();
    struct handrail_pack *made = ARENA_NEW(arena, struct handrail_pack);
    made->arena = arena;
    *pack = NULL;
    if (pack_open(&made->pack, image, size) != NULL) {
        arena_close(arena);
        return HANDRAIL_BAD_IMAGE;
    }
    made->name = str_from(str_cstr(arena, pack_name(&made->pack)));
    *pack = made;
    return HANDRAIL_OK;
}

EXPORTED void handrail_pack_close(struct handrail_pack *pack)
{
    if (pack != NULL)
        arena_close(pack->arena);
}

EXPORTED const char *handrail_pack_name(const struct handrail_pack *pack)
{
    return pack->name.at;
}

static void errors_write(const struct diag_list *diags, struct text *out)
{
    struct json_writer json = json_writer_new(out, JSON_PRETTY);
    json_begin_object(&json);
    json_key(&json, STR("errors"));
    json_begin_array(&json);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        json_begin_object(&json);
        json_key_int(&json, STR("line"), diag->line);
        json_key_int(&json, STR("column"), diag->column);
        json_key_str(&json, STR("code"), diag->code);
        json_key_str(&json, STR("message"), diag->message);
        json_key_str(&json, STR("hint"), diag->hint);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
}

EXPORTED enum handrail_status handrail_decide(const struct handrail_pack *pack,
                                              const char *question, size_t question_bytes,
                                              struct handrail_answer **answer)
{
    struct arena *arena = arena_open();
    struct handrail_answer *made = ARENA_NEW(arena, struct handrail_answer);
    made->arena = arena;
    struct diag_list diags = diag_list_new(arena);
    struct str json = {question, question_bytes};
    struct decide_answer *found = NULL;
    struct decide_question *read =
        decide_question_read(arena, &pack->pack, STR("question"), json, &diags);
    if (read != NULL)
        found = decide_answer(arena, read, &diags);
    struct text out = {.arena = arena};
    if (found != NULL)
        decide_answer_write(found, &out);
    else
        errors_write(&diags, &out);
    made->json = str_from(str_cstr(arena, text_str(&out)));
    *answer = made;
    return found != NULL ? HANDRAIL_OK : HANDRAIL_BAD_QUESTION;
}

EXPORTED const char *handrail_answer_json(const struct handrail_answer *answer)
{
    return answer->json.at;
}

EXPORTED size_t handrail_answer_bytes(const struct handrail_answer *answer)
{
    return answer->json.len;
}

EXPORTED void handrail_answer_close(struct handrail_answer *answer)
{
    if (answer != NULL)
        arena_close(answer->arena);
}
