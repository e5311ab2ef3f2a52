/**
 * pages.test.mjs - random interviews give the same HTML natively and in WebAssembly, to the byte;
 * nothing that was typed gets out of its place.
 *
 * HANDRAIL_SEED repeats a failure. What must hold: the walk gets to answers, or it shows little.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { coreNew, packFile, packImage, packNames } from "./support.mjs";
import { walk } from "./walk.mjs";

const PAGES_EACH = Number(process.env.HANDRAIL_PAGES_EACH ?? 60);
const ANSWERS_MIN = PAGES_EACH / 30; // of each pack
const TODAY_DAYS = 20777; // 2026-11-20
const OUTPUT_BYTES_MAX = 512 * 1024 * 1024;

const seed = Number(process.env.HANDRAIL_SEED ?? Date.now() % 1_000_000);

/** What the native program writes for these forms. */
function nativePages(name, forms) {
  const parts = forms.flatMap((form) => {
    const bytes = Buffer.from(form);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes.length);
    return [size, bytes];
  });
  const output = execFileSync(process.env.HANDRAIL_PAGES, [packFile(name), String(TODAY_DAYS)],
    { input: Buffer.concat(parts), maxBuffer: OUTPUT_BYTES_MAX });
  const pages = [];
  for (let at = 0; at < output.length;) {
    const end = at + 4 + output.readUInt32LE(at);
    pages.push(output.subarray(at + 4, end).toString());
    at = end;
  }
  return pages;
}

for (const [i, name] of packNames.entries()) {
  test(`${name}: the same pages`, (context) => {
    context.diagnostic(`seed ${seed}`);
    const core = coreNew();
    const pack = core.openPack(packImage(name));
    const pages = [];
    const forms = walk((form) => {
      pages.push(core.page(pack, form, TODAY_DAYS).html);
      return pages.at(-1);
    }, seed + i, PAGES_EACH);
    const native = nativePages(name, forms);
    assert.equal(native.length, pages.length);
    for (const [n, page] of pages.entries()) {
      if (page !== native[n]) {
        assert.equal(page, native[n], `seed ${seed}: ${forms[n]}`);
      }
      assert.doesNotMatch(page, /<script|<\/main|onfocus='|\u0000/i, `seed ${seed}: ${forms[n]}`);
      assert.match(page, /<h1[ >]/, `seed ${seed}: ${forms[n]}`);
    }
    const answers = pages.filter((page) => page.includes("hr-verdict")).length;
    assert.ok(answers >= ANSWERS_MIN, `seed ${seed}: only ${answers} answers`);
  });
}
