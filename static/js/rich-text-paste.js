/* What is pasted into the rich-text editor from Word or a web page: its structure stays, its dressing goes.

   Word writes lists as paragraphs with a mark in them and a level in their style ("mso-list:l0 level2"),
   and headings as styled paragraphs; Word in a browser writes each item as a list of its own, and headings as
   paragraphs with a role; Google Docs wraps everything in a <b> that is not bold. */

const GONE = "style, script, meta, link, title, xml, template, svg, button, input, select, textarea, iframe, object";
const LEVEL = /mso-list:\s*l\d+\s+level(\d+)/i;
const LIST_MARK = /mso-list:\s*ignore/i;
const NUMBERED = /^\(?(\d+|[a-zåäö]|[ivx]+)[.)]/i;
const KEPT = new Set(["href", "colspan", "rowspan", "start", "src", "alt", "scope", "data-head", "data-body", "data-by-place"]);
const STRUCK = /(?<![\w-])text-decoration(?:-line)?:[^;]*line-through/i;
const SHIFTED = { sup: /(?<![\w-])vertical-align:\s*super/i, sub: /(?<![\w-])vertical-align:\s*sub(?!\w)/i };
/* Raised and lowered by themselves: a text of ours has no other way to say m² and CO₂. */
const DIGITS = { sup: "⁰¹²³⁴⁵⁶⁷⁸⁹", sub: "₀₁₂₃₄₅₆₇₈₉" };
const OWN_PICTURE = /^\/bilder\/[\da-f-]{36}\/\d+\.webp$/;

const styleOf = (node) => node.getAttribute("data-style") ?? "";

/* Styles are read here and never applied: a style attribute would meet the content security policy even in
   a document that nobody sees. */
const unstyled = (html) => html
  .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
  .replace(/<[^<>]*>/g, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));

function rename(node, tag) {
  const made = node.ownerDocument.createElement(tag);
  made.append(...node.childNodes);
  node.replaceWith(made);
  return made;
}

const unwrap = (node) => node.replaceWith(...node.childNodes);

function levelOf(node) {
  return node?.localName === "p" ? Number(LEVEL.exec(styleOf(node))?.[1] ?? 0) : 0;
}

/* What Word in a browser says of itself, as the one on the desk would say it. */
function asOnTheDesk(body) {
  for (const end of body.querySelectorAll("span.EOP")) if (!end.textContent.trim()) end.remove(); // the paragraph's own end
  for (const heading of [...body.querySelectorAll("[role=heading][aria-level]")]) {
    const level = Number(heading.getAttribute("aria-level"));
    if (level >= 1 && level <= 6) rename(heading, `h${level}`);
  }
  for (const box of [...body.querySelectorAll(".ListContainerWrapper")]) {
    const items = [...box.querySelectorAll("li[data-aria-level]")].map((item) => {
      const list = item.parentElement;
      const number = Number(list.getAttribute("start") ?? 1) + [...list.children].indexOf(item);
      const paragraph = document.createElement("p");
      const mark = document.createElement("span");
      mark.setAttribute("data-style", "mso-list: ignore");
      mark.textContent = list.localName === "ol" ? `${number}.` : "·";
      paragraph.setAttribute("data-style", `mso-list: l0 level${item.getAttribute("data-aria-level")}`);
      for (const inner of [...item.querySelectorAll("p")]) unwrap(inner);
      paragraph.append(mark, ...item.childNodes);
      return paragraph;
    });
    if (items.length) box.replaceWith(...items);
  }
}

/* Takes away what is struck out, which holds no longer and would look as if it did, and returns its words. */
function withoutStruck(body) {
  const struck = [...body.querySelectorAll("*")].filter((node) => ["s", "strike", "del"].includes(node.localName) || STRUCK.test(styleOf(node)));
  const words = struck.filter((node) => !struck.some((other) => other !== node && other.contains(node))).map((node) => node.textContent.replace(/\s+/g, " ").trim());
  for (const node of struck) node.remove();
  return words.filter(Boolean);
}

function shiftDigits(body) {
  for (const [tag, style] of Object.entries(SHIFTED)) {
    const shifted = [...body.querySelectorAll("*")].filter((node) => node.localName === tag || style.test(styleOf(node)));
    for (const node of shifted) {
      if (/^\d+$/.test(node.textContent.trim())) node.textContent = node.textContent.trim().replace(/\d/g, (digit) => DIGITS[tag][digit]);
    }
  }
}

/* Puts a paragraph that Word means as a list item into the list of its level; `stack` holds the open ones. */
function listItem(paragraph, level, stack) {
  const document = paragraph.ownerDocument;
  const mark = [...paragraph.querySelectorAll("span")].find((span) => LIST_MARK.test(styleOf(span)));
  const said = mark?.textContent.trim() ?? "";
  const tag = NUMBERED.test(said) ? "ol" : "ul";
  mark?.remove();
  while (stack.length && stack.at(-1).level > level) stack.pop();
  if (!stack.length || stack.at(-1).level < level) {
    const list = document.createElement(tag);
    const first = tag === "ol" && parseInt(said.replace("(", ""), 10);
    if (first > 1) list.setAttribute("start", first); // a list that goes on after a paragraph between
    const within = stack.at(-1)?.list.lastElementChild;
    if (within) within.append(list);
    else paragraph.before(list);
    stack.push({ level, list });
  } else if (stack.at(-1).list.localName !== tag) {
    const list = document.createElement(tag);
    stack.at(-1).list.after(list);
    stack.at(-1).list = list;
  }
  const item = document.createElement("li");
  item.append(...paragraph.childNodes);
  stack.at(-1).list.append(item);
  paragraph.remove();
}

function makeLists(body) {
  for (const first of [...body.querySelectorAll("p")]) {
    if (!first.isConnected || !levelOf(first)) continue;
    const stack = [];
    for (let node = first, next; levelOf(node); node = next) {
      next = node.nextElementSibling;
      listItem(node, levelOf(node), stack);
    }
  }
}

function makeHeadings(body) {
  for (const paragraph of body.querySelectorAll("p[class]")) {
    const found = /^Mso(Title|Heading([1-6]))$/i.exec(paragraph.className);
    if (found) rename(paragraph, `h${found[2] ?? 1}`);
  }
  // The page's own title is its only heading 1: where the text has one, everything moves a step down.
  const step = body.querySelector("h1") ? 1 : 0;
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    rename(heading, `h${Math.min(4, Number(heading.localName[1]) + step)}`);
  }
}

function makeMarks(body) {
  for (const bold of [...body.querySelectorAll("b, strong")]) {
    if (/(?<![\w-])font-weight:\s*(normal|[1-4]00)/i.test(styleOf(bold))) unwrap(bold);
  }
  for (const span of [...body.querySelectorAll("span, font")]) {
    if (span.closest("h2, h3, h4, a")) { unwrap(span); continue; }
    const style = styleOf(span);
    if (/(?<![\w-])font-weight:\s*(bold|[6-9]00)/i.test(style)) rename(span, "strong");
    else if (/(?<![\w-])font-style:\s*italic/i.test(style)) rename(span, "em");
    else unwrap(span);
  }
}

function makeTables(body) {
  for (const table of body.querySelectorAll("table")) {
    if (table.querySelector("th")) continue;
    const cells = [...(table.rows[0]?.cells ?? [])];
    const isHead = (cell) => cell.closest("thead") || (cell.textContent.trim() && cell.textContent.trim() === cell.querySelector("b, strong")?.textContent.trim());
    if (table.rows.length > 1 && cells.every(isHead)) {
      for (const cell of cells) rename(cell, "th").setAttribute("scope", "col");
      table.createTHead().append(table.rows[0]);
    }
  }
}

function dropDressing(body) {
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
  for (const node of [...body.querySelectorAll("*")]) {
    if (node.localName.includes(":")) unwrap(node); // <o:p>, <w:sdt>
  }
  for (const picture of body.querySelectorAll("img")) {
    if (!OWN_PICTURE.test(picture.getAttribute("src") ?? "")) picture.remove();
  }
  for (const link of [...body.querySelectorAll("a")]) {
    const href = (link.getAttribute("href") ?? "").replace(`${location.origin}/`, "/");
    if (/^(https?:|mailto:|tel:|\/(?!\/))/i.test(href)) link.setAttribute("href", href);
    else unwrap(link); // bookmarks, footnotes, files on somebody's disk
  }
  for (const node of body.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) if (!KEPT.has(name)) node.removeAttribute(name);
  }
  for (const block of [...body.querySelectorAll("p, h2, h3, h4")]) {
    if (!block.textContent.trim() && !block.querySelector("img, br")) block.remove();
  }
}

/* The pictures that are none of ours, and so don't stay, as { src, alt }; but for those that only count readers. */
function foreignPictures(body) {
  const isSeen = (picture) => !["width", "height"].some((side) => picture.hasAttribute(side) && Number(picture.getAttribute(side)) < 3);
  return [...body.querySelectorAll("img")]
    .map((picture) => ({ src: picture.getAttribute("src") ?? "", alt: picture.getAttribute("alt")?.trim() ?? "", isSeen: isSeen(picture) }))
    .filter((picture) => picture.isSeen && !OWN_PICTURE.test(picture.src));
}

/* Returns pasted HTML with its structure alone. What pictures it held is given to `notePictures`, what was struck
   out in it to `noteStruck`. */
export function undressed(html, notePictures, noteStruck) {
  const { body } = new DOMParser().parseFromString(unstyled(html), "text/html");
  for (const node of body.querySelectorAll(GONE)) node.remove();
  notePictures(foreignPictures(body));
  noteStruck(withoutStruck(body));
  asOnTheDesk(body);
  shiftDigits(body);
  makeLists(body);
  makeHeadings(body);
  makeMarks(body);
  makeTables(body);
  dropDressing(body);
  return body.innerHTML;
}
