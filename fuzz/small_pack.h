/*
 * fuzz/small_pack.h - a small policy with one of everything, compiled when a fuzz target starts.
 *
 * Read first: docs/policy-language.md. Included by the targets that need a pack.
 *
 * What must hold: every kind of fact, relation, rule, approval and known conflict occurs, and the
 * law stands above it, so that a target can reach all of the engine.
 */
#ifndef HANDRAIL_FUZZ_SMALL_PACK_H
#define HANDRAIL_FUZZ_SMALL_PACK_H

#include <assert.h>

#include "base/arena.h"
#include "base/diag.h"
#include "policy/policy.h"

static const char small_pack_words[] =
    "```vocabulary\n"
    "topic t \"T\"\ntopic u \"U\"\n"
    "role head \"the head\"\n  group lead\nrole chair \"the chair\"\n  group lead\n"
    "act post \"post\"\n  group publish\nact accept \"accept\"\n"
    "fact account: one of \"Account?\"\n  own \"own\"\n  school \"school\"\n"
    "fact platform: one of \"Platform?\"\n  facebook \"F\"\n  linkedin \"L\"\n"
    "fact purpose: some of \"Purpose?\"\n"
    "  work \"work\"\n    includes lesson\n  lesson \"lesson\"\n"
    "fact doubt: yes or no \"Doubt?\"\n  default no\n"
    "fact rights: some of \"Rights?\"\n  belief \"belief\"\n  default none\n"
    "fact readers: number of people \"Readers?\"\n  from 0 to 99\n"
    "fact day: date \"Day?\"\n  relevant-to post\n"
    "fact other: some of \"Who?\"\n  pupil \"a pupil\"\n  former \"a former pupil\"\n"
    "  relative \"a relative\"\n  child \"my child\"\n"
    "fact other.age: number of years \"Age?\"\n  from 0 to 120\n  sensitivity sensitive\n"
    "never together other: pupil, former\n"
    "implies other: child -> relative\n"
    "```\n";

static const char small_pack_law[] =
    "```pack\nname law\ntitle \"Law\"\nkind law\n```\n"
    "## L {#L-1 topic=\"u\"}\nWords.\n```rule\n"
    "protects publish\n  when rights is belief\n  of chair\n  against t\n"
    "must not publish\n  when purpose is all of work, lesson and readers is over 50\n  regardless\n"
    "```\n";

static const char small_pack_policy[] =
    "```pack\nname small\ntitle \"Small\"\nkind policy\nprevails \"The wording prevails.\"\n```\n"
    "## A {#A-1 topic=\"t\"}\nWords.\n\n> Reader's note: of the source.\n\n"
    "```operation\nduty tell \"Tell somebody\"\n  who \"you\"\n  by \"today\"\n```\n"
    "```rule\n"
    "define at-work \"it is for work\"\n  when purpose is work or account is school\n"
    "covers publish\n  when at-work or account is own\n"
    "leaves out publish\n  when day is before 2020-01-01\n"
    "must not publish\n  when account is own and at-work\n"
    "  unless approved by head in writing and approved by chair with reason\n"
    "  unless platform is linkedin and approved by lead for 2 weeks\n  instead \"Ask.\"\n"
    "may publish\n  when purpose is lesson\n  only if readers is under 30\n"
    "should tell\n  on publish\n  when at-work\n"
    "nevertheless must tell\n  on publish\n  when doubt\n"
    "```\n"
    "## B {#B-1 topic=\"t\"}\nWords.\n```rule\n"
    "may publish\n  when purpose is lesson\n"
    "should not publish\n  when readers is at least 10 and not doubt\n"
    "known conflict A-1, B-1\n  when doubt\n  take ask head\n"
    "known conflict A-1, B-1\n  when not doubt\n  take prohibition\n"
    "```\n"
    "## C {#C-1 topic=\"u\"}\nWords.\n```rule\n"
    "should not accept\n  when other is pupil or (other is former and other.age is under 18)\n"
    "  unless other is relative\n  unless consent of other\n"
    "  unless purpose is work and approved afterwards\n"
    "may accept\n  when other is relative\n  overrides C-2\n"
    "if unsure anything\n  of chair\n"
    "```\n"
    "## D {#C-2}\nWords.\n```rule\n"
    "advised not accept\n  when other is not none\n"
    "ask first post\n  when readers is 42 or day is from 2030-01-01\n  of lead\n"
    "must accept\n  when other is child and doubt\n"
    "```\n"
    "## E {#E-1 topic=\"u\"}\nWords.\n```rule\n"
    "may accept\n  when purpose is work and readers is over 5\n"
    "```\n";

static inline struct policy_image small_pack_make(struct arena *arena)
{
    struct diag_list diags = diag_list_new(arena);
    struct policy_bundle bundle = {.chain_count = 1};
    bundle.vocabulary = policy_read(arena, STR("words"), str_from(small_pack_words), &diags);
    bundle.law = policy_read(arena, STR("law"), str_from(small_pack_law), &diags);
    bundle.chain[0] = policy_read(arena, STR("small"), str_from(small_pack_policy), &diags);
    policy_check(arena, &bundle, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        assert(diags.items[i].severity != DIAG_ERROR && "the small policy has errors");
    }
    struct policy_image image = policy_compile(arena, &bundle, &diags);
    assert(image.bytes && "the small policy was not compiled");
    return image;
}

#endif
