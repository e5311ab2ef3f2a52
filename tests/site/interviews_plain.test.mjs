/**
 * interviews_plain.test.mjs - thirty interviews without JavaScript: forms post, and the answers are
 * those of `handrail decide`. Read first: interviews.mjs.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertSame, chosen, interviewHold, nameOf } from "./interviews.mjs";
import { begin, browserOpen, citedOf, seed, verdictOf, walked } from "./support.mjs";

let browser;
let whole = 0;

before(async () => { browser = await browserOpen(); });
after(() => browser.close());

const examples = chosen();
for (const [i, example] of examples.entries()) {
  test(`without the script: ${nameOf(example, i)}`, async (t) => {
    t.diagnostic(`seed ${seed}`);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    page.isScripted = false;
    await begin(page, example.pack);
    const { html, said } = await interviewHold(page, example);
    whole += assertSame(html, example, said) ? 1 : 0;
    assert.equal(new URL(page.url()).search, "");
    assert.deepEqual(await context.cookies(), []);
    await context.close();
  });
}

test("most interviews come to the verdict of the whole example", () => {
  assert.ok(whole >= examples.length / 2, `${whole} of ${examples.length}`);
});

test("another verdict, a clause too many and one too few are noticed", async () => {
  const [example] = examples;
  const { turns, said } = await walked(example);
  const { html } = turns.at(-1);
  assertSame(html, example, said);
  const [key] = citedOf(html);
  const wrong = [
    html.replace(`hr-verdict--${verdictOf(html)}"`, 'hr-verdict--required"'),
    html.replaceAll(`/clause/${key}"`, '/clause/XX-99"'),
    html.replaceAll('<a class="hr-cite" href', "<a href"),
  ];
  for (const other of wrong) {
    assert.notEqual(other, html);
    assert.throws(() => assertSame(other, example, said));
  }
});
