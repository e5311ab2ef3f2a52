/**
 * policy.js - the page of a policy: search as somebody types, and print.
 *
 * The page says where things are (web/templates/policy.html):
 *
 *   <div data-hr-find-in>           holds the clauses, each an <article class="hr-clause">
 *     <section data-hr-part>        around the clauses below one heading
 *     <form data-hr-find>           its first search field is watched
 *       <p data-hr-found>           says how many clauses are left, politely
 *     <button hidden data-hr-print>
 *
 * Without this script the form asks the server. With it nothing that is typed is sent.
 * What must hold: with an empty field the page is as it came. A clause is found when each word that
 * was typed begins one of its words, as src/web/search.c does.
 */

/** How long to wait for the next letter. */
const PAUSE_MILLISECONDS = 120;
const WORDS_MAX = 8;
/** Marks are drawn by the browser without touching the page, where it can do that. */
const HIGHLIGHT = "hr-found";

/**
 * @param {string} text
 * @returns {string}
 */
const small = (text) => text.toLowerCase().replace(/\s+/g, " ");

/**
 * The words that are looked for, each as a pattern that matches where a word begins.
 * @param {string} query
 * @returns {RegExp[]}
 */
export function queryPatterns(query) {
  const words = small(query).match(/[\p{L}\p{N}](?:[\p{L}\p{N}]|[.-](?=[\p{L}\p{N}]))*/gu) ?? [];
  return words
    .map((word) => (word.length >= 4 && word.endsWith("s") ? word.slice(0, -1) : word))
    .filter((word) => word.length > 1 || /\d/.test(word))
    .slice(0, WORDS_MAX)
    .map((word) => new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.-]/g, "\\$&")}`, "giu"));
}

/**
 * What is searched of a clause, its own words: not rules and examples, which repeat them.
 * @param {Element} clause
 */
const ownParts = (clause) =>
  [...clause.querySelectorAll(".hr-clause__title, .hr-clause__place, .hr-clause__text, .hr-note")];

/**
 * @param {Element} clause
 * @param {RegExp[]} patterns
 * @returns {boolean}
 */
function hasAll(clause, patterns) {
  const text = small(ownParts(clause).map((part) => part.textContent).join(" "));
  return patterns.every((pattern) => text.search(pattern) >= 0);
}

/**
 * Every place of a pattern in the text below an element.
 * @param {Element} element
 * @param {RegExp[]} patterns
 * @returns {Range[]}
 */
function places(element, patterns) {
  const ranges = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const pattern of patterns) {
      for (const found of (node.nodeValue ?? "").matchAll(pattern)) {
        const range = new Range();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        ranges.push(range);
      }
    }
  }
  return ranges;
}

/**
 * Shows the clauses that hold all of the words, and the parts and links that lead to them.
 * @param {Element} place
 * @param {RegExp[]} patterns
 * @returns {number} how many clauses are shown
 */
function filter(place, patterns) {
  let count = 0;
  const ranges = [];
  for (const section of place.querySelectorAll("[data-hr-part]")) {
    let inSection = 0;
    for (const clause of section.querySelectorAll(".hr-clause")) {
      const isShown = hasAll(clause, patterns);
      clause.toggleAttribute("hidden", !isShown);
      inSection += isShown ? 1 : 0;
      for (const part of isShown && patterns.length > 0 ? ownParts(clause) : []) {
        ranges.push(...places(part, patterns));
      }
    }
    section.toggleAttribute("hidden", inSection === 0);
    count += inSection;
  }
  for (const link of place.querySelectorAll(".hr-contents__link")) {
    const target = document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
    const shown = target?.closest(".hr-clause, [data-hr-part]");
    link.parentElement?.toggleAttribute("hidden", Boolean(shown?.hasAttribute("hidden")));
  }
  if ("highlights" in CSS) {
    CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
  }
  return count;
}

/**
 * @param {Element} place
 * @param {HTMLFormElement} form
 */
function watch(place, form) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
  const found = /** @type {HTMLElement} */ (form.querySelector("[data-hr-found]"));
  /** @type {number | undefined} */
  let pause;
  const search = () => {
    const patterns = queryPatterns(field.value);
    const count = filter(place, patterns);
    const words = count === 1 ? "1 clause" : `${count || "No"} clauses`;
    found.textContent = patterns.length === 0 ? "" : `${words} of this policy below`;
  };
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = window.setTimeout(search, PAUSE_MILLISECONDS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    search();
  });
  // A link into the page leads to what may be hidden: then all is shown again.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("[hidden]")) {
      field.value = "";
      search();
      target.scrollIntoView();
    }
  });
  if (field.value) {
    search();
  }
}

function start() {
  const place = document.querySelector("[data-hr-find-in]");
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-hr-find]"));
  if (place && form) {
    watch(place, form);
  }
  for (const button of document.querySelectorAll("[data-hr-print]")) {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => window.print());
  }
}

if (typeof document !== "undefined") {
  start();
}
