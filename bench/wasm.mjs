/**
 * wasm.mjs - handrail.wasm beside the native program: time of an answer, start, memory, bytes.
 *
 * Read first: bench/wasm.sh, which calls it; docs/benchmarks.md.
 *
 *     HANDRAIL_SCRIPT=FILE HANDRAIL_WASM=FILE HANDRAIL_RECORD=FOLDER node bench/wasm.mjs \
 *         NATIVE_PROGRAM ROUNDS
 *
 * Each question is asked ROUNDS times on both sides and its best time kept, so that what else runs
 * on the machine counts for little; the figures are over all questions of all packs.
 */
import { execFileSync } from "node:child_process";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import {
  coreNew, packImage, packNames, recorded, wasmBytes,
} from "../tests/wasm/support.mjs";
import { walk } from "../tests/wasm/walk.mjs";

const [program, roundsWord = "5"] = process.argv.slice(2);
const rounds = Number(roundsWord);

const at = (sorted, part) => sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)];
const quantiles = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: at(sorted, 0.5), p99: at(sorted, 0.99), most: sorted.at(-1) };
};
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

function wasmTimes(name) {
  const core = coreNew();
  const pack = core.openPack(packImage(name));
  const questions = [...recorded(name)].map(({ question }) => question);
  const best = questions.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, question] of questions.entries()) {
      const from = performance.now();
      core.decide(pack, question);
      best[i] = Math.min(best[i], (performance.now() - from) * 1000);
    }
  }
  return { times: best, isFull: questions.map((question) => question.includes('"brief":false')),
    memory: core.memoryBytes };
}

function nativeTimes(name) {
  const said = execFileSync(program, [process.env.HANDRAIL_RECORD, name, String(rounds)]);
  return said.toString().trim().split("\n").map(Number);
}

const WALK_SEED = 1;
const WALK_PAGES = 300;
const WALK_DAY = 20777;

/** Milliseconds for each page of random interviews over all packs. */
function pageTimes() {
  const times = [];
  for (const name of packNames) {
    const core = coreNew();
    const pack = core.openPack(packImage(name));
    walk((form) => {
      const from = performance.now();
      const { html } = core.page(pack, form, WALK_DAY);
      times.push(performance.now() - from);
      return html;
    }, WALK_SEED, WALK_PAGES);
  }
  return times;
}

function startTimes() {
  const compile = [];
  const instance = [];
  const open = [];
  const image = packImage("mandeville");
  for (let round = 0; round < 20; round += 1) {
    const from = performance.now();
    const module = new WebAssembly.Module(wasmBytes);
    compile.push(performance.now() - from);
    const made = performance.now();
    new WebAssembly.Instance(module);
    instance.push(performance.now() - made);
    const core = coreNew();
    const before = performance.now();
    core.openPack(image);
    open.push(performance.now() - before);
  }
  return { compile, instance, open };
}

const figure = (number) => number.toFixed(1).padStart(10);
const report = (words, native, wasm) => {
  console.log(words.padEnd(34), ...["median", "p99", "most"].map((key) =>
    `${key} ${figure(native[key])} ${figure(wasm[key])}`), " us, native and wasm");
};

const all = { native: [[], []], wasm: [[], []], memory: [] };
for (const name of packNames) {
  const native = nativeTimes(name);
  const { times, isFull, memory } = wasmTimes(name);
  for (const [i, full] of isFull.entries()) {
    all.native[Number(full)].push(native[i]);
    all.wasm[Number(full)].push(times[i]);
  }
  all.memory.push(`${name} ${(memory / 1048576).toFixed(1)}`);
}
for (const [i, words] of ["brief", "full"].entries()) {
  const count = all.native[i].length;
  report(`${count} answers in ${words}`, quantiles(all.native[i]), quantiles(all.wasm[i]));
}
console.log("memory after all answers, MB:", all.memory.join(", "));
for (const [words, times] of Object.entries({ ...startTimes(), page: pageTimes() })) {
  const { median, p99, most } = quantiles(times);
  console.log(words.padEnd(10), `median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms,`,
    `most ${most.toFixed(2)} ms`);
}
const schools = packNames.filter((name) => name !== "law").map(packImage);
console.log("bytes:", wasmBytes.length, "brotli", brotli(wasmBytes),
  "gzip", gzipSync(wasmBytes).length);
console.log("packs apart, brotli:", schools.reduce((sum, pack) => sum + brotli(pack), 0),
  "together:", brotli(Buffer.concat(schools)));
