/**
 * drafts.test.mjs - drafts get the same results natively and in WebAssembly, to the byte, with a roll
 * and the names of a school; what the core refuses and survives; what is kept as a test case.
 *
 * What must hold: with fewer drafts or findings than are known to exist this fails, so that it cannot
 * pass by finding nothing.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import {
  draftCoreNew, draftsOf, formOf, modelFile, rollBytes, rollFile, school, testCaseText, wrongsRead,
} from "./drafts.mjs";
import { packFile, packImage, packNames } from "./support.mjs";

const DRAFTS_MIN = 400;
const FOUND_MIN = 100;
const TODAY_DAYS = 20777; // 2026-11-20
const OUTPUT_BYTES_MAX = 512 * 1024 * 1024;

const drafts = draftsOf("train1.tsv");
const policies = packNames.filter((name) => name !== "law");
const isOften = process.env.HANDRAIL_DRAFTS_OFTEN !== undefined;

/** What the native program writes for these forms. */
function nativeResults(name, forms) {
  const parts = forms.flatMap((form) => {
    const bytes = Buffer.from(form);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes.length);
    return [size, bytes];
  });
  const output = execFileSync(process.env.HANDRAIL_PAGES,
    [packFile(name), String(TODAY_DAYS), modelFile, rollFile, school],
    { input: Buffer.concat(parts), maxBuffer: OUTPUT_BYTES_MAX });
  const pages = [];
  for (let at = 0; at < output.length;) {
    const end = at + 4 + output.readUInt32LE(at);
    pages.push(output.subarray(at + 4, end).toString());
    at = end;
  }
  return pages;
}

/** Some of the drafts for each policy, or all of them for each. */
const formsFor = (index) => drafts.filter((_, i) => isOften || i % policies.length === index)
  .map((draft) => formOf(draft));

/** Where two pages begin to differ; empty where they do not. */
function difference(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) {
    at += 1;
  }
  return one === other ? "" : `${at}: ${one.slice(at, at + 200)}\nnot ${other.slice(at, at + 200)}`;
}

let checked = 0;
let found = 0;

for (const [i, name] of policies.entries()) {
  test(`${name}: the same results`, () => {
    const core = draftCoreNew();
    core.setRoll(rollBytes);
    core.setSchool(school);
    const pack = core.openPack(packImage(name));
    const forms = formsFor(i);
    const native = nativeResults(name, forms);
    assert.equal(native.length, forms.length);
    for (const [n, form] of forms.entries()) {
      const { html, summary } = core.check(pack, form, TODAY_DAYS);
      assert.equal(difference(html, native[n]), "", form);
      assert.ok(summary !== "", form);
      checked += 1;
      found += html.includes("hr-found__number") ? 1 : 0;
    }
  });
}

test("all drafts were there, and things were found in them", () => {
  assert.ok(checked >= DRAFTS_MIN, `${checked} drafts`);
  assert.ok(found >= FOUND_MIN, `something found in ${found} drafts`);
});

/* ---- The roll, the school, the model ---------------------------------------------------------- */

const NAMED = formOf({ channel: "personal", text: "Kofi Mensah-Lane sang at Ashdown Vale Academy" });

test("a roll is used as long as it is there", () => {
  const core = draftCoreNew();
  const pack = core.openPack(packImage("reach2"));
  const named = () => core.check(pack, NAMED, TODAY_DAYS).html.includes("A pupil is named");
  assert.equal(named(), false);
  assert.match(core.setRoll(rollBytes), /\d+ people are known now/);
  assert.equal(named(), true);
  assert.equal(core.setRoll(null), "");
  assert.equal(named(), false);
});

test("what is no roll is refused line by line, and nothing of it is HTML", () => {
  const core = draftCoreNew();
  const encode = (text) => new TextEncoder().encode(text);
  assert.match(core.setRoll(encode("nothing\n")), /Nobody could be read/);
  assert.match(core.setRoll(new Uint8Array([0xff, 0xfe, 0, 1])), /Nobody could be read/);
  const html = core.setRoll(encode("kind,name\npupil,<img src=x onerror=a>\n<script>,Ann Lee\n"));
  assert.doesNotMatch(html, /<img|<script/);
  assert.match(html, /Line 3/);
  assert.throws(() => core.setRoll(new Uint8Array(16 * 1024 * 1024 + 1)), /more than/);
  const pack = core.openPack(packImage("reach2"));
  assert.ok(core.check(pack, NAMED, TODAY_DAYS).html.length > 0);
});

test("the names of the school are those that were given last", () => {
  const core = draftCoreNew();
  const pack = core.openPack(packImage("reach2"));
  const named = () => core.check(pack, NAMED, TODAY_DAYS).html.includes("The school is named");
  assert.equal(named(), false);
  core.setSchool(school);
  assert.equal(named(), true);
  core.setSchool("school=Elsewhere");
  assert.equal(named(), false);
  core.setSchool("%%%");
  assert.equal(named(), false);
});

test("another file in the place of the model is refused", () => {
  assert.throws(() => draftCoreNew(new Uint8Array(64)), /not a model/);
  const core = draftCoreNew(null);
  const pack = core.openPack(packImage("reach2"));
  assert.ok(core.check(pack, NAMED, TODAY_DAYS).summary.length > 0);
});

test("many drafts take no more memory than one", () => {
  const core = draftCoreNew();
  core.setRoll(rollBytes);
  const pack = core.openPack(packImage("mandeville"));
  const form = formOf({ channel: "personal", text: "Kofi Mensah-Lane is a waste of a chair. ".repeat(50) });
  core.check(pack, form, TODAY_DAYS);
  const { memoryBytes } = core;
  for (let i = 0; i < 100; i += 1) {
    core.check(pack, form, TODAY_DAYS);
  }
  assert.ok(core.memoryBytes <= memoryBytes + 65536 * 16, `${memoryBytes} and ${core.memoryBytes}`);
});

test("who writes is offered by the policy", () => {
  const core = draftCoreNew();
  const pack = core.openPack(packImage("reach2"));
  assert.match(core.who(pack, ""), /<option value="teacher" selected>/);
  assert.match(core.who(pack, "governor"), /<option value="governor" selected>/);
  assert.match(core.who(pack, "<b>"), /<option value="teacher" selected>/);
});

/* ---- "This is wrong" ------------------------------------------------------------------------- */

const WRONG = { kind: "insult", title: "An insult", words: "a useless lump", channel: "personal",
  policy: "reach2", remark: "it is a thing" };

test("a test case is a line of the corpus, whatever was typed", () => {
  assert.equal(testCaseText(WRONG), "# Said to be wrong: insult (policy reach2)\n# it is a thing\n" +
    "personal\t-\ta useless lump\n");
  const odd = testCaseText({ ...WRONG, remark: " ", words: "a\tb\r\nc\n{insult|d}\r#e " });
  assert.equal(odd, "# Said to be wrong: insult (policy reach2)\npersonal\t-\ta b\\nc\\ninsultd\\n#e\n");
  const lines = testCaseText({ ...WRONG, remark: "a\nb\u2028c\td", kind: "x\ny", words: "#no comment" });
  assert.deepEqual(lines.split("\n").map((line) => line[0]), ["#", "#", "p", undefined]);
  assert.equal(lines.split("\n")[2].split("\t").length, 3);
});

test("what stands in the storage is read as what it should be, or not at all", () => {
  assert.deepEqual(wrongsRead(null), []);
  assert.deepEqual(wrongsRead(JSON.stringify([WRONG])), [WRONG]);
  for (const text of ["", "{", "null", "3", '"x"', "{}", '{"length":3}', "[null]", "[[]]", "[{}]",
    JSON.stringify([{ ...WRONG, words: 3 }]), JSON.stringify([{ ...WRONG, kind: "x".repeat(501) }])]) {
    assert.deepEqual(wrongsRead(text), [], text);
  }
  const many = Array.from({ length: 101 }, () => WRONG);
  assert.equal(wrongsRead(JSON.stringify(many)).length, 100);
});
