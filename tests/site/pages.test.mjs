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
import { after, before, test } from "node:test";

import { add, AS_WRITTEN, htmlFaults, LOOKS, pageFaults } from "./faults.mjs";
import { kindsFind } from "./kinds.mjs";
import { browserOpen, site } from "./support.mjs";

const PAGE_MILLISECONDS_MAX = 30000;
const TEST_MILLISECONDS_MAX = 90000;

let browser;

before(async () => { browser = await browserOpen(); });
after(() => browser.close());

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
