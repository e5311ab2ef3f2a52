/**
 * walk.mjs - random interviews: fills the form of a page as a person might, or as one who means
 * harm, and goes on with what it would send.
 *
 * Start at walk(). It reads our own templates' HTML and no other.
 */
import { entriesText } from "./support.mjs";

const HOSTILE = [
  "", " ", "0", "1", "2", "32", "33", "-1", "17", "99999999999999999999", "2026-11-20",
  '"><script>alert(1)</script>', "' onfocus='x", "&lt;b&gt;&#0;", "\u0000", "\u202e\u0301",
  "{{name}}", "Ünïcödé \ud83d\ude00", "\ud800", "a\r\nb\nc\rd", "x".repeat(300), "%00%zz+&=;",
  "</main></form>",
];
const WORDS = ["photo", "post", "a friend of mine", "message pupil", "accept", "video", "my niece"];

/** Numbers that look random, the same for the same seed (mulberry32). */
export function randomNew(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const REFERENCES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function textOf(escaped) {
  return escaped.replace(/&(#x?[0-9a-fA-F]+|[a-z]+);/g, (whole, name) => {
    if (!name.startsWith("#")) {
      return REFERENCES[name] ?? whole;
    }
    const isHex = name[1] === "x";
    return String.fromCodePoint(parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}

/** The attributes of a start tag. */
function attributesOf(tag) {
  const found = {};
  for (const [, name, value] of tag.matchAll(/([a-z-]+)(?:="([^"]*)")?(?=[\s>/])/g)) {
    found[name] = textOf(value ?? "");
  }
  return found;
}

/** What a page's form holds, in its order. */
export function controlsOf(html) {
  const controls = [];
  for (const [tag, kind] of html.matchAll(/<(input|button|select|option)\s[^>]*>/g)) {
    const attributes = attributesOf(tag);
    if (kind === "option") {
      controls.at(-1).options.push(attributes.value);
    } else if (attributes.name) {
      const sort = kind === "input" ? attributes.type : kind;
      controls.push({ ...attributes, kind: sort, options: [] });
    }
  }
  return controls;
}

/** Answers a page: the text of the form that is sent next. */
export function fill(html, random) {
  const pick = (list) => list[random(list.length)];
  const controls = controlsOf(html);
  const entries = [];
  const radios = new Set();
  for (const control of controls) {
    const { kind, name, value = "" } = control;
    if (kind === "hidden" || (kind === "checkbox" && random(4) === 0)) {
      entries.push([name, value]);
    } else if (kind === "radio" && !radios.has(name) && random(8) !== 0) {
      radios.add(name);
      const others = controls.filter((one) => one.kind === "radio" && one.name === name);
      entries.push([name, pick(others).value]);
    } else if (kind === "select") {
      entries.push([name, pick(control.options)]);
    } else if (kind === "text" || kind === "search") {
      entries.push([name, pick(random(3) === 0 ? HOSTILE : WORDS)]);
    }
  }
  const buttons = controls.filter((one) => one.kind === "button" && one.type === "submit");
  const usual = buttons.filter((one) => one.name === "act" || /^(on|find|have.*)$/.test(one.value));
  const button = pick(random(4) === 0 || usual.length === 0 ? buttons : usual);
  return entriesText([...entries, ...(button ? [[button.name, button.value]] : [])]);
}

const SPOILS = [
  "&", "=", "%", "%00", "+", "f.other=pupil&", "people=99&", "go=change+f.", "was=%26", "\u0000",
];

/** Something that no browser would send. */
function spoil(text, random) {
  const at = random(text.length + 1);
  const spoiled = random(3) === 0 ? "" : SPOILS[random(SPOILS.length)] + text.slice(at);
  return text.slice(0, at) + spoiled;
}

/**
 * Forms as one person after another sends them: `count` of them, each answered by page(form).
 * @param {(form: string) => string} page
 */
export function walk(page, seed, count) {
  const random = randomNew(seed);
  const forms = [];
  let form = "";
  while (forms.length < count) {
    forms.push(form);
    const html = page(form);
    form = random(40) === 0 ? "" : fill(html, random);
    if (random(25) === 0) {
      form = spoil(form, random);
    }
  }
  return forms;
}
