// The style guide in a browser: node tests/look/browser.mjs FOLDER, where guide.py wrote its pages.
//
// Called by tests/run_look_slow.sh. Start at the table of checks. Each is made on each page; the last
// line is "N passed, N failed". Needs Chromium (CHROMIUM names another one).
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const { HtmlValidate, FileSystemConfigLoader, esmResolver } = require("html-validate");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const TARGET_PIXELS_MIN = 44;
const TABS_MAX = 60;

// Every fixture of GOV.UK Frontend on one page: its headings and landmarks do not make a whole, and
// it shows fields in ways that we do not use. Its colours are what is looked at.
const GALLERY = "components";

const folder = process.argv[2];
const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
let passed = 0;
let failed = 0;

function report(name, faults) {
  if (faults.length === 0) {
    passed++;
    return;
  }
  failed++;
  console.log(`not ok: ${name}\n  ${faults.slice(0, 12).join("\n  ")}`);
}

async function axeFaults(page, name) {
  await page.evaluate(axeSource);
  const rules = name === GALLERY ? { runOnly: ["color-contrast", "link-in-text-block"] } : {};
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), rules);
  return found.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target} ${node.failureSummary}`));
}

/** What is wider than the page, or cut off where it cannot be scrolled to. */
function overflowFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      faults.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
    }
    for (const element of document.querySelectorAll("main *, header *, footer *")) {
      const style = getComputedStyle(element);
      const cuts = ["hidden", "clip"].includes(style.overflowX);
      const isHidden = element.matches(".govuk-visually-hidden, .govuk-skip-link, .hr-default, "
        + ".hr-hero, svg, svg *, option");
      if (cuts && !isHidden && element.scrollWidth > element.clientWidth + 1) {
        faults.push(`cut off: ${element.className || element.tagName}`);
      }
    }
    return faults;
  });
}

function targetFaults(page, least) {
  return page.evaluate((pixels) => {
    const controls = "button:not(.hr-default), .govuk-button, select, summary, .hr-nav__link, "
      + ".hr-bar__name, .hr-foot__link, input:not([type=hidden]), textarea";
    return [...document.querySelectorAll(controls)].flatMap((element) => {
      const box = element.getBoundingClientRect();
      const isShown = element.checkVisibility();
      return isShown && (box.height < pixels || box.width < pixels)
        ? [`${element.className} is ${Math.round(box.width)} by ${Math.round(box.height)}`] : [];
    });
  }, least);
}

/** Tab through the page: each element in focus must look otherwise than without. */
async function focusFaults(page) {
  const faults = [];
  const look = () => {
    const seen = (element) => {
      const style = getComputedStyle(element);
      const before = getComputedStyle(element, "::before");
      return [style.backgroundColor, style.boxShadow, style.outlineColor, style.outlineStyle,
        before.boxShadow].join("|");
    };
    const element = document.activeElement;
    if (element === null || element === document.body) {
      return null;
    }
    const shown = element.labels?.length && element.matches("[type=radio], [type=checkbox]")
      ? element.labels[0] : element;
    const inFocus = seen(shown);
    element.blur();
    const without = seen(shown);
    element.focus();
    return { name: `${element.tagName} ${element.className}`, isSame: inFocus === without };
  };
  for (let count = 0; count < TABS_MAX; count++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(look);
    if (seen === null) {
      break;
    }
    if (seen.isSame) {
      faults.push(`no sign of focus: ${seen.name}`);
    }
  }
  return faults;
}

function printFaults(page) {
  return page.evaluate(() => {
    const gone = "nav, .govuk-button, .hr-search, .hr-link-button, .govuk-skip-link";
    const faults = [...document.querySelectorAll(gone)]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 0)
      .map((element) => `on paper: ${element.className}`);
    const grounds = [...document.querySelectorAll("body, header, footer, .hr-verdict, .hr-law, .hr-rule")];
    for (const element of grounds) {
      const ground = getComputedStyle(element).backgroundColor;
      if (!["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].includes(ground)) {
        faults.push(`${element.className} is printed on ${ground}`);
      }
    }
    for (const element of document.querySelectorAll("h1, h2, h3, p, li")) {
      const ink = getComputedStyle(element).color.match(/\d+/g).map(Number);
      if (Math.max(...ink.slice(0, 3)) > 60 && !element.closest(".hr-hero")) {
        faults.push(`${element.className || element.tagName} is printed in ${ink}`);
      }
    }
    return faults;
  });
}

/** Signs are drawn and edges seen where the reader's own colours replace ours. */
function forcedFaults(page) {
  return page.evaluate(() => [...document.querySelectorAll(".hr-verdict, .hr-sign, .hr-pick, .hr-cite")]
    .filter((element) => element.checkVisibility())
    .flatMap((element) => {
      const style = getComputedStyle(element);
      const sign = element.querySelector("svg");
      const faults = style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1
        ? [`${element.className} has no edge`] : [];
      if (sign && getComputedStyle(sign).stroke !== style.color) {
        faults.push(`${element.className}: the sign is ${getComputedStyle(sign).stroke}`);
      }
      return faults;
    }));
}

function motionFaults(page) {
  return page.evaluate(() => [...document.querySelectorAll("*")]
    .filter((element) => {
      const style = getComputedStyle(element);
      return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
        || style.scrollBehavior === "smooth";
    }).map((element) => `moves: ${element.className || element.tagName}`));
}

const largeText = "html { font-size: 200% }";

// name, how the browser is set, whether on the gallery too, what is looked for
const checks = [
  ["axe, light", { width: 1280 }, true, axeFaults],
  ["axe, dark", { width: 1280, colorScheme: "dark" }, true, axeFaults],
  ["axe, light, phone", { width: 390 }, false, axeFaults],
  ["axe, dark, phone", { width: 390, colorScheme: "dark" }, false, axeFaults],
  ["width 1280", { width: 1280 }, false, overflowFaults],
  ["width 390", { width: 390 }, false, overflowFaults],
  ["width 320, which is 400 %", { width: 320 }, true, overflowFaults],
  ["text at 200 %, 1280", { width: 1280, style: largeText }, false, overflowFaults],
  ["text at 200 %, 390", { width: 390, style: largeText }, false, overflowFaults],
  ["targets", { width: 390 }, false, (page) => targetFaults(page, TARGET_PIXELS_MIN)],
  ["focus", { width: 1280 }, false, focusFaults],
  ["focus, dark", { width: 390, colorScheme: "dark" }, false, focusFaults],
  ["print", { width: 794, media: "print" }, false, printFaults],
  ["print of a dark screen", { width: 794, media: "print", colorScheme: "dark" }, false, printFaults],
  ["forced colours", { width: 1280, forcedColors: "active" }, false, forcedFaults],
  ["reduced motion", { width: 1280, reducedMotion: "reduce" }, true, motionFaults],
];

const validator = new HtmlValidate(new FileSystemConfigLoader([esmResolver()]));
for (const name of pages.filter((page) => basename(page, ".html") !== GALLERY)) {
  const text = readFileSync(resolve(folder, name), "utf8");
  const found = await validator.validateString(text, resolve("web/templates", name));
  report(`html-validate: ${name}`, found.results.flatMap((result) =>
    result.messages.map((fault) => `${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`)));
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const [check, set, isOnGallery, look] of checks) {
  const context = await browser.newContext({
    viewport: { width: set.width, height: 800 },
    colorScheme: set.colorScheme ?? "light",
    reducedMotion: set.reducedMotion ?? "no-preference",
    forcedColors: set.forcedColors ?? "none",
  });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const file of pages) {
    const name = basename(file, ".html");
    if (name === GALLERY && !isOnGallery) {
      continue;
    }
    await page.goto(pathToFileURL(resolve(folder, file)).href);
    await page.emulateMedia({ media: set.media ?? "screen", colorScheme: set.colorScheme ?? "light" });
    if (set.style) {
      await page.addStyleTag({ content: set.style });
    }
    report(`${check}: ${name}`, await look(page, name));
  }
  report(`${check}: nothing else is fetched`,
    asked.filter((url) => !url.endsWith(".html") && !url.endsWith("/handrail.css")));
  await context.close();
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
