/**
 * interviews.mjs - thirty interviews from the examples of the packs, for the two suites
 * interviews_script.test.mjs and interviews_plain.test.mjs.
 *
 * Read first: support.mjs. Start at chosen() and interviewHold().
 *
 * What must hold at the end of each: the verdict and the clauses of the page are those of
 * `handrail decide` for what was said; and where the page asked for no more than the example's own
 * answers and presumed the same, the verdict is the one of the whole example.
 */
import assert from "node:assert/strict";

import {
  TURNS_MAX, act, citedOf, decide, examplesOf, isSayable, packNames, randomNew, reply, saidNew,
  seed, verdictOf,
} from "./support.mjs";

const INTERVIEWS_A_PACK = 6;

/** What an interview of this example shows that others may not: verdict, act, people, approvals. */
function kindsOf({ question, answer }) {
  const people = question.others.length;
  const hasConsent = question.others.some(({ consent = "none" }) => consent !== "none");
  return [
    `verdict ${answer.verdict}`, `act ${question.act}`, `people ${Math.min(people, 2)}`,
    ...(question.approvals.length > 0 ? ["approval"] : []), ...(hasConsent ? ["consent"] : []),
    ...answer.clauses.filter(({ law }) => law).slice(0, 1).map(() => "law"),
  ];
}

/** Six examples of each pack, which differ as much as can be. */
export function chosen() {
  const random = randomNew(seed);
  const counts = new Map();
  return packNames.flatMap((pack) => {
    const left = examplesOf(pack).filter(isSayable);
    return Array.from({ length: INTERVIEWS_A_PACK }, () => {
      const worth = (example) => kindsOf(example)
        .reduce((sum, kind) => sum + 1 / (1 + (counts.get(kind) ?? 0)) ** 2, 0);
      const tried = Array.from({ length: 60 }, () => left[random(left.length)]);
      const best = tried.reduce((one, other) => (worth(other) > worth(one) ? other : one));
      kindsOf(best).forEach((kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1));
      left.splice(left.indexOf(best), 1);
      return best;
    });
  });
}

export const nameOf = ({ pack, question, answer }, i) =>
  `${i + 1}. ${pack}: ${question.act}, ${answer.verdict}`;

/** Answers each page until the answer; gives what was said, and the page. */
export async function interviewHold(page, example, each = () => {}) {
  const said = saidNew(example);
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const html = await page.content();
    const done = reply(html, example, said);
    if (done === null) {
      return { html, said, turns: turn };
    }
    await act(page, done);
    await each();
  }
  throw new Error(`no answer after ${TURNS_MAX} turns`);
}

/** Every clause that an answer names anywhere. */
const clausesOf = (answer) =>
  [...JSON.stringify(answer).matchAll(/"clause":"([^"]+)"/g)].map(([, key]) => key);

/** The clauses without which the answer would not be the one that it is. */
function clausesNeeded({ clauses, duties, approvals, ask }) {
  return [...clauses.filter(({ decides }) => decides), ...duties, ...approvals, ...ask]
    .map(({ clause }) => clause);
}

const presumedOf = ({ presumed }) => presumed.map(({ fact, person, value }) =>
  `${fact} ${person} ${value}`).sort().join("; ");

/**
 * True when each answer that was asked for is the example's own. One that the page does not offer may
 * stand for another that it does ("at lunch" for "in working hours"), which nobody here works out.
 */
function isWhole(question, said) {
  const groups = [[question.facts, said.facts],
    ...(said.others ?? []).map((other, i) => [question.others[i], other])];
  const listOf = (fact) => JSON.stringify(fact?.is ?? fact);
  return groups.every(([given, kept]) =>
    Object.keys(kept).every((name) => listOf(given[name]) === listOf(kept[name])));
}

export function assertSame(html, example, said) {
  const native = decide(example.pack, said);
  const what = JSON.stringify(said);
  assert.equal(verdictOf(html), native.verdict, what);
  const cited = citedOf(html);
  const named = new Set(clausesOf(native));
  assert.deepEqual(cited.filter((key) => !named.has(key)), [], `cited without reason: ${what}`);
  assert.deepEqual(clausesNeeded(native).filter((key) => !cited.includes(key)), [],
    `not cited: ${what}`);
  if (presumedOf(native) === presumedOf(example.answer) && isWhole(example.question, said)) {
    assert.equal(native.verdict, example.answer.verdict, `the whole example: ${what}`);
    return true;
  }
  return false;
}
