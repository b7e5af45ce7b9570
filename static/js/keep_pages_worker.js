/* A service worker for one page that has to open without network too: the door, or the group work of a forum.
   Its scope is the address of that page, so that no other page of the portal ever comes past it. The network
   is always asked first; what it gave last is shown only where it fails, or gives nothing in time. What is
   sent (POST) is left alone: the page keeps that itself, and sends it again. A copy is of what this browser's
   reader was given, lives for some hours, and is thrown away by copies.js when the reader is another. */

const CACHE = "samspel-copies"; // also in copies.js
const HOURS = 12;
const PATIENCE = 20000; // then the network counts as gone, where there is a copy
const DOWN = [502, 503, 504]; // a proxy's words for "the server does not answer"
const KEPT = "Samspel-Kept"; // when a page was kept, in milliseconds

const page = new URL(self.registration.scope).pathname;
const ofPage = [page, `${page}vantade.json`]; // the page, and the names that the door fetches
const isFile = (path) => path.startsWith("/static/");
const isKept = ({ origin, pathname, search }) =>
  origin === self.location.origin && ((ofPage.includes(pathname) && !search) || isFile(pathname));
const isFresh = (copy) => Date.now() - Number(copy.headers.get(KEPT)) < HOURS * 60 * 60 * 1000;
const open = () => caches.open(CACHE);
const versionOf = (reply) => reply?.headers.get("ETag") ?? reply?.headers.get("Last-Modified");

async function keep(address, reply) {
  const cache = await open();
  if (!reply.ok || reply.redirected) return cache.delete(address); // it is this reader's no more
  const known = await cache.match(address, { ignoreVary: true });
  if (isFile(new URL(address).pathname)) return (known && versionOf(known) === versionOf(reply)) || cache.put(address, reply);
  const headers = new Headers(reply.headers);
  headers.set(KEPT, Date.now());
  return cache.put(address, new Response(await reply.blob(), { headers }));
}

/* The copy of an address, or undefined. A page says in its <html> when it was kept. */
async function copyOf(address) {
  const cache = await open();
  const copy = await cache.match(address, { ignoreVary: true });
  if (!copy || isFile(new URL(address).pathname)) return copy;
  if (!isFresh(copy)) {
    await cache.delete(address);
    return undefined;
  }
  const words = (await copy.text()).replace("<html ", `<html data-kept="${copy.headers.get(KEPT)}" `);
  return new Response(words, { headers: copy.headers });
}

async function answer(event) {
  const address = event.request.url;
  const network = fetch(event.request);
  const late = new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
  let reply;
  try {
    reply = await Promise.race([network, late]);
  } catch {
    return (await copyOf(address)) ?? network; // without a copy the browser tells by itself what is wrong
  }
  if (DOWN.includes(reply.status)) return (await copyOf(address)) ?? reply;
  event.waitUntil(keep(address, reply.clone()));
  return reply;
}

/* Fetch what the page was made of before the worker was there, of all that it has asked for; itself last, so
   that it is kept with all that it needs. */
async function complete(asked) {
  const cache = await open();
  const addresses = [...asked, self.registration.scope].filter((address) => isKept(new URL(address)));
  for (const address of new Set(addresses)) {
    if (await cache.match(address, { ignoreVary: true })) continue;
    await keep(address, await fetch(address));
  }
}

/* Throw away what is too old, of other forums too, and the files with the last of the pages. */
async function sweep() {
  const cache = await open();
  const copies = await cache.matchAll(undefined, { ignoreVary: true });
  const pages = copies.filter((copy) => copy.headers.has(KEPT));
  if (!pages.some(isFresh)) return caches.delete(CACHE);
  const requests = await cache.keys();
  return Promise.all(requests.filter((_request, place) => pages.includes(copies[place]) && !isFresh(copies[place])).map((old) => cache.delete(old)));
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("message", (event) => event.waitUntil(sweep().then(() => complete(event.data.asked))));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && isKept(new URL(event.request.url))) event.respondWith(answer(event));
});
