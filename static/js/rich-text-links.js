/* The link dialog of the rich-text editor: an address outside, or something of the portal found by its name.

   One field for both: what looks like an address is one, anything else is looked for as it is typed. */

import { element, goBackTo } from "./rich-text-element.js";
import { targetSearch } from "./target-search.js";

const ADDRESS = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;

function addressOf(typed) {
  if (/^www\./i.test(typed)) return `https://${typed}`;
  if (/^[^\s:/]+@\S+\.\S+$/.test(typed)) return `mailto:${typed}`;
  // An address of the portal itself is kept without its host: it stays right when the portal moves.
  if (typed.startsWith(`${location.origin}/`)) return typed.slice(location.origin.length);
  return typed;
}

/* Returns { dialog, open }. `getEditor` gives the editor, `search` is the address that is asked. */
export function linkDialogFor(getEditor, words, search) {
  const pick = (target) => {
    dialog.close();
    insert(target.href, target.name);
  };
  const found = targetSearch({ id: "link-address", search, words, describedBy: "link-help", onPick: pick });
  const { input } = found;
  const bad = element("p", { class: "invalid-feedback", role: "alert" });
  const cancel = element("button", { class: "btn btn-quiet", type: "button" }, words.cancel);
  const form = element("form", { method: "dialog" },
    element("label", { class: "form-label", for: "link-address" }, words.linkAddress), input,
    element("p", { class: "form-text", id: "link-help" }, words.linkHelp), bad, found.options, found.told,
    element("div", { class: "action-bar" }, element("button", { class: "btn btn-primary", type: "submit" }, words.ok), cancel));
  const dialog = element("dialog", { class: "panel editor-dialog", "aria-label": words.link }, form);

  const insert = (href, name) => {
    const editor = getEditor();
    const isBare = editor.state.selection.empty && !editor.isActive("link");
    const chain = editor.chain();
    if (isBare) chain.insertContent({ type: "text", text: name, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.extendMarkRange("link").setLink({ href }).run();
  };
  const refuse = () => {
    bad.hidden = false;
    bad.textContent = words.linkBad;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };
  const accept = () => {
    bad.hidden = true;
    input.removeAttribute("aria-invalid");
  };

  bad.hidden = true;
  input.addEventListener("input", accept);
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => goBackTo(getEditor()));
  form.addEventListener("submit", (event) => {
    if (found.chosen) { insert(found.chosen.href, found.chosen.name); return; }
    const href = addressOf(input.value.trim());
    if (ADDRESS.test(href)) { insert(href, input.value.trim()); return; }
    event.preventDefault();
    refuse();
  });

  const open = () => {
    input.value = getEditor().getAttributes("link").href ?? "";
    accept();
    found.clear();
    dialog.showModal();
    input.select();
  };
  return { dialog, open };
}
