/**
 * kinds.mjs - a page of each kind, for pages.test.mjs.
 *
 * A kind is {name, address} or, of an interview, {name, pack, form}: the form is posted without the
 * script, and stands behind the "#" of a link with it. The forms are found by holding interviews
 * from examples of the packs, so what is looked at changes with the policies. {address, post} is the
 * answer to another form; {address, prepare} is a page to which a person does something, where there
 * is the script for it. Start at kindsFind().
 */
import assert from "node:assert/strict";

import { DRAFT, HARMLESS, SCHOOL, chooseRoll, openSchool, summaryWait, write } from "./check.mjs";
import { chosen } from "./interviews.mjs";
import { controlsOf, examplesOf, isSayable, packNames, verdictOf, walked } from "./support.mjs";

export const VERDICTS = [
  "allowed", "allowed-with-duties", "caution", "ask-first", "needs-approval", "required",
  "forbidden", "undetermined", "not-covered",
];

const POLICY = "chiltern";
const CLAUSE = "/policy/reach2/clause/RE-16";

const DOCUMENTS = [
  ["home", "/"], ["policies", "/policies"], ["choose a policy", "/may-i"],
  ["choose a policy, unknown", "/may-i?policy=nobody"],
  ["policy", `/policy/${POLICY}`], ["law", "/policy/law"], ["clause", CLAUSE],
  ["coverage", `/policy/${POLICY}/coverage`],
  ["search", "/search"], ["search, found", "/search?q=photo"], ["search, nothing", "/search?q=zyzzyva"],
  ["compare, choose", "/compare"], ["compare", "/compare?a=athelstan&b=chiltern"],
  ["compare, the same", "/compare?a=athelstan&b=athelstan"],
  ["compare, unknown", "/compare?a=athelstan&b=nobody"],
  ["about", "/about"], ["accessibility", "/accessibility"],
  ["not found", "/nothing-here"], ["no such policy", "/policy/reach"],
  ["no such clause", "/policy/reach2/clause/RE-999"],
].map(([name, address]) => ({ name, address }));

/* ---- Drafts ---------------------------------------------------------------------------------- */

/** Finds things in a draft, with a roll. */
async function found(page) {
  await chooseRoll(page);
  await page.fill("#school", SCHOOL);
  await write(page, DRAFT);
}

/** The same with everything unfolded. */
async function unfolded(page) {
  await found(page);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) =>
    one.toggleAttribute("open", true)));
}

async function kept(page) {
  await unfolded(page);
  await page.click("[data-hr-keep] >> nth=0");
  await page.locator("[data-hr-kept]").waitFor();
}

/** Shows one of the messages that are hidden at first; check.test.mjs sees when they come. */
const shown = (selector) => async (page) => {
  await summaryWait(page, /^$/);
  await page.evaluate((one) => {
    document.querySelector(one).toggleAttribute("hidden", false);
    document.querySelector("[data-hr-results]").replaceChildren();
  }, selector);
};

const rollWith = (text) => ({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

const CHECK = "/check?policy=reach2";
const CHECKS = [
  ["check, choose", "/check"], ["check, unknown", "/check?policy=nobody"],
  ["check, empty", CHECK, (page) => summaryWait(page, /^$/)],
  ["check, nothing found", CHECK, (page) => write(page, HARMLESS)],
  ["check, too long", CHECK, (page) => write(page, "word ".repeat(9000))],
  ["check, found", CHECK, found], ["check, unfolded", CHECK, unfolded],
  ["check, found, another policy", "/check?policy=mandeville", found],
  ["check, kept", CHECK, kept],
  ["check, failed", CHECK, shown("[data-hr-failed]")], ["check, fault", CHECK, shown("[data-hr-fault]")],
  ["check, a roll with mistakes", CHECK, async (page) => {
    await chooseRoll(page, rollWith("kind,name\npupil,Zofia Nowak\nwhale,Moby Dick\n"));
  }],
  ["check, no roll", CHECK, async (page) => {
    await openSchool(page);
    await chooseRoll(page, rollWith("nothing"));
  }],
].map(([name, address, prepare]) => ({ name, address, prepare }));

const posted = (fields) => new URLSearchParams({ policy: "reach2", ...fields }).toString();
const SENT = [
  ["official", "/check/official"], ["incoming", "/check/incoming"],
  ["official, found", "/check/official", posted({ text: DRAFT, school: SCHOOL })],
  ["official, nothing found", "/check/official", posted({ text: HARMLESS })],
  ["official, wrong", "/check/official", "text=&policy=nobody"],
  ["official, too long", "/check/official", posted({ text: "word ".repeat(9000) })],
  ["incoming, found", "/check/incoming", posted({
    text: "My son came home with bruises and says that a teacher hit him. Ring me on 07700 900143. " +
      "And please send me all the data that you hold about him." })],
  ["incoming, nothing found", "/check/incoming", posted({ text: "What a sunny afternoon you had." })],
  ["incoming, wrong", "/check/incoming", "text=+"],
].map(([name, address, post]) => ({ name, address, post }));

/* ---- Interviews ------------------------------------------------------------------------------ */

/** The state alone of a turn, and what comes to it. */
function formWith(html, extra) {
  const entries = controlsOf(html).filter(({ kind }) => kind === "hidden")
    .map(({ name, value }) => [name, value]);
  return new URLSearchParams([...entries, ...Object.entries(extra)]).toString();
}

/** What is wrong at a turn, where anything can be. */
function wrongAt({ turn, html }) {
  const field = controlsOf(html).find(({ name }) => name === "asked")?.value;
  const wrong = {
    act: { go: "on", find: "" }, people: { go: "on", people: "many" }, radios: { go: "on" },
    number: { go: "on", [field]: "old" },
    date: { go: "on", [`${field}.day`]: "31", [`${field}.month`]: "2", [`${field}.year`]: "2026" },
    names: { go: "on", "label.1": "x".repeat(81) },
  }[turn];
  return wrong && formWith(html, wrong);
}

/** Notes the first page of each kind that turns show. */
function note(kinds, pack, turns) {
  for (const turn of turns) {
    const name = turn.turn === "answer" ? `answer, ${verdictOf(turn.html)}` : turn.turn;
    const wrong = wrongAt(turn);
    if (!kinds.has(name)) {
      kinds.set(name, { name, pack, form: turn.form });
      if (wrong) {
        kinds.set(`${name}, wrong`, { name: `${name}, wrong`, pack, form: wrong, isWrong: true });
      }
    }
    // Of answers the one with most to read.
    if (turn.turn === "answer" && turn.html.length > (kinds.get(name).length ?? 0)) {
      kinds.set(name, { name, pack, form: turn.form, length: turn.html.length });
    }
  }
}

/** The kinds that no example leads to: by hand. */
function madeByHand() {
  const pack = "reach2";
  const date = "policy=reach2&act=post&f.posted-on=2026-01-05";
  const people = "policy=reach2&act=accept-contact&people=2&named=yes&label.1=my+niece&label.2=a+parent";
  return [
    { name: "act, found", pack, form: "policy=reach2&asked=act&go=find&find=photo" },
    { name: "act, nothing found", pack, form: "policy=reach2&asked=act&go=find&find=zyzzyva" },
    { name: "change of a date", pack, form: `${date}&go=change+f.posted-on` },
    { name: "change of a list", pack, form: "policy=reach2&act=post&f.person=teacher&go=change+f.person" },
    { name: "link of another version", pack, form: "policy=reach2&act=post&f.gone=yes&f.person=teacher" },
    { name: "of one of several people", pack, form: `${people}&f.person=teacher&f.account=personal` },
    {
      name: "date, wrong", pack, isWrong: true,
      form: "policy=reach2&act=post&asked=f.posted-on&f.posted-on.day=31&f.posted-on.month=2" +
        "&f.posted-on.year=2026&go=on",
    },
  ];
}

/** One page of each kind. */
export async function kindsFind() {
  const kinds = new Map();
  const several = packNames.flatMap((pack) => examplesOf(pack)
    .filter((example) => isSayable(example) && example.question.others.length > 1).slice(0, 1));
  const numbers = examplesOf("reach2").filter(({ question }) =>
    question.others.some(({ age }) => typeof age === "number")).filter(isSayable).slice(0, 3);
  for (const example of [...chosen(), ...several, ...numbers]) {
    const { turns } = await walked(example);
    note(kinds, example.pack, turns);
    if (example.question.others.length > 1 && !kinds.has("answer of several people")) {
      const { form } = turns.at(-1);
      kinds.set("answer of several people",
        { name: "answer of several people", pack: example.pack, form });
    }
  }
  const all = [...DOCUMENTS, ...CHECKS, ...SENT, ...kinds.values(), ...madeByHand()];
  const names = new Set(all.map(({ name }) => name));
  const wanted = ["act", "people", "names", "radios", "checkboxes", "number", "radios, wrong",
    "number, wrong", "people, wrong", "answer of several people",
    ...VERDICTS.map((verdict) => `answer, ${verdict}`)];
  assert.deepEqual(wanted.filter((name) => !names.has(name)), [], "no example leads to these");
  return all;
}
