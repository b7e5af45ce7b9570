/* Makes an editor of <textarea data-rich-text="address of editor.js" data-rich-text-words="{…}">.

   The engine is Tiptap as django-prose-editor packs it. The toolbar is our own: real buttons in a
   toolbar with arrow keys (WAI-ARIA APG, "Toolbar"), named in the page's language. What the schema
   holds is what news/sanitising.py lets through, so that opening a text never costs it anything. */

import { changeIn, element, goBackTo } from "./rich-text-element.js";
import { figureDialogFor, figureNode } from "./rich-text-figures.js";
import { documentDialogFor, pictureDialogFor, takerFor } from "./rich-text-library.js";
import { linkDialogFor } from "./rich-text-links.js";
import { undressed } from "./rich-text-paste.js";
import { hrefsOf, wordsOf } from "./rich-text-inline.js";
import { captionDialogFor, finished, tableNodes, tableToolsOf } from "./rich-text-tables.js";

function extensionsOf(tiptap, openLinkDialog) {
  const { Node, Mark } = tiptap;
  const Speaker = Node.create({
    name: "speaker",
    content: "inline*",
    parseHTML: () => [{ tag: "footer" }],
    renderHTML: () => ["footer", 0],
  });
  // The schema's own next line after a quotation's last would be who said it; Enter goes on with what was said.
  const Quotation = tiptap.Blockquote.extend({
    content: "block+ speaker?",
    addKeyboardShortcuts() {
      return { ...this.parent(), Enter: () => {
        const { $from, empty } = this.editor.state.selection;
        const isSaid = $from.depth > 1 && $from.node(-1).type === this.type && $from.parent.type.name === "paragraph";
        const isAtEnd = empty && $from.parentOffset > 0 && $from.parentOffset === $from.parent.content.size;
        return isSaid && isAtEnd && this.editor.chain().splitBlock().setParagraph().run();
      } };
    },
  });
  const FactBox = Node.create({
    name: "factBox",
    group: "block",
    content: "block+",
    parseHTML: () => [{ tag: "aside" }],
    renderHTML: () => ["aside", { class: "fact-box" }, 0],
  });
  const Cite = Mark.create({ name: "cite", parseHTML: () => [{ tag: "cite" }], renderHTML: () => ["cite", 0] });
  // A number that is tied to what it was counted from: who types over it keeps the tie (news/tying.py).
  const Figure = Mark.create({
    name: "data",
    addAttributes: () => ({ value: { default: null } }),
    parseHTML: () => [{ tag: "data[value]" }],
    renderHTML: ({ HTMLAttributes }) => ["data", HTMLAttributes, 0],
  });
  return [
    tiptap.Document, tiptap.Paragraph, tiptap.Text, tiptap.HardBreak, tiptap.HorizontalRule,
    tiptap.Heading.configure({ levels: [2, 3, 4] }),
    tiptap.Bold, tiptap.Italic, Cite, Figure,
    tiptap.BulletList, tiptap.OrderedList, tiptap.ListItem,
    Quotation, Speaker, FactBox,
    figureNode(tiptap), ...tableNodes(tiptap),
    tiptap.Link.extend({
      addKeyboardShortcuts: () => ({ "Mod-k": () => { openLinkDialog(); return true; } }),
    }).configure({ openOnClick: false, autolink: false, enableTarget: false }),
    tiptap.UndoRedo, tiptap.Gapcursor, tiptap.Dropcursor,
  ];
}

/* Each tool: name, what it shows (an icon, or letters), what it does, when it is on, when it can be. */
function toolsOf(editor, words, open) {
  const run = (change) => () => changeIn(editor, change);
  const can = (change) => () => change(editor.can());
  const heading = (level) => ({
    name: `heading${level}`, letters: `${words.headingMark}${level}`,
    act: run((chain) => chain.toggleHeading({ level })), on: () => editor.isActive("heading", { level }),
  });
  const tables = tableToolsOf(editor, open.caption);
  const mark = (name, icon, toggle) => ({ name, icon, act: run(toggle), on: () => editor.isActive(name) });
  return [
    [
      { name: "paragraph", icon: "notes", act: run((chain) => chain.setParagraph()), on: () => editor.isActive("paragraph") },
      heading(2), heading(3), heading(4),
    ],
    [
      mark("bold", "format_bold", (chain) => chain.toggleBold()),
      mark("italic", "format_italic", (chain) => chain.toggleItalic()),
      {
        name: "link", icon: "insert_link", act: open.link, on: () => editor.isActive("link"),
        can: () => !editor.isActive("figure"),
      },
      {
        name: "unlink", icon: "link_off", can: () => editor.isActive("link"),
        act: run((chain) => chain.extendMarkRange("link").unsetLink()),
      },
    ],
    [
      mark("bulletList", "format_list_bulleted", (chain) => chain.toggleBulletList()),
      mark("orderedList", "format_list_numbered", (chain) => chain.toggleOrderedList()),
      mark("blockquote", "format_quote", (chain) => chain.toggleBlockquote()),
      {
        name: "speaker", icon: "person", on: () => editor.isActive("speaker"),
        act: () => run((chain) => (editor.isActive("speaker") ? chain.setParagraph() : chain.setNode("speaker")))(),
        can: () => editor.isActive("speaker") || (editor.isActive("blockquote") && editor.can().setNode("speaker")),
      },
      mark("factBox", "info", (chain) => chain.toggleWrap("factBox")),
      tables.make,
      { name: "picture", icon: "add_photo_alternate", act: open.picture },
      { name: "document", icon: "attach_file", act: open.document, can: () => !editor.isActive("figure") },
    ],
    Object.assign([
      { name: "figure", icon: "subtitles", act: open.figure },
    ], { name: "figureTools", isShown: () => editor.isActive("figure") }),
    tables.group,
    [
      { name: "undo", icon: "undo", act: run((chain) => chain.undo()), can: can((one) => one.undo()) },
      { name: "redo", icon: "redo", act: run((chain) => chain.redo()), can: can((one) => one.redo()) },
    ],
  ];
}

/* What the editor listens to by itself, as `aria-keyshortcuts` writes it. Its Ctrl+Alt with digits are left
   untold: on a Swedish keyboard some of them write @ and £. */
const KEYS = {
  bold: "Control+B", italic: "Control+I", link: "Control+K", bulletList: "Control+Shift+8", orderedList: "Control+Shift+7",
  blockquote: "Control+Shift+B", undo: "Control+Z", redo: "Control+Shift+Z",
};
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

function buttonFor(tool, words) {
  const icon = tool.icon
    ? element("span", { class: "material-icons", "aria-hidden": "true" }, tool.icon)
    : element("span", { "aria-hidden": "true" }, tool.letters);
  const keys = KEYS[tool.name]?.replace("Control", IS_MAC ? "Meta" : "Control");
  const told = keys ? ` (${keys.replace("Control", "Ctrl").replace("Meta", "⌘").replace("Shift", words.shiftKey)})` : "";
  const button = element("button", {
    type: "button", title: words[tool.name] + told, "aria-label": words[tool.name], ...(keys && { "aria-keyshortcuts": keys }),
  }, icon);
  // Disabled for assistive technology too, yet it keeps the focus when it becomes so.
  button.addEventListener("click", () => { if (button.getAttribute("aria-disabled") !== "true") tool.act(); });
  return button;
}

function toolbarFor(editor, words, controls, open) {
  const bar = element("div", { class: "editor-toolbar", role: "toolbar", "aria-label": words.toolbar, "aria-controls": controls });
  const pairs = [], groups = [];
  for (const group of toolsOf(editor, words, open)) {
    const shown = element("div", { class: "editor-group" });
    groups.push([group, shown]);
    for (const tool of group) {
      const button = buttonFor(tool, words);
      pairs.push([tool, button]);
      shown.append(button);
    }
    bar.append(shown);
  }
  const buttons = pairs.map(([, button]) => button);
  moveByArrows(bar, buttons);
  // Pointed at, a tool leaves the focus in the text, and a phone its keyboard up.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  const refresh = () => {
    for (const [group, shown] of groups) shown.hidden = group.isShown ? !group.isShown() : false;
    for (const [tool, button] of pairs) {
      if (tool.on) button.setAttribute("aria-pressed", String(tool.on()));
      button.setAttribute("aria-disabled", String(tool.can ? !tool.can() : false));
    }
  };
  editor.on("transaction", refresh);
  refresh();
  return bar;
}

/* One stop for Tab; the arrow keys, Home and End move inside. */
function moveByArrows(bar, buttons) {
  const goTo = (index, step = 1) => {
    let target = buttons[(index + buttons.length) % buttons.length];
    while (target.closest("[hidden]")) target = buttons[(buttons.indexOf(target) + step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
    return target;
  };
  goTo(0);
  bar.addEventListener("focusin", (event) => { if (buttons.includes(event.target)) goTo(buttons.indexOf(event.target)); });
  bar.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined || here < 0) return;
    event.preventDefault();
    goTo(next, next < here && event.key !== "Home" ? -1 : event.key === "End" ? -1 : 1).focus();
  });
}

async function begin(textarea) {
  const tiptap = await import(textarea.dataset.richText);
  const words = JSON.parse(textarea.dataset.richTextWords);
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  label.id ||= `${textarea.id}-label`;
  const area = `${textarea.id}-editor`;
  const shell = element("div", { class: "editor" });
  let editor;
  const link = linkDialogFor(() => editor, words, textarea.dataset.linkTargets);
  const figure = figureDialogFor(() => editor, words);
  const picture = pictureDialogFor(() => editor, words, textarea, figure.open);
  const caption = captionDialogFor(() => editor, words);
  const papers = documentDialogFor(() => editor, words, textarea);
  const told = element("p", { class: "editor-told", role: "status" });
  const struck = element("p", { class: "editor-told", role: "status" });
  const tellStruck = (parts) => { struck.textContent = parts.length ? `${words.struckLost} ${parts.map((part) => `”${part}”`).join(", ")}` : ""; };
  const { takeFiles, takeForeign } = takerFor(() => editor, words, textarea, figure.open, (said) => { told.textContent = said; });
  editor = new tiptap.Editor({
    element: shell,
    injectCSS: false, // a <style> of its own would meet the content security policy
    extensions: extensionsOf(tiptap, link.open),
    content: textarea.value,
    editorProps: {
      scrollThreshold: inSight,
      scrollMargin: inSight,
      transformPastedHTML: (html) => undressed(html, takeForeign, tellStruck),
      // Word puts a picture of the whole text beside the text: only what is a picture alone is one.
      handlePaste: (view, event) => !event.clipboardData?.getData("text/html") && takeFiles(event.clipboardData?.files),
      handleDrop: (view, event, slice, moved) => !moved && takeFiles(event.dataTransfer?.files),
      attributes: { class: "prose", id: area, role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id },
    },
    onUpdate: () => {
      textarea.value = editor.isEmpty ? "" : finished(editor.getHTML());
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  shell.prepend(toolbarFor(editor, words, area, { link: link.open, figure: figure.open, caption: caption.open, picture: picture.open, document: papers.open }));
  const wasWritten = document.activeElement === textarea;
  textarea.before(shell);
  shell.append(told, struck);
  document.body.append(link.dialog, figure.dialog, caption.dialog, picture.dialog, papers.dialog); // outside the draft's form: a form inside a form is none
  textarea.hidden = true;
  if (wasWritten) goOnWriting(editor);
  label.addEventListener("click", (event) => { event.preventDefault(); goBackTo(editor); });
  // keep-draft.js brings a text back by writing it here and saying so.
  textarea.addEventListener("change", () => editor.commands.setContent(textarea.value));
  const goThere = () => goToSpot(editor);
  addEventListener("hashchange", goThere);
  goThere();
}

/* How far from the window's edges the line that is written stays, in pixels: the tools stand at the upper one,
   the buttons at the lower. */
const inSight = {
  get top() { return 16 + (document.querySelector(".editor-toolbar")?.offsetHeight ?? 0); },
  get bottom() { return 16 + (document.querySelector(".draft-bar")?.offsetHeight ?? 0); },
  left: 0,
  right: 0,
};

/* On a slow network somebody has begun in the plain field before the editor came: their next key goes here. */
function goOnWriting(editor) {
  editor.commands.setTextSelection(editor.state.doc.content.size);
  goBackTo(editor);
}

/* An address that ends in "#ord=…" leads to these words of the text, "#lank=…" to a link with this address:
   what the advice before a review points at (news/advising.py). */
function goToSpot(editor) {
  const [, kind, encoded] = /^#(ord|lank)=(.*)$/.exec(location.hash) ?? [];
  if (!kind) return;
  const wanted = decodeURIComponent(encoded);
  let range;
  // A figure is selected as one; of a table whose caption it is, the caret comes into the first cell's words.
  const whole = (node, position) => {
    const from = position + (node.type.name === "table" ? 4 : 0);
    return { from, to: from, isFigure: node.type.name === "figure" };
  };
  editor.state.doc.descendants((node, position) => {
    if (range) return false;
    if (kind === "lank" && node.isText && node.marks.some((mark) => mark.attrs.href === wanted)) {
      range = { from: position, to: position + node.nodeSize };
    } else if (kind === "lank" && [node.attrs.href, ...hrefsOf(`${node.attrs.caption ?? ""}${node.attrs.credit ?? ""}`)].includes(wanted)) {
      range = whole(node, position);
    } else if (kind === "ord" && node.isTextblock) {
      const at = node.textContent.replace(/\s/g, " ").indexOf(wanted);
      if (at >= 0) range = { from: position + 1 + at, to: position + 1 + at + wanted.length };
    } else if (kind === "ord" && node.type.name === "figure" && wordsOf(node.attrs.caption).startsWith(wanted)) {
      range = whole(node, position);
    }
    return !range;
  });
  if (!range) return;
  changeIn(editor, (text) => (range.isFigure ? text.setNodeSelection(range.from) : text.setTextSelection(range)));
}

for (const textarea of document.querySelectorAll("textarea[data-rich-text]")) begin(textarea);
