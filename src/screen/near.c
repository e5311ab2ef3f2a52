/*
 * screen/near.c - what stands near a word. Read first: near_int.h.
 */
#include "screen/near_int.h"

#include "screen/word_tables_int.h"

struct screen_classes screen_classes_near(const struct screen_draft *draft, uint32_t token,
                                          uint32_t before, uint32_t after)
{
    struct screen_classes all = {0};
    uint32_t first = token > before ? token - before : 0;
    uint32_t end = draft->token_count - token > after ? token + after + 1 : draft->token_count;
    for (uint32_t i = first; i < end; i++) {
        if (i != token) {
            screen_classes_add(&all, &draft->tokens[i].classes);
        }
    }
    return all;
}

uint32_t screen_near_before(const struct screen_draft *draft, uint32_t token,
                            enum screen_word class, uint32_t window)
{
    for (uint32_t i = 1; i <= window && i <= token; i++) {
        if (screen_word_is(&draft->tokens[token - i], class)) {
            return token - i;
        }
    }
    return SCREEN_NO_TOKEN;
}

uint32_t screen_near_after(const struct screen_draft *draft, uint32_t token, enum screen_word class,
                           uint32_t window)
{
    for (uint32_t i = 1; i <= window && token + i < draft->token_count; i++) {
        if (screen_word_is(&draft->tokens[token + i], class)) {
            return token + i;
        }
    }
    return SCREEN_NO_TOKEN;
}

bool screen_is_near(const struct screen_draft *draft, uint32_t first, uint32_t last,
                    enum screen_word class, uint32_t before, uint32_t after)
{
    return screen_near_before(draft, first, class, before) != SCREEN_NO_TOKEN ||
           screen_near_after(draft, last, class, after) != SCREEN_NO_TOKEN;
}

bool screen_is_dotted(const struct screen_draft *draft, uint32_t token, struct str letters)
{
    for (size_t i = 0; i < letters.len; i++, token += 2) {
        if (!screen_is_word(draft, token, str_slice(letters, i, i + 1)) ||
            (i + 1 < letters.len && !screen_is_sign(draft, token + 1, '.'))) {
            return false;
        }
    }
    return true;
}

bool screen_dotted_before(const struct screen_draft *draft, uint32_t token, struct str letters,
                          uint32_t window)
{
    uint32_t length = (uint32_t)letters.len * 2 - 1;
    for (uint32_t i = length; i <= length + window && i <= token; i++) {
        if (screen_is_dotted(draft, token - i, letters)) {
            return true;
        }
    }
    return false;
}

struct str screen_token_raw(const struct screen_draft *draft, uint32_t token)
{
    return str_slice(draft->text, draft->tokens[token].start, draft->tokens[token].end);
}

bool screen_word_has(struct str word, enum screen_word class)
{
    return screen_classes_have(&screen_class_sets[screen_word_set(screen_hash(word))], class);
}
