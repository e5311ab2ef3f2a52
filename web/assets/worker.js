/// <reference lib="webworker" />
/**
 * worker.js - keeps a part of the site for use without a network: a service worker.
 *
 * Read first: handrail.js, which registers it as /worker.js?list=ADDRESS: with the scope /may-i for
 * "May I?", and for check.js with the scope /check. The two know nothing of each other.
 * Start at: the three listeners at the end.
 *
 * ADDRESS is a JSON file whose name holds a hash of its content:
 *
 *   {"documents": ["/may-i", "/may-i?policy=NAME", ...],    pages, the first is the way in
 *    "files": ["/assets/NAME-HASH.css", "/pack/NAME.pack?HASH", ...]}
 *
 * Another list is another worker with a cache of its own, filled at once or not at all; when it
 * takes over, the caches of the others of its scope go.
 *
 * What must hold
 * - A cache holds exactly the files of its list. It is written when the worker is installed and
 *   never again, so that no answer, no search and no other page can get into it.
 * - Only GET within the site is looked at. A form that posts passes by untouched.
 * - Documents come from the network when it answers in time, so that a mended policy is seen at
 *   once; files, whose addresses change with their content, from the cache.
 */

/** The most addresses that a list may hold: it is bounded, whatever the server says. */
const LIST_ADDRESSES_MAX = 500;
/** How long the network may take for a document that is kept. */
const DOCUMENT_MILLISECONDS_MAX = 4000;
/** Of the names of caches from before each scope had its own. */
const CACHE_PREFIX_OLD = "handrail /offline.json";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const list = new URL(location.href).searchParams.get("list") ?? "";
const cachePrefix = `handrail ${new URL(worker.registration.scope).pathname} `;
const cacheName = cachePrefix + list;

/**
 * An address of this site: "/" and then no second one.
 * @param {unknown} address
 * @returns {address is string}
 */
function isOwn(address) {
  return typeof address === "string" && /^\/(?![/\\])/.test(address);
}

/**
 * @param {unknown} addresses
 * @returns {string[]}
 */
function addressesRead(addresses) {
  if (!Array.isArray(addresses) || !addresses.every(isOwn)) {
    throw new Error(`${list} is not a list of addresses.`);
  }
  return addresses;
}

async function fill() {
  if (!isOwn(list)) {
    throw new Error("The worker was registered without a list.");
  }
  const answer = await fetch(list, { redirect: "error" });
  if (!answer.ok) {
    throw new Error(`${list}: ${answer.status}`);
  }
  const { documents, files } = await answer.json();
  const requests = [
    ...addressesRead(documents).map((address) => new Request(address, { cache: "no-cache" })),
    ...addressesRead(files).map((address) => new Request(address)),
  ];
  if (requests.length > LIST_ADDRESSES_MAX) {
    throw new Error(`${list} has more than ${LIST_ADDRESSES_MAX} addresses.`);
  }
  const cache = await caches.open(cacheName);
  await cache.addAll(requests);
}

async function removeOthers() {
  for (const name of await caches.keys()) {
    const isOther = name.startsWith(cachePrefix) && name !== cacheName;
    if (isOther || name.startsWith(CACHE_PREFIX_OLD)) {
      await caches.delete(name);
    }
  }
}

/**
 * What is kept for a document: itself, or else the way in.
 * @param {Request} request
 */
async function documentKept(request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(request)) ?? (await cache.match(new URL(request.url).pathname));
}

/**
 * The network's answer, unless it fails or is late and something is kept.
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function documentAnswer(request) {
  const kept = await documentKept(request);
  if (!kept) {
    return fetch(request);
  }
  /** @type {Promise<Response>} */
  const late = new Promise((resolve) => {
    setTimeout(() => resolve(kept), DOCUMENT_MILLISECONDS_MAX);
  });
  const fresh = fetch(request).then(
    (answer) => (answer.status >= 500 ? kept : answer),
    () => kept,
  );
  return Promise.race([fresh, late]);
}

/**
 * @param {Request} request
 * @returns {Promise<Response>}
 */
async function fileAnswer(request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(request)) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(fill()));

worker.addEventListener("activate", (event) => {
  event.waitUntil(removeOthers().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) {
    return;
  }
  const isDocument = request.mode === "navigate";
  event.respondWith(isDocument ? documentAnswer(request) : fileAnswer(request));
});
