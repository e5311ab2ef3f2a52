/**
 * size.slow.mjs - what a person's telephone has to fetch, compressed as the server sends it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

import { checkBytes, modelBytes } from "./drafts.mjs";
import { packImage, packNames, wasmBytes } from "./support.mjs";

const COMPRESSED_BYTES_MAX = 400_000;
const CHECK_COMPRESSED_BYTES_MAX = 1_500_000;

const compressed = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

test("the module and the packs of the five schools are small", () => {
  const packs = packNames.filter((name) => name !== "law");
  const sum = packs.reduce((bytes, name) => bytes + compressed(packImage(name)), 0);
  const all = sum + compressed(wasmBytes);
  assert.ok(all <= COMPRESSED_BYTES_MAX, `${all} bytes`);
});

test("what checks drafts is small, with its model", (t) => {
  const [core, model] = [compressed(checkBytes), compressed(modelBytes)];
  t.diagnostic(`core ${core} bytes, model ${model} bytes`);
  assert.ok(core + model <= CHECK_COMPRESSED_BYTES_MAX, `${core + model} bytes`);
});
