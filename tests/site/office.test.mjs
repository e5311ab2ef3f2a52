/**
 * office.test.mjs - the pages of who signs in, in Chromium: on a phone and on a desk, light and
 * dark, by keyboard alone, with the script and without.
 *
 * Read first: faults.mjs. HANDRAIL_SET_UP is the address of a server that keeps things and has not
 * been set up, with its code: tests/site/run.py. The tests follow each other, as days do.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { add, AS_WRITTEN, htmlFaults, pageFaults } from "./faults.mjs";
import { browserOpen } from "./support.mjs";

const SET_UP = process.env.HANDRAIL_SET_UP ?? "";
const office = new URL(SET_UP).origin;
const EMAIL = "anna.with.a.very.long.name.indeed@administration.ashdownvale-learning-trust.example";
const PASSWORD = "quiet lamp under nine hedges";
const TEST_MILLISECONDS_MAX = 120000;
const LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";

let browser, context, page, school, person;
const faults = [];

before(async () => {
  browser = await browserOpen();
  context = await browser.newContext({ serviceWorkers: "block", reducedMotion: "reduce" });
  context.setDefaultTimeout(20000);
  page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`error: ${error}`));
  page.on("console", (line) => line.type() === "error" && !/status of 4\d\d/.test(line.text()) &&
    faults.push(`console: ${line.text()}`));
});
after(() => browser.close());

/** What is wrong with the page that is open. Its script is of no matter: no page has one of its own. */
async function look(how) {
  const found = [];
  add(found, "in the browser", await htmlFaults(await page.content(), AS_WRITTEN));
  await page.setViewportSize({ width: 1280, height: 800 });
  await pageFaults(page, found, how);
  add(found, how, faults.splice(0));
  assert.equal(found.slice(0, 8).join("\n"), "", page.url());
}

/** The HTML as it is sent, with the session's cookie. */
async function lookAtSource(path) {
  const answer = await context.request.get(office + path);
  assert.equal((await htmlFaults(await answer.text())).slice(0, 8).join("\n"), "", path);
}

async function open(path) {
  await page.goto(office + path);
}

/** Fills the fields of the main form by their labels, and sends it. */
async function fill(values, button) {
  const form = page.locator("form.hr-office__form");
  for (const [label, value] of Object.entries(values)) {
    const field = form.getByLabel(label, { exact: true });
    if (await field.evaluate((one) => one.tagName) === "SELECT") {
      await field.selectOption(value);
    } else {
      await field.fill(value);
    }
  }
  await form.getByRole("button", { name: button }).click();
}

test("the set-up, with faults and without", { timeout: TEST_MILLISECONDS_MAX }, async () => {
  await page.goto(SET_UP);
  await look("the set-up");
  await fill({ "Your work e-mail": "nobody" }, "Set Handrail up");
  await look("the set-up with faults");
  assert.match(await page.title(), /^Error: /);
  await fill({
    "Name of the trust": "Ashdown Vale Learning Trust",
    "Address of this site": "handrail.ashdownvale.example",
    "Name of the first school": `Ysgol ${LONG_WORD}`, "Its code": "A1",
    Nation: { label: "Wales" }, "Your full name": `Anna ${LONG_WORD}`, "Your work e-mail": EMAIL,
    "What you are": { index: 1 }, "Your role": { value: "it-manager" }, "A password for you": PASSWORD,
  }, "Set Handrail up");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
});

test("signing in by keyboard alone", { timeout: TEST_MILLISECONDS_MAX }, async () => {
  await open("/sign-in?back=/desk");
  await look("signing in");
  assert.equal(await page.getByLabel("Work e-mail").getAttribute("autocomplete"), "username");
  assert.equal(await page.getByLabel("Password").getAttribute("autocomplete"), "current-password");
  await open("/sign-in?back=/desk");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to main content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(EMAIL);
  await page.keyboard.press("Tab");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("There is a problem").waitFor();
  await look("signing in with a wrong password");
  assert.match(await page.title(), /^Error: /);
  await page.getByRole("link", { name: "The e-mail or the password is not right" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "email");
  assert.equal(await page.getByLabel("Work e-mail").inputValue(), EMAIL);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/desk");
  await look("the desk");
});

test("a form with errors by keyboard alone", { timeout: TEST_MILLISECONDS_MAX }, async () => {
  await open("/do/school.list");
  school = /school=(\w{13})/.exec(await page.content())[1];
  await open(`/do/person.add?school=${school}`);
  await look("a form");
  await open(`/do/person.add?school=${school}`);
  await page.getByLabel("Full name").focus();
  await page.keyboard.press("Enter");
  await page.getByText("There is a problem").waitFor();
  await look("a form with errors");
  const first = page.locator(".govuk-error-summary a").first();
  await first.focus();
  const target = (await first.getAttribute("href")).slice(1);
  await page.keyboard.press("Enter");
  const focused = await page.evaluate(() => document.activeElement?.id);
  assert.equal(focused, target);
  for (const name of ["kind", "name"]) {
    const field = page.locator(`#${name}`);
    const described = (await field.getAttribute("aria-describedby")).split(" ");
    assert.match(await page.locator(`#${described.at(-1)}`).textContent(), /needed/);
  }
  await page.locator("#kind").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type(`Ben ${LONG_WORD}`);
  await page.keyboard.press("Enter");
  await page.getByText("This stands in the history").waitFor();
  await look("what was done");
  person = /person=(\w+)/.exec(page.url())[1];
});

test("pages with everything on them", { timeout: 4 * TEST_MILLISECONDS_MAX }, async () => {
  await open(`/do/role.give?person=${person}`);
  await fill({ Role: { value: "headteacher" }, "For which school": { index: 1 } }, "Give a role");
  await open(`/do/person.change?person=${person}`);
  await fill({ "Work e-mail": `b.${EMAIL}` }, "Change");
  for (const path of [
    `/do/person.see?person=${person}`, `/do/school.see?school=${school}`, "/do/person.list",
    `/do/person.list?school=${school}&named=zzz`, "/do/school.list", "/do/trust.see", "/do/me.see",
    "/do/account.see", "/do/ledger.list", "/do/ledger.see?act=1", "/permissions", "/prove",
    `/do/role.give?person=${person}`, `/do/person.engage?person=${person}`,
    `/do/adjustment.agree?person=${person}`, `/do/person.erase?person=${person}`,
    `/do/school.change?school=${school}`, `/do/school.slot-add?school=${school}`,
    `/do/school.period-add?school=${school}`, "/do/token.make", "/do/account.password", "/do/nothing",
  ]) {
    await lookAtSource(path);
    await open(path);
    await look(path);
  }
});

test("a check begins with what is known of who is signed in", { timeout: TEST_MILLISECONDS_MAX },
  async () => {
    await open(`/do/school.change?school=${school}`);
    await fill({ Policy: { value: "mandeville" } }, "Change");
    await open(`/do/school.word-add?school=${school}`);
    await fill({ "What it is": { value: "abbreviation" }, Words: "YLP" }, "Add");
    await lookAtSource("/desk/check");
    const sent = [];
    page.on("request", (request) => sent.push(request));
    await open("/desk/check");
    await page.getByLabel("Your draft").fill("What a day at YLP, I am tired.");
    await page.getByText(/^\d things? found/).first().waitFor();
    await look("the check of who is signed in");
    const words = sent.map((request) => request.url() + (request.postData() ?? "")).join("\n");
    assert.doesNotMatch(words, /tired|YLP/);
    page.removeAllListeners("request");
  });

test("a list is chosen as a file, as spreadsheets write it", { timeout: TEST_MILLISECONDS_MAX },
  async () => {
    await open("/do/import.preview");
    await look("a form with a file");
    await open("/do/import.preview");
    const windows = Buffer.from("Employee ID;Name\r\n71;Zo\xeb Quillworth\r\n72;Fen Holley\r\n", "latin1");
    await page.getByLabel(/choose the file/).setInputFiles(
      { name: "staff.csv", mimeType: "text/csv", buffer: windows });
    await page.getByText("staff.csv: 3 lines.").waitFor();
    assert.match(await page.locator("#file").inputValue(), /Zo\u00eb Quillworth/);
    assert.equal(await page.locator("#source").inputValue(), "staff.csv");
    await fill({ "School of lines that name none": { index: 1 },
      "What people are whose line does not say it": { index: 1 } }, "Import people");
    await page.getByText("Zo\u00eb Quillworth").first().waitFor();
    await look("a list that is shown");
  });

test("a token and an invitation are shown once, and fit a phone", { timeout: TEST_MILLISECONDS_MAX },
  async () => {
    await open("/do/token.make");
    await fill({ "Which program": "Timetable", "What it may do": "person.list", "Good for how many days": "7" },
      "Let a program");
    await page.getByText("hr_").waitFor();
    await look("a token");
    await open(`/do/account.invite?person=${person}`);
    await fill({}, "Invite");
    await look("an invitation");
    const link = (await page.getByText("/link/").textContent()).trim();
    const guest = await browser.newPage();
    await guest.goto(office + link);
    assert.equal(await guest.getByLabel("Choose a password").getAttribute("autocomplete"), "new-password");
    const own = page;
    page = guest;
    await look("a link");
    page = own;
    await guest.close();
  });

test("what a person chooses from is said in their words", { timeout: TEST_MILLISECONDS_MAX }, async () => {
  await open("/do/person.list");
  assert.equal(await page.locator("#school option").first().textContent(), "All");
  await open("/do/school.add");
  assert.equal(await page.locator("#policy option").first().textContent(), "None");
  await open(`/do/person.add?school=${school}`);
  assert.equal(await page.locator("#email").getAttribute("autocomplete"), "off");
  await open(`/do/role.give?person=${person}`);
  assert.equal(await page.locator("h1").count(), 1);
});

test("it goes without JavaScript, and signing out ends it", { timeout: TEST_MILLISECONDS_MAX }, async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const other = await plain.newPage();
  await other.goto(`${office}/desk`);
  await other.getByLabel("Work e-mail").fill(EMAIL);
  await other.getByLabel("Password").fill(PASSWORD);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.waitForURL("**/desk");
  await other.getByRole("button", { name: "Sign out" }).click();
  await other.goto(`${office}/desk`);
  assert.equal(new URL(other.url()).pathname, "/sign-in");
  await other.goBack();
  assert.doesNotMatch(await other.content(), /You are Anna/);
  await plain.close();
});
