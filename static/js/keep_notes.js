/* Keeps what is not saved yet. A note goes into the browser's store first and leaves it when the
   server has said "saved" with the note's own id, or when its writer throws it away; until then it is
   counted on the page and sent again, also after a reload, and from other pages too (send_unsent.js). One
   that the server refused isn't sent again by itself: it stands on the page with the reason, for its writer
   to change. The id makes a note sent twice one note. What is half written is kept too, and offered again:
   after a reload, and when the round closes over it. When the group work is closed for good, what was not
   sent in stands there to be copied. */

import { lasting } from "./store.js";
import { asRefused, isWaiting, keepNotes, notesIn, sendNotes } from "./unsent.js";

// crypto.randomUUID is for secure contexts only; getRandomValues is everywhere (RFC 9562, version 4).
const newId = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16),
  );

const form = document.querySelector("form[data-keep-notes]");
const RETRY = 3000;
const LOST = ["TypeError", "TimeoutError", "AbortError"]; // fetch's words for "no network"

if (form) {
  const key = `samspel-notes-${form.dataset.keepNotes}`;
  const status = form.querySelector("[data-not-saved]");
  const list = form.querySelector("[data-refused-notes]");
  const halfKey = `${key}-half`;
  const isEditing = Boolean(form.elements.text.defaultValue); // a saved note stands in the form
  let sending = false;

  const { person } = document.querySelector("[data-person]").dataset;
  const { waitingOne, waitingMany, sentElsewhere, refusedElsewhere, noSeat, toWork } = form.dataset;
  const place = { address: form.getAttribute("action"), waitingOne, waitingMany, sentElsewhere, refusedElsewhere, noSeat, toWork };

  const kept = () => notesIn(key);
  const waiting = () => kept().filter(isWaiting);
  const refused = () => kept().filter((note) => note.refused);
  const without = (id) => kept().filter((note) => note.note_id !== id);
  const keep = (notes) => {
    keepNotes(notes, key, person, place);
    showRefused();
  };

  let tellsOfWaiting = false;

  const say = (words, kind) => {
    tellsOfWaiting = false;
    status.hidden = !words;
    status.dataset.kind = kind;
    if (status.textContent !== words) status.textContent = words;
  };

  const sayOfWaiting = (words, kind) => {
    say(words, kind);
    tellsOfWaiting = true;
  };

  const sayHowMany = () => {
    const number = waiting().length;
    if (number) sayOfWaiting(number === 1 ? form.dataset.waitingOne : form.dataset.waitingMany.replace("{n}", number), "waiting");
    return number;
  };

  // Another window of this browser may have sent what waits.
  const followStore = () => {
    showRefused();
    if (tellsOfWaiting && !sayHowMany()) say(refused().length ? "" : form.dataset.saved, "saved");
  };

  const written = () => {
    const data = new FormData(form);
    return {
      note_id: data.get("note_id"),
      revision: data.get("revision"),
      question: data.get("question"),
      text: data.get("text"),
      keywords: data.getAll("keywords").filter(Boolean),
    };
  };

  const fill = (note) => {
    form.elements.note_id.value = note.note_id;
    form.elements.revision.value = note.revision ?? "";
    if (note.question) form.elements.question.value = note.question; // of the radio buttons, or the hidden one
    form.elements.text.value = note.text;
    form.elements.text.dispatchEvent(new Event("filled"));
    const boxes = form.querySelectorAll('input[name="keywords"]');
    const last = boxes.length - 1; // holds what has no box of its own: the form of a saved note may have more of them
    boxes.forEach((box, place) => (box.value = note.keywords.slice(place, place === last ? undefined : place + 1).join(", ")));
  };

  // Nothing half written is overwritten: only an empty form takes a refused note back.
  const takeBack = (note) => {
    const isFree = !form.elements.text.value || form.elements.note_id.value === note.note_id;
    if (isFree) fill(note);
    return isFree;
  };

  // `theirs` is what the note says now, where it was saved elsewhere meanwhile: both texts are shown, and
  // a new save is on top of what its writer then has seen.
  const refuse = (note, told) => {
    const back = asRefused(note, told);
    takeBack(back);
    keep([...without(note.note_id), back]);
  };

  const cardOf = (note) => {
    const card = list.querySelector("template").content.firstElementChild.cloneNode(true);
    card.querySelector("[data-text]").textContent = note.text;
    card.querySelector("[data-reason]").textContent = note.refused;
    card.querySelector("[data-theirs]").hidden = !note.theirs;
    card.querySelector("[data-their-text]").textContent = note.theirs?.text ?? "";
    card.querySelector("[data-their-words]").textContent = note.theirs?.keywords.join(", ") ?? "";
    card.querySelector("[data-change]").addEventListener("click", () => {
      if (takeBack(note)) form.elements.text.focus();
      else say(form.dataset.busy, "refused");
    });
    card.querySelector("[data-discard]").addEventListener("click", () => {
      if (form.elements.note_id.value === note.note_id) freshForm();
      say("", "");
      keep(without(note.note_id));
    });
    return card;
  };

  const showRefused = () => {
    list.querySelectorAll("li").forEach((card) => card.remove());
    list.append(...refused().map(cardOf));
    list.hidden = !refused().length;
    restWhileDotsArePut();
    endWriting();
  };

  const keepHalf = () => {
    const note = written();
    if (note.text || note.keywords.length) lasting.setItem(halfKey, JSON.stringify(note));
    else lasting.removeItem(halfKey);
  };

  const offerHalf = () => {
    const half = JSON.parse(lasting.getItem(halfKey) || "null");
    if (!half || isEditing || form.elements.text.value) return;
    fill(half);
    say(form.dataset.half, "waiting");
  };

  // No note is taken while the room puts its dots: no form invites to one. What is begun, or not sent, stays.
  const restWhileDotsArePut = () => {
    const isBegun = form.elements.text.value || kept().length;
    form.closest("section").hidden = Boolean(document.querySelector("[data-dots]")) && !isBegun;
  };

  // Closed for good: the form shows what was not sent in, or nothing; and no button that could do nothing.
  const endWriting = () => {
    if (!document.querySelector("[data-is-over]")) return;
    const { text } = form.elements;
    const isLeft = Boolean(text.value) && text.value !== text.defaultValue;
    form.closest("section").hidden = !isLeft && !kept().length;
    form.closest("section").querySelector("h2").textContent = form.dataset.notSent;
    form.querySelector("[data-fields]").hidden = !isLeft;
    form.querySelector("[data-copy-text]").hidden = !isLeft;
    form.querySelector("[data-save]")?.remove();
    form.querySelectorAll("[data-change]").forEach((button) => (button.hidden = true));
    form.querySelectorAll("textarea, input:not([type=hidden])").forEach((field) => (field.readOnly = true));
    if (isLeft && status.textContent !== form.dataset.over) say(form.dataset.over, "refused");
  };

  // The turn stands in the part of the page that follows the room.
  const mayWrite = () => Boolean(document.querySelector("[data-my-turn]"));
  let couldWrite = mayWrite();

  // A note that is saved already can be mended between its turns.
  const isMending = () => Number(form.elements.revision.value) > 0;

  const turnMoved = () => {
    if (couldWrite === mayWrite()) return;
    couldWrite = mayWrite();
    if (!isMending() && form.elements.text.value) say(couldWrite ? form.dataset.reopened : form.dataset.closed, "waiting");
  };

  const freshForm = () => {
    lasting.removeItem(halfKey);
    fill({ note_id: newId(), revision: 0, text: "", keywords: [] });
    form.elements.text.focus();
  };

  const take = (note, told) => {
    if (told.saved) keep(without(note.note_id));
    if (told.refused) refuse(note, told);
    sayHowMany();
  };

  // "Saved" is said of all notes or of none: while any waits, their number stands there, and a reason where one was
  // refused.
  const sayWhatCame = (came) => {
    const refused = came.find((told) => told.refused)?.refused;
    if (sayHowMany() || !came.length) return;
    if (refused) say(refused, "refused");
    else say(...(came.some((told) => told.held) ? [form.dataset.held, "waiting"] : [form.dataset.saved, "saved"]));
  };

  // Where the server or a proxy before it answers with an error, the note waits as it does without network.
  const sendAll = async () => {
    if (sending) return;
    sending = true;
    const came = [];
    try {
      for await (const [note, told] of sendNotes(waiting(), place, form.elements.csrfmiddlewaretoken.value)) {
        take(note, told);
        if (told.signedOut) return sayOfWaiting(form.dataset.signedOut, "refused");
        came.push(told);
      }
      sayWhatCame(came);
    } catch (error) {
      if (!LOST.includes(error.name)) throw error;
      sayHowMany();
    } finally {
      sending = false;
    }
    return undefined;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    const note = written();
    keep([...without(note.note_id), note]);
    freshForm();
    sayHowMany();
    sendAll();
  });

  form.addEventListener("input", keepHalf);
  document.addEventListener("htmx:afterSettle", () => {
    turnMoved();
    restWhileDotsArePut();
    endWriting();
  });
  window.addEventListener("online", sendAll);
  window.addEventListener("storage", (event) => event.key === key && followStore());
  setInterval(() => waiting().length && sendAll(), RETRY);
  // A page shown without network is a copy, and the id in its form may be that of a note already written.
  if (document.documentElement.dataset.kept) form.elements.note_id.value = newId();
  showRefused();
  offerHalf();
  if (sayHowMany()) sendAll();
  restWhileDotsArePut();
  endWriting();
}
