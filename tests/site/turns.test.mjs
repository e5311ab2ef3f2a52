/**
 * turns.test.mjs - going about an interview: back, change, start again, the browser's own buttons,
 * links; by keyboard alone; what a screen reader is told; without a network.
 *
 * Read first: support.mjs. Accessibility trees are in tree.txt; HANDRAIL_TREE=write writes them anew,
 * to be read before they are kept.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { Wire, begin, browserOpen, reply, saidNew, site, turned, verdictOf } from "./support.mjs";

const PACK = "reach2";
const TREES = new URL("tree.txt", import.meta.url);
const TABS_MAX = 120;
const OPTIONS = { timeout: 60000 };

let browser;
let context;
let page;
let faults;

before(async () => { browser = await browserOpen(); });
after(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 390, height: 800 } });
  context.setDefaultTimeout(20000);
  faults = [];
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  page = await context.newPage();
});
afterEach(() => context.close());

const hashed = (form) => `#policy=${PACK}&${form}`;
const press = (selector) => turned(page, () => page.click(selector));
const go = (value) => press(`button[name=go][value="${value}"]:not(.hr-default)`);
const heading = async () => (await page.textContent("h1")).replace(/\s+/g, " ").trim();
const saidList = async () => (await page.locator(".hr-said__answer").allTextContents());
const pick = (id) => page.click(`label[for="${id}"]`);

const ANSWERED = "act=accept-contact&people=1&f.person=teacher&f.account=personal&f.1.other=pupil";

/* ---- Back, change, start again --------------------------------------------------------------- */

test("back takes the last answer back; start again takes all", OPTIONS, async () => {
  await begin(page, PACK, site, hashed("act=accept-contact&people=1"));
  const first = await heading();
  await go("unknown");
  const second = await heading();
  assert.notEqual(second, first);
  await go("withheld");
  assert.deepEqual((await saidList()).slice(-2), ["I do not know", "I would rather not say"]);
  await go("back");
  assert.equal(await heading(), second);
  await go("back");
  assert.equal(await heading(), first);
  await go("unknown");
  await go("restart");
  assert.equal(await heading(), "May I …?");
  assert.deepEqual(await saidList(), []);
  assert.deepEqual(faults, []);
});

test("an answer is changed in its place, and back from the change keeps it", OPTIONS, async () => {
  await begin(page, PACK, site, hashed(ANSWERED));
  const before = await saidList();
  assert.ok(before.includes("A teacher"), before.join());
  await go("change f.person");
  assert.equal(await page.isChecked('[name="f.person"][value=teacher]'), true);
  await go("back");
  assert.deepEqual(await saidList(), before);
  await go("change f.person");
  await pick(await page.getAttribute('[name="f.person"][value=teacher]', "id"));
  await pick(await page.getAttribute('[name="f.person"][value=governor]', "id"));
  await go("on");
  const after = await saidList();
  assert.equal(after.length, before.length);
  assert.match(after[before.indexOf("A teacher")], /^A governor/);
  assert.deepEqual(faults, []);
});

test("the browser's own back and forward, and reload, keep the answer", OPTIONS, async () => {
  await begin(page, PACK, site);
  await page.fill("[name=find]", "accept a friend request");
  await press(".govuk-button[value=find]");
  await press("button[name=act] >> nth=0");
  await go("on");
  const last = await page.innerHTML("main form");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("#people"));
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("[name=find]"));
  await page.goForward();
  await page.waitForFunction(() => document.querySelector("#people"));
  await page.goForward();
  await page.waitForFunction(() => document.querySelector("[value=unknown]"));
  assert.equal(await page.innerHTML("main form"), last);
  await page.reload();
  await page.waitForFunction(() => document.querySelector("[value=unknown]"));
  assert.equal(await page.innerHTML("main form"), last);
  assert.equal(page.url(), `${site}/may-i?policy=${PACK}`);
  assert.deepEqual(faults, []);
});

/* A page that still moves takes away what somebody is about to press. */
test("a new turn stands at its top at once, also where links scroll smoothly", OPTIONS, async () => {
  const moving = await browser.newContext({
    reducedMotion: "no-preference", viewport: { width: 390, height: 500 } });
  const other = await moving.newPage();
  await begin(other, PACK, site, hashed("act=accept-contact&people=1"));
  await turned(other, () => other.click("button[name=go][value=unknown]:not(.hr-default)"));
  assert.equal(await other.evaluate(() => scrollY), 0);
  await moving.close();
});

/* ---- Links ----------------------------------------------------------------------------------- */

test("the copied link restores the answer elsewhere, and nothing of it is sent", OPTIONS, async () => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site });
  await begin(page, PACK, site, hashed(ANSWERED));
  for (let i = 0; i < 30 && !verdictOf(await page.content()); i += 1) {
    await go("unknown");
  }
  const words = await page.textContent(".hr-verdict__body");
  const said = await saidList();
  await page.click("[data-hr-copy]");
  await page.waitForFunction(() => document.querySelector("[data-hr-copy]").textContent === "Link copied");
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  assert.ok(link.hash.includes("act=accept-contact"), link.href);
  const wire = new Wire();
  await wire.open();
  const fresh = await browser.newContext();
  const other = await fresh.newPage();
  await other.goto(wire.origin + link.pathname + link.search + link.hash);
  await other.waitForSelector(".hr-verdict");
  assert.equal(await other.textContent(".hr-verdict__body"), words);
  assert.deepEqual(await other.locator(".hr-said__answer").allTextContents(), said);
  assert.ok(wire.requests().length > 3);
  assert.ok(!wire.texts().join("").includes("accept-contact"));
  await fresh.close();
  await wire.close();
  assert.deepEqual(faults, []);
});

test("a link of another version says that something was left out", OPTIONS, async () => {
  await begin(page, PACK, site, hashed(`${ANSWERED}&f.gone-since=yes&f.person2=x`));
  assert.match(await page.textContent("main"), /not understood any more/);
  assert.ok((await saidList()).includes("A teacher"));
  assert.deepEqual(faults, []);
});

const HOSTILE = [
  ["tags", "act=%3Cscript%3EglobalThis.bad=1%3C/script%3E&find=%22%3E%3Cimg src=x onerror=bad=1%3E&go=find&asked=act"],
  ["tags, bare", "act=post&people=2&label.1=<img src=x onerror=globalThis.bad=1>&label.2='\"><svg onload=globalThis.bad=1>&f.person=teacher"],
  ["tags in what was changed", "act=post&asked=f.person&was=%3Cscript%3EglobalThis.bad=1%3C/script%3E&go=change+f.person&f.person=teacher"],
  ["broken percent signs", "act=%&people=%zz&f.person=%e2%28%a1&x=%00%ff&=&&&=&%"],
  ["many fields", Array.from({ length: 3000 }, (_, i) => `f.x${i}=1`).join("&")],
  ["a long value", `act=post&find=${"x".repeat(60000)}`],
  ["longer than is read", `act=post&find=${"y".repeat(200000)}`],
  ["names of JavaScript", "__proto__=1&constructor=2&act=__proto__&toString=3"],
];
for (const [name, text] of HOSTILE) {
  test(`a hostile link is harmless: ${name}`, OPTIONS, async () => {
    await begin(page, PACK, site, `#${text}`);
    await page.waitForFunction(() => !document.querySelector("[aria-busy]"));
    assert.equal(await page.evaluate(() => globalThis.bad), undefined);
    assert.equal(await page.locator("main img, main script, main svg[onload]").count(), 0);
    assert.equal(await page.locator("h1:visible").count(), 1);
    // The interview goes on from there.
    if (await page.locator(".hr-link-button[value=restart]").count() > 0) {
      await go("restart");
    }
    await page.fill("[name=find]", "photo");
    await press(".govuk-button[value=find]");
    assert.ok(await page.locator("button[name=act]").count() > 0);
    assert.deepEqual(faults, []);
  });
}

/* ---- By keyboard alone ----------------------------------------------------------------------- */

/** What has the focus: whether it can be seen to have it, and is on the screen. */
const focused = () => page.evaluate(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) {
    return null;
  }
  const shown = element.matches("[type=radio], [type=checkbox]") ? element.labels[0] : element;
  const look = () => {
    const style = getComputedStyle(shown);
    const before = getComputedStyle(shown, "::before");
    return [style.backgroundColor, style.boxShadow, style.outline, before.boxShadow, before.outline,
      before.borderWidth].join("|");
  };
  const seen = look();
  const box = shown.getBoundingClientRect();
  element.blur();
  const isSeen = look() !== seen;
  element.focus({ preventScroll: true });
  return {
    tag: element.tagName, id: element.id, name: element.getAttribute("name"),
    value: element.getAttribute("value"), type: element.getAttribute("type"),
    text: element.textContent.trim(), isSeen,
    isOn: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
});

/** Presses Tab until something has the focus; each thing on the way must show it. */
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

/** Does what a reply says, by keyboard. */
async function keysReply(done) {
  for (const [id, text] of Object.entries(done.fills)) {
    await tabTo((now) => now.id === id);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(text);
  }
  for (const id of done.checks) {
    const type = await page.getAttribute(`[id="${id}"]`, "type");
    if (type === "checkbox") {
      await tabTo((now) => now.id === id);
      await page.keyboard.press("Space");
    } else {
      const group = await page.getAttribute(`[id="${id}"]`, "name");
      await tabTo((now) => now.name === group);
      await page.keyboard.press("Space");
      while (!await page.isChecked(`[id="${id}"]`)) {
        await page.keyboard.press("ArrowDown");
      }
    }
    assert.ok(await page.isChecked(`[id="${id}"]`));
  }
  const { name, value } = done.button;
  await tabTo((now) => now.tag === "BUTTON" && now.name === name && now.value === value);
  await turned(page, () => page.keyboard.press("Enter"));
}

const EXAMPLE = {
  pack: PACK,
  question: {
    act: "accept-contact", approvals: [], others: [{ is: { is: ["former-pupil"] }, age: 17 }],
    facts: { person: { is: ["teacher"] }, account: "personal" },
  },
};

/** An example in which nothing else is so. */
const answerOf = (html, said) => reply(html, {
  ...EXAMPLE,
  question: {
    ...EXAMPLE.question,
    facts: new Proxy(EXAMPLE.question.facts, { get: (facts, name) => facts[name] ?? "unknown" }),
    others: EXAMPLE.question.others.map((one) =>
      new Proxy(one, { get: (facts, name) => facts[name] ?? "unknown" })),
  },
}, said);

test("a whole interview by keyboard alone", { timeout: 120000 }, async () => {
  await page.goto(`${site}/`);
  await page.keyboard.press("Tab");
  assert.match((await focused()).text, /^Skip to main content/);
  await page.keyboard.press("Enter");
  await tabTo((now) => now.tag === "A" && /^Ask: may I/.test(now.text));
  await Promise.all([page.waitForURL("**/may-i"), page.keyboard.press("Enter")]);
  await tabTo((now) => now.tag === "A" && /REAch2/.test(now.text));
  await Promise.all([page.waitForURL(/policy=reach2/), page.keyboard.press("Enter")]);
  await page.waitForFunction(() => history.state !== null);
  await tabTo((now) => now.name === "find");
  await page.keyboard.type("accept a friend request");
  await turned(page, () => page.keyboard.press("Enter"));
  const said = saidNew(EXAMPLE);
  let turns = 0;
  for (; turns < 30; turns += 1) {
    const onHeading = await page.evaluate(() => document.activeElement?.tagName);
    assert.equal(onHeading, "H1", "the focus is on the heading of each turn");
    const done = answerOf(await page.content(), said);
    if (done === null) {
      break;
    }
    await keysReply(done);
  }
  assert.equal(verdictOf(await page.content()), "forbidden", JSON.stringify(said));
  assert.ok(turns > 3);
  await tabTo((now) => now.tag === "BUTTON" && now.value === "change f.account");
  await turned(page, () => page.keyboard.press("Enter"));
  await tabTo((now) => now.tag === "SUMMARY");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("details[open]").count(), 1);
  await tabTo((now) => now.name === "f.account", "Shift+Tab");
  await tabTo((now) => now.value === "back", "Shift+Tab");
  await turned(page, () => page.keyboard.press("Enter"));
  assert.equal(verdictOf(await page.content()), "forbidden");
  assert.deepEqual(faults, []);
});

/* ---- The accessibility tree ------------------------------------------------------------------ */

const TURNS = [
  ["what to do", "asked=act&go=find&find=friend+request"],
  ["how many people", "act=accept-contact"],
  ["how many people, wrong", "act=accept-contact&asked=people&people=many&go=on"],
  ["names", "act=accept-contact&people=2"],
  ["several of a list", "act=accept-contact&people=1"],
  ["one of a list, wrong", "act=accept-contact&people=1&f.person=teacher&asked=f.account&go=on"],
  ["a number", "act=accept-contact&people=1&f.person=teacher&f.1.other=former-pupil&f.1.other.age=17&go=change+f.1.other.age"],
  ["a date, wrong", "act=post&asked=f.posted-on&f.posted-on.day=31&f.posted-on.month=2&f.posted-on.year=2026&go=on"],
  ["an answer", `${ANSWERED}`],
];

/** Every node of the tree that a screen reader is told of. */
async function treeNodes() {
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes.filter(({ ignored }) => !ignored).map(({ role, name, properties = [] }) => ({
    role: role.value, name: name?.value ?? "",
    ...Object.fromEntries(properties.map(({ name: key, value }) => [key, value.value])),
  }));
}

const NAMED = ["button", "link", "textbox", "searchbox", "radio", "checkbox", "combobox", "group",
  "heading", "navigation", "spinbutton"];

test("the accessibility tree of each turn", OPTIONS, async () => {
  const trees = [];
  for (const [name, form] of TURNS) {
    await page.goto("about:blank");
    await begin(page, PACK, site, hashed(form));
    const nodes = await treeNodes();
    const of = (role) => nodes.filter((node) => node.role === role);
    assert.equal(of("heading").filter(({ level }) => level === 1).length, 1, name);
    assert.equal(of("main").length, 1, name);
    const nameless = nodes.filter(({ role, name: label }) => NAMED.includes(role) && label.trim() === "");
    assert.deepEqual(nameless.filter(({ role }) => role !== "group"), [], name);
    if (of("radio").length + of("checkbox").length > 0) {
      assert.ok(of("group").concat(of("radiogroup")).some(({ name: label }) => label.endsWith("?")), name);
    }
    if (name.endsWith("wrong")) {
      assert.equal(of("alert").length, 1, name);
      assert.match(await page.title(), /^Error: /);
      assert.ok(await page.locator("[aria-describedby$='-error']").count() > 0, name);
    }
    trees.push(`## ${name}\n${await page.locator("main").ariaSnapshot()}\n`);
  }
  const now = trees.join("\n");
  if (process.env.HANDRAIL_TREE === "write") {
    writeFileSync(TREES, now);
  }
  assert.equal(now, readFileSync(TREES, "utf8"));
  assert.deepEqual(faults, []);
});

/* ---- Without a network ----------------------------------------------------------------------- */

test("a whole interview of another policy without a network after the first load", OPTIONS, async () => {
  await begin(page, PACK, site);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.goto(`${site}/may-i`);
  await page.click("a[href='/may-i?policy=chiltern']");
  await page.waitForFunction(() => history.state !== null);
  await page.reload();
  await page.waitForFunction(() => history.state !== null);
  await page.fill("[name=find]", "accept a friend request");
  await press(".govuk-button[value=find]");
  await press("button[name=act] >> nth=0");
  for (let i = 0; i < 40 && !verdictOf(await page.content()); i += 1) {
    await go(await page.locator("[value=unknown]").count() > 0 ? "unknown" : "on");
  }
  assert.ok(verdictOf(await page.content()));
  assert.ok(await page.evaluate(() => fetch("/about").then(() => false, () => true)), "there is a network");
  const shown = await page.getByRole("alert").count();
  assert.equal(shown, 0);
});
