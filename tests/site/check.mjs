/**
 * check.mjs - what check.test.mjs and kinds.mjs share: the private check in a browser.
 *
 * Read first: web/assets/check.js; support.mjs. Start at checkBegin() and write().
 */
import { execFileSync } from "node:child_process";
import path from "node:path";

import { site } from "./support.mjs";

const ROOT = new URL("../../", import.meta.url).pathname;
export const rollFile = path.join(ROOT, "tests", "screen", "corpus", "roll.csv");

/** Names on the roll, the school's name, a telephone number: found whatever the policy is. */
export const DRAFT = "Kofi Mensah-Lane of Ashdown Vale Academy forgot his lunch again.\n" +
  "Ring his mum on 07700 900143, she says \u{1F600} 'hurry'.";
export const HARMLESS = "We walked along the sea all day and had chips.";
export const SCHOOL = "Ashdown Vale Academy";

export const summaryOf = (page) => page.textContent("[data-hr-summary]");

/** Waits until the summary says something that fits. */
export async function summaryWait(page, pattern) {
  await page.waitForFunction(([source]) => new RegExp(source).test(
    document.querySelector("[data-hr-summary]").textContent), [pattern.source]);
  return summaryOf(page);
}

/** Opens the check of a policy and waits until it can check. */
export async function checkBegin(page, policy, origin = site) {
  await page.goto(`${origin}/check?policy=${policy}`);
  await page.waitForFunction(() =>
    document.querySelector("[data-hr-summary]").textContent !== "Getting ready …");
}

/** Puts a draft in the place of the one before and waits for its results. */
export async function write(page, text, pattern = /found|long|read/) {
  await page.evaluate(() => {
    document.querySelector("[data-hr-results]").firstElementChild?.setAttribute("data-old", "");
  });
  await page.fill("#text", text);
  await page.waitForFunction(() =>
    !document.querySelector("[data-hr-results] > [data-old]"));
  return summaryWait(page, pattern);
}

/** Opens "Your school and your classes". */
export async function openSchool(page) {
  if (!await page.isVisible("#school")) {
    await page.getByText("Your school and your classes").click();
  }
}

export async function chooseRoll(page, file = rollFile) {
  await openSchool(page);
  await page.setInputFiles("#roll", file);
  await page.waitForFunction(() => document.querySelector("[data-hr-roll]").textContent !== "");
  return page.textContent("[data-hr-roll]");
}

/** The answer of `handrail check` to a draft of one's own. */
export function checkNative(policy, text, words = []) {
  const said = execFileSync(process.env.HANDRAIL_PROGRAM,
    ["check", "--json", "--policy", path.join(ROOT, "policies", policy), ...words],
    { input: text });
  return JSON.parse(said.toString());
}
