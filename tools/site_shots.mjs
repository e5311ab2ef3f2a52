/**
 * site_shots.mjs - makes the pictures of docs/images/web from the site itself.
 *
 *     node tools/site_shots.mjs ADDRESS [NAME]   where `handrail serve` listens with the five
 *                                                policies; NAME: pictures whose names begin so
 *
 * Read first: docs/decisions/0009-look.md. Start at the table of shots. pngquant makes them small.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const [address = "http://127.0.0.1:8420", only = ""] = process.argv.slice(2);
const site = address.replace(/\/$/, "");
const FOLDER = new URL("../docs/images/web/", import.meta.url).pathname;
const BYTES_MAX = 100_000;

const interview = (form) => `/may-i?policy=reach2#policy=reach2&${form}`;
const FRIEND = "act=accept-contact&people=1&f.person=teacher&f.account=personal" +
  "&f.1.other=former-pupil&f.1.other.age=17";
const ROLL = new URL("../tests/screen/corpus/roll.csv", import.meta.url).pathname;
const DRAFT = "What a day. Kofi Mensah-Lane forgot his epipen again, and our head is useless as ever." +
  "\n\nMums and dads of 9B: ring me on 07700 900143. #AshdownVale";
const MESSAGE = "Your bus was late again, not good enough! And my daughter told me that her stepdad hits " +
  "her. She is scared to go home.\n\nRing me back: 07700 900143";
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 860 };

/** Checks a draft of one's own, with a roll. */
async function draft(page) {
  await page.getByText("Your school and your classes").click();
  await page.setInputFiles("#roll", ROLL);
  await page.fill("#school", "Ashdown Vale Academy\nAshdown Vale");
  await page.getByText("Your school and your classes").click();
  await page.fill("#text", DRAFT);
  await page.waitForFunction(() =>
    /things found/.test(document.querySelector("[data-hr-summary]").textContent));
  await page.evaluate(() => document.activeElement.blur());
}

/** Sees what was found, one of it opened: below the draft on a phone. */
async function draftFound(page) {
  await draft(page);
  await page.evaluate(() => {
    document.querySelector("details.hr-finding").open = true;
    document.querySelector("[data-hr-results]").scrollIntoView();
  });
}

async function message(page) {
  await page.fill("#text", MESSAGE);
  await page.click("main button[type=submit] >> nth=-1");
  await page.waitForSelector(".hr-draft");
}

// name, address, size, whether dark, what is done to the page
const SHOTS = [
  ["home-phone", "/", PHONE],
  ["home", "/", DESK],
  ["choose-phone", interview("asked=act&go=find&find=friend+request"), PHONE],
  ["question-phone", interview("act=accept-contact&people=1"), PHONE],
  ["question-error-phone", interview("act=accept-contact&people=1&f.person=teacher&asked=f.account&go=on"), PHONE],
  ["answer-phone", interview(FRIEND), PHONE],
  ["answer", interview(FRIEND), DESK],
  ["answer-dark", interview(FRIEND), DESK, true],
  ["answer-phone-dark", interview(FRIEND), PHONE, true],
  ["policy", "/policy/reach2#RE-16", DESK],
  ["policy-phone", "/policy/reach2#RE-16", PHONE],
  ["compare", "/compare?a=reach2&b=chancery", DESK],
  ["coverage", "/policy/reach2/coverage", DESK],
  ["coverage-phone", "/policy/reach2/coverage", PHONE],
  ["check-phone", "/check?policy=reach2", PHONE, false, draftFound],
  ["check", "/check?policy=reach2", DESK, false, draft],
  ["check-dark", "/check?policy=reach2", DESK, true, draft],
  ["check-incoming", "/check/incoming?policy=athelstan", DESK, false, message],
];

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.HANDRAIL_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
for (const [name, path, viewport, isDark, prepare] of SHOTS.filter(([one]) => one.startsWith(only))) {
  const context = await browser.newContext({
    viewport, colorScheme: isDark ? "dark" : "light", reducedMotion: "reduce",
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await page.goto(site + path);
  if (path.startsWith("/may-i")) {
    await page.waitForFunction(() => history.state?.hrForm !== undefined);
    // A heading has the focus after each turn: it is no part of the picture.
    await page.evaluate(() => document.activeElement?.matches("h1") && document.activeElement.blur());
  }
  await prepare?.(page);
  const file = `${FOLDER}${name}.png`;
  await page.screenshot({ path: file });
  execFileSync("pngquant", ["--force", "--strip", "--speed", "1", "--output", file, "64", file]);
  const { size } = statSync(file);
  console.log(`${name}.png ${size} bytes`);
  if (size > BYTES_MAX) {
    process.exitCode = 1;
  }
  await context.close();
}
await browser.close();
