/* Pictures within the text of the rich-text editor: a figure with its caption and credit, and the dialog
   in which they are written. What it holds is what news/sanitising.py lets through. */

import { element, field, goBackTo } from "./rich-text-element.js";
import { inlineField, inlineHtml, inlineSpec } from "./rich-text-inline.js";

const pictureOf = (node) => (node.localName === "img" ? node : node.querySelector("img"));

/* One picture with its words: whatever else a figure may hold (two pictures, a table) is read as what it is. */
function isOurs(figure) {
  const parts = [...figure.children];
  return figure.querySelectorAll("img").length === 1
    && parts.every((part) => part.localName === "figcaption" || pictureOf(part))
    && parts.filter((part) => part.localName === "figcaption").length < 2
    && Boolean(figure.querySelector("img[src]:not(figcaption *)"));
}

/* The credit is the <cite> at a caption's end; before it comes what the picture is about. */
function captionOf(figure) {
  const nodes = [...(figure.querySelector("figcaption")?.childNodes ?? [])];
  while (nodes.length && !nodes.at(-1).textContent.trim()) nodes.pop();
  const credit = nodes.at(-1)?.localName === "cite" ? nodes.pop() : null;
  return { caption: inlineHtml(nodes), credit: credit ? inlineHtml(credit.childNodes) : "" };
}

/* The node for the editor's schema. `alt` is null until somebody has said something of it, "" for decoration;
   `caption` and `credit` are HTML; `href` is where a press on the picture leads, in a text that came with it. */
export function figureNode(tiptap) {
  const fromPicture = (name) => (node) => pictureOf(node)?.getAttribute(name) ?? null;
  return tiptap.Node.create({
    name: "figure",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({
      src: { default: null, parseHTML: fromPicture("src") },
      alt: { default: null, parseHTML: fromPicture("alt") },
      href: { default: null, parseHTML: (node) => pictureOf(node)?.closest("a")?.getAttribute("href") ?? null },
      caption: { default: "", parseHTML: (node) => captionOf(node).caption },
      credit: { default: "", parseHTML: (node) => captionOf(node).credit },
    }),
    parseHTML: () => [{ tag: "figure", getAttrs: (node) => isOurs(node) && null }, { tag: "img[src]" }],
    renderHTML: ({ node }) => {
      const { caption, credit, href, ...picture } = node.attrs;
      const attributes = Object.fromEntries(Object.entries(picture).filter(([, value]) => value !== null));
      const image = href === null ? ["img", attributes] : ["a", { href }, ["img", attributes]];
      const words = [...inlineSpec(caption), ...(credit ? [["cite", {}, ...inlineSpec(credit)]] : [])];
      return ["figure", {}, image, ...(words.length ? [["figcaption", {}, ...words]] : [])];
    },
  });
}

/* Returns { dialog, open }: writes the words of the figure that is selected in the editor. `open` returns when the
   dialog is closed. */
export function figureDialogFor(getEditor, words) {
  const alt = field("figure-alt", words.figureAlt, words.figureAltHelp);
  const caption = inlineField("figure-caption", words.figureCaption);
  const credit = inlineField("figure-credit", words.figureCredit);
  const decoration = element("input", { class: "form-check-input", type: "checkbox", id: "figure-decoration" });
  const cancel = element("button", { class: "btn btn-quiet", type: "button" }, words.cancel);
  const form = element("form", { method: "dialog" },
    alt.row,
    element("div", { class: "form-check mb-3" }, decoration,
      element("label", { class: "form-check-label", for: "figure-decoration" }, words.figureDecoration)),
    caption.row, credit.row,
    element("div", { class: "action-bar" }, element("button", { class: "btn btn-primary", type: "submit" }, words.figureOk), cancel));
  const dialog = element("dialog", { class: "panel editor-dialog", "aria-label": words.figure }, form);
  decoration.addEventListener("change", () => { alt.input.disabled = decoration.checked; });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => goBackTo(getEditor()));
  form.addEventListener("submit", () => {
    const said = alt.input.value.trim();
    getEditor().commands.updateAttributes("figure", {
      alt: decoration.checked ? "" : said || null,
      caption: caption.read(),
      credit: credit.read(),
    });
  });
  const open = () => {
    const now = getEditor().getAttributes("figure");
    decoration.checked = now.alt === "";
    alt.input.disabled = decoration.checked;
    alt.input.value = now.alt ?? "";
    caption.show(now.caption ?? "");
    credit.show(now.credit ?? "");
    dialog.showModal();
    return new Promise((done) => { dialog.addEventListener("close", done, { once: true }); });
  };
  return { dialog, open };
}
