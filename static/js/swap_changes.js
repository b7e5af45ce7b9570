/* For parts that htmx asks for again and again: swaps only an answer that differs from the one before,
   so that focus, selection and screen readers are left in peace. The browser hands out a 304 as the old
   answer once more; its ETag tells. Where somebody has opened something to write, what is new comes around
   that item; where it stands in no item of its own, the part waits until it is closed. */

import { renewAround } from "./renew.js";

const seen = new WeakMap(); // part -> the ETag of the answer that it shows whole
const seenAround = new WeakMap(); // or around what was open

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target: part, xhr } = event.detail;
  const etag = xhr.getResponseHeader("ETag");
  const opened = [...part.querySelectorAll("details[open]")];
  const isNew = xhr.status === 200 && !(etag && seen.get(part) === etag);
  event.detail.shouldSwap = isNew && !opened.length && event.detail.shouldSwap;
  if (event.detail.shouldSwap) seen.set(part, etag);
  if (!isNew || !opened.length || (etag && seenAround.get(part) === etag)) return;
  const items = [...new Set(opened.map((box) => box.closest("li[id], details[id]")))];
  if (items.includes(null) || !renewAround(part, xhr.responseText, items)) return;
  seen.delete(part); // when they are closed, it is shown whole
  seenAround.set(part, etag);
});
