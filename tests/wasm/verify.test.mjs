/**
 * verify.test.mjs - web/assets/verify.js: receipts that the native code signed, and what was changed
 * in them. tests/run_wasm.py names the folder that tests/ledger/go_data.c wrote.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const { keyRead, noteRead, pastedText, receiptOpen, receiptOpenOf } =
  await import(process.env.HANDRAIL_VERIFY_SCRIPT);
const read = (name) => readFileSync(join(process.env.HANDRAIL_LEDGER, name), "utf-8");
const RECEIPT = read("receipt");
const KEY = keyRead(read("ledger.key").trim());

test("a receipt of the native code is genuine", async () => {
  const text = await receiptOpen(RECEIPT, KEY);
  assert.equal(text, RECEIPT.slice(0, RECEIPT.lastIndexOf("\n\n") + 1));
  assert.match(text, /^Handrail receipt, version 1\nPolicy: /);
});

test("one with a byte changed is not", async () => {
  for (let at = 0; at < RECEIPT.length; at += 1) {
    const letter = RECEIPT[at] === "A" ? "B" : "A";
    const changed = RECEIPT.slice(0, at) + letter + RECEIPT.slice(at + 1);
    const opened = await receiptOpen(changed, KEY).catch(() => null);
    assert.equal(opened, null, `byte ${at}`);
  }
});

test("what is no receipt is not, whoever signed it", async () => {
  assert.equal(await receiptOpen(read("checkpoint"), KEY), null);
  for (const text of ["", "x", "\n\n", "Handrail receipt, version 1\n", RECEIPT.split("\n\n")[0]]) {
    assert.equal(await receiptOpen(text, KEY), null, text);
  }
});

test("a foreign key signs nothing of ours", async () => {
  const foreign = keyRead(read("next.key").trim());
  assert.notDeepEqual(foreign.raw, KEY.raw);
  assert.equal(await receiptOpen(RECEIPT, foreign), null);
  // Of our name and id, but another key.
  assert.equal(await receiptOpen(RECEIPT, { ...KEY, raw: foreign.raw }), null);
  assert.equal(noteRead(RECEIPT, { ...KEY, id: KEY.id ^ 1 }), null);
  assert.equal(noteRead(RECEIPT, { ...KEY, name: "evil.example" }), null);
});

test("of several keys any may have signed", async () => {
  const [own, foreign] = [read("ledger.key").trim(), read("next.key").trim()];
  const text = await receiptOpen(RECEIPT, KEY);
  for (const keys of [own, `${own} ${foreign}`, `${foreign} ${own}`, `nothing ${own}`]) {
    assert.equal(await receiptOpenOf(RECEIPT, keys), text, keys);
  }
  for (const keys of ["", "nothing", foreign, `${foreign} ${foreign}`]) {
    assert.equal(await receiptOpenOf(RECEIPT, keys), null, keys);
  }
});

test("a key has one form", () => {
  const line = read("ledger.key").trim();
  assert.equal(KEY.raw.length, 32);
  const bad = ["", "a", "a+b", "a+00000000+", "a b+00000000+AQ==", line.slice(0, -4),
    line.replace("+", ""), `${line}\n`, read("witness.key").trim()];
  for (const text of bad) {
    assert.equal(keyRead(text), null, text);
  }
});

test("what was pasted is what was saved", async () => {
  for (const text of [RECEIPT.replace(/\n/g, "\r\n"), RECEIPT.trim(), `\n ${RECEIPT}\n\n`,
    RECEIPT.replace(/\n/g, "\r")]) {
    assert.equal(pastedText(text), RECEIPT);
  }
});
