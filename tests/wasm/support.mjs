/**
 * support.mjs - what the suites of this folder share: the script and the core under test, packs,
 * recorded questions.
 *
 * Read first: tests/run_wasm.py, which sets
 *   HANDRAIL_SCRIPT   web/assets/handrail.js under a name that every Node.js takes for a module
 *   HANDRAIL_WASM     handrail.wasm
 *   HANDRAIL_RECORD   the folder that record.c has filled
 * What drafts are checked with is in drafts.mjs.
 */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { HANDRAIL_SCRIPT = "", HANDRAIL_WASM = "", HANDRAIL_RECORD = "" } = process.env;

export const {
  Core, CoreFault, CoreRefusal, FORM_BYTES_MAX, MEMORY_KEPT_BYTES_MAX, dayNumber, entriesText,
  hashText, headingText, interviewAddress, titleText,
} = await import(pathToFileURL(HANDRAIL_SCRIPT).href);

export const wasmBytes = readFileSync(HANDRAIL_WASM);
export const wasmModule = new WebAssembly.Module(wasmBytes);

export function coreNew() {
  return new Core(wasmModule);
}

/** The names of the packs that were recorded. */
export const packNames = readdirSync(HANDRAIL_RECORD)
  .filter((name) => name.endsWith(".pack"))
  .map((name) => name.slice(0, -".pack".length))
  .sort();

/** @param {string} name */
export function packFile(name) {
  return path.join(HANDRAIL_RECORD, `${name}.pack`);
}

/** @param {string} name */
export function packImage(name) {
  return readFileSync(packFile(name));
}

/**
 * Every question that was asked of a pack, and the native answer.
 * @param {string} name
 */
export function* recorded(name) {
  const bytes = readFileSync(path.join(HANDRAIL_RECORD, `${name}.answers`));
  for (let at = 0; at < bytes.length;) {
    const question = at + 8;
    const answer = question + bytes.readUInt32LE(at);
    const end = answer + bytes.readUInt32LE(at + 4);
    yield {
      question: bytes.subarray(question, answer).toString(),
      answer: bytes.subarray(answer, end).toString(),
    };
    at = end;
  }
}
