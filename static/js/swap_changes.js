/* For parts that htmx asks for again and again: swaps only an answer that differs from the one before,
   so that focus, selection and screen readers are left in peace. The browser hands out a 304 as the old
   answer once more; its ETag tells. A part in which somebody has opened something to write waits until
   it is closed. */

const seen = new WeakMap();

document.addEventListener("htmx:beforeSwap", (event) => {
  const part = event.detail.target;
  const { xhr } = event.detail;
  const etag = xhr.getResponseHeader("ETag");
  const isInUse = part.querySelector("details[open]");
  if (isInUse || xhr.status !== 200 || (etag && seen.get(part) === etag)) event.detail.shouldSwap = false;
  else seen.set(part, etag);
});
