/* The words of a caption or a credit. They are written in a plain field, and may hold links, italics and tied
   figures all the same (an imported text has them): those are kept as HTML, wherever nobody types over them. */

import { field } from "./rich-text-element.js";

const KEPT = { a: ["href"], strong: [], em: [], b: [], i: [], cite: [], data: ["value"], br: [] };

const holding = (html) => Object.assign(document.createElement("template"), { innerHTML: html });

/* The HTML of these nodes, with nothing but what may stand in a line. In a template nothing loads or runs. */
export function inlineHtml(nodes) {
  const box = document.createElement("template");
  box.content.append(...[...nodes].map((node) => node.cloneNode(true)));
  for (const node of [...box.content.querySelectorAll("*")]) {
    const kept = KEPT[node.localName];
    if (!kept) { node.replaceWith(...node.childNodes); continue; }
    for (const { name } of [...node.attributes]) if (!kept.includes(name)) node.removeAttribute(name);
  }
  return box.innerHTML.trim();
}

/* As the engine takes what a node is shown as: strings and elements. */
export const inlineSpec = (html) => [...document.importNode(holding(html).content, true).childNodes].map((node) => node.data ?? node);

export const wordsOf = (html) => holding(html).content.textContent;

export const hrefsOf = (html) => [...holding(html).content.querySelectorAll("a")].map((link) => link.getAttribute("href"));

export const htmlOf = (words) => inlineHtml([document.createTextNode(words)]);

/* A field for such words, named and labelled as `field` does it: { row, input, show(html), read() }. */
export function inlineField(...named) {
  const { input, row } = field(...named);
  let html = "";
  input.addEventListener("input", () => { html = retyped(html, input.value); });
  const show = (shown) => { html = shown; input.value = wordsOf(shown); };
  return { row, input, show, read: () => html.trim() };
}

/* `html` with its words made into those that were typed, where one piece of them has been changed. */
function retyped(html, typed) {
  const words = wordsOf(html);
  if (words === typed) return html;
  if (!words || !typed) return htmlOf(typed);
  const most = Math.min(words.length, typed.length);
  let before = 0, after = 0;
  while (before < most && words[before] === typed[before]) before += 1;
  while (after < most - before && words.at(-1 - after) === typed.at(-1 - after)) after += 1;
  const box = holding(html);
  const texts = document.createTreeWalker(box.content, NodeFilter.SHOW_TEXT);
  let put = typed.slice(before, typed.length - after);
  for (let seen = 0, text; (text = texts.nextNode());) {
    const { length } = text.data;
    const within = (place) => Math.max(0, Math.min(length, place - seen));
    const from = within(before), to = within(words.length - after);
    const isHere = before <= seen + length;
    text.data = text.data.slice(0, from) + (isHere ? put : "") + text.data.slice(to);
    if (isHere) put = "";
    seen += length;
  }
  for (const emptied of [...box.content.querySelectorAll("*")].reverse()) {
    if (emptied.localName !== "br" && !emptied.textContent) emptied.remove();
  }
  return box.innerHTML;
}
