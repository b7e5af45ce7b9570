/* Makes an editor of <textarea data-rich-text="address of editor.js" data-rich-text-words="{…}">.

   The engine is Tiptap as django-prose-editor packs it. The toolbar is our own: real buttons in a
   toolbar with arrow keys (WAI-ARIA APG, "Toolbar"), named in the page's language. What the schema
   holds is what news/sanitising.py lets through, so that opening a text never costs it anything. */

const PORTAL_OR_WEB = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;

function extensionsOf(tiptap, openLinkDialog) {
  const { Node, Mark } = tiptap;
  const Speaker = Node.create({
    name: "speaker",
    content: "inline*",
    parseHTML: () => [{ tag: "footer" }],
    renderHTML: () => ["footer", 0],
  });
  const FactBox = Node.create({
    name: "factBox",
    group: "block",
    content: "block+",
    parseHTML: () => [{ tag: "aside" }],
    renderHTML: () => ["aside", { class: "fact-box" }, 0],
  });
  const Cite = Mark.create({ name: "cite", parseHTML: () => [{ tag: "cite" }], renderHTML: () => ["cite", 0] });
  return [
    tiptap.Document, tiptap.Paragraph, tiptap.Text, tiptap.HardBreak, tiptap.HorizontalRule,
    tiptap.Heading.configure({ levels: [2, 3, 4] }),
    tiptap.Bold, tiptap.Italic, Cite,
    tiptap.BulletList, tiptap.OrderedList, tiptap.ListItem,
    tiptap.Blockquote.extend({ content: "block+ speaker?" }), Speaker, FactBox,
    tiptap.Table.configure({ resizable: false }), tiptap.TableRow, tiptap.TableHeader, tiptap.TableCell,
    tiptap.Link.extend({
      addKeyboardShortcuts: () => ({ "Mod-k": () => { openLinkDialog(); return true; } }),
    }).configure({ openOnClick: false, autolink: false, enableTarget: false }),
    tiptap.UndoRedo, tiptap.Gapcursor, tiptap.Dropcursor,
  ];
}

/* Each tool: name, what it shows (an icon, or letters), what it does, when it is on, when it can be. */
function toolsOf(editor, words, openLinkDialog) {
  const run = (change) => () => change(editor.chain().focus()).run();
  const can = (change) => () => change(editor.can());
  const heading = (level) => ({
    name: `heading${level}`, letters: `${words.headingMark}${level}`,
    act: run((chain) => chain.toggleHeading({ level })), on: () => editor.isActive("heading", { level }),
  });
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
        name: "link", icon: "insert_link", act: openLinkDialog, on: () => editor.isActive("link"),
        can: () => !editor.state.selection.empty || editor.isActive("link"),
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
    ],
    [
      { name: "undo", icon: "undo", act: run((chain) => chain.undo()), can: can((one) => one.undo()) },
      { name: "redo", icon: "redo", act: run((chain) => chain.redo()), can: can((one) => one.redo()) },
    ],
  ];
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function buttonFor(tool, words) {
  const icon = tool.icon
    ? element("span", { class: "material-icons", "aria-hidden": "true" }, tool.icon)
    : element("span", { "aria-hidden": "true" }, tool.letters);
  const button = element("button", { type: "button", title: words[tool.name], "aria-label": words[tool.name] }, icon);
  // Disabled for assistive technology too, yet it keeps the focus when it becomes so.
  button.addEventListener("click", () => { if (button.getAttribute("aria-disabled") !== "true") tool.act(); });
  return button;
}

function toolbarFor(editor, words, controls, openLinkDialog) {
  const bar = element("div", { class: "editor-toolbar", role: "toolbar", "aria-label": words.toolbar, "aria-controls": controls });
  const pairs = [];
  for (const group of toolsOf(editor, words, openLinkDialog)) {
    const shown = element("div", { class: "editor-group" });
    for (const tool of group) {
      const button = buttonFor(tool, words);
      pairs.push([tool, button]);
      shown.append(button);
    }
    bar.append(shown);
  }
  const buttons = pairs.map(([, button]) => button);
  moveByArrows(bar, buttons);
  const refresh = () => {
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
  const goTo = (index) => {
    const target = buttons[(index + buttons.length) % buttons.length];
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
    goTo(next).focus();
  });
}

function linkDialogFor(getEditor, words) {
  const input = element("input", { class: "form-control", type: "text", id: "link-address", autocomplete: "off", "aria-describedby": "link-help" });
  const bad = element("p", { class: "invalid-feedback", role: "alert" });
  const ok = element("button", { class: "btn btn-primary", type: "submit" }, words.ok);
  const cancel = element("button", { class: "btn btn-quiet", type: "button" }, words.cancel);
  const form = element("form", { method: "dialog" },
    element("label", { class: "form-label", for: "link-address" }, words.linkAddress), input,
    element("p", { class: "form-text", id: "link-help" }, words.linkHelp), bad,
    element("div", { class: "action-bar" }, ok, cancel));
  const dialog = element("dialog", { class: "panel editor-dialog", "aria-label": words.link }, form);
  bad.hidden = true;
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => getEditor().commands.focus());
  form.addEventListener("submit", (event) => {
    const typed = input.value.trim();
    const href = /^www\./i.test(typed) ? `https://${typed}` : typed;
    bad.hidden = PORTAL_OR_WEB.test(href);
    if (!bad.hidden) {
      event.preventDefault();
      bad.textContent = words.linkBad;
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    getEditor().chain().focus().extendMarkRange("link").setLink({ href }).run();
  });
  const open = () => {
    const editor = getEditor();
    if (editor.state.selection.empty && !editor.isActive("link")) return;
    input.value = editor.getAttributes("link").href ?? "";
    input.removeAttribute("aria-invalid");
    bad.hidden = true;
    dialog.showModal();
  };
  return { dialog, open };
}

async function begin(textarea) {
  const tiptap = await import(textarea.dataset.richText);
  const words = JSON.parse(textarea.dataset.richTextWords);
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  label.id ||= `${textarea.id}-label`;
  const area = `${textarea.id}-editor`;
  const shell = element("div", { class: "editor" });
  let editor;
  const { dialog, open } = linkDialogFor(() => editor, words);
  editor = new tiptap.Editor({
    element: shell,
    injectCSS: false, // a <style> of its own would meet the content security policy
    extensions: extensionsOf(tiptap, open),
    content: textarea.value,
    editorProps: {
      attributes: { class: "prose", id: area, role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id },
    },
    onUpdate: () => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  shell.prepend(toolbarFor(editor, words, area, open));
  textarea.before(shell);
  document.body.append(dialog); // outside the draft's form: a form inside a form is none
  textarea.hidden = true;
  label.addEventListener("click", (event) => { event.preventDefault(); editor.commands.focus(); });
  // keep-draft.js brings a text back by writing it here and saying so.
  textarea.addEventListener("change", () => editor.commands.setContent(textarea.value));
}

for (const textarea of document.querySelectorAll("textarea[data-rich-text]")) begin(textarea);
