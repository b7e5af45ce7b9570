/* Takes over the new HTML of a part everywhere but in the items (each with an id) that somebody writes in: those
   stay as they are, so that focus, selection and words are left in peace, and all around them follows. */

const childOf = (parent, node) => {
  while (node.parentNode !== parent) node = node.parentNode;
  return node;
};

function takeOver(mine, theirs, items) {
  const staying = new Map(); // the new child -> ours, which has an item in it or is one
  for (const { item, fresh } of items) staying.set(childOf(theirs, fresh), childOf(mine, item));
  const ours = new Set(staying.values());
  for (const child of [...mine.childNodes]) if (!ours.has(child)) child.remove();
  let next = mine.firstChild;
  for (const child of [...theirs.childNodes]) {
    const own = staying.get(child);
    if (!own) {
      mine.insertBefore(child, next);
      continue;
    }
    if (own === next) next = own.nextSibling;
    else mine.insertBefore(own, next);
    const within = items.filter(({ item }) => own !== item && own.contains(item));
    if (within.length) takeOver(own, child, within);
  }
}

/* Returns whether it was done: not where an item in which one can type has no place in the new HTML, not even in
   its list. Another one that has gone, goes. */
export function renewAround(part, html, kept) {
  const { content } = Object.assign(document.createElement("template"), { innerHTML: html });
  const items = kept
    .filter((item) => item.querySelector("textarea, input:not([type=hidden])") || content.getElementById(item.id))
    .map((item) => ({ item, fresh: content.getElementById(item.id) ?? lastIn(content, item) }));
  if (items.some(({ fresh }) => !fresh)) return false;
  takeOver(part, content, items);
  return true;
}

/* The place of an item that has gone from its list, as a note that is no longer among the latest: at its end. */
function lastIn(content, item) {
  const section = item.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
  const list = content.querySelector(`[aria-labelledby="${section}"] ul`);
  return list?.appendChild(item.cloneNode(false));
}
