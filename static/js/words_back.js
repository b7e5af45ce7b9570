/* On every page: what somebody wrote in a form is not lost where the server took nothing, since they had been
   signed out meanwhile or the form had grown too old. It stands in its field again when they are back on the
   page, and that is said ([data-words-back] in base.html).

   Kept in this tab alone, for the one who wrote it, until the next page tells whether it arrived. Drafts and notes
   have keepers of their own (keep-draft.js, keep_notes.js). */

import { ofThisTab } from "./store.js";

const KEY = "samspel-words";
const LONGEST = 60 * 60 * 1000; // milliseconds to sign in again
const OWN_KEEPER = "[data-keep-draft], [data-keep-notes]";

const person = document.querySelector("[data-person]")?.dataset.person ?? ""; // "" for nobody
const here = () => location.pathname + location.search;
const actionOf = (form) => form.getAttribute("action") ?? "";
const areasOf = (form) => [...form.elements].filter((field) => field.localName === "textarea" && field.name);

function keep(form) {
  const words = Object.fromEntries(areasOf(form).filter((area) => area.value.trim()).map((area) => [area.name, area.value]));
  if (!person || !Object.keys(words).length) return;
  ofThisTab.setItem(KEY, JSON.stringify({ at: Date.now(), person, page: here(), action: actionOf(form), words, isRefused: false }));
}

/* Words that no field waits for any more are shown, to be copied. */
function show(told, words) {
  told.querySelector("[data-words-lost]").hidden = false;
  for (const text of Object.values(words)) {
    const shown = document.createElement("pre");
    shown.textContent = text;
    told.append(shown);
  }
}

function giveBack({ action, words }) {
  const told = document.querySelector("[data-words-back]");
  const forms = [...document.forms].filter((form) => form.method === "post" && actionOf(form) === action);
  const areas = forms.flatMap(areasOf).filter((area) => area.name in words && !area.value.trim());
  for (const area of areas) {
    area.value = words[area.name];
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.closest("details")?.setAttribute("open", "");
  }
  told.className = "alert alert-warning"; // not before: it would be the first alert of every page
  told.hidden = false;
  if (!areas.length) { show(told, words); return; }
  told.querySelector("[data-words-found]").hidden = false;
  areas[0].form.prepend(told);
  areas[0].focus();
}

function begin() {
  const kept = JSON.parse(ofThisTab.getItem(KEY) ?? "null");
  if (!kept) return;
  const again = document.querySelector("[data-open-again]"); // the page that says that a form was too old
  if (person === "" || again) {
    ofThisTab.setItem(KEY, JSON.stringify({ ...kept, isRefused: true }));
    if (again) { again.href = kept.page; again.hidden = false; }
    return;
  }
  const isTheirs = kept.isRefused && kept.person === person && Date.now() - kept.at < LONGEST;
  if (isTheirs && kept.page !== here()) return; // on the way there
  ofThisTab.removeItem(KEY);
  if (isTheirs) giveBack(kept);
}

begin();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!event.defaultPrevented && form.method === "post" && !form.matches(OWN_KEEPER)) keep(form);
});
