// Every page of the site, and searching in one: node tests/web/site_browser.mjs ADDRESS < paths
//
// Called by tests/run_pages_slow.py, which starts the server and names every page, one a line; a page of
// each kind begins with "!". What axe-core says of each kind is in tests/site/pages.test.mjs. The last
// line is "N passed, N failed".
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const { HtmlValidate, FileSystemConfigLoader, esmResolver } = require("html-validate");

const TARGET_PIXELS_MIN = 44;

const base = process.argv[2].replace(/\/$/, "");
const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
const paths = lines.map((line) => line.replace(/^!/, ""));
const kinds = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
let passed = 0;
let failed = 0;

function report(name, faults) {
  if (faults.length === 0) {
    passed++;
    return;
  }
  failed++;
  console.log(`not ok: ${name}\n  ${faults.slice(0, 8).join("\n  ")}`);
}

async function markup() {
  const validator = new HtmlValidate(new FileSystemConfigLoader([esmResolver()]));
  for (const path of paths) {
    const text = await (await fetch(base + path)).text();
    const found = await validator.validateString(text, resolve("web/templates/page.html"));
    report(`html-validate: ${path}`, found.results.flatMap((result) => result.messages
      .map((fault) => `${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`)));
  }
}

function targetFaults(page) {
  return page.evaluate((least) => {
    const controls = "button:not(.hr-default), .govuk-button, select, summary, .hr-nav__link, "
      + ".hr-contents__link, .hr-pick, .hr-foot__link, input:not([type=hidden])";
    return [...document.querySelectorAll(controls)].flatMap((element) => {
      const box = element.getBoundingClientRect();
      return element.checkVisibility() && (box.height < least || box.width < least)
        ? [`${element.className} is ${Math.round(box.width)} by ${Math.round(box.height)}`] : [];
    });
  }, TARGET_PIXELS_MIN);
}

/** A thumb can hit what can be pressed. */
async function targets(browser) {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  for (const path of kinds) {
    await page.goto(base + path);
    report(`targets: ${path}`, await targetFaults(page));
  }
  await page.close();
}

const shown = (page) => page.locator("article.hr-clause:visible").count();

async function searchAsYouType(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${base}/policy/athelstan`);
  const all = await shown(page);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByLabel("Search this policy").fill("photos pupil");
  const found = page.locator("[data-hr-found]");
  await found.filter({ hasText: "below" }).waitFor();
  const some = await shown(page);
  const says = await found.textContent();
  report("typing: some are left", some > 0 && some < all / 2 ? [] : [`${some} of ${all}`]);
  report("typing: it says how many", says?.startsWith(`${some} clause`) ? [] : [String(says)]);
  report("typing: AT-25 is found", await page.locator("#AT-25").isVisible() ? [] : ["hidden"]);
  report("typing: the contents follow",
    await page.locator(".hr-contents__link[href='#AT-01']").isVisible() ? ["AT-01 is shown"] : []);
  const marks = await page.evaluate(() => CSS.highlights.get("hr-found")?.size ?? 0);
  report("typing: places are marked", marks > 3 ? [] : [`${marks}`]);
  report("typing: no part without a clause", await page.locator("[data-hr-part]:visible").filter({
    hasNot: page.locator("article:visible") }).count() === 0 ? [] : ["an empty part"]);
  await page.keyboard.press("Enter");
  report("Enter stays on the page", page.url().endsWith("/policy/athelstan") ? [] : [page.url()]);
  await page.getByLabel("Search this policy").fill("zebra");
  await found.filter({ hasText: "No clauses" }).waitFor();
  report("typing: none", await shown(page) === 0 ? [] : ["some are shown"]);
  await page.getByLabel("Search this policy").fill("");
  await page.waitForFunction(() => document.querySelector("[data-hr-found]").textContent === "");
  report("an empty field shows all", await shown(page) === all ? [] : ["not all"]);
  report("what is typed is not sent", asked);
  await context.close();
}

async function searchWithoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/policy/athelstan`);
  report("without a script no button that needs one",
    await page.locator("[data-hr-print]").isVisible() ? ["print is shown"] : []);
  await page.getByLabel("Search this policy").fill("photos pupil");
  await page.getByRole("button", { name: "Search" }).click();
  report("without a script the server searches",
    page.url().includes("/search?policy=athelstan&q=photos+pupil") ? [] : [page.url()]);
  const first = page.locator(".hr-results__title a").first();
  await first.click();
  report("a result leads to its clause", page.url().includes("/clause/AT-") ? [] : [page.url()]);
  await context.close();
}

await markup();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
await targets(browser);
await searchAsYouType(browser);
await searchWithoutScript(browser);
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
