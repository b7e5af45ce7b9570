/* Sends the notes that wait in this browser for whoever is signed in, from a page that is not the group work's
   own, and tells how many there are until then. */

import { asRefused, isWaiting, keepNotes, notesIn, sendNotes, unsentOf } from "./unsent.js";

const RETRY = 3000;
const LOST = ["TypeError", "TimeoutError", "AbortError"]; // fetch's words for "no network"

export function sendUnsent(person, token) {
  let sending = false;

  const tell = (key, words, { address, toWork }) => {
    const id = `unsent-${key}`;
    const line = document.getElementById(id) ?? Object.assign(document.createElement("div"), { id, className: "alert alert-info" });
    const link = Object.assign(document.createElement("a"), { href: address, textContent: toWork });
    line.replaceChildren(words, " ", link);
    if (!line.isConnected) document.getElementById("messages").append(line);
  };

  const tellOf = (key, place) => {
    const notes = notesIn(key);
    const waiting = notes.filter(isWaiting).length;
    if (waiting) return tell(key, waiting === 1 ? place.waitingOne : place.waitingMany.replace("{n}", waiting), place);
    return tell(key, notes.length ? place.refusedElsewhere : place.sentElsewhere, place);
  };

  const sendEach = async (key, place) => {
    for await (const [note, told] of sendNotes(notesIn(key).filter(isWaiting), place, token)) {
      const others = notesIn(key).filter((each) => each.note_id !== note.note_id);
      if (told.saved) keepNotes(others, key, person, place);
      if (told.refused) keepNotes([...others, asRefused(note, told)], key, person, place);
    }
  };

  const sendAll = async () => {
    if (sending) return;
    sending = true;
    for (const [key, place] of Object.entries(unsentOf(person))) {
      try {
        await sendEach(key, place);
      } catch (error) {
        if (!LOST.includes(error.name)) throw error;
      } finally {
        tellOf(key, place);
      }
    }
    sending = false;
  };

  window.addEventListener("online", sendAll);
  setInterval(() => Object.keys(unsentOf(person)).some((key) => notesIn(key).some(isWaiting)) && sendAll(), RETRY);
  sendAll();
}
