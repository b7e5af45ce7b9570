/* Follows a part of the page ([data-follow]) as it changes: by a stream of events where the server has
   one, and by asking every second and a half where it has none or where the stream is cut. Whichever it is,
   the part is asked for by htmx at the event "ask", and each answer brings a new address for the stream.

   That a stream begins tells nothing yet: between us and the server there may be a proxy that collects what it
   passes on. The server beats when a stream begins and a second later, and every five seconds from then on. Who
   hears the first two apart is live; who does not goes on asking (decisions/0715). */

const ASK = 1500; // what changes is to be seen within two seconds, the answer's way included
const PATIENCE = 3000; // a stream that is cut may come back before we ask again
const APART = 500; // between what was sent a second apart and came as it was sent
const UNPROVEN = 8000; // that long a stream may take to show that it flows
const SILENCE = 12000; // two beats of the server's; then the stream counts as cut
const REST = 60000; // no more streams for so long where the second has failed as well, then for twice as long ...
const LONGEST_REST = 480000;
const HIDDEN = 60000; // nobody sees it: a browser opens six connections to a server, all tabs together
const SPREAD = 400; // milliseconds, so that a whole room does not ask in the same one

const part = document.querySelector("[data-follow]");
let address = part.dataset.follow;
let source = null;
let openedAt = 0;
let firstAt = null; // when this stream was heard first
let isLive = false;
let kept = null; // the newest that a stream has told which is not live
let heardAt = Date.now();
let askedAt = 0;
let hiddenAt = null;
let stamp = "";
let tries = 0;
let failures = 0;
let restsUntil = 0;

const tableOf = (told) => told.split(".")[0]; // what follows the dot stands for the words
const soon = (longest) => Math.random() * longest;

const ask = () => {
  askedAt = Date.now();
  part.dispatchEvent(new Event("ask"));
};

const show = (told) => {
  kept = null;
  stamp = told.lastEventId;
  if (part.querySelector("details[open]")) return; // somebody writes there
  part.innerHTML = told.data;
  part.dispatchEvent(new Event("followed"));
};

const hear = () => {
  const now = Date.now();
  const isFirst = firstAt === null;
  if (isFirst) firstAt = now;
  if (!isLive && now - firstAt >= APART) {
    isLive = true;
    tries = 0;
    if (kept) show(kept);
  }
  if (isLive && now - firstAt > SILENCE) failures = 0;
  if (isLive || isFirst) heardAt = now;
};

const close = () => {
  source?.close();
  source = firstAt = kept = null;
  isLive = false;
};

// The network was away for a moment; or a proxy lets nothing through, and will not the next time either.
const fail = () => {
  close();
  failures += 1;
  if (failures > 1) restsUntil = Date.now() + Math.min(REST * 2 ** (failures - 2), LONGEST_REST) + soon(REST / 4);
};

const open = () => {
  if (source || !address || document.hidden || Date.now() < restsUntil) return;
  openedAt = Date.now();
  source = new EventSource(stamp ? `${address}?${stamp}` : address);
  source.addEventListener("beat", hear);
  source.addEventListener("part", (event) => {
    hear();
    // What comes late is older than what the page has asked for meanwhile.
    if (isLive || askedAt < openedAt) show(event);
    else kept = event;
  });
  source.addEventListener("changed", (event) => {
    hear();
    if (tableOf(stamp) !== tableOf(event.lastEventId)) setTimeout(ask, soon(SPREAD));
    stamp = event.lastEventId;
    // What the forum has by now comes along, so that no phone need ask for it.
    const words = document.getElementById("room-words");
    if (words) words.innerHTML = event.data;
  });
  source.addEventListener("goodbye", () => {
    close();
    heardAt = Date.now();
    setTimeout(ask, soon(SPREAD)); // the answer brings an address that is good for some minutes more
  });
  source.addEventListener("error", () => {
    if (isLive) heardAt = Date.now();
    close();
    tries += 1;
    setTimeout(open, 200 + soon(Math.min(3000 * tries, 15000)));
  });
};

part.addEventListener("htmx:afterRequest", (event) => {
  const next = event.detail.xhr.getResponseHeader("Samspel-Stream");
  if (!next) return;
  address = next;
  open();
});

document.addEventListener("visibilitychange", () => {
  hiddenAt = document.hidden ? Date.now() : null;
  if (document.hidden) return;
  if (Date.now() - heardAt > SILENCE / 2) close(); // a phone that slept holds on to what is long dead
  if (!source) ask();
});

setInterval(() => {
  const now = Date.now();
  const silent = now - heardAt;
  if (isLive ? silent > SILENCE : source && now - openedAt > UNPROVEN) fail();
  if (isLive && hiddenAt && now - hiddenAt > HIDDEN) close();
  if (!isLive && !document.hidden && (!address || silent > PATIENCE)) ask();
}, ASK);

open();
