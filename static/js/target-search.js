/* Something of the portal found by its name, as it is typed: a field with the list of what was found, a listbox
   of a combobox (WAI-ARIA APG, "Editable Combobox With List Autocomplete"). What is found has an address made
   of its number, which still works when the thing is renamed. */

import { element } from "./rich-text-element.js";

const LOOKS_LIKE_ADDRESS = /^(\w+:|\/|#|www\.)|^\S+@\S+\.\S+$/i;
const PAUSE = 200; // milliseconds without a key before the portal is asked

function optionFor(target, id) {
  return element("li", { role: "option", id, "aria-selected": "false" },
    element("strong", {}, target.name),
    element("span", { class: "meta" }, [target.kind, target.detail].filter(Boolean).join(", ")));
}

/* Returns { input, options, told, chosen, clear }: three elements to put in the page, what is chosen now (a target
   {kind, name, detail, href}, or undefined), and the list emptied. `search` is the address that is asked, with a
   query of its own or none; `onPick` is given the target that was clicked. */
export function targetSearch({ id, search, words, describedBy, onPick }) {
  const list = `${id}-options`;
  const input = element("input", {
    class: "form-control", type: "text", id, autocomplete: "off", role: "combobox",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list, "aria-describedby": describedBy,
  });
  const options = element("ul", { class: "link-options", role: "listbox", id: list, "aria-label": words.linkFound });
  const told = element("p", { class: "form-text", role: "status" });
  let targets = [], chosen = -1, timer, asked = 0;

  const choose = (number) => {
    chosen = number;
    [...options.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    options.children[number]?.scrollIntoView({ block: "nearest" });
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options.children[number].id);
  };
  /* An answer comes while somebody goes down the list: what they had come to stays chosen. */
  const show = (found, said) => {
    const still = found.findIndex((target) => target.href === targets[chosen]?.href);
    targets = found;
    options.replaceChildren(...found.map((target, number) => optionFor(target, `${list}-${number}`)));
    options.hidden = !found.length;
    input.setAttribute("aria-expanded", String(Boolean(found.length)));
    told.textContent = said;
    choose(still);
  };
  const ask = async () => {
    const typed = input.value.trim();
    const number = ++asked;
    if (!typed || LOOKS_LIKE_ADDRESS.test(typed)) { show([], ""); return; }
    const address = new URL(search, location.href);
    address.searchParams.set("q", typed);
    let found;
    try {
      found = (await (await fetch(address)).json()).results;
    } catch {
      if (number === asked) show([], words.linkNoContact);
      return;
    }
    if (number === asked) show(found, found.length ? "" : words.linkNone);
  };
  /* An answer that is on its way is no longer waited for. */
  const clear = () => {
    clearTimeout(timer);
    asked += 1;
    show([], "");
  };

  clear();
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
    choose(-1);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !targets.length) return;
    event.preventDefault();
    choose((chosen + step + targets.length) % targets.length);
  });
  options.addEventListener("click", (event) => {
    const number = [...options.children].indexOf(event.target.closest("[role=option]"));
    if (number >= 0) onPick(targets[number]);
  });
  return { input, options, told, clear, get chosen() { return targets[chosen]; } };
}
