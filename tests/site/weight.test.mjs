/**
 * weight.test.mjs - what a telephone has to fetch, as it comes over the wire.
 *
 * Read first: support.mjs. bench/first_load.mjs has the times over a slow network.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { begin, browserOpen, packNames, site } from "./support.mjs";

const PAGE_BYTES_MAX = 100_000;
const CORE_BYTES_MAX = 400_000;

let browser;

before(async () => { browser = await browserOpen(); });
after(() => browser.close());

/** The bytes of each answer, heads and bodies, as they came: {address: bytes}. */
async function bytesOf(context, page, load) {
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const addresses = new Map();
  const bytes = {};
  session.on("Network.requestWillBeSent", ({ requestId, request }) =>
    addresses.set(requestId, request.url.slice(site.length)));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const address = addresses.get(requestId);
    bytes[address] = (bytes[address] ?? 0) + encodedDataLength;
  });
  await load();
  await page.waitForLoadState("networkidle");
  return bytes;
}

const sum = (bytes, fits) => Object.entries(bytes)
  .filter(([address]) => fits(address)).reduce((all, [, one]) => all + one, 0);

test("the first page is small, and so is the core with all policies", async (t) => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const bytes = await bytesOf(context, page, () => begin(page, packNames[0]));
  const isCore = (address) => /\.wasm$|^\/pack\//.test(address);
  const first = sum(bytes, (address) => !isCore(address));
  let core = sum(bytes, isCore);
  for (const pack of packNames.slice(1)) {
    const other = await browser.newContext({ serviceWorkers: "block" });
    const more = await other.newPage();
    core += sum(await bytesOf(other, more, () => begin(more, pack)), (address) => /^\/pack\//.test(address));
    await other.close();
  }
  for (const [address, count] of Object.entries(bytes)) {
    t.diagnostic(`${address}: ${count} bytes`);
  }
  t.diagnostic(`page, style and script: ${first} bytes; core and five policies: ${core} bytes`);
  const has = (pattern) => Object.keys(bytes).some((address) => pattern.test(address));
  assert.ok([/\.css$/, /\.js$/, /\.wasm$/, /^\/pack\//].every(has), Object.keys(bytes).join());
  assert.ok(first > 5_000 && first < PAGE_BYTES_MAX, `${first} bytes`);
  assert.ok(core > 50_000 && core < CORE_BYTES_MAX, `${core} bytes`);
  await context.close();
});
