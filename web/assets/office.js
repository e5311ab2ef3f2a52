/**
 * office.js - a file in the place of its text: web/templates/office.html, template office_file.
 *
 *   <div hidden data-hr-file="file" data-hr-file-name="source">   the field that takes the text, and
 *     <input type="file">                                         the one that takes the file's name
 *     <p role="status" data-hr-file-said>
 *
 * Without this script the text is pasted. The file is read here and sent with the form, like what is
 * pasted. What must hold: a field that somebody has filled with a name keeps it.
 */

/** WEB_FILE_BYTES_MAX of src/web/limits_int.h, with room for the form around it and its escapes. */
const FILE_BYTES_MAX = 5 * 1024 * 1024;

/**
 * Spreadsheets write UTF-8, UTF-16 with a mark in front, or what Windows has always written.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function textOf(bytes) {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return new TextDecoder(first === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * @param {string} text
 * @returns {number} how many lines hold something
 */
export const linesOf = (text) => text.split(/\r\n|\r|\n/).filter((line) => line.trim()).length;

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement | null} */ (document.getElementById(id));

/**
 * @param {HTMLElement} place
 * @param {HTMLInputElement} chooser
 */
async function take(place, chooser) {
  const { hrFile = "", hrFileName = "" } = place.dataset;
  const said = place.querySelector("[data-hr-file-said]");
  const [file] = chooser.files ?? [];
  const text = field(hrFile);
  if (!file || !text || !said) {
    return;
  }
  if (file.size > FILE_BYTES_MAX) {
    said.textContent = `${file.name} is larger than 5 MB. Import it with the command, or in parts.`;
    return;
  }
  try {
    text.value = textOf(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    console.info(error);
    said.textContent = `${file.name} could not be read.`;
    return;
  }
  const count = linesOf(text.value);
  said.textContent = `${file.name}: ${count} ${count === 1 ? "line" : "lines"}. It stands below and ` +
    "is sent with the form.";
  const name = field(hrFileName);
  if (name && !name.value) {
    name.value = file.name;
  }
}

/** @type {NodeListOf<HTMLElement>} */
const places = globalThis.document?.querySelectorAll("[data-hr-file]") ?? [];
for (const place of places) {
  const chooser = /** @type {HTMLInputElement | null} */ (place.querySelector("[type=file]"));
  chooser?.addEventListener("change", () => take(place, chooser));
  place.hidden = false;
}
