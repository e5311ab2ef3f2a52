/**
 * handrail.js - "May I?" on the device: the interview runs here, and no answer leaves it.
 *
 * Read first: src/wasm/wasm.h, whose functions are called; docs/decisions/0008. Start at start().
 * check.js takes some of it for the page on which drafts are checked.
 *
 *   1. words and forms   pure functions
 *   2. Core              handrail.wasm: packs in, pages and answers out
 *   3. Interview         the element of the page in which forms are answered
 *
 * The page says where things are, on an element around what page_may_i() writes:
 *
 *   <div data-hr-core="/assets/handrail-HASH.wasm" data-hr-pack="/pack/NAME.pack?HASH"
 *        data-hr-worker="/worker.js" data-hr-offline="/offline.json?HASH">     see worker.js
 *     <form method="post" action="/may-i" data-hr-interview>     a form that is answered here
 *       <button hidden data-hr-print>, <button hidden data-hr-copy="ADDRESS">     on an answer
 *
 * What must hold
 * - Without this script every form posts, and the server answers with the same HTML, which the
 *   same C code writes there. This script decides nothing and knows no words of an interview.
 * - A form's text stays in memory and in history.state. It is put into no address, no request and
 *   no storage. A text after "#" in the address, where a person put it, is read and left as it is.
 * - Nothing is sent to the server before the person has read that it will be, and pressed again.
 * - HTML that is put into the page comes from the core, whose templates escape what was typed.
 */

/** The longest text of a form, in bytes: FORM_BYTES_MAX of src/interview/form.h. */
export const FORM_BYTES_MAX = 65536;
/** How long the core and a pack may take to come. */
export const LOAD_MILLISECONDS_MAX = 20000;
/** The interview needs less memory than this. */
export const MEMORY_KEPT_BYTES_MAX = 32 * 1024 * 1024;

const MILLISECONDS_A_DAY = 86400000;
const INTERVIEW_PATH = "/may-i";
/** A title is "Error: Heading – Site"; web/templates/frame.html writes the last two. */
const SITE_MARK = " – ";
const ERROR_MARK = "Error: ";

/* ---- 1. Words and forms ---------------------------------------------------------------------- */

/**
 * The text that a browser would post: application/x-www-form-urlencoded, line ends as CR LF.
 * @param {Iterable<[string, FormDataEntryValue]>} entries
 * @returns {string}
 */
export function entriesText(entries) {
  /** @param {string} text */
  const lines = (text) => text.replace(/\r\n|\r|\n/g, "\r\n");
  const pairs = [];
  for (const [name, value] of entries) {
    pairs.push([lines(name), lines(typeof value === "string" ? value : value.name)]);
  }
  return new URLSearchParams(pairs).toString();
}

/**
 * What a form says, with the button that was pressed.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @returns {string}
 */
export function formText(form, submitter) {
  const data = new FormData(form, submitter);
  const name = submitter?.getAttribute("name");
  // A browser from before 2023 leaves the button out.
  if (name && !data.has(name)) {
    data.append(name, submitter?.getAttribute("value") ?? "");
  }
  return entriesText(data);
}

/**
 * The form's text after "#" of an address. Null when there is none: an anchor has no "=".
 * @param {string} hash
 * @returns {string | null}
 */
export function hashText(hash) {
  const text = hash.startsWith("#") ? hash.slice(1) : hash;
  return text.includes("=") && text.length <= FORM_BYTES_MAX ? text : null;
}

/**
 * The day where the person is, in days since 1970-01-01.
 * @param {Date} now
 * @returns {number}
 */
export function dayNumber(now) {
  const day = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round(day / MILLISECONDS_A_DAY);
}

/**
 * The title of the page once its heading has changed: "What for? – Handrail".
 * @param {string} title the title so far, which ends in the name of the site
 * @param {string} heading
 * @param {boolean} hasErrors
 * @returns {string}
 */
export function titleText(title, heading, hasErrors) {
  const site = title.split(SITE_MARK).pop() ?? "";
  return `${hasErrors ? ERROR_MARK : ""}${heading}${SITE_MARK}${site}`;
}

/**
 * The heading in a title.
 * @param {string} title
 * @returns {string}
 */
export function headingText(title) {
  const words = title.split(SITE_MARK).slice(0, -1).join(SITE_MARK);
  return words.startsWith(ERROR_MARK) ? words.slice(ERROR_MARK.length) : words;
}

/**
 * The address of an interview over a policy, whatever was said in it.
 * @param {string} policy
 * @returns {string}
 */
export function interviewAddress(policy) {
  return `${INTERVIEW_PATH}?policy=${encodeURIComponent(policy)}`;
}

/* ---- 2. The core ----------------------------------------------------------------------------- */

/**
 * The exports of handrail.wasm that are used here: src/wasm/wasm.h. Rooms and packs are addresses.
 * @typedef {object} CoreExports
 * @property {WebAssembly.Memory} memory
 * @property {(bytes: number) => number} wasm_room_open
 * @property {(room: number) => number} wasm_room_at
 * @property {(room: number) => number} wasm_room_bytes
 * @property {(room: number) => void} wasm_room_close
 * @property {(image: number) => number} wasm_pack_open
 * @property {(pack: number) => void} wasm_pack_close
 * @property {(pack: number) => number} wasm_pack_name
 * @property {(pack: number, question: number) => number} wasm_decide
 * @property {(pack: number, form: number, todayDays: number) => number} wasm_page
 * @property {(page: number) => number} wasm_page_title
 * @property {() => number} wasm_fault
 */

/** What was given cannot be used: too large, or no compiled policy. The core goes on. */
export class CoreRefusal extends Error {}

/** The core stopped in the middle. It has begun anew, and its packs are open again. */
export class CoreFault extends Error {}

/**
 * One instance of handrail.wasm after another, and the packs that are open in it. check.js has one
 * with more exports: what it needs of this is protected.
 */
export class Core {
  /** @type {CoreExports} @protected */ exports;
  #module;
  /** The packs: bytes to open them again, and their address in the instance. 0: not open in it.
   * @type {{image: Uint8Array, address: number}[]} */
  #packs = [];

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.#module = module;
    this.exports = this.#instance();
  }

  /**
   * After a call that needed more memory than this, a new instance begins with little again.
   * @protected
   */
  get memoryKeptBytesMax() {
    return MEMORY_KEPT_BYTES_MAX;
  }

  /** The number of bytes of memory that the instance has. */
  get memoryBytes() {
    return this.exports.memory.buffer.byteLength;
  }

  /**
   * Opens a compiled policy and answers its number.
   * @param {Uint8Array} image
   * @returns {number}
   */
  openPack(image) {
    const pack = { image, address: 0 };
    this.call(() => this.#address(pack));
    return this.#packs.push(pack) - 1;
  }

  /**
   * @param {number} pack
   * @returns {string}
   */
  packName(pack) {
    return this.call(() => this.take(this.exports.wasm_pack_name(this.packAt(pack))));
  }

  /**
   * The answer to a question, both in JSON, as `handrail decide` gives it.
   * @param {number} pack
   * @param {string | Uint8Array} question
   * @returns {string}
   */
  decide(pack, question) {
    return this.call(() => {
      const address = this.packAt(pack);
      const room = this.room(question);
      const answer = this.take(this.exports.wasm_decide(address, room));
      this.exports.wasm_room_close(room);
      return answer;
    });
  }

  /**
   * The page of the interview at which a form has arrived: its heading and its HTML.
   * @param {number} pack
   * @param {string} form
   * @param {number} todayDays
   */
  page(pack, form, todayDays) {
    return this.call(() => {
      const address = this.packAt(pack);
      const room = this.room(form);
      const page = this.exports.wasm_page(address, room, todayDays);
      const title = this.take(this.exports.wasm_page_title(page));
      const html = this.take(page);
      this.exports.wasm_room_close(room);
      return { title, html };
    });
  }

  /** @returns {CoreExports} */
  #instance() {
    const { exports } = new WebAssembly.Instance(this.#module, {});
    return /** @type {CoreExports} */ (/** @type {unknown} */ (exports));
  }

  /**
   * Begins anew: nothing that was open in the instance is open any more.
   * @protected
   */
  renew() {
    this.exports = this.#instance();
    for (const pack of this.#packs) {
      pack.address = 0;
    }
  }

  /**
   * Does some work in the instance. After a trap the instance is thrown away.
   * @template T
   * @param {() => T} work
   * @returns {T}
   * @protected
   */
  call(work) {
    try {
      const done = work();
      if (this.memoryBytes > this.memoryKeptBytesMax) {
        this.renew();
      }
      return done;
    } catch (error) {
      // A stack that runs over is a RangeError of the browser's, or a trap.
      if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) {
        throw error;
      }
      const words = this.#faultWords();
      this.renew();
      throw new CoreFault(words || error.message, { cause: error });
    }
  }

  /** What the assertion said that stopped the core. */
  #faultWords() {
    const bytes = new Uint8Array(this.exports.memory.buffer);
    const from = this.exports.wasm_fault();
    return new TextDecoder().decode(bytes.subarray(from, bytes.indexOf(0, from)));
  }

  /**
   * The address of a pack, which is opened again where it has to be.
   * @param {number} number
   * @protected
   */
  packAt(number) {
    const pack = this.#packs[number];
    if (!pack) {
      throw new CoreRefusal(`There is no pack ${number}.`);
    }
    return this.#address(pack);
  }

  /** @param {{image: Uint8Array, address: number}} pack */
  #address(pack) {
    if (pack.address === 0) {
      pack.address = this.exports.wasm_pack_open(this.room(pack.image));
    }
    if (pack.address === 0) {
      throw new CoreRefusal("This is not a compiled policy of this version of Handrail.");
    }
    return pack.address;
  }

  /**
   * Copies bytes or a text into a new room.
   * @param {string | Uint8Array} content
   * @protected
   */
  room(content) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const room = this.exports.wasm_room_open(bytes.length);
    if (room === 0) {
      throw new CoreRefusal(`${bytes.length} bytes are more than Handrail takes at once.`);
    }
    const at = this.exports.wasm_room_at(room);
    new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
    return room;
  }

  /**
   * The text in a room, which is closed.
   * @param {number} room
   * @protected
   */
  take(room) {
    const at = this.exports.wasm_room_at(room);
    const length = this.exports.wasm_room_bytes(room);
    const bytes = new Uint8Array(this.exports.memory.buffer, at, length);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    this.exports.wasm_room_close(room);
    return text;
  }
}

/**
 * @param {string} address
 * @param {number} millisecondsMax
 * @returns {Promise<Uint8Array>}
 */
export async function bytesFetch(address, millisecondsMax = LOAD_MILLISECONDS_MAX) {
  const response = await fetch(address, { signal: AbortSignal.timeout(millisecondsMax) });
  if (!response.ok) {
    throw new Error(`${address}: ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/* ---- 3. The interview in the page ------------------------------------------------------------ */

/**
 * What is kept with an entry of the browser's history: the form to be answered again, or that the
 * page stands there as the server sent it.
 * @typedef {{hrForm: string} | {hrFirst: true}} Kept
 */

/**
 * The only way for HTML into the page. Where the site's policy asks for Trusted Types, this is the
 * one that it must allow.
 */
const trusted = /** @type {{createPolicy?: Function} | undefined} */ (
  /** @type {any} */ (globalThis).trustedTypes
)?.createPolicy?.("handrail", {
  createHTML: (/** @type {string} */ html) => html,
  createScriptURL: (/** @type {string} */ address) => new URL(address, location.origin).pathname +
    new URL(address, location.origin).search,
});

/**
 * Puts HTML that the core has made into an element.
 * @param {Element} element
 * @param {string} html
 */
export function htmlPut(element, html) {
  element.innerHTML = trusted ? trusted.createHTML(html) : html;
}

export class Interview {
  /** @type {HTMLElement} */ #place;
  #first;
  /** @type {Promise<{core: Core, pack: number, policy: string}>} */ #ready;
  /** The forms post, because the person has been told. */
  #isPlain = false;
  /** Counts what was asked for, so that of two answers only the later one is shown. */
  #turn = 0;
  /** @type {Kept} */ #now = { hrFirst: true };

  /** @param {HTMLElement} place the element with data-hr-core */
  constructor(place) {
    this.#place = place;
    this.#first = { title: headingText(document.title), html: place.innerHTML };
    this.#ready = this.#load();
    place.addEventListener("submit", (event) => this.#onSubmit(event));
    place.addEventListener("click", (event) => this.#onClick(event));
    window.addEventListener("popstate", (event) => this.#onPopState(event));
    this.#begin();
  }

  async #load() {
    const { hrCore = "", hrPack = "" } = this.#place.dataset;
    const [code, image] = await Promise.all([bytesFetch(hrCore), bytesFetch(hrPack)]);
    const core = new Core(await WebAssembly.compile(/** @type {BufferSource} */ (code)));
    const pack = core.openPack(image);
    return { core, pack, policy: core.packName(pack) };
  }

  /** After a reload, or with a link that holds an answer: shows that again. */
  #begin() {
    const text = /** @type {Partial<{hrForm: string}> | null} */ (history.state)?.hrForm ??
      hashText(location.hash);
    if (text) {
      this.#answer(text, (kept) => history.replaceState(kept, ""));
    } else {
      this.#showTools();
      history.replaceState(this.#now, "");
      this.#ready.catch((error) => this.#tell(error, FAILED_TO_LOAD));
    }
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    // A button with an address of its own says beside it that something is sent.
    const isSent = event.submitter?.hasAttribute("formaction");
    if (this.#isPlain || isSent || !form.hasAttribute("data-hr-interview")) {
      return;
    }
    event.preventDefault();
    this.#answer(formText(form, event.submitter), (kept, policy) => {
      history.pushState(kept, "", interviewAddress(policy));
    });
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = /** @type {Element} */ (event.target);
    const button = /** @type {HTMLElement | null} */ (target.closest("button"));
    if (button?.hasAttribute("data-hr-print")) {
      window.print();
    } else if (button?.hasAttribute("data-hr-copy")) {
      this.#copy(button);
    } else {
      this.#followAnchor(event, target);
    }
  }

  /**
   * A link to a field, from the summary of errors, moves the focus and leaves the address alone.
   * @param {MouseEvent} event
   * @param {Element} target
   */
  #followAnchor(event, target) {
    const link = target.closest("a[href^='#']");
    const name = link?.getAttribute("href")?.slice(1);
    const field = name && document.getElementById(name);
    if (field) {
      event.preventDefault();
      field.scrollIntoView();
      field.focus({ preventScroll: true });
    }
  }

  /**
   * Copies the address that restores the answer.
   * @param {HTMLElement} button
   */
  async #copy(button) {
    const address = new URL(button.dataset["hrCopy"] ?? "", location.origin);
    try {
      await navigator.clipboard.writeText(address.href);
      say(button, "Link copied");
    } catch (error) {
      console.info(error);
      say(button, "This browser does not let the link be copied");
    }
  }

  /** Buttons that need this script are hidden without it. */
  #showTools() {
    const tools = navigator.clipboard ? "[data-hr-print], [data-hr-copy]" : "[data-hr-print]";
    for (const tool of this.#place.querySelectorAll(tools)) {
      tool.removeAttribute("hidden");
    }
  }

  /** @param {PopStateEvent} event */
  #onPopState(event) {
    const kept = /** @type {Kept | null} */ (event.state);
    const text = kept === null ? hashText(location.hash) : "hrForm" in kept ? kept.hrForm : null;
    if (text !== null) {
      this.#answer(text, (now) => history.replaceState(now, ""));
    } else if (kept !== null) {
      this.#turn += 1;
      this.#now = kept;
      this.#show(this.#first.title, this.#first.html);
    } else {
      history.replaceState(this.#now, ""); // an anchor of this page, such as "#main"
    }
  }

  /**
   * Works out the page for a form and shows it.
   * @param {string} text
   * @param {(kept: Kept, policy: string) => void} note puts it into the browser's history
   */
  async #answer(text, note) {
    this.#turn += 1;
    const turn = this.#turn;
    this.#place.setAttribute("aria-busy", "true");
    try {
      const { core, pack, policy } = await this.#ready;
      const { title, html } = core.page(pack, text, dayNumber(new Date()));
      if (turn === this.#turn) {
        this.#now = { hrForm: text };
        note(this.#now, policy);
        this.#show(title, html);
      }
    } catch (error) {
      this.#tell(error, error instanceof CoreFault ? FAILED_TO_ANSWER : FAILED_TO_LOAD);
    } finally {
      this.#place.removeAttribute("aria-busy");
    }
  }

  /**
   * @param {string} title
   * @param {string} html
   */
  #show(title, html) {
    htmlPut(this.#place, html);
    this.#showTools();
    const heading = this.#place.querySelector("h1");
    const errors = /** @type {HTMLElement | null} */ (
      this.#place.querySelector(".govuk-error-summary")
    );
    document.title = titleText(document.title, title, errors !== null);
    // At once, where links of a page scroll smoothly: what is pressed meanwhile would move away.
    window.scrollTo({ top: 0, behavior: "instant" });
    focusOn(errors ?? heading ?? this.#place);
  }

  /**
   * Says that the device cannot answer, and lets the forms post from now on.
   * @param {unknown} error
   * @param {{title: string, words: string}} what
   */
  #tell(error, what) {
    console.error(error);
    if (this.#isPlain) {
      return;
    }
    this.#isPlain = true;
    const notice = document.createElement("div");
    notice.className = "govuk-error-summary";
    notice.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.className = "govuk-error-summary__title";
    title.textContent = what.title;
    const words = document.createElement("p");
    words.className = "govuk-body";
    words.textContent = what.words;
    notice.append(title, words);
    this.#place.prepend(notice);
    focusOn(notice);
  }
}

const SENT_FROM_NOW_ON =
  "Nothing has been sent. If you go on, what you choose is sent to this website to be answered " +
  "there. It is not kept.";
const FAILED_TO_LOAD = {
  title: "Your device cannot work out the answer",
  words: `A part of this page could not be loaded. ${SENT_FROM_NOW_ON}`,
};
const FAILED_TO_ANSWER = {
  title: "Your device could not work out this answer",
  words: `This is a mistake in Handrail. ${SENT_FROM_NOW_ON}`,
};

/**
 * A button says what it has done; so does a status beside it, because new words on a button that has
 * the focus are not read out.
 * @param {HTMLElement} button
 * @param {string} words
 */
export function say(button, words) {
  button.textContent = words;
  let status = button.nextElementSibling;
  if (status?.getAttribute("role") !== "status") {
    status = document.createElement("span");
    status.className = "govuk-visually-hidden";
    status.setAttribute("role", "status");
    button.after(status);
  }
  const place = status;
  requestAnimationFrame(() => { place.textContent = words; });
}

/** @param {HTMLElement} element */
function focusOn(element) {
  if (!element.hasAttribute("tabindex")) {
    element.setAttribute("tabindex", "-1");
  }
  element.focus({ preventScroll: true });
}

/**
 * Keeps pages below a path for use without a network. Nothing depends on it.
 * @param {HTMLElement} place
 * @param {string} scope
 */
export function keepOffline(place, scope) {
  const { hrWorker, hrOffline } = place.dataset;
  if (!hrWorker || !hrOffline || !("serviceWorker" in navigator)) {
    return;
  }
  const address = `${hrWorker}?list=${encodeURIComponent(hrOffline)}`;
  navigator.serviceWorker
    .register(trusted ? trusted.createScriptURL(address) : address, { scope })
    .catch((error) => console.info("Handrail is not kept for use without a network.", error));
}

function start() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-hr-core]"));
  if (place) {
    new Interview(place);
    keepOffline(place, INTERVIEW_PATH);
  }
}

if (typeof document !== "undefined") {
  start();
}
