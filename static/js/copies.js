/* Whose the copies of pages are that keep_pages_worker.js has kept in this browser, and until when. */

import { lasting } from "./store.js";

const CACHE = "samspel-copies"; // also in keep_pages_worker.js
const OWNER = "samspel-copies-of"; // also in own_browser.js
const HOURS = 12;

/* Throw them all away. What is not sent yet (notes, people at the door) is no copy, and stays. */
export async function forgetCopies() {
  lasting.removeItem(OWNER);
  if ("caches" in window) await caches.delete(CACHE);
}

/* Throw them away where they are somebody else's than `person`'s (their number, "" for nobody), or old. */
export async function keepOnlyOf(person) {
  const { owner, until } = JSON.parse(lasting.getItem(OWNER) ?? "{}");
  if (!person || (owner && (owner !== person || Date.now() > until))) await forgetCopies();
}

/* Write down that what is kept from now on is `person`'s. */
export function belongTo(person) {
  lasting.setItem(OWNER, JSON.stringify({ owner: person, until: Date.now() + HOURS * 60 * 60 * 1000 }));
}
