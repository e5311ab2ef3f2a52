/**
 * browser.slow.mjs - the script and the service worker in Chromium, on the small site of site.mjs.
 *
 * What must hold: every request of every test is looked at; with the script none carries a fact.
 * HANDRAIL_SEED repeats a failure.
 */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { Site } from "./site.mjs";
import { controlsOf, randomNew } from "./walk.mjs";

const { chromium } = await import(
  new URL("../../web/node_modules/playwright-core/index.mjs", import.meta.url));

const INTERVIEWS = 12;
const INTERVIEWS_MAX = 48; // until one of them comes to its answer
const STEPS_MAX = 12;
const POLICY = "reach2";
const START = `/may-i?policy=${POLICY}`;

const seed = Number(process.env.HANDRAIL_SEED ?? Date.now() % 1_000_000);
let browser;
let site;
let context;
let faults;
let scratch; // a page without a policy for scripts

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.HANDRAIL_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"],
  });
});
after(() => browser.close());

beforeEach(async () => {
  site = new Site(POLICY);
  await site.open();
  context = await browser.newContext({ baseURL: site.origin });
  faults = [];
  scratch = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await site.close();
});

/** A page whose errors and refused code are noted. */
async function pageNew() {
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (line) => {
    if (line.type() === "error" || /Content Security Policy|Trusted/.test(line.text())) {
      faults.push(line.text());
    }
  });
  return page;
}

const inside = (page) => page.$eval("[data-hr-core]", (place) => place.innerHTML);
const kept = (page) => page.evaluate(() => history.state?.hrForm);

/** HTML as a browser writes it again, without what the script adds to what it shows. */
const rewritten = (html) => scratch.evaluate((text) => {
  const parsed = new DOMParser().parseFromString(text, "text/html");
  for (const tool of parsed.querySelectorAll("[data-hr-print], [data-hr-copy]")) {
    tool.removeAttribute("hidden");
  }
  for (const heading of parsed.querySelectorAll("h1, .govuk-error-summary")) {
    heading.removeAttribute("tabindex");
  }
  return parsed.body.innerHTML;
}, html);

/** Fills the page as a person might and gives the button to press, by its place among buttons. */
async function fillIn(page, html, random) {
  const pick = (list) => list[random(list.length)];
  const controls = controlsOf(html);
  const radios = new Map();
  for (const control of controls.filter(({ kind }) => kind === "radio")) {
    radios.set(control.name, [...(radios.get(control.name) ?? []), control.id]);
  }
  for (const ids of radios.values()) {
    await page.locator(`[id="${pick(ids)}"]`).check({ force: true });
  }
  for (const { kind, id } of controls) {
    const field = page.locator(`[id="${id}"]`);
    if (kind === "checkbox" && random(4) === 0 && await field.isVisible()) {
      await field.check({ force: true });
    } else if (kind === "text" || kind === "search") {
      const text = pick(["1", "2", "17", "é & <b>'\"", "photo of a pupil", "2026"]);
      if (await field.isVisible()) { // an answer keeps its receipt's fields folded away
        await field.fill(text);
      }
    }
  }
  const buttons = page.locator("button[type=submit]:visible:not(.hr-default)");
  const labels = await buttons.evaluateAll((all) => all.map((button) => button.value));
  const onward = labels.flatMap((label, i) => (/^(back|restart|change)/.test(label) ? [] : [i]));
  return buttons.nth(random(5) === 0 || onward.length === 0 ? random(labels.length) : pick(onward));
}

/** Presses a button and waits until the device has answered, be it with the same page. */
async function press(page, button) {
  await page.evaluate(() => {
    document.querySelector("[data-hr-core]").firstElementChild.setAttribute("data-old", "");
  });
  await button.click();
  await page.waitForFunction(() =>
    !document.querySelector("[data-hr-core]").firstElementChild.hasAttribute("data-old"));
}

function assertNothingSent() {
  const allowed = new Set([
    START, "/may-i", "/favicon.ico", site.packAddress, site.listAddress,
    ...site.list.files, `/worker.js?list=${encodeURIComponent(site.listAddress)}`,
  ]);
  for (const { method, url, body } of site.requests) {
    assert.ok(method === "GET" && body === "" && allowed.has(url), `${method} ${url} ${body}`);
  }
}

async function workerReady(page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
}

test("interviews run on the device, and nothing is sent", async (t) => {
  t.diagnostic(`seed ${seed}`);
  const random = randomNew(seed);
  let answers = 0;
  for (let i = 0; i < INTERVIEWS || (answers === 0 && i < INTERVIEWS_MAX); i += 1) {
    const page = await pageNew();
    await page.goto(START);
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const html = await inside(page);
      if (html.includes("hr-verdict")) {
        answers += 1;
        break;
      }
      await press(page, await fillIn(page, html, random));
      const form = await kept(page);
      assert.equal(await rewritten(await inside(page)), await rewritten(site.page(form).html));
      assert.equal(new URL(page.url()).search, `?policy=${POLICY}`);
      assert.equal(new URL(page.url()).hash, "");
    }
    assertNothingSent();
    await page.close();
  }
  assert.ok(answers > 0, "no interview came to its answer");
  assert.deepEqual(faults, []);
});

test("what is posted without the script is what the script would have answered", async () => {
  const random = randomNew(seed + 1);
  const page = await pageNew();
  const plainContext = await browser.newContext({
    baseURL: site.origin, javaScriptEnabled: false });
  const plain = await plainContext.newPage();
  await page.goto(START);
  await plain.goto(START);
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const { html } = site.page((await kept(page)) ?? "");
    const again = random(2 ** 30);
    await press(page, await fillIn(page, html, randomNew(again)));
    await (await fillIn(plain, html, randomNew(again))).click();
    await plain.waitForLoadState();
    const posted = site.requests.filter(({ method }) => method === "POST");
    assert.equal(posted.length, step + 1);
    assert.equal(posted.at(-1).body, await kept(page));
  }
  await plainContext.close();
  assert.deepEqual(faults, []);
});

/** Goes on with the first act that a search finds. */
async function firstStep(page) {
  await page.fill("input[name=find]", "photo");
  await page.click("button[value=find]:not(.hr-default)");
  await page.click("button[name=act] >> nth=0");
  await page.waitForFunction(() => history.state?.hrForm?.includes("act="));
}

test("focus, title, back, forward, reload, and an anchor", async () => {
  const page = await pageNew();
  await page.goto(START);
  const start = await inside(page);
  await firstStep(page);
  const second = await inside(page);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
  assert.equal(await page.title(), `${site.page(await kept(page)).title} – Handrail`);
  await page.goBack();
  await page.goBack();
  await page.waitForFunction(() => history.state?.hrFirst);
  assert.equal(await rewritten(await inside(page)), await rewritten(start));
  await page.goForward();
  await page.goForward();
  await page.waitForFunction(() => history.state?.hrForm?.includes("act="));
  assert.equal(await rewritten(await inside(page)), await rewritten(second));
  await page.reload();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.equal(await rewritten(await inside(page)), await rewritten(second));
  await page.evaluate(() => { location.hash = "#main"; });
  assert.equal(await rewritten(await inside(page)), await rewritten(second));
  await page.reload();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  assert.equal(await rewritten(await inside(page)), await rewritten(second));
  assertNothingSent();
  assert.deepEqual(faults, []);
});

test("a mistake in a form: the summary has the focus, its link goes to the field", async () => {
  const page = await pageNew();
  await page.goto(`${START}#act=accept-contact&asked=people&people=many&go=on`);
  await page.waitForSelector(".govuk-error-summary");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "govuk-error-summary");
  assert.match(await page.title(), /^Error: .* – Handrail$/);
  const address = page.url();
  await page.click(".govuk-error-summary a");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "INPUT");
  assert.equal(page.url(), address);
  assert.deepEqual(faults, []);
});

test("a link restores an answer, and what it says is not sent", async () => {
  const page = await pageNew();
  const form = "act=accept-contact&people=1&f.1.other=former-pupil&f.1.other.age=17";
  await page.goto(`${START}#${form}`);
  await page.waitForFunction(() => history.state?.hrForm);
  assert.equal(await kept(page), form);
  assert.equal(await rewritten(await inside(page)), await rewritten(site.page(form).html));
  await page.goto("about:blank");
  const hostile = "act=%3Cscript%3Ealert(1)%3C/script%3E&x=%22%3E%3Cimg src=x onerror=alert(1)%3E";
  await page.goto(`${START}#${hostile}`);
  await page.waitForFunction(() => history.state?.hrForm);
  assert.equal(await page.locator("img").count(), 0);
  assertNothingSent();
  assert.deepEqual(faults, []);
});

test("without the core the person is told first; only then does the form post", async () => {
  site.missing.add("/assets/handrail.wasm");
  const page = await context.newPage();
  await page.goto(START);
  await page.waitForSelector("[role=alert]");
  assert.match(await page.textContent("[role=alert]"), /Nothing has been sent. If you go on/);
  assert.equal(site.requests.filter(({ method }) => method === "POST").length, 0);
  await page.fill("input[name=find]", "photo");
  await page.click("button[value=find]:not(.hr-default)");
  await page.waitForLoadState();
  const posted = site.requests.filter(({ method }) => method === "POST");
  assert.equal(posted.length, 1);
  assert.match(posted[0].body, /find=photo/);
});

test("a pack that is damaged counts as a core that is missing", async () => {
  const page = await context.newPage();
  await page.route(/\/pack\//, (route) => route.fulfill({ body: "not a pack" }));
  await page.goto(START);
  await page.waitForSelector("[role=alert]");
  assert.equal(site.requests.filter(({ method }) => method === "POST").length, 0);
});

test("a whole interview works without a network after the first load", async () => {
  const page = await pageNew();
  await page.goto(START);
  await workerReady(page);
  await site.close();
  await page.reload();
  await firstStep(page);
  const random = randomNew(seed + 2);
  for (let step = 0; step < 30 && !(await inside(page)).includes("hr-verdict"); step += 1) {
    const again = page.locator("button[value=unknown]:visible");
    const button = await again.count() > 0 ? again : await fillIn(page, await inside(page), random);
    await press(page, button);
  }
  assert.match(await inside(page), /hr-verdict/);
  const other = await pageNew();
  await other.goto(`${START}&unknown=1`);
  assert.equal(await other.locator("[data-hr-core]").count(), 1);
  site = new Site(POLICY);
  await site.open();
});

test("a form that posts is never answered from the cache", async () => {
  const page = await context.newPage();
  await page.goto(START);
  await workerReady(page);
  await site.close();
  const failed = page.waitForEvent("requestfailed", (request) => request.method() === "POST");
  await page.evaluate(() => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/may-i";
    document.body.append(form);
    form.submit();
  });
  await failed;
  site = new Site(POLICY);
  await site.open();
});

test("the cache holds the list and nothing else, whatever is visited and posted", async () => {
  const page = await pageNew();
  await page.goto(START);
  await workerReady(page);
  await page.goto(`${START}&act=secret`);
  await page.evaluate(() => fetch("/may-i", { method: "POST", body: "act=secret" }));
  await page.evaluate(() => fetch("/may-i?find=secret"));
  const held = await page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) {
        all.push(request.method + " " + request.url.slice(location.origin.length));
      }
    }
    return all.sort();
  });
  const { documents, files } = site.list;
  assert.deepEqual(held, [...documents, ...files].map((address) => `GET ${address}`).sort());
});

test("a new version has a cache of its own, and the old one goes", async () => {
  const page = await pageNew();
  await page.goto(START);
  await workerReady(page);
  const before = await page.evaluate(() => caches.keys());
  site.version = 2;
  await page.goto(START);
  await page.waitForFunction(
    async (old) => (await caches.keys()).some((name) => !old.includes(name)), before);
  await page.goto("about:blank");
  await page.waitForTimeout(500);
  await page.goto(START);
  await page.waitForFunction(async () => (await caches.keys()).length === 1);
  assert.deepEqual(await page.evaluate(() => caches.keys()), ["handrail /may-i /offline.json?2"]);
});

test("a document comes from the network while there is one", async () => {
  const page = await pageNew();
  await page.goto(START);
  await workerReady(page);
  const count = () => site.requests.filter(({ url }) => url === START).length;
  const before = count();
  await page.reload();
  assert.equal(count(), before + 1);
});
