/**
 * check.mjs - a draft checked in WebAssembly: time, memory, and what a telephone has to fetch.
 *
 *     node bench/check.mjs [BUILD] [ROUNDS]      after ./run --build; BUILD is build if it is left out
 *
 * Read first: web/assets/check.js, whose core is used. Drafts of about 2,000 characters are put
 * together from the corpus, with its roll and school. Each is checked ROUNDS times and its best time
 * kept, so that what else runs on the machine counts for little.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [build = "build", roundsWord = "7"] = process.argv.slice(2);
const rounds = Number(roundsWord);
const ROOT = new URL("../", import.meta.url).pathname;
const POLICIES = ["athelstan", "chancery", "chiltern", "mandeville", "reach2"];
const DRAFT_CHARACTERS = 2000;
const DRAFTS = 24;
const TODAY_DAYS = 20777;
const MILLISECONDS_AIM = 5;

const folder = mkdtempSync(path.join(tmpdir(), "handrail-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** The scripts of the page as modules of Node.js. */
copyFileSync(path.join(ROOT, "web/assets/handrail.js"), path.join(folder, "handrail.mjs"));
const script = readFileSync(path.join(ROOT, "web/assets/check.js"), "utf8");
writeFileSync(path.join(folder, "check.mjs"),
  script.replace("@asset(handrail.js)", "./handrail.mjs"));
const { DraftCore } = await import(path.join(folder, "check.mjs"));

const codeBytes = readFileSync(path.join(build, "src/wasm/handrail-check.wasm"));
const modelBytes = readFileSync(path.join(ROOT, "src/screen/model.bin"));
const rollBytes = readFileSync(path.join(ROOT, "tests/screen/corpus/roll.csv"));
const SCHOOL = "school=Ashdown+Vale+Academy&short=AVA&mail=ashdownvale.example";

function packOf(name) {
  const file = path.join(folder, `${name}.pack`);
  execFileSync(path.resolve(build, "handrail"), ["compile", path.join(ROOT, "policies", name), "-o", file]);
  return readFileSync(file);
}

/** Forms with drafts of about so many characters, from the lines of the corpus. */
function forms() {
  const lines = readFileSync(path.join(ROOT, "tests/screen/corpus/train1.tsv"), "utf8").split("\n")
    .filter((line) => line.includes("\t") && !line.startsWith("#"))
    .map((line) => line.split("\t")[2].replace(/\{[a-z:-]+\|/g, "").replace(/\}/g, ""));
  const made = [];
  for (let at = 0; made.length < DRAFTS;) {
    let text = "";
    for (; text.length < DRAFT_CHARACTERS; at += 1) {
      text += `${lines[at % lines.length].replaceAll("\\n", "\n")}\n`;
    }
    text = text.slice(0, DRAFT_CHARACTERS);
    made.push(new URLSearchParams({ as: "personal", "f.person": "teacher", text }).toString());
  }
  return made;
}

const milliseconds = (work) => {
  const from = performance.now();
  work();
  return performance.now() - from;
};
const quantile = (times, part) => {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)];
};
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

const drafts = forms();
let module;
const compiling = milliseconds(() => { module = new WebAssembly.Module(codeBytes); });
let core;
const starting = milliseconds(() => { core = new DraftCore(module, modelBytes); });
const rolling = milliseconds(() => core.setRoll(rollBytes));
core.setSchool(SCHOOL);
console.log(`core ${kilobytes(brotli(codeBytes))}, model ${kilobytes(brotli(modelBytes))}, ` +
  "after brotli");
console.log(`compile ${compiling.toFixed(1)} ms, start with the model ${starting.toFixed(1)} ms, ` +
  `roll of ${rollBytes.length} bytes ${rolling.toFixed(1)} ms`);

const all = [];
for (const name of POLICIES) {
  const pack = core.openPack(packOf(name));
  let found = 0;
  const best = drafts.map((form) => {
    found += Number.parseInt(core.check(pack, form, TODAY_DAYS).summary, 10) || 0;
    return Math.min(...Array.from({ length: rounds }, () =>
      milliseconds(() => core.check(pack, form, TODAY_DAYS))));
  });
  all.push(...best);
  console.log(`${name.padEnd(11)} median ${quantile(best, 0.5).toFixed(2)} ms, most ` +
    `${Math.max(...best).toFixed(2)} ms, ${(found / drafts.length).toFixed(1)} things found`);
}
const median = quantile(all, 0.5);
console.log(`a draft of ${DRAFT_CHARACTERS} characters: median ${median.toFixed(2)} ms (aim: under ` +
  `${MILLISECONDS_AIM}), memory ${kilobytes(core.memoryBytes)}`);
process.exitCode = median < MILLISECONDS_AIM ? 0 : 1;
