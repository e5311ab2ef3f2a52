/**
 * verify.js - the page /verify: a receipt is checked on the device, and a file may be chosen or
 * dropped.
 *
 * Read first: web/templates/receipt.html, docs/ledger.md ("A signed note", "A receipt").
 *
 *   <form method="post" data-hr-verify data-hr-keys="NAME+ID+BASE64 ..." data-hr-leaked="..."
 *         data-hr-policies="DIGEST ...">      keys of this history, and those that others may have
 *     <div hidden data-hr-file>     with the input of a file
 *     <textarea name="text">
 *     <div data-hr-result>          what came of it
 *
 * Without this script, where the browser knows no Ed25519, and for proofs, which hold nothing that
 * anybody said, the form posts and the server answers.
 * What must hold: a text is called genuine only when its signature is right; what is shown is put
 * into the page as text.
 */

const FIRST_LINE = "Handrail receipt, version 1\n";
const DIGEST = /^Policy digest: sha256:([0-9a-f]{64})$/m;
const SIGNATURE_BYTES = 64;
const ID_BYTES = 4;
const KEY_PLAIN = 1;
const KEY_BYTES = 33;
/** A file that is larger is no receipt. */
const FILE_BYTES_MAX = 1000000;

/**
 * Null when it is not the one form that these bytes have: with padding, and no stray bits.
 * @param {string} text
 */
function bytesOfBase64(text) {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) {
    return null;
  }
  const letters = atob(text);
  return btoa(letters) === text ? Uint8Array.from(letters, (letter) => letter.charCodeAt(0)) : null;
}

/**
 * A key as text: its name, its id, and the public key. Null when it is none that signs texts.
 * @param {string} line
 */
export function keyRead(line) {
  const parts = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line);
  const bytes = parts && bytesOfBase64(parts[3] ?? "");
  if (!bytes || bytes.length !== KEY_BYTES || bytes[0] !== KEY_PLAIN) {
    return null;
  }
  return { name: parts[1] ?? "", id: Number.parseInt(parts[2] ?? "", 16), raw: bytes.slice(1) };
}

/**
 * The text of a note and the signature of that key; null when it has none.
 * @param {string} message
 * @param {{name: string, id: number}} key
 */
export function noteRead(message, key) {
  const end = message.lastIndexOf("\n\n");
  if (end < 0 || !message.endsWith("\n")) {
    return null;
  }
  const start = `— ${key.name} `;
  for (const line of message.slice(end + 2).split("\n")) {
    const bytes = line.startsWith(start) ? bytesOfBase64(line.slice(start.length)) : null;
    if (bytes?.length === ID_BYTES + SIGNATURE_BYTES &&
        new DataView(bytes.buffer).getUint32(0) === key.id) {
      return { text: message.slice(0, end + 1), signature: bytes.slice(ID_BYTES) };
    }
  }
  return null;
}

/**
 * Whether the receipt was signed by that key. Throws where the browser cannot tell.
 * @param {string} message
 * @param {{name: string, id: number, raw: Uint8Array}} key
 * @returns {Promise<string | null>} the text that was signed, or null
 */
export async function receiptOpen(message, key) {
  const note = noteRead(message, key);
  if (!note) {
    return null;
  }
  const imported = await crypto.subtle.importKey(
    "raw", /** @type {BufferSource} */ (key.raw), "Ed25519", false, ["verify"]);
  const signed = new TextEncoder().encode(note.text);
  const isRight = await crypto.subtle.verify("Ed25519", imported, note.signature, signed);
  return isRight && note.text.startsWith(FIRST_LINE) ? note.text : null;
}

/**
 * What one of the keys signed, or null. Throws where the browser cannot tell.
 * @param {string} message
 * @param {string} keys with spaces between
 */
export async function receiptOpenOf(message, keys) {
  for (const line of keys.split(" ")) {
    const key = keyRead(line);
    const text = key ? await receiptOpen(message, key) : null;
    if (text !== null) {
      return text;
    }
  }
  return null;
}

/**
 * What was pasted, as it was saved: line ends of other systems, and what was lost at the ends.
 * @param {string} text
 */
export function pastedText(text) {
  return `${text.replace(/\r\n?/g, "\n").trim()}\n`;
}

/* ---- The page -------------------------------------------------------------------------------- */

/**
 * @param {string} name
 * @param {string} className
 * @param {(Node | string)[]} inside
 */
function element(name, className, ...inside) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...inside);
  return made;
}

const GENUINE = "Genuine";

/**
 * @param {string} label
 * @param {string} title
 * @param {string} words
 */
function banner(label, title, words) {
  const kind = "govuk-notification-banner";
  return element("div", label === GENUINE ? `${kind} ${kind}--success` : kind,
    element("div", `${kind}__header`, element("h2", `${kind}__title`, label)),
    element("div", `${kind}__content`,
      element("p", `${kind}__heading`, title), element("p", "govuk-body", words)));
}

/** @param {string} text */
function rows(text) {
  const list = element("dl", "govuk-summary-list");
  for (const line of text.slice(FIRST_LINE.length).trimEnd().split("\n")) {
    const at = line.indexOf(": ");
    const isFact = line.startsWith("Fact: ");
    const from = isFact ? line.indexOf(" = ") : at;
    list.append(element("div", "govuk-summary-list__row",
      element("dt", "govuk-summary-list__key", line.slice(isFact ? at + 2 : 0, from)),
      element("dd", "govuk-summary-list__value", line.slice(from + (isFact ? 3 : 2)))));
  }
  return list;
}

class Verify {
  /** @type {HTMLFormElement} */ #form;
  /** @type {HTMLTextAreaElement} */ #text;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    this.#text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    form.addEventListener("submit", (event) => this.#onSubmit(event));
    const file = /** @type {HTMLElement} */ (form.querySelector("[data-hr-file]"));
    const input = /** @type {HTMLInputElement} */ (file.querySelector("input"));
    file.hidden = false;
    input.addEventListener("change", () => this.#take(input.files));
    this.#text.addEventListener("dragover", (event) => event.preventDefault());
    this.#text.addEventListener("drop", (event) => {
      if (event.dataTransfer?.files.length) {
        event.preventDefault();
        this.#take(event.dataTransfer.files);
      }
    });
  }

  /** @param {FileList | null} files */
  async #take(files) {
    const file = files?.[0];
    if (file && file.size <= FILE_BYTES_MAX) {
      this.#text.value = await file.text();
      this.#form.requestSubmit();
    } else if (file) {
      this.#show(banner("Not genuine", "This is no receipt", "The file is too large to be one."));
    }
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    const message = pastedText(this.#text.value);
    const keys = this.#form.dataset["hrKeys"] ?? "";
    if (keys && message.startsWith(FIRST_LINE) && globalThis.crypto?.subtle) {
      event.preventDefault();
      this.#check(message, keys, this.#form.dataset["hrLeaked"] ?? "");
    }
  }

  /**
   * @param {string} message
   * @param {string} keys
   * @param {string} leaked
   */
  async #check(message, keys, leaked) {
    try {
      const text = await receiptOpenOf(message, keys);
      if (text === null && await receiptOpenOf(message, leaked) !== null) {
        this.#doubt();
      } else {
        this.#tell(text);
      }
    } catch (error) {
      console.info("This browser cannot check it by itself.", error);
      this.#form.submit();
    }
  }

  /** Signed with a key that somebody else may have. */
  #doubt() {
    this.#show(banner("In doubt", "This was signed with a key that has leaked",
      "This website signed with that key once. But whoever has it can write what they like, with " +
      "any date: do not rely on this."));
  }

  /** @param {string | null} text that was signed */
  #tell(text) {
    if (text === null) {
      this.#show(banner("Not genuine", "This was not signed by this website, or was changed since",
        "Do not rely on what it says."));
      return;
    }
    const policies = (this.#form.dataset["hrPolicies"] ?? "").split(" ");
    const isSame = policies.includes(DIGEST.exec(text)?.[1] ?? "none");
    this.#show(
      banner(GENUINE, "This website signed this receipt",
        "It gave this answer, at this time, to somebody who said this. Whether what was said was " +
        "true nobody has checked, nor who it was. It was checked on your device; nothing was sent."),
      rows(text),
      element("p", "govuk-body", isSame
        ? "The policy on this website is still the one that gave this answer."
        : "The policy was changed since, or is not here any more: today’s answer may be another."));
  }

  /** @param {Node[]} nodes */
  #show(...nodes) {
    const place = /** @type {HTMLElement} */ (this.#form.querySelector("[data-hr-result]"));
    place.replaceChildren(...nodes);
    place.scrollIntoView({ block: "nearest" });
  }
}

if (typeof document !== "undefined") {
  const form = document.querySelector("[data-hr-verify]");
  if (form) {
    new Verify(/** @type {HTMLFormElement} */ (form));
  }
}
