/* Saves <form data-autosave="address"> on the server while it is written in, and says where the text is.

   It says so in [data-draft-state], in the words that stand there (news/parts/draft_state.html). What the
   server answers is in news/views/pens.py. Without contact keep-draft.js has the text on this device. */

import { tokenByNow } from "./posting.js";

const PAUSE = 1500; // milliseconds without a key before the text is sent
const LONGEST = 6000; // ... and the most between two, however fast somebody writes
const AGAIN = 5000; // before another attempt
const WAIT = 20000; // for an answer
const MOST_BY_BEACON = 60000; // bytes: browsers send no more than 64 KiB from a page that closes (Fetch, 4.5)
const NOT_SENT = ["picture_file", "picture_key", "remove_picture", "csrfmiddlewaretoken", "revision", "window", "turn"];

function textOf(form) {
  const data = new FormData(form);
  for (const name of NOT_SENT) data.delete(name);
  return new URLSearchParams(data).toString();
}

/* What the server sent, whatever has been typed before this script had come. */
function sentText(form) {
  const sent = form.cloneNode(true);
  sent.reset();
  return textOf(sent);
}

function messageOf(form, turn) {
  const data = new FormData(form);
  for (const name of ["picture_file", "remove_picture"]) data.delete(name);
  data.set("turn", turn);
  return data;
}

async function post(address, body) {
  let response;
  try {
    response = await fetch(address, { method: "POST", body, signal: AbortSignal.timeout(WAIT) });
  } catch {
    return { state: "offline" }; // fetch has no other way to say that nothing answered
  }
  if (response.redirected) return { state: "signedOut" };
  if (response.status === 403) return { state: "reload" };
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return { state: "failed" };
  const answer = await response.json();
  if (answer.saved) return { state: "saved", ...answer };
  return { state: answer.refused === "stale" ? "stale" : "refused", ...answer };
}

/* What became of a message that was refused with the page's token, once it is sent with the one by now. */
async function postAnew(form, message) {
  try {
    const token = await tokenByNow(location.pathname, WAIT);
    if (!token) return { state: "signedOut" };
    for (const field of form.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  } catch {
    return { state: "offline" }; // as in post
  }
  return post(form.dataset.autosave, message());
}

function autosave(form) {
  const state = form.querySelector("[data-draft-state]");
  // Whoever goes back gets what is saved by now, and their own words are offered (keep-draft.js): a browser that
  // filled them in by itself would have them saved on top of what somebody else wrote meanwhile.
  form.autocomplete = "off";
  let onServer = form.hasAttribute("data-unsaved") ? null : sentText(form);
  let timer, since, turn = 0, isSending = false, isLeaving = false, isStale = state.dataset.state === "stale", hasPen = false;

  const nextTurn = () => { turn = Math.max(Date.now(), turn + 1); return turn; };
  const isDirty = () => textOf(form) !== onServer;
  // A file is sent apart (lead-picture.js), or with the form: as long as it stands in its field it is not.
  const holdsFile = () => [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);
  let lastSaved = state.textContent.trim();

  function say(name, more = "") {
    const words = state.dataset[`text${name[0].toUpperCase()}${name.slice(1)}`] + more;
    if (state.textContent.trim() !== words) state.textContent = words;
    state.dataset.state = name;
  }

  function saySaved() {
    if (holdsFile()) { say("unsent"); return; }
    if (state.textContent.trim() !== lastSaved) state.textContent = lastSaved;
    state.dataset.state = "saved";
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  function plan() {
    since ??= Date.now();
    later(Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  }

  async function send() {
    if (isSending) { plan(); return; }
    if (isLeaving || isStale || !isDirty()) return;
    isSending = true;
    since = undefined;
    const text = textOf(form);
    form.dispatchEvent(new Event("draft:saving"));
    const message = () => messageOf(form, nextTurn());
    let answer = await post(form.dataset.autosave, message());
    if (answer.state === "reload") answer = await postAnew(form, message);
    isSending = false;
    if (!isLeaving) take(answer, text);
  }

  function take(answer, text) {
    if (answer.state === "saved") {
      onServer = text;
      hasPen = true;
      form.elements.revision.value = answer.revision;
      form.dispatchEvent(new Event("draft:saved"));
      lastSaved = `${state.dataset.textSaved} ${answer.time}`;
      if (isDirty()) { say("unsaved"); plan(); } else saySaved();
      return;
    }
    isStale = answer.state === "stale";
    say(answer.state, answer.state === "refused" ? `: ${answer.told}` : "");
    if (!isStale && answer.state !== "refused") later(AGAIN);
  }

  /* The page closes: what is not saved goes along without waiting for an answer. */
  function leave() {
    if (isLeaving || isStale || !(isDirty() || hasPen)) return;
    const message = messageOf(form, nextTurn());
    message.set("leaves", "1");
    if (new URLSearchParams(message).toString().length < MOST_BY_BEACON) navigator.sendBeacon(form.dataset.autosave, message);
  }

  function noteChange() {
    if (["saved", "unsent"].includes(state.dataset.state) && !isDirty()) saySaved();
    if (isStale || !isDirty()) return;
    if (["saved", "unsent"].includes(state.dataset.state)) say("unsaved");
    plan();
  }

  form.addEventListener("input", noteChange);
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
    form.elements.turn.value = nextTurn();
  });
  addEventListener("beforeunload", (event) => { if (!isLeaving && holdsFile()) event.preventDefault(); });
  addEventListener("online", () => later(0));
  addEventListener("pageshow", (event) => { if (event.persisted) isLeaving = false; });
  addEventListener("pagehide", () => {
    leave();
    isLeaving = true; // "hidden" comes after it, and would take the pen again
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
  if (!form.hasAttribute("data-unsaved")) noteChange();
}

for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);
