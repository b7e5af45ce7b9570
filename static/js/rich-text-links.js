/* The link dialog of the rich-text editor: an address outside, or something of the portal found by its name.

   One field for both: what looks like an address is one, anything else is looked for as it is typed. The
   list is a listbox of a combobox (WAI-ARIA APG, "Editable Combobox With List Autocomplete"). What is
   found has an address made of its number, so that the link still works when the thing is renamed. */

import { element } from "./rich-text-element.js";

const ADDRESS = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;
const LOOKS_LIKE_ADDRESS = /^(\w+:|\/|#|www\.)|^\S+@\S+\.\S+$/i;
const PAUSE = 200; // milliseconds without a key before the portal is asked

function addressOf(typed) {
  if (/^www\./i.test(typed)) return `https://${typed}`;
  if (/^[^\s:/]+@\S+\.\S+$/.test(typed)) return `mailto:${typed}`;
  // An address of the portal itself is kept without its host: it stays right when the portal moves.
  if (typed.startsWith(`${location.origin}/`)) return typed.slice(location.origin.length);
  return typed;
}

function optionFor(target, number) {
  const option = element("li", { role: "option", id: `link-option-${number}`, "aria-selected": "false" },
    element("strong", {}, target.name),
    element("span", { class: "meta" }, [target.kind, target.detail].filter(Boolean).join(", ")));
  return option;
}

/* Returns { dialog, open }. `getEditor` gives the editor, `search` is the address that is asked. */
export function linkDialogFor(getEditor, words, search) {
  const input = element("input", {
    class: "form-control", type: "text", id: "link-address", autocomplete: "off", role: "combobox",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "link-options", "aria-describedby": "link-help",
  });
  const options = element("ul", { class: "link-options", role: "listbox", id: "link-options", "aria-label": words.linkFound });
  const told = element("p", { class: "form-text", role: "status" });
  const bad = element("p", { class: "invalid-feedback", role: "alert" });
  const cancel = element("button", { class: "btn btn-quiet", type: "button" }, words.cancel);
  const form = element("form", { method: "dialog" },
    element("label", { class: "form-label", for: "link-address" }, words.linkAddress), input,
    element("p", { class: "form-text", id: "link-help" }, words.linkHelp), bad, options, told,
    element("div", { class: "action-bar" }, element("button", { class: "btn btn-primary", type: "submit" }, words.ok), cancel));
  const dialog = element("dialog", { class: "panel editor-dialog", "aria-label": words.link }, form);
  let targets = [], chosen = -1, timer, asked = 0;

  const choose = (number) => {
    chosen = number;
    [...options.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    options.children[number]?.scrollIntoView({ block: "nearest" });
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `link-option-${number}`);
  };
  /* An answer comes while somebody goes down the list: what they had come to stays chosen. */
  const show = (found, words) => {
    const still = found.findIndex((target) => target.href === targets[chosen]?.href);
    targets = found;
    options.replaceChildren(...found.map(optionFor));
    options.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    told.textContent = words;
    choose(still);
  };
  const ask = async () => {
    const typed = input.value.trim();
    const number = ++asked;
    if (!typed || LOOKS_LIKE_ADDRESS.test(typed)) { show([], ""); return; }
    let found;
    try {
      const response = await fetch(`${search}?${new URLSearchParams({ q: typed })}`);
      found = (await response.json()).results;
    } catch {
      if (number === asked) show([], words.linkNoContact);
      return;
    }
    if (number === asked) show(found, found.length ? "" : words.linkNone);
  };
  const insert = (href, name) => {
    const editor = getEditor();
    const isBare = editor.state.selection.empty && !editor.isActive("link");
    const chain = editor.chain().focus();
    if (isBare) chain.insertContent({ type: "text", text: name, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.extendMarkRange("link").setLink({ href }).run();
  };
  const refuse = () => {
    bad.hidden = false;
    bad.textContent = words.linkBad;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };

  show([], "");
  bad.hidden = true;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
    choose(-1);
    bad.hidden = true;
    input.removeAttribute("aria-invalid");
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !targets.length) return;
    event.preventDefault();
    choose((chosen + step + targets.length) % targets.length);
  });
  options.addEventListener("click", (event) => {
    const number = [...options.children].indexOf(event.target.closest("[role=option]"));
    if (number < 0) return;
    dialog.close();
    insert(targets[number].href, targets[number].name);
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => getEditor().commands.focus());
  form.addEventListener("submit", (event) => {
    const target = targets[chosen];
    if (target) { insert(target.href, target.name); return; }
    const href = addressOf(input.value.trim());
    if (ADDRESS.test(href)) { insert(href, input.value.trim()); return; }
    event.preventDefault();
    refuse();
  });

  const open = () => {
    input.value = getEditor().getAttributes("link").href ?? "";
    input.removeAttribute("aria-invalid");
    bad.hidden = true;
    show([], "");
    dialog.showModal();
    input.select();
  };
  return { dialog, open };
}
