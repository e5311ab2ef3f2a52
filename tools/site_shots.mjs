/**
 * site_shots.mjs - makes the pictures of docs/images/web from the site itself.
 *
 *     node tools/site_shots.mjs ADDRESS      where `handrail serve` listens with the five policies
 *
 * Read first: docs/decisions/0009-look.md. Start at the table of shots. pngquant makes them small.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const [address = "http://127.0.0.1:8420"] = process.argv.slice(2);
const site = address.replace(/\/$/, "");
const FOLDER = new URL("../docs/images/web/", import.meta.url).pathname;
const BYTES_MAX = 100_000;

const interview = (form) => `/may-i?policy=reach2#policy=reach2&${form}`;
const FRIEND = "act=accept-contact&people=1&f.person=teacher&f.account=personal" +
  "&f.1.other=former-pupil&f.1.other.age=17";
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 860 };

// name, address, size, whether dark
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
];

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.HANDRAIL_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
for (const [name, path, viewport, isDark] of SHOTS) {
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
