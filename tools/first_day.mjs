/**
 * first_day.mjs - the first day of a trust, in Chromium and by a stopwatch: from the address with
 * the code to a head of school who is signed in, with 400 people imported.
 *
 *     build/handrail serve --data data policies          shows the address with the code
 *     node tools/first_day.mjs SET-UP-ADDRESS STAFF.csv SCHOOLS.csv [--pictures]
 *
 * The two lists are those of tools/make_people.py (--people 400 --schools 4). --pictures writes
 * docs/images/web/first-*.png. What must hold: nothing is done that docs/operating.md does not say.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const [setUp, staff, schools, pictures] = process.argv.slice(2);
const site = new URL(setUp).origin;
const FOLDER = new URL("../docs/images/web/", import.meta.url).pathname;
const PASSWORD = "quiet lamp under nine hedges";
const HEAD_PASSWORD = "seven slow yellow trams";
const EMAIL = "technician@ashdownvale.example";
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 860 };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: DESK, reducedMotion: "reduce" });
const begun = performance.now();
let last = begun;

function lap(what) {
  const now = performance.now();
  console.log(`${what.padEnd(44)} ${((now - last) / 1000).toFixed(1).padStart(6)} s`);
  last = now;
}

async function shot(of, name) {
  if (pictures === "--pictures") {
    const path = `${FOLDER}first-${name}.png`;
    await of.screenshot({ path });
    execFileSync("pngquant", ["--force", "--ext", ".png", "--quality", "60-95", path]);
  }
}

async function fill(of, values) {
  const form = of.locator("form.hr-office__form");
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`#${name}`);
    if (await field.evaluate((one) => one.tagName) === "SELECT") {
      await field.selectOption(value);
    } else {
      await field.fill(value);
    }
  }
}

async function send(of) {
  await of.locator("form.hr-office__form button[type=submit]").click();
}

async function signIn(of, email, password) {
  await of.goto(`${site}/sign-in`);
  await of.getByLabel("Work e-mail").fill(email);
  await of.getByLabel("Password").fill(password);
  await of.getByRole("button", { name: "Sign in" }).click();
  await of.waitForURL("**/desk");
}

const [first, ...others] = readFileSync(schools, "utf8").trim().split(/\r?\n/).slice(1)
  .map((line) => line.split(","));

await page.goto(setUp);
await fill(page, {
  trust: "Ashdown Vale Learning Trust", origin: "handrail.ashdownvale.example",
  "school-code": first[0], "school-name": first[1], nation: "england", policy: "mandeville",
  name: "Terry Tumblestone", email: EMAIL, kind: "support-staff", role: "it-manager",
  password: PASSWORD,
});
await shot(page, "set-up");
await send(page);
await signIn(page, EMAIL, PASSWORD);
lap("set up, and the technician is signed in");

for (const [code, name] of others) {
  await page.goto(`${site}/do/school.add`);
  await fill(page, { code, name, nation: "england", policy: "mandeville" });
  await send(page);
  await page.getByText("This stands in the history").waitFor();
}
lap(`${others.length} more schools`);

await page.goto(`${site}/do/import.preview`);
await page.setInputFiles("[type=file]", staff);
await page.getByText("It stands below").waitFor();
await send(page);
await page.getByText("nobody is changed yet").waitFor();
await shot(page, "import");
lap("the list of staff is shown");
await page.getByRole("link", { name: "Carry out the import" }).click();
await send(page);
await page.getByText("carried out", { exact: true }).waitFor();
lap("and carried out");

await page.goto(`${site}/do/person.list`);
await shot(page, "people");
await page.locator(".hr-office__list th a").first().click();
const person = /person=(\w+)/.exec(page.url())[1];
await page.goto(`${site}/do/role.give?person=${person}`);
await fill(page, { role: "headteacher" });
await page.locator("#school").selectOption({ label: first[1] });
await send(page);
await page.getByText("This stands in the history").waitFor();
await page.goto(`${site}/do/account.invite?person=${person}`);
await send(page);
const link = (await page.getByText("/link/").textContent()).match(/\S*(\/link\/\S+)/)[1];
lap("the head has the role, and is invited");

const phone = await (await browser.newContext({ viewport: PHONE, reducedMotion: "reduce" })).newPage();
await phone.goto(site + link);
await phone.getByLabel("Choose a password").fill(HEAD_PASSWORD);
await phone.locator("main form button[type=submit]").last().click();
await phone.waitForURL("**/desk");
await shot(phone, "head-phone");
lap("the head is signed in, on a phone");

await phone.goto(`${site}/desk/may-i`);
await shot(phone, "may-i-phone");
await page.goto(`${site}/do/ledger.list`);
await shot(page, "history");
console.log(`${"all".padEnd(44)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s`);
await browser.close();
