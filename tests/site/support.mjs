/**
 * support.mjs - what the suites of this folder share: the site under test, a browser, examples of
 * the packs, and a person who answers the questions of an interview from one of them.
 *
 * Read first: tests/site/run.py, which sets
 *   HANDRAIL_SITE      where `handrail serve` listens, such as http://127.0.0.1:8420
 *   HANDRAIL_PROGRAM   the program itself, for `handrail decide`
 *   HANDRAIL_RECORD    the folder that tests/wasm/record.c has filled: questions and native answers
 * HANDRAIL_SEED repeats a failure. Start at reply().
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import path from "node:path";

const modules = new URL("../../web/node_modules/", import.meta.url);
const { chromium } = await import(new URL("playwright-core/index.mjs", modules));

const { HANDRAIL_SITE = "", HANDRAIL_PROGRAM = "", HANDRAIL_RECORD = "" } = process.env;
const ROOT = new URL("../../", import.meta.url).pathname;

export const site = HANDRAIL_SITE.replace(/\/$/, "");
export const packNames = ["athelstan", "chancery", "chiltern", "mandeville", "reach2"];
export const seed = Number(process.env.HANDRAIL_SEED ?? 20261120);

/** How many turns an interview may have. */
export const TURNS_MAX = 60;

export const axeSource = readFileSync(new URL("axe-core/axe.min.js", modules), "utf8");

export function browserOpen() {
  return chromium.launch({
    executablePath: process.env.HANDRAIL_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking"],
  });
}

/** Numbers that look random, the same for the same seed (mulberry32). */
export function randomNew(from) {
  let state = from >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/* ---- Examples -------------------------------------------------------------------------------- */

/** Every example of a pack in full, with the native answer: {pack, question, answer}. */
export function examplesOf(pack) {
  const bytes = readFileSync(path.join(HANDRAIL_RECORD, `${pack}.answers`));
  const examples = [];
  for (let at = 0; at < bytes.length;) {
    const from = at + 8;
    const middle = from + bytes.readUInt32LE(at);
    const end = middle + bytes.readUInt32LE(at + 4);
    const question = JSON.parse(bytes.subarray(from, middle));
    if (!question.brief) {
      examples.push({ pack, question, answer: JSON.parse(bytes.subarray(middle, end)) });
    }
    at = end;
  }
  assert.ok(examples.length > 100, `${pack}: ${examples.length} examples`);
  return examples;
}

/** What the pages have no field for: another day, and things that are known in part. */
export function isSayable({ question }) {
  const facts = [question.facts, ...question.others].flatMap((group) => Object.values(group));
  const isPart = (fact) => fact !== null && typeof fact === "object" &&
    ((fact.unknown ?? []).length > 0 || (fact.either ?? []).length > 0);
  const isDated = ({ from, until, platform, clause, by }) =>
    from !== undefined || until !== undefined || platform !== undefined ||
    clause === undefined || by === undefined;
  return question.as_of === undefined && !facts.some(isPart) &&
    !question.approvals.some(isDated);
}

/** The answer of `handrail decide` to what was said. */
export function decide(pack, question) {
  const said = execFileSync(HANDRAIL_PROGRAM, ["decide", path.join(ROOT, "policies", pack)],
    { input: JSON.stringify(question) });
  return JSON.parse(said.toString());
}

/* ---- A page's form --------------------------------------------------------------------------- */

const REFERENCES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

function textOf(escaped) {
  return escaped.replace(/&(#x?[0-9a-fA-F]+|[a-z]+);/g, (whole, name) => {
    if (!name.startsWith("#")) {
      return REFERENCES[name] ?? whole;
    }
    const isHex = name[1] === "x";
    return String.fromCodePoint(parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}

function attributesOf(tag) {
  const found = {};
  for (const [, name, value] of tag.matchAll(/([a-z-]+)(?:="([^"]*)")?(?=[\s>/])/g)) {
    found[name] = textOf(value ?? "");
  }
  return found;
}

/** What the form of an interview holds, in its order. */
export function controlsOf(html) {
  const form = /<form[^>]*data-hr-interview[\s\S]*?<\/form>/.exec(html)?.[0] ?? "";
  const controls = [];
  for (const [tag, kind] of form.matchAll(/<(input|button|select|option)\s[^>]*>/g)) {
    const attributes = attributesOf(tag);
    if (kind === "option") {
      controls.at(-1).options.push(attributes.value);
    } else if (attributes.name) {
      controls.push({ ...attributes, kind: kind === "input" ? attributes.type : kind, options: [] });
    }
  }
  return controls;
}

/** The turn of a page: act, people, names, radios, checkboxes, number, date or answer. */
export function turnOf(html) {
  const controls = controlsOf(html);
  const asked = controls.find(({ name }) => name === "asked")?.value;
  if (asked === undefined) {
    return /class="hr-verdict /.test(html) ? "answer" : "none";
  }
  if (!asked.startsWith("f.")) {
    return asked;
  }
  const fields = controls.filter(({ name, kind }) =>
    kind !== "hidden" && (name === asked || name.startsWith(`${asked}.`)));
  const [first] = fields;
  return { radio: "radios", checkbox: "checkboxes" }[first.kind] ??
    (fields.length === 3 ? "date" : "number");
}

/** The verdict that an answer shows. */
export const verdictOf = (html) => /class="hr-verdict hr-verdict--([a-z-]+)"/.exec(html)?.[1];

/** The clauses that an answer links to among its reasons. */
export function citedOf(html) {
  const links = html.matchAll(/<a class="hr-cite" href="\/policy\/[^/"]+\/clause\/([^"]+)"/g);
  return [...new Set([...links].map(([, key]) => textOf(key)))].sort();
}

/* ---- A person who answers -------------------------------------------------------------------- */

/** The fact of a field such as "f.2.other.age": {group, name} in a question. */
function factPlace(question, field) {
  const [, person, fact] = /^f\.(?:(\d+)\.)?(.*)$/.exec(field);
  const group = person === undefined ? question.facts : question.others[Number(person) - 1];
  const name = person === undefined ? fact : fact === "other" ? "is" : fact.replace(/^other\./, "");
  return { group, name };
}

const button = (name, value) => ({ name, value });

/** What is done to answer one fact: {checks, fills, button}, and what is said by it. */
function factReply(controls, field, given) {
  const of = controls.filter(({ name }) => name === field);
  const go = (value, said, fills = {}, checks = []) =>
    ({ checks, fills, button: button("go", value), said });
  const kind = of.find((one) => one.kind !== "hidden")?.kind ?? "date";
  if (given === "unknown" || given === undefined || (given === null && kind !== "checkbox")) {
    return go("unknown", "unknown");
  }
  if (given === "withheld") {
    return go("withheld", "withheld");
  }
  if (kind === "checkbox") {
    const checked = of.filter(({ value }) => given.is.includes(value));
    const said = { is: checked.map(({ value }) => value) };
    return go("on", said, {}, checked.map(({ id }) => id));
  }
  if (kind === "radio") {
    const word = typeof given === "boolean" ? (given ? "yes" : "no") : given;
    // A value that is not offered can matter no more than any other that is not.
    const chosen = of.find(({ value }) => value === word) ?? of.find(({ value }) => value === "none");
    return go("on", chosen.value === word ? given : "none", {}, [chosen.id]);
  }
  if (kind === "text") {
    return go("on", given, { [field]: String(given) });
  }
  const [year, month, day] = given.split("-").map(Number);
  return go("on", given, {
    [`${field}.day`]: String(day), [`${field}.month`]: String(month), [`${field}.year`]: String(year),
  });
}

/** An approval that the example has and the page offers to take: {had, record, role, person}. */
function approvalOffered(controls, example, said) {
  for (const { name, value } of controls.filter(({ name: one }) => /^h\d+\.clause$/.test(one))) {
    const had = name.slice(0, -".clause".length);
    const roles = controls.find((one) => one.name === `${had}.who`)?.options ?? [];
    const states = controls.find((one) => one.name === `${had}.state`).options;
    if (value === "consent") {
      const person = roles.map(Number).find((number) => {
        const { consent } = example.others[number - 1];
        return states.includes(consent) && said.others[number - 1].consent === undefined;
      });
      if (person !== undefined) {
        return { had, person, who: String(person), state: example.others[person - 1].consent };
      }
      continue;
    }
    const record = example.approvals.find((one) => one.clause === value && roles.includes(one.by) &&
      states.includes(one.state) && !said.approvals.some((old) => old.clause === one.clause));
    if (record) {
      return { had, record, who: record.by, state: record.state };
    }
  }
  return null;
}

function approvalReply(controls, { had, record, who, state, person }, said) {
  const has = (part) => controls.some(({ name }) => name === `${had}.${part}`);
  const checks = [];
  if (record) {
    const kept = { by: who, clause: record.clause, state };
    if (record.reason !== undefined && has("reason")) {
      checks.push(`${had}-reason`);
      kept.reason = record.reason;
    }
    if (record.written && has("writing")) {
      checks.push(`${had}-writing`);
      kept.written = true;
    }
    said.approvals.push(kept);
  } else {
    said.others[person - 1].consent = state;
  }
  return {
    checks, fills: {}, selects: { [`${had}-who`]: who, [`${had}-state`]: state },
    button: button("go", `have ${had}`),
  };
}

/** Nothing said yet of an example. */
export function saidNew({ question }) {
  return { act: question.act, facts: {}, approvals: [], as_of: new Date().toISOString().slice(0, 10) };
}

/**
 * Answers a page from an example: the fields to check, fill and select by id, and the button to
 * press. Notes in `said` what is said by it, as `handrail decide` reads it. Null: it is answered.
 */
export function reply(html, { question }, said) {
  const controls = controlsOf(html);
  const turn = turnOf(html);
  if (turn === "act") {
    return { checks: [], fills: {}, button: button("act", question.act) };
  }
  if (turn === "people") {
    said.others = question.others.map(() => ({}));
    return { checks: [], fills: { people: String(question.others.length) }, button: button("go", "on") };
  }
  if (turn === "names") {
    return { checks: [], fills: { "label.1": "my niece" }, button: button("go", "on") };
  }
  if (turn === "answer") {
    const offered = approvalOffered(controls, question, said);
    return offered ? approvalReply(controls, offered, said) : null;
  }
  assert.notEqual(turn, "none", `no interview: ${html.slice(0, 300)}`);
  const field = controls.find(({ name }) => name === "asked").value;
  const given = factPlace(question, field);
  const done = factReply(controls, field, given.group[given.name]);
  const place = factPlace(said, field);
  place.group[place.name] = done.said;
  return done;
}

/** The text of the form that a browser posts after a reply. */
export function replyText(html, done) {
  const entries = [];
  for (const { kind, name, value = "", id, options, checked } of controlsOf(html)) {
    if (kind === "hidden") {
      entries.push([name, value]);
    } else if (kind === "select") {
      entries.push([name, done.selects?.[id] ?? options[0]]);
    } else if (kind === "text" || kind === "search") {
      entries.push([name, done.fills[id] ?? value]);
    } else if ((kind === "radio" || kind === "checkbox") &&
        (done.checks.includes(id) || (checked !== undefined && done.checks.length === 0))) {
      entries.push([name, value]);
    }
  }
  entries.push([done.button.name, done.button.value]);
  return new URLSearchParams(entries).toString();
}

/** The page that the server gives for a form. */
export async function posted(text) {
  const answer = await fetch(`${site}/may-i`, {
    method: "POST", body: text, headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  assert.equal(answer.status, 200, text);
  return answer.text();
}

/** A whole interview without a browser: each turn as {turn, form, html}. */
export async function walked(example) {
  const said = saidNew(example);
  let form = `policy=${example.pack}`;
  const turns = [];
  for (let i = 0; i < TURNS_MAX; i += 1) {
    const html = await posted(form);
    turns.push({ turn: turnOf(html), form, html });
    const done = reply(html, example, said);
    if (done === null) {
      return { turns, said };
    }
    form = replyText(html, done);
  }
  throw new Error(`no answer after ${TURNS_MAX} turns: ${form}`);
}

/* ---- In the browser -------------------------------------------------------------------------- */

/** Does to the page what a reply says. */
export async function act(page, done) {
  const isAct = done.button.name === "act";
  const pressed = page.locator(
    `button[name="${done.button.name}"][value="${done.button.value}"]:not(.hr-default)`).first();
  for (const id of done.checks) {
    const box = page.locator(`[id="${id}"]`);
    await openAround(box);
    await page.locator(`label[for="${id}"]`).click();
    assert.ok(await box.isChecked(), `${id} is not checked`);
  }
  for (const [id, text] of Object.entries(done.fills)) {
    await page.locator(`[id="${id}"]`).fill(text);
  }
  for (const [id, value] of Object.entries(done.selects ?? {})) {
    const list = page.locator(`[id="${id}"]`);
    await openAround(list);
    if (await list.count() > 0) {
      await list.selectOption(value);
    }
  }
  if (isAct) {
    await openAround(pressed);
  }
  await turned(page, () => pressed.click());
}

/** Opens the part that an element is folded into, as a person would. */
async function openAround(element) {
  const folded = element.locator("xpath=ancestor::details[not(@open)]/summary");
  if (await folded.count() > 0) {
    await folded.first().click();
  }
}

/** Waits for what the page shows after something was pressed, be it the same again. */
export async function turned(page, press) {
  const isScripted = await page.evaluate(() => history.state !== null);
  if (!isScripted) {
    // With its style: what is pressed while that comes moves away between down and up.
    await Promise.all([page.waitForEvent("load"), press()]);
    return;
  }
  await page.evaluate(() => {
    document.querySelector("[data-hr-core]").firstElementChild.setAttribute("data-old", "");
  });
  await press();
  await page.waitForFunction(() =>
    !document.querySelector("[data-hr-core]").firstElementChild.hasAttribute("data-old"));
}

/** Opens an interview and waits until the script has taken it over, where there is one. */
export async function begin(page, pack, origin = site, hash = "") {
  await page.goto(`${origin}/may-i?policy=${pack}${hash}`);
  if (page.isScripted !== false) {
    await page.waitForFunction(() => history.state !== null);
  }
}

/* ---- On the wire ----------------------------------------------------------------------------- */

/** A relay before the site that notes every byte a browser sends. */
export class Wire {
  /** @type {Buffer[][]} */ #sent = [];
  #server;

  async open() {
    const { hostname, port } = new URL(site);
    this.#server = createServer((client) => {
      const sent = [];
      this.#sent.push(sent);
      const server = connect(Number(port), hostname);
      client.on("data", (bytes) => { sent.push(bytes); server.write(bytes); });
      client.on("end", () => server.end());
      server.pipe(client);
      for (const [one, other] of [[client, server], [server, client]]) {
        one.on("error", () => other.destroy());
        one.on("close", () => other.destroy());
      }
    });
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
  }

  async close() {
    await new Promise((resolve) => { this.#server.close(resolve); });
  }

  /** All that was sent so far, as one text for each connection. */
  texts() {
    return this.#sent.map((parts) => Buffer.concat(parts).toString("latin1"));
  }

  /** Each request so far: {line, headers, rest}; fails at bytes that are no request without a body. */
  requests() {
    return this.texts().flatMap((text) => {
      const parts = text.split("\r\n\r\n");
      assert.equal(parts.pop(), "", "a request that is not whole, or bytes after it");
      return parts.map((part) => {
        const [line, ...lines] = part.split("\r\n");
        const headers = lines.map((header) => {
          const [, name, value] = /^([^:]+): ?(.*)$/.exec(header);
          return [name.toLowerCase(), value];
        });
        return { line, headers };
      });
    });
  }
}
