/**
 * drafts.mjs - drafts of tests/screen/corpus, and the core that checks them.
 *
 * Read first: tests/run_wasm.py, which sets
 *   HANDRAIL_CHECK_SCRIPT   web/assets/check.js beside handrail.js, as modules of Node.js
 *   HANDRAIL_CHECK_WASM     handrail-check.wasm
 *   HANDRAIL_MODEL          src/screen/model.bin
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { HANDRAIL_CHECK_SCRIPT = "", HANDRAIL_CHECK_WASM = "", HANDRAIL_MODEL = "" } = process.env;
const CORPUS = new URL("../screen/corpus/", import.meta.url);

export const { DraftCore, testCaseText, wrongsRead } =
  await import(pathToFileURL(HANDRAIL_CHECK_SCRIPT).href);

export const checkBytes = readFileSync(HANDRAIL_CHECK_WASM);
const checkModule = new WebAssembly.Module(checkBytes);
export const modelFile = HANDRAIL_MODEL;
export const modelBytes = readFileSync(modelFile);
export const rollFile = new URL("roll.csv", CORPUS).pathname;
export const rollBytes = readFileSync(rollFile);
export const school = "school=Ashdown+Vale+Academy%0D%0AAshdown+Vale&short=AVA%0D%0Athe+Vale" +
  "&mail=ashdownvale.example";

export const draftCoreNew = (model = modelBytes) => new DraftCore(checkModule, model);

/** The drafts of a file of the corpus: {channel, text}, without the marks of what is to be found. */
export function draftsOf(name) {
  const lines = readFileSync(new URL(name, CORPUS), "utf8").split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const [channel, , marked] = line.split("\t");
    const text = marked.replace(/\{[a-z:-]+\|/g, "").replace(/\}/g, "").replace(/\\n/g, "\n");
    return { channel, text };
  });
}

/** The form of a draft, as the page of the private check makes it. */
export const formOf = ({ channel, text }, said = {}) =>
  new URLSearchParams({ text, "f.person": "teacher", as: channel, ...said }).toString();
