/* Notes that wait in this browser until the server has them, and how they are sent. Each person's are listed under
   their own number, with where they belong, so that they can go out from any page that this person opens. */

import { postAsReader } from "./posting.js";
import { lasting } from "./store.js";

const PATIENCE = 15000; // milliseconds; then the network counts as gone, and the note waits for the next try

const AT_ONCE = 20; // also in forums/views/writing.py

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

const fieldsOf = (note, prefix = "") => [
  [`${prefix}note_id`, note.note_id],
  [`${prefix}question`, note.question],
  [`${prefix}text`, note.text],
  [`${prefix}revision`, note.revision ?? ""],
  ...note.keywords.map((word) => [`${prefix}keywords`, word]),
];

function readOf(note, told) {
  if (told?.saved === note.note_id) return { saved: true, held: told.held };
  if (!told?.errors) return {};
  return { refused: Object.values(told.errors).flat().map((error) => error.message).join(" "), theirs: told.theirs ?? undefined };
}

/* Sends `fields` and returns what became of each of `notes`, where `pick` finds what is told of each in the answer;
   null where the answer says nothing of them. */
async function ask(notes, fields, { address, noSeat }, token, pick) {
  const answer = await postAsReader(address, new URLSearchParams(fields), token, PATIENCE);
  if (!answer) return notes.map(() => ({ signedOut: true }));
  if (answer.status === 403) return notes.map(() => ({ refused: noSeat }));
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return null;
  const told = pick(await answer.json());
  return notes.map((note, turn) => readOf(note, told[turn]));
}

const askOne = async (note, place, token) => (await ask([note], fieldsOf(note), place, token, (told) => [told]))?.[0] ?? {};

const askSeveral = (notes, place, token) => {
  const fields = notes.flatMap((note, turn) => fieldsOf(note, `${turn}-`));
  return ask(notes, [["notes", notes.length], ...fields], place, token, (told) => told.notes ?? []);
};

/* Sends notes, as many at once as the server takes, and yields [note, what became of it] for each: { saved, held },
   { refused, theirs }, { signedOut: true }, or {} where nothing is known. What is sent together and not answered is
   sent one by one, so that a note with which something is wrong keeps no other one here. Rejects where there is no
   network. */
export async function* sendNotes(notes, place, token) {
  for (let start = 0; start < notes.length; start += AT_ONCE) {
    const some = notes.slice(start, start + AT_ONCE);
    const told = some.length > 1 ? await askSeveral(some, place, token) : null;
    for (const [turn, note] of some.entries()) yield [note, told?.[turn] ?? (await askOne(note, place, token))];
  }
}

/* The note as it is kept when the server has refused it: a new save is on top of what its writer then has seen. */
export const asRefused = (note, { refused, theirs }) => ({ ...note, refused, theirs, revision: theirs?.revision ?? note.revision });
