/**
 * pages.test.mjs - a page of each kind in Chromium: on a phone and on a desk, light and dark, with
 * the script and without.
 *
 * Read first: kinds.mjs. On each: no violation that axe-core finds, valid HTML as it is sent and
 * as it stands in the browser, one heading of the first level, nothing to scroll sideways at 320
 * pixels or with text of twice the size, nothing cut off, no error on the console.
 *
 * What must hold: where a page has no script of ours, the one without JavaScript is the same to the
 * byte, so it is not looked at twice.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";

import { kindsFind } from "./kinds.mjs";
import { axeSource, browserOpen, site } from "./support.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { HtmlValidate, FileSystemConfigLoader, esmResolver } = require("html-validate");

const TEMPLATES = new URL("../../web/templates/", import.meta.url).pathname;
// A browser writes HTML in its own way: these are about ways to write the same.
const AS_WRITTEN = {
  "attribute-boolean-style": "off", "attribute-empty-style": "off", "doctype-style": "off",
  "void-style": "off", "no-self-closing": "off",
};
// The id of a field is its name, such as "f.other.age", which HTML allows.
const WITH_DOTS = { "valid-id": ["error", { relaxed: true }] };
// Several values of one thing are several hidden fields of its name: src/interview/interview.h.
const SEVERAL_VALUES = /form-dup-name: Duplicate form control name "(have|f\.[^"]*)"$/;
// With other colours nothing else than contrast can change.
const COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };
const LOOKS = [
  { name: "phone, light", width: 390, colorScheme: "light", rules: {} },
  { name: "phone, dark", width: 390, colorScheme: "dark", rules: COLOURS },
  { name: "desk, dark", width: 1280, colorScheme: "dark", rules: COLOURS },
  { name: "desk, light", width: 1280, colorScheme: "light", rules: {} },
];

const PAGE_MILLISECONDS_MAX = 30000;
const TEST_MILLISECONDS_MAX = 90000;

const validator = new HtmlValidate(new FileSystemConfigLoader([esmResolver()]));
let browser;

before(async () => { browser = await browserOpen(); });
after(() => browser.close());

async function htmlFaults(html, rules = {}) {
  const found = await validator.validateString(html, path.join(TEMPLATES, "page.html"),
    { rules: { ...WITH_DOTS, ...rules } });
  return found.results.flatMap(({ messages }) => messages.map((fault) =>
    `${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`))
    .filter((fault) => !SEVERAL_VALUES.test(fault));
}

/** Only the faults are brought out of the page: what is in order is a hundred times as much. */
function axeFaults(page, rules) {
  return page.evaluate(async (options) => {
    const found = await globalThis.axe.run(document, { resultTypes: ["violations"], ...options });
    return found.violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${node.target} ${node.failureSummary}`));
  }, rules);
}

/** What is wider than the page, or cut off where it cannot be scrolled to. */
function overflowFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.querySelectorAll("main *, header *, footer *")].filter((one) =>
        one.getBoundingClientRect().right > root.clientWidth).map((one) => `${one.tagName}.${one.className}`);
      faults.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}: ${wide.slice(0, 5)}`);
    }
    const unseen = "input, .govuk-visually-hidden, .govuk-skip-link, .hr-default, .hr-hero, svg, svg *, option";
    for (const element of document.querySelectorAll("main *, header *, footer *")) {
      const cuts = ["hidden", "clip"].includes(getComputedStyle(element).overflowX);
      if (cuts && !element.matches(unseen) && element.scrollWidth > element.clientWidth + 1) {
        faults.push(`cut off: ${element.className || element.tagName}`);
      }
    }
    return faults;
  });
}

const headingFaults = (page) => page.evaluate(() => {
  const headings = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
  return headings.length === 1 && headings[0].textContent.trim() !== ""
    ? [] : [`${headings.length} headings of the first level`];
});

const add = (faults, where, more) => faults.push(...more.map((fault) => `${where}: ${fault}`));

/** All that is looked at in a browser, on one page after it has come. */
async function pageFaults(page, faults, how, looks = LOOKS) {
  await page.evaluate(axeSource);
  for (const { name, width, colorScheme, rules } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    add(faults, `axe, ${name}, ${how}`, await axeFaults(page, rules));
    add(faults, `width ${width}, ${how}`, await overflowFaults(page));
  }
  await page.setViewportSize({ width: 320, height: 800 });
  add(faults, `width 320, ${how}`, await overflowFaults(page));
  await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    add(faults, `text at 200 %, width ${width}, ${how}`, await overflowFaults(page));
  }
  await page.evaluate(() => { document.documentElement.removeAttribute("style"); });
  add(faults, how, await headingFaults(page));
}

/** What the server sends for a kind. */
async function source({ address = "/may-i", form, post = form }) {
  const answer = post === undefined ? await fetch(site + address) : await fetch(site + address, {
    method: "POST", body: post, headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  return answer.text();
}

/** Sends a form as a page would. */
async function openPosted(page, address, postData) {
  await page.route(`**${address}`, (route) => route.continue({
    method: "POST", postData,
    headers: { ...route.request().headers(), "content-type": "application/x-www-form-urlencoded" },
  }));
  await page.goto(site + address);
}

/** Opens a kind: with the script by its link, without it as the answer to a form. */
async function open(page, kind, isScripted) {
  if (kind.post !== undefined) {
    await openPosted(page, kind.address, kind.post);
  } else if (kind.form === undefined) {
    await page.goto(site + kind.address);
    if (isScripted) {
      await kind.prepare?.(page);
    }
  } else if (isScripted) {
    await page.goto(`${site}/may-i?policy=${kind.pack}#${kind.form}`);
    await page.waitForFunction(() => history.state !== null);
  } else {
    await openPosted(page, "/may-i", kind.form);
  }
}

/** A page, and the faults that its console tells of. */
async function pageNew(options) {
  const context = await browser.newContext({
    serviceWorkers: "block", reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(PAGE_MILLISECONDS_MAX);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error}`));
  page.on("console", (line) => line.type() === "error" && faults.push(`console: ${line.text()}`));
  return { page, faults, context };
}

/**
 * The page as it is without JavaScript. axe-core is JavaScript too and waits for ever where that is
 * switched off; so it looks at a page whose scripts do not come, which must be the same.
 */
async function plainFaults(kind, faults) {
  const off = await pageNew({ javaScriptEnabled: false });
  await open(off.page, kind, false);
  const withheld = await pageNew({});
  await withheld.page.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await open(withheld.page, kind, false);
  if (await off.page.content() !== await withheld.page.content()) {
    faults.push("without the script: a page whose scripts do not come is another");
  }
  await pageFaults(withheld.page, faults, "without the script", LOOKS.slice(0, 1));
  add(faults, "without the script", off.faults.filter((fault) => !isStatus(fault)));
  await off.context.close();
  await withheld.context.close();
}

/** A page that is not there, or asked for wrongly, says so with its status too, which Chromium calls an error. */
const isStatus = (fault) => /status of 4\d\d/.test(fault);

async function kindFaults(kind) {
  const html = await source(kind);
  const faults = [];
  add(faults, "as sent", await htmlFaults(html));
  const scripted = await pageNew({});
  await open(scripted.page, kind, true);
  add(faults, "in the browser", await htmlFaults(await scripted.page.content(), AS_WRITTEN));
  await pageFaults(scripted.page, faults, "with the script");
  add(faults, "with the script", scripted.faults.filter((fault) => !isStatus(fault)));
  await scripted.context.close();
  if (/<script /.test(html)) {
    await plainFaults(kind, faults);
  }
  return faults;
}

const kinds = await kindsFind();
for (const kind of kinds) {
  test(`a page of each kind: ${kind.name}`, { timeout: TEST_MILLISECONDS_MAX }, async () => {
    const faults = await kindFaults(kind);
    assert.equal(faults.slice(0, 8).join("\n"), "", kind.post ?? kind.form ?? kind.address);
  });
}

test("what is looked for is found where it is", async () => {
  const { page, context } = await pageNew({});
  await page.goto(`${site}/about`);
  await page.evaluate(() => {
    document.querySelector("main").innerHTML = '<h1>A</h1><h1>B</h1><img src="/assets/none.png">' +
      "<p>wide and pale</p><input>";
    // The site's policy refuses styles in HTML.
    Object.assign(document.querySelector("main p").style, { width: "2000px", color: "#ccc" });
  });
  const faults = [];
  await pageFaults(page, faults, "here");
  for (const fault of ["image-alt", "color-contrast", "label", "the page is", "2 headings"]) {
    assert.ok(faults.some((one) => one.includes(fault)), `not found: ${fault}`);
  }
  assert.ok((await htmlFaults('<!DOCTYPE html><html lang="en"><head><title>a</title></head>' +
    "<body><p><div></div></p></body></html>")).length > 0);
  await context.close();
});
