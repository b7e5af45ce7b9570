/* Notes that wait in this browser until the server has them, and how one is sent. Each person's are listed under
   their own number, with where they belong, so that they can go out from any page that this person opens. */

import { postAsReader } from "./posting.js";
import { lasting } from "./store.js";

const PATIENCE = 15000; // milliseconds; then the network counts as gone, and the note waits for the next try

const nameOf = (person) => `samspel-unsent-${person}`; // also in own_browser.js

export const notesIn = (key) => JSON.parse(lasting.getItem(key) || "[]");
export const isWaiting = (note) => !note.refused;
export const unsentOf = (person) => JSON.parse(lasting.getItem(nameOf(person)) || "{}");

/* Keep `notes` of `person` under `key`; `place` is where they belong: { address, words }. */
export function keepNotes(notes, key, person, place) {
  const { [key]: _before, ...others } = unsentOf(person);
  const all = notes.length ? { ...others, [key]: place } : others;
  if (notes.length) lasting.setItem(key, JSON.stringify(notes));
  else lasting.removeItem(key);
  if (Object.keys(all).length) lasting.setItem(nameOf(person), JSON.stringify(all));
  else lasting.removeItem(nameOf(person));
}

/* What became of a note: { saved, held }, { refused, theirs }, { signedOut: true }, or {} where nothing is known.
   Rejects where there is no network. */
export async function sendNote(note, { address, noSeat }, token) {
  const body = new URLSearchParams({ note_id: note.note_id, question: note.question, text: note.text, revision: note.revision ?? "" });
  for (const word of note.keywords) body.append("keywords", word);
  const answer = await postAsReader(address, body, token, PATIENCE);
  if (!answer) return { signedOut: true };
  if (answer.status === 403) return { refused: noSeat };
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return {};
  const told = await answer.json();
  if (told.saved === note.note_id) return { saved: true, held: told.held };
  if (!told.errors) return {};
  return { refused: Object.values(told.errors).flat().map((error) => error.message).join(" "), theirs: told.theirs ?? undefined };
}

/* The note as it is kept when the server has refused it: a new save is on top of what its writer then has seen. */
export const asRefused = (note, { refused, theirs }) => ({ ...note, refused, theirs, revision: theirs?.revision ?? note.revision });
