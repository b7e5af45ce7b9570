/* What the tools and dialogs of the editor are made of, and how they hand the text back. */

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/* Returns { input, row }: the control, and what it stands in with its label and help. */
export function field(id, label, help, control = "input") {
  const input = element(control, { class: "form-control", id, ...(help ? { "aria-describedby": `${id}-help` } : {}) });
  const parts = [element("label", { class: "form-label", for: id }, label), input];
  if (help) parts.push(element("p", { class: "form-text", id: `${id}-help` }, help));
  return { input, row: element("div", { class: "mb-3" }, ...parts) };
}

/* Gives the text the focus at once: Tiptap's own focus() waits for the next frame, and a key pressed before it
   on a slow machine would go to the button. */
export function goBackTo(editor) {
  editor.view.focus();
  editor.commands.scrollIntoView();
}

/* What a tool does when it is pressed: changes the text, which has the focus. */
export function changeIn(editor, change) {
  editor.view.focus();
  change(editor.chain()).scrollIntoView().run();
}
