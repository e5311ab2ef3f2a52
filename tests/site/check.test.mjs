/**
 * check.test.mjs - "Check before you post" in a browser: as somebody writes, what is marked, the roll,
 * the wire, without a network, by keyboard alone, what a screen reader is told, "This is wrong".
 *
 * Read first: check.mjs; Wire in support.mjs. The results themselves are compared with those of the
 * native program in tests/wasm/drafts.test.mjs.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";

import {
  DRAFT, HARMLESS, SCHOOL, checkBegin, checkNative, chooseRoll, openSchool, rollFile, summaryOf,
  summaryWait, write,
} from "./check.mjs";
import { Wire, browserOpen, packNames, site } from "./support.mjs";

const POLICY = "reach2";
const OPTIONS = { timeout: 60000 };
const PAUSE_MILLISECONDS = 250; // of web/assets/check.js
const TABS_MAX = 80;

// The only fields of a request that a browser adds by itself.
const HEADERS = /^(host|connection|cache-control|pragma|sec-.*|user-agent|accept|accept-encoding|accept-language|upgrade-insecure-requests|if-none-match|if-modified-since|origin|service-worker|range|priority|dnt|purpose)$/;
const ADDRESSES = [
  /^\/favicon\.ico$/, new RegExp(`^/check(\\?policy=(${packNames.join("|")}))?$`),
  /^\/assets\/[a-z-]+-[0-9a-f]+\.[a-z0-9]+$/, /^\/pack\/[a-z0-9]+\.pack\?[0-9a-f]+$/,
  /^\/worker\.js\?list=%2Foffline-check\.json%3F[0-9a-f]+$/, /^\/offline-check\.json\?[0-9a-f]+$/,
];

let browser;
let context;
let page;
let faults;

before(async () => { browser = await browserOpen(); });
after(() => browser.close());
beforeEach(async () => { await contextNew(); });
afterEach(() => context.close());

async function contextNew(options = {}) {
  context = await browser.newContext({
    reducedMotion: "reduce", viewport: { width: 390, height: 800 }, ...options });
  context.setDefaultTimeout(20000);
  faults = [];
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  page = await context.newPage();
}

const results = () => page.locator("[data-hr-results]");
const findings = () => page.locator("details.hr-finding");

/** The verdict that is shown, or "nothing". */
const verdictShown = async () =>
  /hr-verdict--([a-z-]+)/.exec(await page.getAttribute(".hr-verdict", "class"))?.[1] ?? "nothing";

/* ---- As somebody writes ---------------------------------------------------------------------- */

test("the results come as somebody writes, and the summary speaks once a pause", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  assert.match(await page.textContent("[data-hr-results]"), /Nothing to check yet/);
  await page.evaluate(() => {
    globalThis.spoken = [];
    new MutationObserver(() => globalThis.spoken.push(
      document.querySelector("[data-hr-summary]").textContent)).observe(
      document.querySelector("[data-hr-summary]"),
      { childList: true, characterData: true, subtree: true });
  });
  // The page's clock stands still while keys are pressed, however long this machine takes for them.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  await page.locator("#text").pressSequentially("Ring me on 07700 900143");
  await page.clock.runFor(PAUSE_MILLISECONDS - 1);
  assert.equal((await page.evaluate(() => globalThis.spoken)).length, 0, "it waits for a pause");
  await page.clock.runFor(1);
  await summaryWait(page, /^1 thing found\. /);
  await page.locator("#text").pressSequentially(" or on 07700 900144 today");
  await page.clock.runFor(PAUSE_MILLISECONDS);
  await summaryWait(page, /^2 things found\. /);
  await page.locator("#text").pressSequentially(" at six");
  await page.clock.runFor(PAUSE_MILLISECONDS);
  await page.waitForTimeout(PAUSE_MILLISECONDS);
  assert.equal((await page.evaluate(() => globalThis.spoken)).length, 2);
  assert.equal(await page.getAttribute("[data-hr-summary]", "role"), "status");
  assert.deepEqual(faults, []);
});

test("empty, harmless, too long, and not to be read", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  assert.equal(await summaryOf(page), "");
  assert.equal(await page.isVisible("[data-hr-see]"), false);
  assert.match(await write(page, HARMLESS), /^Nothing found\. Read it once more/);
  assert.match(await results().textContent(), /That does not mean that it is allowed/);
  assert.equal(await verdictShown(), "nothing");
  assert.match(await write(page, "word ".repeat(8001)), /too long/);
  assert.match(await results().textContent(), /It was not checked/);
  await write(page, HARMLESS, /^Nothing/);
  assert.match(await write(page, "w ".repeat(500000), /long/), /too long/);
  assert.match(await write(page, "a\u0000b\u000bc\u001b Ring 07700 900143 \ud800"), /^1 thing found/);
  await page.fill("#text", " \n ");
  await summaryWait(page, /^$/);
  assert.match(await results().textContent(), /Nothing to check yet/);
  assert.deepEqual(faults, []);
});

test("what is found is marked in the draft, and each mark leads to its finding", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  await chooseRoll(page);
  await page.fill("#school", SCHOOL);
  await write(page, DRAFT, /^[3-9] things found/);
  const shown = await page.evaluate(() => {
    const draft = document.querySelector(".hr-draft").cloneNode(true);
    const numbers = [...draft.querySelectorAll(".hr-found__number")];
    numbers.forEach((number) => number.remove());
    return { text: draft.textContent, numbers: numbers.map((one) => one.getAttribute("href")) };
  });
  assert.equal(shown.text, DRAFT);
  const count = await findings().count();
  assert.deepEqual([...shown.numbers].sort(),
    Array.from({ length: count }, (_, i) => `#finding-${i + 1}`).sort());
  for (const words of ["Kofi Mensah-Lane", SCHOOL, "07700 900143"]) {
    const marked = await page.locator("mark", { hasText: words }).count();
    assert.ok(marked > 0, `${words} is not marked`);
  }
  await page.click(".hr-draft a.hr-found__number >> nth=1");
  const finding = page.locator(shown.numbers[1]);
  assert.notEqual(await finding.getAttribute("open"), null);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
  assert.ok(await finding.locator(".hr-finding__body").isVisible());
  assert.equal(page.url(), `${site}/check?policy=${POLICY}`, "no address says what was looked at");
  assert.deepEqual(faults, []);
});

test("what to change is read before anything is opened, and the counts agree", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  await chooseRoll(page);
  await page.fill("#school", SCHOOL);
  const summary = await write(page, DRAFTS[2] + DRAFT, /^[3-9] things found/);
  const count = Number(/^\d+/.exec(summary)[0]);
  assert.equal(await findings().count(), count);
  assert.equal(await page.locator(".hr-draft a.hr-found__number").count(), count);
  const spoken = await page.locator("section > .hr-findings > li").count();
  assert.ok(spoken > 0 && spoken < count, `${spoken} of ${count}`);
  assert.match(await page.textContent(".hr-verdict"),
    new RegExp(`${count} things found\\. The policy speaks of ${spoken} of them\\.`));
  assert.equal(await page.locator("summary", { hasText: `${count - spoken} more thing` }).count(), 1);
  assert.equal(await page.locator(".hr-finding[open]").count(), 0);
  const mends = page.locator(".hr-finding__mend:visible");
  assert.equal(await mends.count(), spoken);
  assert.match((await mends.allTextContents()).join(), /^(What to change: [^,]+,?)/);
});

test("where nothing was found the questions wait to be opened", OPTIONS, async () => {
  for (const policy of packNames) {
    await checkBegin(page, policy);
    await write(page, HARMLESS, /^Nothing found/);
    assert.equal(await page.locator("[data-hr-results] details[open]").count(), 0, policy);
    assert.doesNotMatch(await results().textContent(), /Not answered/);
  }
});

test("what was opened stays open while the draft changes", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  await write(page, "Ring 07700 900143");
  await page.click("#finding-1 > summary");
  await write(page, "Or write to somebody@example.org, or ring 07700 900143", /^2 things found/);
  assert.equal(await page.getAttribute("#finding-1", "open"), null);
  assert.notEqual(await page.getAttribute("#finding-2", "open"), null);
  await page.click("#finding-2 > summary");
  await write(page, "Again: somebody@example.org, 07700 900143", /^2 things found/);
  assert.equal(await page.locator("details.hr-finding[open]").count(), 0);
});

test("clauses are those of the policy, and their links lead there", OPTIONS, async () => {
  const draft = "Our head is a useless idiot and the school is a bloody dump. Ring 07700 900143";
  const native = checkNative(POLICY, draft);
  const clauses = native.findings.flatMap((finding) => finding.clauses.map(({ clause }) => clause));
  await checkBegin(page, POLICY);
  await write(page, draft);
  assert.equal(await verdictShown(), native.verdict);
  const links = await page.evaluate(() => [...document.querySelectorAll(".hr-findings a.hr-cite")]
    .map((link) => link.getAttribute("href")));
  assert.deepEqual([...new Set(links)].sort(),
    [...new Set(clauses)].map((key) => `/policy/${POLICY}/clause/${key}`).sort());
  for (const link of new Set(links)) {
    assert.equal((await fetch(site + link)).status, 200, link);
  }
});

/* ---- What it depends on ---------------------------------------------------------------------- */

const DRAFTS = [
  "Our head is a useless idiot and the school is a bloody dump.",
  "We at Ashdown Vale Academy believe that the strikers are wrong. Ring 07700 900143.",
  "Kofi Mensah-Lane is a waste of a chair. This is confidential, do not share.",
  "I teach at Ashdown Vale Academy. The head told us in confidence that the budget will be cut.",
];

test("another policy comes to another verdict, that of the program", OPTIONS, async () => {
  const words = ["--roll", rollFile, "--school", SCHOOL];
  const pairs = DRAFTS.map((draft) =>
    ({ draft, verdicts: packNames.map((policy) => checkNative(policy, draft, words).verdict) }));
  const { draft, verdicts } = pairs.find((one) => new Set(one.verdicts).size > 1) ??
    assert.fail(`every policy says the same: ${JSON.stringify(pairs)}`);
  await checkBegin(page, packNames[0]);
  await chooseRoll(page);
  await page.fill("#school", SCHOOL);
  await write(page, draft);
  for (const [i, policy] of packNames.entries()) {
    await page.selectOption("#policy", policy);
    await page.waitForFunction((name) => document.querySelector(
      `[data-hr-results] a[href="/policy/${name}"]`), policy);
    const shown = await verdictShown();
    assert.equal(shown === "nothing" ? verdicts[i] : shown, verdicts[i], policy);
    assert.equal(page.url(), `${site}/check?policy=${policy}`);
    assert.equal(await page.inputValue("#text"), draft);
    assert.ok(await page.locator(`a[href="/check/official?policy=${policy}"]`).count() > 0);
  }
  assert.deepEqual(faults, []);
});

test("where it stands and who writes change the results", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  await write(page, DRAFTS[0]);
  assert.match(await results().textContent(), /as a post on your own account/);
  await page.click("label[for=as-2]");
  await page.waitForFunction(() =>
    /as a message/.test(document.querySelector("[data-hr-results]").textContent));
  await page.selectOption("#person", "parent");
  await page.click("label[for=as-3]");
  await page.waitForFunction(() =>
    /as a profile/.test(document.querySelector("[data-hr-results]").textContent));
  assert.equal(await page.inputValue("#person"), "parent");
  assert.deepEqual(faults, []);
});

/** A draft and policy of which something is asked, with the field of the first question. */
async function askedOpen() {
  for (const policy of packNames) {
    await checkBegin(page, policy);
    for (const draft of [...DRAFTS, HARMLESS]) {
      await write(page, draft);
      const field = page.locator("[data-hr-results] input[type=radio], " +
        "[data-hr-results] input[type=checkbox]").first();
      if (await field.count() > 0) {
        return { policy, draft, field };
      }
    }
  }
  return null;
}

test("a question is answered in its place, and can be answered otherwise", OPTIONS, async (t) => {
  const asked = await askedOpen();
  if (asked === null) {
    t.skip("no policy asks anything of these drafts");
    return;
  }
  const { id, name } = await asked.field.evaluate((field) => ({ id: field.id, name: field.name }));
  const place = `[id="${id}"]`;
  if (!await page.isVisible(place)) {
    await page.locator("details:not([open])", { has: page.locator(place) }).locator("summary")
      .first().click();
  }
  await page.click(`label[for="${id}"]`);
  await page.waitForFunction((one) => document.querySelector(one)?.checked, place);
  assert.equal(await page.evaluate(() => document.activeElement.id), id, "the focus stays");
  const boxes = await page.locator(`[name="${name}"]`).count();
  const last = page.locator(`[name="${name}"]`).last();
  const other = await last.getAttribute("id");
  await page.click(`label[for="${other}"]`);
  await page.waitForFunction((one) => document.querySelector(`[id="${one}"]`)?.checked, other);
  assert.equal(await page.isChecked(place), false, "one answer excludes the other");
  assert.equal(await page.locator(`[name="${name}"]`).count(), boxes, "the same is offered again");
  assert.deepEqual(faults, []);
});

test("May I? takes along what was found and said, and no words", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  await page.selectOption("#person", "governor");
  await write(page, DRAFTS[0]);
  const href = await page.getAttribute("text=Go on with “May I?”", "href");
  assert.match(href, new RegExp(`^/may-i\\?policy=${POLICY}#act=post&f\\.person=governor&`));
  assert.doesNotMatch(href, /useless|idiot|bloody/);
  await Promise.all([page.waitForURL("**/may-i**"), page.click("text=Go on with “May I?”")]);
  await page.waitForSelector(".hr-said__answer");
  const said = await page.locator(".hr-said__answer").allTextContents();
  assert.ok(said.some((words) => /^A governor/.test(words)), said.join());
  assert.ok(said.some((words) => /^My own account/.test(words)), said.join());
  assert.deepEqual(faults, []);
});

/* ---- The roll, and the wire ------------------------------------------------------------------ */

test("a roll that is chosen is used and can be forgotten", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  await write(page, "Kofi Mensah-Lane forgot his lunch again.", /found/);
  const named = () => page.locator(".hr-finding__title", { hasText: "A pupil is named" }).count();
  assert.equal(await named(), 0);
  assert.match(await chooseRoll(page), /\d+ people are known now: pupils \d+, staff \d+/);
  await page.waitForFunction(() => /A pupil is named/.test(
    document.querySelector("[data-hr-results]").textContent));
  await page.click("[data-hr-forget]");
  await page.waitForFunction(() => !/A pupil is named/.test(
    document.querySelector("[data-hr-results]").textContent));
  assert.equal(await page.inputValue("#roll"), "");
  assert.equal(await page.isVisible("[data-hr-forget]"), false);
  assert.deepEqual(faults, []);
});

const rollOf = (text) => ({ name: "roll.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

test("what is wrong with a roll is said by line, and the rest is used", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  const said = await chooseRoll(page,
    rollOf("kind,name\npupil,Zofia Nowak\nwhale,Moby Dick\nstaff,=SUM(A1)\n"));
  assert.match(said, /1 person is known now/);
  assert.match(said, /Line 3: /);
  assert.match(said, /Line 4: /);
  await write(page, "Zofia Nowak sang", /^1 thing found/);
  assert.match(await chooseRoll(page, rollOf("nothing")), /Nobody could be read|1 person/);
  await page.waitForFunction(() => /Nobody could be read/.test(
    document.querySelector("[data-hr-roll]").textContent));
  assert.equal(await page.getAttribute("[data-hr-roll]", "role"), "status");
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

test("no byte of draft, roll or school is on the wire, in an address or in a storage", OPTIONS, async () => {
  const wire = new Wire();
  await wire.open();
  const requests = [];
  context.on("request", (request) => requests.push(request));
  await checkBegin(page, POLICY, wire.origin);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await chooseRoll(page);
  await page.fill("#school", "Zwetschgen Academy\nQuagmire");
  await page.fill("#short", "ZWQ");
  await page.fill("#mail", "zwetschgen.example");
  const draft = "Quagmire! Kofi Mensah-Lane of Zwetschgen Academy rang 07700 900143. Schnurrbart.";
  await write(page, draft, /^[2-9] things found/);
  for (const policy of packNames) {
    await page.selectOption("#policy", policy);
    await page.waitForFunction((name) => document.querySelector(
      `[data-hr-results] a[href="/policy/${name}"]`), policy);
  }
  await page.click("label[for=as-3]");
  await page.click(".hr-draft a.hr-found__number >> nth=0");
  const inside = await page.evaluate(async () => {
    const kept = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) {
        kept.push(request.url.slice(location.origin.length));
      }
    }
    return { kept, href: location.href, state: JSON.stringify(history.state),
      cookie: document.cookie, local: localStorage.length, session: sessionStorage.length,
      databases: (await indexedDB.databases()).length, title: document.title };
  });
  await context.close();
  assert.ok(inside.kept.length > 8, "the worker has kept nothing");
  inside.kept.forEach((url) => assert.ok(ADDRESSES.some((address) => address.test(url)), url));
  const { kept, href, title, ...rest } = inside;
  assert.deepEqual(rest, { state: "null", cookie: "", local: 0, session: 0, databases: 0 });
  const sent = wire.requests();
  assert.ok(sent.length >= 10, `${sent.length} requests`);
  assertQuiet(sent);
  const roll = readFileSync(rollFile, "utf8").split("\n").slice(1).flatMap((line) => line.split(","))
    .filter((cell) => cell.length > 4);
  const secrets = [...draft.split(/[\s.!]+/), "Zwetschgen", "zwetschgen", "ZWQ", ...roll]
    .filter((word) => word.length > 3 && !/^[\d.]+$/.test(word));
  const all = [...wire.texts(), href, title].join("\n");
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), secret.replaceAll(" ", "+")]) {
      assert.ok(!all.includes(form), `${form} was sent`);
    }
  }
  for (const request of requests) {
    assert.equal(request.method(), "GET", request.url());
    assert.equal(request.postData(), null, request.url());
  }
  await wire.close();
  assert.deepEqual(faults, []);
});

test("the relay sees what is posted", OPTIONS, async () => {
  const wire = new Wire();
  await wire.open();
  await page.goto(`${wire.origin}/check/official?policy=${POLICY}`);
  await page.fill("#text", "Schnurrbart");
  await Promise.all([page.waitForEvent("domcontentloaded"),
    page.click("main button[type=submit] >> nth=-1")]);
  await context.close();
  assert.match(wire.texts().join(""), /POST \/check\/official[\s\S]*Schnurrbart/);
  assert.throws(() => assertQuiet(wire.requests()));
  await wire.close();
});

/* ---- Without a network, without WebAssembly, without JavaScript -------------------------------- */

test("a check of another policy without a network after the first load", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto(`${site}/may-i?policy=${POLICY}`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.goto(`${site}/check`);
  await page.click("a[href='/check?policy=chiltern']");
  await page.waitForFunction(() => document.querySelector("[data-hr-summary]")?.textContent === "");
  await write(page, "Ring 07700 900143", /^1 thing found/);
  await page.selectOption("#policy", "athelstan");
  await page.waitForFunction(() => document.querySelector(
    "[data-hr-results] a[href='/policy/athelstan']"));
  await page.reload();
  await page.waitForFunction(() => document.querySelector("[data-hr-summary]")?.textContent === "");
  await write(page, "Ring 07700 900143", /^1 thing found/);
  assert.ok(await page.evaluate(() => fetch("/about").then(() => false, () => true)), "there is a network");
  await page.goto(`${site}/may-i?policy=${POLICY}`);
  await page.waitForFunction(() => history.state !== null);
  assert.equal(await page.getByRole("alert").count(), 0, "the two keep what they need");
});

for (const [name, address] of [["the core", "**/handrail-check-*.wasm"],
  ["the model", "**/model-*.bin"], ["the policy", "**/pack/*.pack*"]]) {
  test(`without ${name} it says that nothing was sent`, OPTIONS, async () => {
    await contextNew({ serviceWorkers: "block" });
    const posted = [];
    page.on("request", (request) => request.method() !== "GET" && posted.push(request.url()));
    await page.route(address, (route) => route.abort());
    await page.goto(`${site}/check?policy=${POLICY}`);
    await page.getByRole("alert").waitFor();
    assert.match(await page.getByRole("alert").textContent(), /not sent/);
    await page.fill("#text", DRAFT);
    await page.waitForTimeout(PAUSE_MILLISECONDS * 2);
    assert.equal(await page.inputValue("#text"), DRAFT, "the draft is still there");
    assert.equal((await results().textContent()).trim(), "");
    assert.deepEqual(posted, []);
  });
}

test("a mistake in the core is said, and the next draft is checked", OPTIONS, async () => {
  await page.addInitScript(() => {
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function instance(...given) {
      const { exports } = new Instance(...given);
      const check = (...args) => {
        if (document.querySelector("#text").value.includes("trap")) {
          throw new WebAssembly.RuntimeError("unreachable");
        }
        return exports.wasm_check(...args);
      };
      return { exports: { ...exports, wasm_check: check } };
    };
  });
  await checkBegin(page, POLICY);
  await chooseRoll(page);
  await page.fill("#text", "This is a trap");
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").textContent(), /could not be checked[\s\S]*not sent/);
  await write(page, "Kofi Mensah-Lane, 07700 900143", /^2 things found/);
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("without JavaScript nothing can be written, and it says why", OPTIONS, async () => {
  await contextNew({ javaScriptEnabled: false });
  await page.goto(`${site}/check?policy=${POLICY}`);
  assert.ok(await page.getByText("needs JavaScript").isVisible());
  assert.equal(await page.locator("form").count(), 0);
  assert.equal(await page.locator("textarea:visible, input:visible, button:visible").count(), 0);
  await page.click("text=check an official post");
  await page.fill("#text", "Ring the office on 01632 960123");
  await page.click("main button[type=submit] >> nth=-1");
  assert.equal(await page.locator("mark").count(), 1);
  assert.equal(page.url(), `${site}/check/official`);
  await page.click("main button[type=submit] >> nth=-1");
  assert.equal(await page.locator("mark").count(), 1, "the form is filled in again");
});

/* ---- Hostile text ---------------------------------------------------------------------------- */

const HOSTILE = [
  "<img src=x onerror=globalThis.bad=1>", "'\"><svg onload=globalThis.bad=1>",
  "</textarea><script>globalThis.bad=1</script>", "</mark></div><iframe src=javascript:bad=1>",
];

test("hostile text is harmless in the draft, the roll, the school and the storage", OPTIONS, async () => {
  await page.addInitScript((texts) => {
    const wrong = (text) => ({ kind: text, title: text, words: text, channel: text, policy: text,
      remark: text });
    localStorage.setItem("handrail.wrong", JSON.stringify(texts.map(wrong)));
  }, HOSTILE);
  await checkBegin(page, POLICY);
  const names = HOSTILE.map((text) => `pupil,"${text.replaceAll('"', '""')}"`).join("\n");
  await chooseRoll(page, rollOf(`kind,name\n${names}\n<b>,Zofia Nowak\npupil,Zofia Nowak\n`));
  await page.fill("#school", HOSTILE.join("\n"));
  await page.fill("#short", HOSTILE.join("\n"));
  await page.fill("#mail", HOSTILE.join("\n"));
  for (const text of HOSTILE) {
    await write(page, `${text} Zofia Nowak 07700 900143 ${text}`, /things? found/);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) =>
      one.toggleAttribute("open", true)));
  }
  assert.equal(await page.locator("[data-hr-kept-list] li").count(), HOSTILE.length);
  assert.equal(await page.evaluate(() => globalThis.bad), undefined);
  assert.equal(await page.locator("main img, main script, main iframe, main svg[onload], main b").count(), 0);
  assert.deepEqual(faults, []);
});

/* ---- "This is wrong" ------------------------------------------------------------------------- */

test("what is wrong is kept on the device, downloaded and deleted", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  assert.equal(await page.isVisible("[data-hr-kept]"), false);
  await write(page, "A first line.\nThe shop wrote to somebody@example.org again about the lamp.",
    /^1 thing found/);
  await page.click("#finding-1 > summary");
  await page.locator("#finding-1").getByText("This is wrong").click();
  assert.match(await page.inputValue("[data-hr-around]"), /^The shop wrote to somebody@example.org/);
  await page.fill("[data-hr-around]", "The shop wrote to somebody@example.org\tabout {a lamp}");
  await page.fill("[data-hr-remark]", "It is no address of anybody");
  await page.click("[data-hr-keep]");
  await page.locator("[data-hr-kept]").waitFor();
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("handrail.wrong")));
  assert.deepEqual(Object.keys(kept[0]).sort(),
    ["channel", "kind", "policy", "remark", "title", "words"]);
  assert.equal(kept[0].kind, "email-address");
  await page.reload();
  await page.locator("[data-hr-kept-list] li").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"),
    page.getByRole("button", { name: /^Download as a test case/ }).click()]);
  assert.equal(download.suggestedFilename(), "handrail-email-address.tsv");
  assert.equal(readFileSync(await download.path(), "utf8"),
    `# Said to be wrong: email-address (policy ${POLICY})\n# It is no address of anybody\n` +
    "personal\t-\tThe shop wrote to somebody@example.org about a lamp\n");
  await page.getByRole("button", { name: /^Delete/ }).click();
  assert.equal(await page.isVisible("[data-hr-kept]"), false);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), "text");
  assert.deepEqual(faults, []);
});

test("where nothing may be kept it says so", OPTIONS, async () => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", { get() { throw new Error("refused"); } });
  });
  await checkBegin(page, POLICY);
  await write(page, "Ring 07700 900143", /^1 thing found/);
  await page.evaluate(() => document.querySelectorAll("#finding-1, #finding-1 details").forEach(
    (one) => one.toggleAttribute("open", true)));
  await page.click("[data-hr-keep]");
  assert.match(await page.textContent("[data-hr-keep]"), /does not let anything be kept/);
  assert.deepEqual(faults, []);
});

/* ---- By keyboard alone ----------------------------------------------------------------------- */

/** What has the focus, and whether it can be seen to have it. */
const focused = () => page.evaluate(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) {
    return null;
  }
  const shown = element.matches("[type=radio], [type=checkbox]") ? element.labels[0] : element;
  const look = () => {
    const style = getComputedStyle(shown);
    const dot = getComputedStyle(shown, "::before");
    return [style.backgroundColor, style.boxShadow, style.outline, dot.boxShadow, dot.outline,
      dot.borderWidth].join("|");
  };
  const seen = look();
  const box = shown.getBoundingClientRect();
  element.blur();
  const isSeen = look() !== seen;
  element.focus({ preventScroll: true });
  return { tag: element.tagName, id: element.id, name: element.getAttribute("name"),
    text: element.textContent.trim(), isSeen,
    isOn: box.bottom > 0 && box.top < innerHeight && box.width > 0 };
});

async function tabTo(fits, key = "Tab") {
  for (let i = 0; i < TABS_MAX; i += 1) {
    await page.keyboard.press(key);
    const now = await focused();
    if (now !== null) {
      assert.ok(now.isSeen, `the focus is not to be seen: ${JSON.stringify(now)}`);
      assert.ok(now.isOn, `the focus is off the screen: ${JSON.stringify(now)}`);
      if (fits(now)) {
        return now;
      }
    }
  }
  throw new Error(`not reached with ${TABS_MAX} times ${key}: ${fits}`);
}

test("a whole check by keyboard alone", { timeout: 120000 }, async () => {
  await page.goto(`${site}/`);
  await tabTo((now) => now.tag === "A" && now.text === "Check a draft before you post it");
  await Promise.all([page.waitForURL("**/check"), page.keyboard.press("Enter")]);
  await tabTo((now) => now.tag === "A" && /REAch2/.test(now.text));
  await Promise.all([page.waitForURL(/policy=reach2/), page.keyboard.press("Enter")]);
  await page.waitForFunction(() => document.querySelector("[data-hr-summary]").textContent === "");
  await tabTo((now) => now.id === "text");
  await page.keyboard.type("Ring 07700 900143 or write to somebody@example.org");
  await summaryWait(page, /^2 things found/);
  await tabTo((now) => now.tag === "A" && now.text === "See the result");
  await page.keyboard.press("Enter");
  assert.equal((await page.evaluate(() => document.activeElement.id)), "results");
  await tabTo((now) => /^Finding 1/.test(now.text));
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.parentElement.id), "finding-1");
  assert.notEqual(await page.getAttribute("#finding-1", "open"), null);
  await tabTo((now) => now.tag === "SUMMARY" && /^This is wrong/.test(now.text));
  await page.keyboard.press("Enter");
  await tabTo((now) => /^remark-/.test(now.id));
  await page.keyboard.type("It is mine");
  await tabTo((now) => now.tag === "BUTTON" && /^Keep/.test(now.text));
  await page.keyboard.press("Enter");
  await page.locator("[data-hr-kept]").waitFor();
  await tabTo((now) => now.tag === "BUTTON" && /^Delete/.test(now.text));
  await page.keyboard.press("Enter");
  assert.equal((await focused()).id, "text");
  await tabTo((now) => now.name === "as");
  await page.keyboard.press("ArrowDown");
  assert.ok(await page.isChecked("#as-2"));
  await tabTo((now) => now.id === "person");
  await page.keyboard.press("End");
  await tabTo((now) => now.tag === "SUMMARY" && /^Your school/.test(now.text));
  await page.keyboard.press("Enter");
  await tabTo((now) => now.id === "roll");
  assert.deepEqual(faults, []);
});

/* ---- The accessibility tree ------------------------------------------------------------------ */

async function treeNodes() {
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes.filter(({ ignored }) => !ignored).map(({ role, name, properties = [] }) => ({
    role: role.value, name: name?.value ?? "",
    ...Object.fromEntries(properties.map(({ name: key, value }) => [key, value.value])),
  }));
}

const NAMED = ["button", "link", "textbox", "radio", "checkbox", "combobox", "heading", "navigation",
  "DisclosureTriangle"];

test("the accessibility tree of a result", OPTIONS, async () => {
  await checkBegin(page, POLICY);
  await openSchool(page);
  await write(page, "Ring 07700 900143 or write to somebody@example.org", /^2 things found/);
  await page.evaluate(() => document.querySelectorAll("[data-hr-results] details").forEach((one) =>
    one.toggleAttribute("open", true)));
  const nodes = await treeNodes();
  const of = (role) => nodes.filter((node) => node.role === role);
  const nameless = nodes.filter(({ role, name }) => NAMED.includes(role) && name.trim() === "");
  assert.deepEqual(nameless, []);
  assert.equal(of("heading").filter(({ level }) => level === 1).length, 1);
  const headings = of("heading").map(({ name }) => name);
  for (const words of ["Check before you post", "Your draft, with what was found", "What was found"]) {
    assert.ok(headings.includes(words), `${words} is not among ${headings}`);
  }
  const levels = of("heading").map(({ level }) => level);
  levels.slice(1).forEach((level, i) => assert.ok(level <= levels[i] + 1, `${levels}`));
  assert.equal(of("status").length + of("alert").length, 2, "the summary and the roll speak");
  const links = of("link").map(({ name }) => name.replace(/\s+/g, " ").trim());
  assert.ok(links.includes("Finding 1") && links.includes("Finding 2"), links.join());
  assert.equal(of("mark").length, 2);
  const region = of("region").map(({ name }) => name);
  assert.ok(region.includes("What was found"), region.join());
  const draft = nodes.find(({ role, name }) => role === "textbox" && name === "Your draft");
  assert.equal(draft.multiline, true);
  const tree = await page.locator("[data-hr-results]").ariaSnapshot();
  assert.match(tree, /mark: "?07700 900143|mark:\s+- text: "?07700 900143/);
  assert.deepEqual(faults, []);
});
