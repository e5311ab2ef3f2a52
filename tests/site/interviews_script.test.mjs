/**
 * interviews_script.test.mjs - thirty interviews on the device: the answers are those of
 * `handrail decide`, and nothing that was said leaves the device or stays on it.
 *
 * Read first: interviews.mjs; Wire in support.mjs. What is looked at: every byte that the browser
 * sends, those of the service worker too; the requests as the browser tells of them; the address at
 * each turn; cookies, both storages, databases and caches.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertSame, chosen, interviewHold, nameOf } from "./interviews.mjs";
import { Wire, begin, browserOpen, packNames, seed, site } from "./support.mjs";

// The only fields of a request that a browser adds by itself; none repeats what a person said.
const HEADERS = /^(host|connection|cache-control|pragma|sec-.*|user-agent|accept|accept-encoding|accept-language|upgrade-insecure-requests|if-none-match|if-modified-since|origin|service-worker|range|priority|dnt|purpose)$/;
const ADDRESSES = [
  /^\/(favicon\.ico|health)?$/, new RegExp(`^/may-i(\\?policy=(${packNames.join("|")}))?$`),
  /^\/assets\/[a-z]+-[0-9a-f]+\.[a-z0-9]+$/, /^\/pack\/[a-z0-9]+\.pack\?[0-9a-f]+$/,
  /^\/worker\.js\?list=%2Foffline\.json%3F[0-9a-f]+$/, /^\/offline\.json\?[0-9a-f]+$/,
];

let browser;
let wire;
let whole = 0;

before(async () => {
  browser = await browserOpen();
  wire = new Wire();
  await wire.open();
});
after(async () => {
  await browser.close();
  await wire.close();
});

function assertQuiet(requests) {
  for (const { line, headers } of requests) {
    const [, method, target] = /^(\S+) (\S+) HTTP\/1\.1$/.exec(line) ?? [];
    assert.equal(method, "GET", line);
    assert.ok(ADDRESSES.some((address) => address.test(target)), line);
    for (const [name, value] of headers) {
      assert.ok(HEADERS.test(name), `${line}: ${name}: ${value}`);
    }
  }
}

/** The words of what was said: names of acts, facts, values and people. */
function wordsOf(said) {
  const words = new Set([said.act, "my niece", "my+niece", "f."]);
  const add = (value) => {
    if (typeof value === "string" && value.length > 3) {
      words.add(value);
    } else if (value !== null && typeof value === "object") {
      Object.entries(value).forEach(([name, inside]) => { add(name); add(inside); });
    }
  };
  [said.facts, said.others ?? [], said.approvals].forEach(add);
  // Words that the browser's own fields hold whatever is said.
  ["none", "unknown", "state", "written"].forEach((word) => words.delete(word));
  return [...words];
}

/** The values of a request that do not come from the page or the browser alone. */
const looked = ({ line, headers }) =>
  [line.replace(/^GET \/(assets|pack)\/\S+/, ""), ...headers
    .filter(([name]) => !/^(user-agent|accept.*|sec-.*|host)$/.test(name))
    .map(([, value]) => value)].join("\n");

const stored = (page) => page.evaluate(async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      const inside = await (await (await caches.open(name)).match(request)).text();
      const same = await (await fetch(request.url, { cache: "no-store" })).text();
      kept.push({ url: request.url.slice(location.origin.length), isSame: inside === same });
    }
  }
  return {
    kept, cookie: document.cookie, local: localStorage.length, session: sessionStorage.length,
    databases: (await indexedDB.databases()).map(({ name }) => name),
  };
});

async function assertNothingStored(page, context) {
  const { kept, ...rest } = await stored(page);
  assert.deepEqual(rest, { cookie: "", local: 0, session: 0, databases: [] });
  assert.deepEqual(await context.cookies(), []);
  for (const { url, isSame } of kept) {
    assert.ok(ADDRESSES.some((address) => address.test(url)), url);
    assert.ok(isSame, `${url} is kept otherwise than it was sent`);
  }
  return kept.length;
}

async function faultsOf(context) {
  const faults = [];
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  const requests = [];
  context.on("request", (request) => requests.push(request));
  return { faults, requests };
}

const examples = chosen();
for (const [i, example] of examples.entries()) {
  test(`on the device: ${nameOf(example, i)}`, async (t) => {
    t.diagnostic(`seed ${seed}`);
    const context = await browser.newContext({ reducedMotion: "reduce" });
    const { faults, requests } = await faultsOf(context);
    const page = await context.newPage();
    const before = wire.requests().length;
    await begin(page, example.pack, wire.origin);
    const { html, said } = await interviewHold(page, example, () => {
      assert.equal(page.url(), `${wire.origin}/may-i?policy=${example.pack}`);
    });
    whole += assertSame(html, example, said) ? 1 : 0;
    if (i % 6 === 0) {
      await page.evaluate(() => navigator.serviceWorker.ready);
      assert.ok(await assertNothingStored(page, context) > 8, "the worker has kept nothing");
    }
    await context.close();
    const sent = wire.requests().slice(before);
    assert.ok(sent.length >= 4, `${sent.length} requests on the wire`);
    assertQuiet(sent);
    const words = wordsOf(said);
    for (const request of sent) {
      const found = words.filter((word) => looked(request).includes(word));
      assert.deepEqual(found, [], `${request.line} says what was said`);
    }
    for (const request of requests) {
      assert.equal(request.method(), "GET", request.url());
      assert.equal(request.postData(), null, request.url());
    }
    assert.deepEqual(faults, []);
  });
}

test("most interviews come to the verdict of the whole example", () => {
  assert.ok(whole >= examples.length / 2, `${whole} of ${examples.length}`);
});

test("the relay sees what is posted", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const watched = new Wire();
  await watched.open();
  await page.goto(`${watched.origin}/may-i?policy=${packNames[0]}`);
  await page.fill("input[name=find]", "photograph");
  await Promise.all([page.waitForEvent("domcontentloaded"), page.click(".govuk-button[value=find]")]);
  await context.close();
  assert.match(watched.texts().join(""), /POST \/may-i[\s\S]*find=photograph/);
  assert.throws(() => assertQuiet(watched.requests()));
  await watched.close();
});

test("what is kept on the device is noticed", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const keep = [
    () => page.evaluate(() => localStorage.setItem("act", "post")),
    () => page.evaluate(async () => (await caches.open("a")).put("/about", new Response("post"))),
    () => page.evaluate(() => { document.cookie = "act=post"; }),
  ];
  for (const one of keep) {
    await page.goto(`${site}/about`);
    await assertNothingStored(page, context);
    await one();
    await assert.rejects(() => assertNothingStored(page, context));
    await page.evaluate(async () => { localStorage.clear(); await caches.delete("a"); });
  }
  await context.close();
});
