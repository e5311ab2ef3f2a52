/**
 * site.mjs - a small web site around the script, the worker and the core, for browser.slow.mjs: it
 * answers as `handrail serve` does, and notes every request that it gets.
 *
 * Pages are rendered by the same handrail.wasm, so that what comes from here and what comes from
 * the device can be compared. Only loopback listens.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { coreNew, dayNumber, packImage, wasmBytes } from "./support.mjs";

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
  "manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; " +
  "trusted-types handrail";
const SCRIPTS = new URL("../../web/assets/", import.meta.url);
const FILES = {
  "/assets/handrail.js": ["text/javascript", readFileSync(new URL("handrail.js", SCRIPTS))],
  "/assets/handrail.wasm": ["application/wasm", wasmBytes],
  "/worker.js": ["text/javascript", readFileSync(new URL("worker.js", SCRIPTS))],
};

const escaped = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

export class Site {
  /** Every request: method, url and body. */
  requests = [];
  /** Addresses that are answered 404. */
  missing = new Set();
  /** Changing it is a new version of the site. */
  version = 1;
  #server = createServer((request, answer) => this.#serve(request, answer));
  #core = coreNew();
  #image;
  #pack;

  constructor(policy) {
    this.policy = policy;
    this.#image = packImage(policy);
    this.#pack = this.#core.openPack(this.#image);
  }

  async open() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get packAddress() {
    return `/pack/${this.policy}.pack?${createHash("sha256").update(this.#image).digest("hex")}`;
  }

  get listAddress() {
    return `/offline.json?${this.version}`;
  }

  get list() {
    return {
      documents: ["/may-i", `/may-i?policy=${this.policy}`],
      files: ["/assets/handrail.js", "/assets/handrail.wasm", this.packAddress],
    };
  }

  /** What stands in the place of the interview. */
  page(form) {
    return this.#core.page(this.#pack, form, dayNumber(new Date()));
  }

  document(form) {
    const { title, html } = this.page(form);
    return `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>${escaped(title)} – Handrail</title>
<script type="module" src="/assets/handrail.js"></script></head>
<body>
<a href="#main">Skip to main content</a><main id="main" tabindex="-1">
<div data-hr-core="/assets/handrail.wasm" data-hr-pack="${this.packAddress}"
data-hr-worker="/worker.js" data-hr-offline="${this.listAddress}">${html}</div>
</main></body></html>`;
  }

  async #serve(request, answer) {
    const parts = [];
    for await (const part of request) {
      parts.push(part);
    }
    const body = Buffer.concat(parts).toString();
    this.requests.push({ method: request.method, url: request.url, body });
    const { pathname } = new URL(request.url, this.origin);
    const send = (type, bytes) => answer.writeHead(200, {
      "Content-Type": type, "Content-Security-Policy": POLICY, "Cache-Control": "no-cache",
    }).end(bytes);
    if (pathname === "/favicon.ico") {
      answer.writeHead(204).end();
    } else if (this.missing.has(pathname)) {
      answer.writeHead(404).end();
    } else if (pathname === "/may-i") {
      send("text/html; charset=utf-8", this.document(body));
    } else if (request.url === this.packAddress) {
      send("application/octet-stream", this.#image);
    } else if (request.url === this.listAddress) {
      send("application/json", JSON.stringify(this.list));
    } else if (FILES[pathname]) {
      send(...FILES[pathname]);
    } else {
      answer.writeHead(404).end();
    }
  }
}
