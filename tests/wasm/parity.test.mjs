/**
 * parity.test.mjs - the same facts get the same answer natively and in WebAssembly, to the byte,
 * for every example of every pack, in brief and in full.
 *
 * What must hold: with fewer packs or questions than are known to exist this fails, so that it
 * cannot pass by finding nothing.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { coreNew, packImage, packNames, recorded } from "./support.mjs";

const PACKS_MIN = 6;
const QUESTIONS_MIN = 3000;

const core = coreNew();
let asked = 0;

for (const name of packNames) {
  test(`${name}: every example`, () => {
    const pack = core.openPack(packImage(name));
    assert.equal(core.packName(pack), name);
    for (const { question, answer } of recorded(name)) {
      const given = core.decide(pack, question);
      if (given !== answer) {
        assert.equal(given, answer, question);
      }
      asked += 1;
    }
  });
}

test("all packs and examples were there", () => {
  assert.ok(packNames.length >= PACKS_MIN, `${packNames.length} packs`);
  assert.ok(asked >= QUESTIONS_MIN, `${asked} questions`);
});
