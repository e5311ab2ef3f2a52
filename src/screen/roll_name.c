/*
 * screen/roll_name.c - a name of a roll in plain letters, part by part.
 *
 * Read first: roll_name_int.h. Start at: roll_name_fold.
 */
#include "screen/roll_name_int.h"

#include <string.h>

#include "base/utf8.h"
#include "screen/draft_int.h"

struct str roll_part_text(const struct plain_name *name, uint32_t first, uint32_t last)
{
    return (struct str){name->bytes + name->parts[first].start,
                        name->parts[last].end - name->parts[first].start};
}

/* Letters and digits of a word; the apostrophe is left out. */
static void part_add(struct plain_name *name, struct str word, bool is_after_hyphen)
{
    uint32_t length = name->count > 0 ? name->parts[name->count - 1].end : 0;
    if (name->count == NAME_PARTS_MAX || length + word.len > JOINED_MAX) {
        return;
    }
    struct plain_part *part = &name->parts[name->count];
    part->start = length;
    part->is_after_hyphen = is_after_hyphen;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] != '\'') {
            name->bytes[length++] = word.at[i];
        }
    }
    part->end = length;
    name->count += part->end > part->start;
}

/* Nearly all names: letters of ASCII, apostrophes within, spaces and hyphens between. */
static bool ascii_divide(struct str text, struct plain_name *name)
{
    char lower[JOINED_MAX];
    if (text.len > JOINED_MAX) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        bool is_letter = lower[i] >= 'a' && lower[i] <= 'z';
        bool is_within =
            c == '\'' && i > 0 && i + 1 < text.len && text.at[i - 1] > '@' && text.at[i + 1] > '@';
        if (!is_letter && !is_within && c != ' ' && c != '-') {
            return false;
        }
    }
    bool is_after_hyphen = false;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        while (at < text.len && lower[at] != ' ' && lower[at] != '-') {
            at++;
        }
        if (at > from) {
            part_add(name, (struct str){lower + from, at - from}, is_after_hyphen);
        }
        is_after_hyphen = at < text.len && lower[at] == '-';
        at++;
    }
    return true;
}

void roll_name_fold(struct arena *scratch, struct str text, struct plain_name *name)
{
    name->count = 0;
    if (ascii_divide(text, name)) {
        return;
    }
    name->count = 0;
    struct arena_mark mark = arena_mark(scratch);
    const struct screen_draft *draft = screen_draft_read(scratch, text);
    for (uint32_t i = 0; i < draft->token_count; i++) {
        const struct screen_token *token = &draft->tokens[i];
        if (token->kind == SCREEN_TOKEN_WORD || token->kind == SCREEN_TOKEN_MIXED) {
            part_add(name, screen_token_plain(draft, i), token->flags & SCREEN_TOKEN_HYPHEN);
        }
    }
    arena_rewind(scratch, mark);
}

/* "Müller" as "Mueller"; false when there is nothing of the sort in it. */
bool roll_letters_spell_out(struct str text, char out[ROLL_SPELT_BYTES_MAX], struct str *spelt)
{
    static const struct {
        uint32_t letter;
        struct str by;
    } letters[] = {
        {0xC4, STR_INIT("Ae")},  {0xE4, STR_INIT("ae")}, {0xD6, STR_INIT("Oe")},
        {0xF6, STR_INIT("oe")},  {0xDC, STR_INIT("Ue")}, {0xFC, STR_INIT("ue")},
        {0xC5, STR_INIT("Aa")},  {0xE5, STR_INIT("aa")}, {0xD8, STR_INIT("Oe")},
        {0xF8, STR_INIT("oe")},  {0xC6, STR_INIT("Ae")}, {0xE6, STR_INIT("ae")},
        {0xDE, STR_INIT("Th")},  {0xFE, STR_INIT("th")}, {0xF0, STR_INIT("d")},
        {0x153, STR_INIT("oe")}, {0x142, STR_INIT("l")}, {0x141, STR_INIT("L")},
        {0x111, STR_INIT("d")},  {0x110, STR_INIT("D")},
    };
    bool has_any = false;
    size_t length = 0;
    if (text.len > SCREEN_ROLL_NAME_BYTES_MAX) {
        return false;
    }
    for (size_t at = 0; at < text.len;) {
        uint32_t code_point;
        size_t bytes = utf8_decode(text, at, &code_point);
        struct str by = str_slice(text, at, at + (bytes ? bytes : 1));
        for (size_t i = 0; code_point >= 0xC0 && i < sizeof letters / sizeof *letters; i++) {
            if (letters[i].letter == code_point) {
                by = letters[i].by;
                has_any = true;
            }
        }
        memcpy(out + length, by.at, by.len);
        length += by.len;
        at += bytes ? bytes : 1;
    }
    *spelt = (struct str){out, length};
    return has_any;
}

/* The first word of a name, as one: "Anne-Marie" is one word, "Anne Marie" two. */
uint32_t roll_group_end(const struct plain_name *name, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < name->count && name->parts[end].is_after_hyphen) {
        end++;
    }
    return end;
}
