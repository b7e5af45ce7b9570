/* Pictures within the text of the rich-text editor: a figure with its caption and credit, and the dialog
   in which they are written. What it holds is what news/sanitising.py lets through. */

import { element } from "./rich-text-element.js";

const textOf = (figure, selector) => figure.querySelector(selector)?.textContent.trim() ?? "";

function captionOf(figure) {
  const caption = figure.querySelector("figcaption")?.cloneNode(true);
  caption?.querySelector("cite")?.remove();
  return caption?.textContent.trim() ?? "";
}

const pictureOf = (node) => (node.localName === "img" ? node : node.querySelector("img"));

/* The node for the editor's schema. `alt` is null until somebody has said something of it, "" for decoration. */
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
      caption: { default: "", parseHTML: captionOf },
      credit: { default: "", parseHTML: (node) => textOf(node, "figcaption cite") },
    }),
    parseHTML: () => [{ tag: "figure", getAttrs: (node) => Boolean(node.querySelector("img[src]")) && null }, { tag: "img[src]" }],
    renderHTML: ({ node }) => {
      const { caption, credit, ...picture } = node.attrs;
      const attributes = Object.fromEntries(Object.entries(picture).filter(([, value]) => value !== null));
      const words = [...(caption ? [caption] : []), ...(credit ? [["cite", {}, credit]] : [])];
      return ["figure", {}, ["img", attributes], ...(words.length ? [["figcaption", {}, ...words]] : [])];
    },
  });
}

function field(name, label, help, control = "input") {
  const id = `figure-${name}`;
  const input = element(control, { class: "form-control", id, ...(help ? { "aria-describedby": `${id}-help` } : {}) });
  const parts = [element("label", { class: "form-label", for: id }, label), input];
  if (help) parts.push(element("p", { class: "form-text", id: `${id}-help` }, help));
  return { input, row: element("div", { class: "mb-3" }, ...parts) };
}

/* Returns { dialog, open }: writes the words of the figure that is selected in the editor. */
export function figureDialogFor(getEditor, words) {
  const alt = field("alt", words.figureAlt, words.figureAltHelp);
  const caption = field("caption", words.figureCaption);
  const credit = field("credit", words.figureCredit);
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
  dialog.addEventListener("close", () => getEditor().commands.focus());
  form.addEventListener("submit", () => {
    const said = alt.input.value.trim();
    getEditor().chain().focus().updateAttributes("figure", {
      alt: decoration.checked ? "" : said || null,
      caption: caption.input.value.trim(),
      credit: credit.input.value.trim(),
    }).run();
  });
  const open = () => {
    const now = getEditor().getAttributes("figure");
    decoration.checked = now.alt === "";
    alt.input.disabled = decoration.checked;
    alt.input.value = now.alt ?? "";
    caption.input.value = now.caption ?? "";
    credit.input.value = now.credit ?? "";
    dialog.showModal();
  };
  return { dialog, open };
}
