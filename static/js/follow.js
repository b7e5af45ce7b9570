/* Follows a part of the page ([data-follow]) as it changes: by a stream of events where the server has
   one, and by asking every second and a half where it has none or where the stream is cut. Whichever it is,
   the part is asked for by htmx at the event "ask", and each answer brings a new address for the stream. */

const ASK = 1500; // what changes is to be seen within two seconds, the answer's way included
const PATIENCE = 3000; // a stream that is cut may come back before we ask again
const SILENCE = 45000; // two beats of the server's; then the stream counts as cut
const HIDDEN = 60000; // nobody sees it: a browser opens six connections to a server, all tabs together
const SPREAD = 400; // milliseconds, so that a whole room does not ask in the same one

const part = document.querySelector("[data-follow]");
let address = part.dataset.follow;
let source = null;
let isLive = false;
let heardAt = Date.now();
let hiddenAt = null;
let stamp = "";
let tries = 0;

const ask = () => part.dispatchEvent(new Event("ask"));
const tableOf = (told) => told.split(".")[0]; // what follows the dot stands for the words
const soon = (longest) => Math.random() * longest;

const hear = () => {
  isLive = true;
  tries = 0;
  heardAt = Date.now();
};

const close = () => {
  source?.close();
  source = null;
  isLive = false;
};

const open = () => {
  if (source || !address || document.hidden) return;
  source = new EventSource(stamp ? `${address}?${stamp}` : address);
  source.addEventListener("beat", hear);
  source.addEventListener("part", (event) => {
    hear();
    stamp = event.lastEventId;
    if (part.querySelector("details[open]")) return; // somebody writes there
    part.innerHTML = event.data;
    part.dispatchEvent(new Event("followed"));
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
  const silent = Date.now() - heardAt;
  if (isLive && (silent > SILENCE || (hiddenAt && Date.now() - hiddenAt > HIDDEN))) close();
  if (!isLive && !document.hidden && (!address || silent > PATIENCE)) ask();
}, ASK);

open();
