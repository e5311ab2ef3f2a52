/**
 * faults.mjs - what is looked for on a page: axe-core, valid HTML, nothing cut off, one heading.
 *
 * Start at pageFaults() and htmlFaults(). Used by pages.test.mjs and office.test.mjs.
 */
import { createRequire } from "node:module";
import path from "node:path";

import { axeSource } from "./support.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { HtmlValidate, FileSystemConfigLoader, esmResolver } = require("html-validate");

const TEMPLATES = new URL("../../web/templates/", import.meta.url).pathname;
// A browser writes HTML in its own way: these are about ways to write the same.
export const AS_WRITTEN = {
  "attribute-boolean-style": "off", "attribute-empty-style": "off", "doctype-style": "off",
  "void-style": "off", "no-self-closing": "off",
};
// The id of a field is its name, such as "f.other.age", which HTML allows.
const WITH_DOTS = { "valid-id": ["error", { relaxed: true }] };
// Several values of one thing are several hidden fields of its name: src/interview/interview.h.
const SEVERAL_VALUES = /form-dup-name: Duplicate form control name "(have|f\.[^"]*)"$/;
// With other colours nothing else than contrast can change.
const COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };
export const LOOKS = [
  { name: "phone, light", width: 390, colorScheme: "light", rules: {} },
  { name: "phone, dark", width: 390, colorScheme: "dark", rules: COLOURS },
  { name: "desk, dark", width: 1280, colorScheme: "dark", rules: COLOURS },
  { name: "desk, light", width: 1280, colorScheme: "light", rules: {} },
];

const validator = new HtmlValidate(new FileSystemConfigLoader([esmResolver()]));
export async function htmlFaults(html, rules = {}) {
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

export const add = (faults, where, more) => faults.push(...more.map((fault) => `${where}: ${fault}`));

/** All that is looked at in a browser, on one page after it has come. */
export async function pageFaults(page, faults, how, looks = LOOKS) {
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
