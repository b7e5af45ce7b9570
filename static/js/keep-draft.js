/* Keeps what is typed in <form data-keep-draft="key"> on this device until it is saved, and offers
   it back after a closed browser. The words it says stand in the page (news/parts/kept_draft.html,
   news/parts/draft_state.html). autosave.js, which saves on the server meanwhile, says so by `draft:saved`.

   A text is thrown away when the page shows the same: then the server has it. Until that is seen it
   is kept, since what was sent may never have arrived. */

import { lasting } from "./store.js";

const PREFIX = "samspel:draft:";
const PAUSE = 400; // milliseconds without a key before the text is put away
const LONGEST = 2000; // ... and the most between two, however fast somebody writes: hardly a sentence
const MAX_AGE = 30 * 24 * 60 * 60 * 1000; // milliseconds
const SKIPPED = new Set(["csrfmiddlewaretoken", "revision", "window", "turn", "picture", "picture_key", "remove_picture"]);

const read = (key) => JSON.parse(lasting.getItem(PREFIX + key) ?? "null");
const forget = (key) => lasting.removeItem(PREFIX + key);

function valuesOf(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || SKIPPED.has(field.name) || ["file", "submit", "button"].includes(field.type)) continue;
    values[field.name] = field.type === "checkbox" ? field.checked : field.value;
  }
  return values;
}

/* The form as the server sent it, whatever has been typed before this script had come. */
function asSent(form) {
  const sent = form.cloneNode(true);
  sent.reset();
  return sent;
}

/* What a form's values say, whatever white space and markup the server tidied when it saved them. */
function saying(values) {
  return JSON.stringify(Object.entries(values).map(([name, value]) => {
    if (name === "body") return outline(value);
    return typeof value === "string" ? value.trim() : value;
  }));
}

function outline(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const parts = [...body.querySelectorAll("*")].map((part) => `${part.localName} ${part.getAttribute("href")}`);
  return [...parts, body.textContent.replace(/\s+/g, " ").trim()];
}

function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function keep(form) {
  const key = form.dataset.keepDraft;
  const state = form.querySelector("[data-draft-state]");
  const say = (name) => { state.textContent = state.dataset[name]; };
  let timer;
  let waitsSince = null; // when the first key was pressed that is not put away
  const rest = () => {
    clearTimeout(timer);
    waitsSince = null;
  };
  const put = () => {
    rest();
    const text = { at: Date.now(), revision: form.elements.revision?.value, values: valuesOf(form) };
    if (!lasting.setItem(PREFIX + key, JSON.stringify(text))) say("textFull");
  };

  let before = saying(valuesOf(asSent(form)));
  const kept = read(key);
  if (form.hasAttribute("data-unsaved")) put();
  else if (kept && saying(kept.values) === before) forget(key);
  else if (kept) offer(form, kept, say);

  form.addEventListener("input", () => {
    clearTimeout(timer);
    waitsSince ??= Date.now();
    timer = setTimeout(put, Math.max(0, Math.min(PAUSE, waitsSince + LONGEST - Date.now())));
  });
  let sent;
  form.addEventListener("draft:saving", () => { sent = saying(valuesOf(form)); });
  form.addEventListener("draft:saved", () => {
    before = sent;
    if (saying(valuesOf(form)) !== before) return; // there is more by now
    rest();
    if (form.querySelector("[data-kept-offer]").hidden) forget(key);
  });
  addEventListener("pagehide", () => { if (saying(valuesOf(form)) !== before) put(); });
  form.addEventListener("submit", put);
}

function offer(form, kept, say) {
  const box = form.querySelector("[data-kept-offer]");
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  box.querySelector("[data-kept-when]").textContent = when.format(kept.at);
  box.hidden = false;
  box.querySelector("[data-kept-restore]").addEventListener("click", () => {
    // Of what it was written on top: where somebody has saved since, both texts are shown side by side.
    if (kept.revision) form.elements.revision.value = kept.revision;
    fill(form, kept.values);
    box.hidden = true;
    say("textRestored");
    form.dispatchEvent(new Event("input"));
    form.querySelector("[name=title]").focus();
  });
  box.querySelector("[data-kept-discard]").addEventListener("click", () => {
    forget(form.dataset.keepDraft);
    box.hidden = true;
    form.querySelector("[name=title]").focus();
  });
}

function sweep() {
  for (const name of lasting.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const kept = JSON.parse(lasting.getItem(name));
    if (Date.now() - kept.at > MAX_AGE) lasting.removeItem(name);
  }
}

sweep();
for (const form of document.querySelectorAll("form[data-keep-draft]")) keep(form);
for (const mark of document.querySelectorAll("[data-forget-draft]")) forget(mark.dataset.forgetDraft);
for (const link of document.querySelectorAll("[data-kept-forget]")) {
  link.addEventListener("click", () => forget(document.querySelector("form[data-keep-draft]").dataset.keepDraft));
}
