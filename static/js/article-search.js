/* A field of addresses of articles, one to a line, becomes a list of their titles with a search by name. The
   field stays in the form and holds what is chosen; without this script it is filled in by hand. */

import { element } from "./rich-text-element.js";
import { targetSearch } from "./target-search.js";

const lines = (textarea) => textarea.value.split("\n").map((line) => line.trim()).filter(Boolean);

function searchFor(textarea) {
  const words = JSON.parse(textarea.dataset.words), titles = new Map(Object.entries(JSON.parse(textarea.dataset.titles)));
  const { most, articleSearch: search } = textarea.dataset;
  const list = element("ul", { class: "list-lines chosen-articles" });
  const add = (address, title) => {
    if (title) titles.set(address, title);
    if (!lines(textarea).includes(address)) textarea.value = [...lines(textarea), address].join("\n");
    found.input.value = "";
    found.clear();
    show();
    found.told.textContent = words.added.replace("{title}", titles.get(address) ?? address);
  };
  const remove = (address) => {
    textarea.value = lines(textarea).filter((line) => line !== address).join("\n");
    show();
    found.input.focus();
  };
  const show = () => {
    list.replaceChildren(...lines(textarea).map((address) => {
      const title = titles.get(address) ?? address;
      const button = element("button", { class: "btn btn-quiet", type: "button", "aria-label": `${words.remove}: ${title}` }, words.remove);
      button.addEventListener("click", () => remove(address));
      return element("li", {}, element("span", {}, title), button);
    }));
    list.hidden = !list.children.length;
    found.input.disabled = lines(textarea).length >= Number(most);
    help.textContent = found.input.disabled ? words.enough : words.help;
  };
  const help = element("p", { class: "form-text", id: `${textarea.id}-search-help` });
  const found = targetSearch({
    id: `${textarea.id}-search`, search, words, describedBy: help.id, onPick: (target) => add(target.href, target.name),
  });

  found.input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (found.chosen) add(found.chosen.href, found.chosen.name);
  });
  // What is typed and not chosen is sent along, so that the answer says what it is: an address, or nothing.
  textarea.form.addEventListener("submit", () => {
    if (found.input.value.trim()) textarea.value = [...lines(textarea), found.input.value.trim()].join("\n");
  });

  textarea.form.querySelector(`label[for="${textarea.id}"]`).htmlFor = found.input.id;
  if (textarea.classList.contains("is-invalid")) found.input.classList.add("is-invalid");
  document.getElementById(`${textarea.id}_helptext`)?.remove();
  textarea.hidden = true;
  textarea.before(list, found.input, help, found.options, found.told);
  show();
}

document.querySelectorAll("textarea[data-article-search]").forEach(searchFor);
