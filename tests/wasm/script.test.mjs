/**
 * script.test.mjs - the pure parts of web/assets/handrail.js: the text of a form, addresses, days,
 * titles. tests/run_browser_slow.py drives the whole script in a browser.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  FORM_BYTES_MAX, dayNumber, entriesText, hashText, headingText, interviewAddress, titleText,
} from "./support.mjs";

test("the text of a form is what a browser posts", () => {
  const cases = [
    [[], ""],
    [[["act", "accept-contact"]], "act=accept-contact"],
    [[["f.is", "pupil"], ["f.is", "friend?"], ["go", "on"]], "f.is=pupil&f.is=friend%3F&go=on"],
    [[["label.1", "my niece & co"]], "label.1=my+niece+%26+co"],
    [[["t", "a\nb\rc\r\nd\n\r"]], "t=a%0D%0Ab%0D%0Ac%0D%0Ad%0D%0A%0D%0A"],
    [[["t", "é \u{1F600} ~!'()*-._+=%"]],
      "t=%C3%A9+%F0%9F%98%80+%7E%21%27%28%29*-._%2B%3D%25"],
    [[["t", "\ud800"]], "t=%EF%BF%BD"],
    [[["", ""]], "="],
    [[["file", { name: "a b.txt" }]], "file=a+b.txt"],
  ];
  for (const [entries, expected] of cases) {
    assert.equal(entriesText(entries), expected);
  }
});

test("an anchor is no form, and a form has a largest size", () => {
  assert.equal(hashText(""), null);
  assert.equal(hashText("#"), null);
  assert.equal(hashText("#main"), null);
  assert.equal(hashText("#act=accept-contact&f.is=pupil"), "act=accept-contact&f.is=pupil");
  assert.equal(hashText(`#a=${"x".repeat(FORM_BYTES_MAX - 2)}`)?.length, FORM_BYTES_MAX);
  assert.equal(hashText(`#a=${"x".repeat(FORM_BYTES_MAX - 1)}`), null);
});

test("the day is that of the person, at every hour", () => {
  for (const [hour, minute] of [[0, 0], [0, 59], [12, 0], [23, 59]]) {
    assert.equal(dayNumber(new Date(1970, 0, 1, hour, minute)), 0);
    assert.equal(dayNumber(new Date(2026, 10, 20, hour, minute)), 20777);
    assert.equal(dayNumber(new Date(2026, 2, 29, hour, minute)), 20541); // clocks go forward
  }
});

test("an address says which policy, and nothing else", () => {
  assert.equal(interviewAddress("reach2"), "/may-i?policy=reach2");
  assert.equal(interviewAddress("a&b#c"), "/may-i?policy=a%26b%23c");
});

test("the title is the heading and the site's name", () => {
  assert.equal(titleText("May I? – Handrail", "Who is it?", false), "Who is it? – Handrail");
  assert.equal(titleText("A – B – Handrail", "No", true), "Error: No – Handrail");
  assert.equal(titleText(titleText("x – Handrail", "One", true), "Two", false), "Two – Handrail");
  assert.equal(headingText("Error: A – B – Handrail"), "A – B");
  assert.equal(headingText("Handrail"), "");
});
