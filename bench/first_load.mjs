/**
 * first_load.mjs - how long it takes on a slow network until "May I?" is there, and until it works.
 *
 * Read first: docs/benchmarks.md, "The web: the first load".
 *
 *     node bench/first_load.mjs ADDRESS [ROUNDS]      where `handrail serve` listens
 *
 * Chromium slows each answer down as its developer tools do; the telephone is slower than this
 * machine by a factor of 4. Each load is a first one, with an empty cache. Times are from the
 * request on: until text is painted, until the largest part of it is, and until the device answers
 * a search itself. One line of JSON for each network, with the median of the rounds.
 */
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

// What developer tools mean by these names: kbit/s down and up, milliseconds there and back.
const NETWORKS = [
  { name: "slow 3G", down: 400, up: 400, latency: 2000 },
  { name: "fast 3G", down: 1440, up: 675, latency: 562.5 },
  { name: "slow 4G", down: 8100, up: 1350, latency: 165 },
];
const PROCESSOR_SLOWER = 4;
const POLICY = "reach2";
const WAIT_MILLISECONDS_MAX = 120_000;

const [address = "http://127.0.0.1:8420", roundsWord = "3"] = process.argv.slice(2);
const site = address.replace(/\/$/, "");

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function throttle(page, { down, up, latency }) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false, latency, downloadThroughput: down * 125, uploadThroughput: up * 125,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: PROCESSOR_SLOWER });
  return session;
}

/** The bytes of each kind that came: page, style, script; core and policy. */
function bytesWatch(session) {
  const bytes = { page: 0, core: 0 };
  const isCore = new Map();
  session.on("Network.requestWillBeSent", ({ requestId, request }) =>
    isCore.set(requestId, /\.wasm$|\/pack\//.test(request.url)));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes[isCore.get(requestId) ? "core" : "page"] += encodedDataLength;
  });
  return bytes;
}

async function firstLoad(browser, network) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 800 }, serviceWorkers: "block" });
  context.setDefaultTimeout(WAIT_MILLISECONDS_MAX);
  const page = await context.newPage();
  const bytes = bytesWatch(await throttle(page, network));
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      globalThis.largest = list.getEntries().at(-1).startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
  const isStarted = page.waitForFunction(() => history.state !== null);
  await page.goto(`${site}/may-i?policy=${POLICY}`, { waitUntil: "commit" });
  await isStarted;
  await page.fill("[name=find]", "photo");
  await page.evaluate(() => document.querySelector(".govuk-button[value=find]").click());
  await page.waitForSelector("button[name=act] >> nth=0", { state: "attached" });
  await page.waitForFunction(() => history.state?.hrForm !== undefined);
  const times = await page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    largest: globalThis.largest, works: performance.now(),
  }));
  await context.close();
  return { ...times, ...bytes };
}

const browser = await chromium.launch({
  executablePath: process.env.HANDRAIL_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
for (const network of NETWORKS) {
  const loads = [];
  for (let round = 0; round < Number(roundsWord); round += 1) {
    loads.push(await firstLoad(browser, network));
  }
  const of = (key) => Math.round(median(loads.map((load) => load[key])));
  console.log(JSON.stringify({
    network: network.name, painted_ms: of("painted"), largest_ms: of("largest"),
    works_ms: of("works"), page_bytes: of("page"), core_bytes: of("core"),
  }));
}
await browser.close();
