/**
 * check.js - "Check before you post": drafts are checked here as they are written, on the device.
 *
 * Read first: handrail.js, from which the core and some helpers come; src/wasm/drafts.h;
 * web/templates/check.html, template check_private, for the elements that carry data-hr-*. Start at
 * start().
 *
 *   1. what is kept    drafts that were judged wrongly, and the text file of one
 *   2. DraftCore       handrail-check.wasm: packs, model and roll in, results out
 *   3. DraftPage       the page: as somebody types, after a pause, the results
 *
 * What must hold
 * - The draft, the roll and the names of the school are in no address, no request, no history and
 *   no storage. What a person keeps by "Keep on this device" is in localStorage alone, and is never
 *   sent. There is no form on the page that could be sent, with or without this script.
 * - After a pause the summary changes once at most, so that a screen reader speaks once.
 * - This script decides nothing and writes no results: their HTML comes from the core.
 */
import {
  Core, CoreFault, CoreRefusal, bytesFetch, dayNumber, entriesText, htmlPut, keepOffline, say,
} from "@asset(handrail.js)";

const PAUSE_MILLISECONDS = 250;
/** The model is larger than a policy, and a telephone may be slow. */
const LOAD_MILLISECONDS_MAX = 90000;
/** More than can be checked at once, so that nothing that could be is cut off. */
const TEXT_CHARACTERS_MAX = 60000;
/** WASM_ROOM_BYTES_MAX of src/wasm/wasm.h. */
const ROLL_BYTES_MAX = 16 * 1024 * 1024;
/** A roll of a large trust takes less. */
const MEMORY_KEPT_BYTES_MAX = 96 * 1024 * 1024;
const CHECK_PATH = "/check";
const KEPT_NAME = "handrail.wrong";
const KEPT_MAX = 100;
const KEPT_TEXT_CHARACTERS_MAX = 500;

/* ---- 1. What is kept ------------------------------------------------------------------------- */

/**
 * A finding that a person says is wrong.
 * @typedef {{kind: string, title: string, words: string, channel: string, policy: string,
 *   remark: string}} Wrong
 */
const WRONG_FIELDS = /** @type {const} */ (
  ["kind", "title", "words", "channel", "policy", "remark"]);

/**
 * What stands in the storage, where anybody at this device may have written anything.
 * @param {string | null} text
 * @returns {Wrong[]}
 */
export function wrongsRead(text) {
  /** @param {any} one */
  const isWrong = (one) => one !== null && typeof one === "object" && WRONG_FIELDS.every((name) =>
    typeof one[name] === "string" && one[name].length <= KEPT_TEXT_CHARACTERS_MAX);
  try {
    const kept = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter(isWrong).slice(0, KEPT_MAX) : [];
  } catch {
    return [];
  }
}

/** @param {string} text */
const inOneLine = (text) => text.replace(/[\r\n\t\u2028\u2029]+/g, " ").trim();

/**
 * A test case in the form of tests/screen/corpus (its README.md): a line that says nothing is to be
 * found in these words, and above it in comments what was found and why that is wrong.
 * @param {Wrong} wrong
 * @returns {string}
 */
export function testCaseText(wrong) {
  const words = wrong.words.replace(/[{|}]/g, "").replace(/\t/g, " ").trim()
    .replace(/\r\n|\r|\n/g, "\\n");
  const remark = inOneLine(wrong.remark);
  return [
    `# Said to be wrong: ${inOneLine(wrong.kind)} (policy ${inOneLine(wrong.policy)})`,
    ...(remark ? [`# ${remark}`] : []),
    `${inOneLine(wrong.channel)}\t-\t${words.startsWith("#") ? ` ${words}` : words}`,
    "",
  ].join("\n");
}

/* ---- 2. The core ----------------------------------------------------------------------------- */

/**
 * The exports of handrail-check.wasm beside those of handrail.wasm: src/wasm/drafts.h.
 * @typedef {object} DraftExports
 * @property {(bytes: number) => number} wasm_model_open
 * @property {(csv: number) => number} wasm_roll_open
 * @property {(roll: number) => void} wasm_roll_close
 * @property {(roll: number) => number} wasm_roll_page
 * @property {(model: number, roll: number, school: number) => number} wasm_screen_open
 * @property {(screen: number) => void} wasm_screen_close
 * @property {(pack: number, screen: number, form: number, todayDays: number) => number} wasm_check
 * @property {(pack: number, chosen: number) => number} wasm_check_who
 */

export class DraftCore extends Core {
  #modelBytes;
  /** @type {Uint8Array | null} */ #rollBytes = null;
  #schoolText = "";
  /** Addresses in the instance. 0: not open in it. */
  #model = 0;
  #roll = 0;
  #screen = 0;

  /**
   * @param {WebAssembly.Module} module
   * @param {Uint8Array | null} modelBytes null: without a model, which finds less
   */
  constructor(module, modelBytes) {
    super(module);
    this.#modelBytes = modelBytes;
    this.call(() => this.#screenAt());
  }

  /** @protected */
  get memoryKeptBytesMax() {
    return MEMORY_KEPT_BYTES_MAX;
  }

  /** @returns {DraftExports} */
  get #drafts() {
    return /** @type {DraftExports} */ (/** @type {unknown} */ (this.exports));
  }

  /** @protected */
  renew() {
    super.renew();
    this.#model = 0;
    this.#roll = 0;
    this.#screen = 0;
  }

  /**
   * Takes a roll in the place of the one before; null: none. Answers in HTML what was read of it.
   * @param {Uint8Array | null} bytes
   * @returns {string}
   */
  setRoll(bytes) {
    this.#forget(true);
    this.#rollBytes = bytes;
    try {
      return bytes === null ? "" : this.call(() => this.take(
        this.#drafts.wasm_roll_page(this.#rollAt())));
    } catch (error) {
      this.#rollBytes = null; // it would stop every check from now on
      throw error;
    }
  }

  /** @param {string} text a form: school, short, mail */
  setSchool(text) {
    if (text !== this.#schoolText) {
      this.#forget(false);
      this.#schoolText = text;
    }
  }

  /**
   * The results for a form.
   * @param {number} pack
   * @param {string} form
   * @param {number} todayDays
   */
  check(pack, form, todayDays) {
    return this.call(() => {
      const packAt = this.packAt(pack);
      const screenAt = this.#screenAt();
      const room = this.room(form);
      const page = this.#drafts.wasm_check(packAt, screenAt, room, todayDays);
      const summary = this.take(this.exports.wasm_page_title(page));
      const html = this.take(page);
      this.exports.wasm_room_close(room);
      return { summary, html };
    });
  }

  /**
   * The field in which somebody says who they are.
   * @param {number} pack
   * @param {string} chosen
   */
  who(pack, chosen) {
    return this.call(() => {
      const packAt = this.packAt(pack);
      const room = this.room(chosen);
      const html = this.take(this.#drafts.wasm_check_who(packAt, room));
      this.exports.wasm_room_close(room);
      return html;
    });
  }

  /** @param {boolean} isRoll the roll as well */
  #forget(isRoll) {
    this.#drafts.wasm_screen_close(this.#screen);
    this.#screen = 0;
    if (isRoll) {
      this.#drafts.wasm_roll_close(this.#roll);
      this.#roll = 0;
    }
  }

  #modelAt() {
    if (this.#model === 0 && this.#modelBytes !== null) {
      this.#model = this.#drafts.wasm_model_open(this.room(this.#modelBytes));
      if (this.#model === 0) {
        throw new CoreRefusal("This is not a model of this version of Handrail.");
      }
    }
    return this.#model;
  }

  #rollAt() {
    if (this.#roll === 0 && this.#rollBytes !== null) {
      this.#roll = this.#drafts.wasm_roll_open(this.room(this.#rollBytes));
    }
    return this.#roll;
  }

  #screenAt() {
    if (this.#screen === 0) {
      const model = this.#modelAt();
      const roll = this.#rollAt();
      const school = this.room(this.#schoolText);
      this.#screen = this.#drafts.wasm_screen_open(model, roll, school);
      this.exports.wasm_room_close(school);
    }
    return this.#screen;
  }
}

/* ---- 3. The page ----------------------------------------------------------------------------- */

const SCHOOL_FIELDS = ["school", "short", "mail"];
const TOO_LARGE = "This file is larger than a roll can be: at most 16 MB. It was not read.";
const NOT_READ = "This file could not be read.";
const KEPT = "Kept on this device. It stands at the end of this page.";
const NOT_KEPT = "This browser does not let anything be kept";

export class DraftPage {
  /** @type {HTMLElement} */ #place;
  /** @type {Promise<DraftCore>} */ #core;
  /** The numbers of the packs that have been opened, by name.
   * @type {Map<string, Promise<number>>} */ #packs = new Map();
  /** @type {number | undefined} */ #pause;
  /** Counts the checks that were asked for, so that of two only the later one is shown. */
  #turn = 0;
  #shown = "";
  /** What the person has opened (true) or folded in the results.
   * @type {Map<string, boolean>} */ #folds = new Map();

  /** @param {HTMLElement} place the element with data-hr-check */
  constructor(place) {
    this.#place = place;
    document.querySelector("[data-hr-plain]")?.toggleAttribute("hidden", true);
    place.toggleAttribute("hidden", false);
    this.#core = this.#load();
    place.addEventListener("input", (event) => this.#onInput(event));
    place.addEventListener("change", (event) => this.#onChange(event));
    place.addEventListener("click", (event) => this.#onClick(event));
    window.addEventListener("storage", () => this.#showKept());
    this.#showKept();
    this.#check();
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  #part(selector) {
    const part = this.#place.querySelector(selector);
    if (!part) {
      throw new Error(`${selector} is not on the page`);
    }
    return /** @type {HTMLElement} */ (part);
  }

  /**
   * What stands in a field.
   * @param {string} id
   * @returns {string}
   */
  #value(id) {
    const field = document.getElementById(id);
    return /** @type {HTMLInputElement | null} */ (field)?.value ?? "";
  }

  async #load() {
    const { hrCheck = "", hrModel = "" } = this.#place.dataset;
    const [code, model] = await Promise.all([
      bytesFetch(hrCheck, LOAD_MILLISECONDS_MAX), bytesFetch(hrModel, LOAD_MILLISECONDS_MAX)]);
    return new DraftCore(await WebAssembly.compile(/** @type {BufferSource} */ (code)), model);
  }

  /**
   * The number of the pack of a policy, fetched when it is first chosen.
   * @param {string} policy
   * @returns {Promise<number>}
   */
  #pack(policy) {
    const known = this.#packs.get(policy);
    if (known) {
      return known;
    }
    const option = this.#part(`#policy option[value="${CSS.escape(policy)}"]`);
    const opened = bytesFetch(option.dataset["hrPack"] ?? "", LOAD_MILLISECONDS_MAX)
      .then(async (image) => (await this.#core).openPack(image));
    this.#packs.set(policy, opened);
    opened.catch(() => this.#packs.delete(policy));
    return opened;
  }

  /* -- Checking -- */

  /** @param {Event} event */
  #onInput(event) {
    const { id } = /** @type {HTMLElement} */ (event.target);
    if (id === "text" || SCHOOL_FIELDS.includes(id)) {
      clearTimeout(this.#pause);
      this.#pause = window.setTimeout(() => this.#check(), PAUSE_MILLISECONDS);
    }
  }

  /** @param {Event} event */
  #onChange(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.id === "roll") {
      this.#readRoll(field.files?.[0]);
    } else if (field.id === "policy") {
      this.#changePolicy(field.value);
    } else if (field.matches("[type=radio], [type=checkbox], select")) {
      keepExclusive(this.#place, field);
      this.#check();
    }
  }

  /** @param {string} policy */
  async #changePolicy(policy) {
    history.replaceState(history.state, "", `${CHECK_PATH}?policy=${encodeURIComponent(policy)}`);
    for (const link of document.querySelectorAll(`a[href^="${CHECK_PATH}/"]`)) {
      const [path] = (link.getAttribute("href") ?? "").split("?");
      link.setAttribute("href", `${path}?policy=${encodeURIComponent(policy)}`);
    }
    await this.#check();
    try {
      const [core, pack] = await Promise.all([this.#core, this.#pack(policy)]);
      const who = core.who(pack, this.#value("person"));
      if (policy === this.#value("policy")) {
        htmlPut(this.#part("[data-hr-who]"), who);
      }
    } catch (error) {
      console.info(error); // the check has said so already
    }
  }

  /** What the person has said: the names and values of a form. */
  #entries() {
    const text = this.#value("text").slice(0, TEXT_CHARACTERS_MAX)
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, " ");
    /** @type {[string, string][]} */
    const entries = [["text", text], ["f.person", this.#value("person")]];
    const said = "[name=as]:checked, [data-hr-results] [type=hidden], " +
      "[data-hr-results] [type=radio]:checked, [data-hr-results] [type=checkbox]:checked";
    for (const field of this.#place.querySelectorAll(said)) {
      const { name, value } = /** @type {HTMLInputElement} */ (field);
      entries.push([name, value]);
    }
    return [...entries, ...this.#known()];
  }

  /**
   * What the school's records say of the person, as long as the results do not ask for it.
   * @returns {[string, string][]}
   */
  #known() {
    const results = this.#part("[data-hr-results]");
    /** @type {NodeListOf<HTMLInputElement>} */
    const fields = this.#place.querySelectorAll("[data-hr-known] [type=hidden]");
    return [...fields].filter(({ name }) =>
      !results.querySelector(`[name="${CSS.escape(name)}"]`))
      .map(({ name, value }) => [name, value]);
  }

  async #check() {
    clearTimeout(this.#pause);
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const core = await this.#core;
      const pack = await this.#pack(this.#value("policy"));
      if (turn === this.#turn) {
        core.setSchool(entriesText(SCHOOL_FIELDS.map((id) => [id, this.#value(id)])));
        const results = core.check(pack, entriesText(this.#entries()), dayNumber(new Date()));
        this.#show(results.html, results.summary);
      }
    } catch (error) {
      if (turn === this.#turn) {
        this.#tell(error);
      }
    }
  }

  /**
   * @param {string} html
   * @param {string} summary
   */
  #show(html, summary) {
    this.#part("[data-hr-failed]").toggleAttribute("hidden", true);
    this.#part("[data-hr-fault]").toggleAttribute("hidden", true);
    if (html !== this.#shown) {
      const results = this.#part("[data-hr-results]");
      const { id } = results.contains(document.activeElement)
        ? /** @type {Element} */ (document.activeElement) : { id: "" };
      htmlPut(results, html);
      this.#shown = html;
      this.#refold(results);
      if (id) {
        document.getElementById(id)?.focus({ preventScroll: true });
      }
    }
    this.#summarise(summary);
  }

  /**
   * Leaves open and folded what the person has opened and folded.
   * @param {Element} results
   */
  #refold(results) {
    for (const details of results.querySelectorAll("details")) {
      details.open = this.#folds.get(foldName(details)) ?? details.open;
    }
  }

  /** @param {string} summary */
  #summarise(summary) {
    const place = this.#part("[data-hr-summary]");
    if (place.textContent !== summary) {
      place.textContent = summary;
    }
    this.#part("[data-hr-see]").toggleAttribute("hidden", summary === "");
  }

  /**
   * Says that the device cannot check, and takes away what is no longer true.
   * @param {unknown} error
   */
  #tell(error) {
    console.error(error);
    const isFault = error instanceof CoreFault;
    this.#part("[data-hr-failed]").toggleAttribute("hidden", isFault);
    this.#part("[data-hr-fault]").toggleAttribute("hidden", !isFault);
    this.#part("[data-hr-results]").replaceChildren();
    this.#shown = "";
    this.#summarise("");
  }

  /* -- The roll -- */

  /** @param {File | undefined} file */
  async #readRoll(file) {
    if (file) {
      const said = this.#part("[data-hr-roll]");
      try {
        const core = await this.#core;
        if (file.size > ROLL_BYTES_MAX) {
          throw new CoreRefusal(TOO_LARGE);
        }
        htmlPut(said, core.setRoll(new Uint8Array(await file.arrayBuffer())));
      } catch (error) {
        (await this.#core.catch(() => null))?.setRoll(null);
        said.textContent = error instanceof CoreRefusal ? error.message : NOT_READ;
      }
      this.#part("[data-hr-forget]").toggleAttribute("hidden", false);
      this.#check();
    }
  }

  async #forgetRoll() {
    const field = /** @type {HTMLInputElement} */ (this.#part("#roll"));
    (await this.#core).setRoll(null);
    field.value = "";
    this.#part("[data-hr-roll]").replaceChildren();
    this.#part("[data-hr-forget]").toggleAttribute("hidden", true);
    field.focus();
    this.#check();
  }

  /* -- Pressing -- */

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = /** @type {Element} */ (event.target);
    const number = target.closest("a.hr-found__number");
    const details = target.closest("[data-hr-results] summary")?.parentElement;
    if (details) {
      this.#folds.set(foldName(details), !details.hasAttribute("open"));
    }
    const button = /** @type {HTMLElement | null} */ (target.closest("button"));
    if (number) {
      event.preventDefault();
      this.#showFinding(document.getElementById(number.getAttribute("href")?.slice(1) ?? ""));
    } else if (target.closest("[data-hr-see]")) {
      event.preventDefault();
      const results = this.#part("[data-hr-results]");
      results.scrollIntoView();
      results.focus({ preventScroll: true });
    } else if (button?.hasAttribute("data-hr-forget")) {
      this.#forgetRoll();
    } else if (button?.hasAttribute("data-hr-keep")) {
      this.#keep(button);
    }
  }

  /** @param {HTMLElement | null} finding */
  #showFinding(finding) {
    if (finding) {
      for (let place = finding.closest("details"); place;
        place = place.parentElement?.closest("details") ?? null) {
        this.#folds.set(foldName(place), true);
        place.open = true;
      }
      finding.scrollIntoView({ block: "nearest" });
      finding.querySelector("summary")?.focus({ preventScroll: true });
    }
  }

  /* -- "This is wrong" -- */

  /** @param {HTMLElement} button */
  #keep(button) {
    const place = /** @type {HTMLElement} */ (button.closest("[data-hr-wrong]"));
    /** @param {string} selector */
    const typed = (selector) => /** @type {HTMLInputElement | null} */ (
      place.querySelector(selector))?.value.slice(0, KEPT_TEXT_CHARACTERS_MAX) ?? "";
    const channel = /** @type {HTMLInputElement} */ (this.#part("[name=as]:checked")).value;
    const wrong = {
      kind: place.dataset["hrWrong"] ?? "", title: place.dataset["hrTitle"] ?? "",
      words: typed("[data-hr-around]"), channel, policy: this.#value("policy"),
      remark: typed("[data-hr-remark]"),
    };
    say(button, keptWrite([wrong, ...keptRead()]) ? KEPT : NOT_KEPT);
    this.#showKept();
  }

  #showKept() {
    const kept = keptRead();
    this.#part("[data-hr-kept]").toggleAttribute("hidden", kept.length === 0);
    this.#part("[data-hr-kept-list]").replaceChildren(...kept.map((wrong, i) => keptItem(wrong,
      () => {
        keptWrite(keptRead().filter((_, other) => other !== i));
        this.#showKept();
        const rest = document.getElementById(kept.length > 1 ? "kept" : "text");
        rest?.focus();
      })));
  }
}

/**
 * "None of these" is not chosen together with one of them.
 * @param {Element} place
 * @param {HTMLInputElement} field the one that has changed
 */
function keepExclusive(place, field) {
  if (field.type !== "checkbox" || !field.checked) {
    return;
  }
  const isExclusive = field.dataset["behaviour"] === "exclusive";
  for (const other of place.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)) {
    const box = /** @type {HTMLInputElement} */ (other);
    if (box !== field && (isExclusive || box.dataset["behaviour"] === "exclusive")) {
      box.checked = false;
    }
  }
}

/**
 * By what something that folds is known when the draft has changed a little: a finding by what it
 * is and its words, for its number may be another then.
 * @param {Element} details
 * @returns {string}
 */
function foldName(details) {
  const finding = details.closest(".hr-finding")?.querySelector(".hr-finding__what");
  const words = finding?.querySelector(".hr-finding__words")?.textContent ?? "";
  const of = `${finding?.firstElementChild?.textContent ?? ""} ${words}`;
  const own = details.matches(".hr-finding") ? "" :
    details.querySelector(".govuk-details__summary-text")?.firstChild?.textContent ?? "";
  return `${of} ${own.replace(/\d+/g, "")}`;
}

/** What is kept on the device; nothing where the browser does not let it be read. */
function keptRead() {
  try {
    return wrongsRead(localStorage.getItem(KEPT_NAME));
  } catch {
    return [];
  }
}

/**
 * @param {Wrong[]} wrongs
 * @returns {boolean} whether it is kept
 */
function keptWrite(wrongs) {
  try {
    if (wrongs.length === 0) {
      localStorage.removeItem(KEPT_NAME);
    } else {
      localStorage.setItem(KEPT_NAME, JSON.stringify(wrongs.slice(0, KEPT_MAX)));
    }
    return true;
  } catch (error) {
    console.info(error);
    return false;
  }
}

/**
 * An element with a text in it.
 * @param {string} name
 * @param {string} className
 * @param {string} text
 */
function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/**
 * @param {Wrong} wrong
 * @param {() => void} remove
 */
function keptItem(wrong, remove) {
  const item = element("li", "hr-findings__item", "");
  /** @param {string} text @param {() => void} press */
  const button = (text, press) => {
    const made = element("button", "hr-link-button", text);
    made.setAttribute("type", "button");
    made.append(element("span", "govuk-visually-hidden", `: ${wrong.title}, ${wrong.words}`));
    made.addEventListener("click", press);
    return made;
  };
  const tools = element("div", "hr-tools", "");
  tools.append(button("Download as a test case", () => download(wrong)), button("Delete", remove));
  const title = element("p", "hr-reason", "");
  title.append(element("strong", "", wrong.title), ` (${wrong.policy}, ${wrong.channel})`);
  item.append(title, element("p", "hr-reason", `“${wrong.words}”`),
    ...(wrong.remark ? [element("p", "hr-reason", wrong.remark)] : []), tools);
  return item;
}

/** @param {Wrong} wrong */
function download(wrong) {
  const text = new Blob([testCaseText(wrong)], { type: "text/tab-separated-values" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(text);
  link.download = `handrail-${wrong.kind.replace(/[^a-z-]/g, "")}.tsv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

function start() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-hr-check]"));
  if (place) {
    new DraftPage(place);
    keepOffline(place, CHECK_PATH);
  }
}

if (typeof document !== "undefined") {
  start();
}
