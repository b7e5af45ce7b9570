/* The door: everyone who has answered is fetched once and then followed, so that names are found without network.
   Whoever is checked in goes into the browser's store first and leaves it when the server has answered;
   until then it is counted on the page and sent again, also after a reload. Sent twice, it is one: the
   server keeps the first time. Names are never stored, only the number of an answer, or a code, and when.
   What the server refuses of that stays on the page, and in the tab's own store, until it has been read. */

import { postAsReader } from "./posting.js";
import { canScan, openCamera } from "./scan.js";
import { lasting, ofThisTab } from "./store.js";

const door = document.querySelector("[data-door]");
const RETRY = 3000;
const FOLLOW = 5000;
const PATIENCE = 8000; // then the network counts as gone
const LOST = ["TypeError", "TimeoutError", "AbortError"]; // fetch's words for "no network"
const MOST = 30;

const key = `samspel-door-${door.dataset.door}`;
const form = door.querySelector("[data-check-in]");
const found = door.querySelector("[data-found]");
const line = door.querySelector("[data-line]").content.firstElementChild;
const otherLine = door.querySelector("[data-other]").content.firstElementChild;
const invitedLine = door.querySelector("[data-invited]").content.firstElementChild;
const search = door.querySelector("#namn");
const told = door.querySelector("[data-told]");
const refused = door.querySelector("[data-refusals]");
const refusal = door.querySelector("[data-refusal]").content.firstElementChild;
const waited = new Set(); // when those were seen whom the network kept waiting
let people = [];
let others = []; // who have answered, and are not expected in the room
let invited = []; // who have not answered, by their own number
let sending = false;
let shown = "";

const queue = () => JSON.parse(lasting.getItem(key) || "[]");
const keep = (rows) => {
  if (rows.length) lasting.setItem(key, JSON.stringify(rows));
  else lasting.removeItem(key);
  showQueue();
};
// The number of the answer that a row is about; it stands before the signature in a code. Who has not answered
// has none, and goes by their own.
const aboutInvited = (person) => `invited ${person}`;
const aboutOf = ({ answer, undo, person, code }) => answer ?? undo ?? (person ? aboutInvited(person) : parseInt(code.split("kod=").pop(), 10) || code);
const queuedOf = (about) => queue().filter((row) => aboutOf(row) === about);
const isQueued = (id) => queuedOf(id).some((row, place, rows) => place === rows.length - 1 && !row.undo);
const personOf = (about) => people.find(([id]) => id === about) ?? invited.find(([person]) => aboutInvited(person) === about)?.slice(0, 2);
const fill = (words, parts) => words.replace(/\{(\w+)\}/g, (_all, part) => parts[part]);
const clock = (at) => {
  const twoDigits = (number) => String(number).padStart(2, "0");
  return fill(door.dataset.clock, { hours: twoDigits(new Date(at).getHours()), minutes: twoDigits(new Date(at).getMinutes()) });
};

/* When somebody came, by the clock, as far as this page knows; null if they have not. */
function cameAt(about) {
  const rows = queuedOf(about);
  const last = rows[rows.length - 1];
  if (last?.undo) return null;
  const known = rows.some((row) => row.undo) ? null : personOf(about)?.[3];
  return known ?? (last ? clock(last.at) : null);
}

function tell(words, kind) {
  told.dataset.kind = kind;
  told.textContent = words;
}

/* Say of whom a row is, until the server has answered. */
function tellWaiting(row) {
  const before = cameAt(aboutOf(row));
  const [, name, table] = personOf(aboutOf(row)) ?? [];
  const { waits, waitsOther, waitsUndone, waitsCode, before: beforeWords, beforeCode } = door.dataset;
  const at = table ? ` ${table}.` : "";
  if (row.undo) return tell(fill(waitsUndone, { name }), "waits");
  const [, otherName, answer] = others.find(([id]) => id === aboutOf(row)) ?? [];
  if (otherName) return tell(fill(waitsOther, { name: otherName, answer }), "waits");
  if (!before) return tell(name ? `${fill(waits, { name })}.${at}` : waitsCode, "waits");
  return tell(fill(name ? beforeWords : beforeCode, { name, time: before }) + at, "before");
}

function showQueue() {
  const number = queue().length;
  const box = door.querySelector("[data-queue]");
  box.hidden = !number;
  box.textContent = number ? door.dataset.waiting.replace("{n}", number) : "";
}

function show() {
  const letIn = invited.filter(([person]) => isQueued(aboutInvited(person))).length;
  const here = people.filter(([id, , , at]) => at || isQueued(id)).length + letIn;
  if (people.length || invited.length || others.length) {
    const expected = people.length + letIn;
    const { ofOne, ofMany } = door.dataset;
    door.querySelector("[data-arrived]").textContent = here;
    door.querySelector("[data-expected]").textContent = expected === 1 ? ofOne : fill(ofMany, { n: expected });
  }
  const words = search.value.trim().toLocaleLowerCase("sv").split(/\s+/).filter(Boolean);
  const isHit = ([, name]) => words.every((word) => name.toLocaleLowerCase("sv").includes(word));
  // Whose names begin so come first: "an" is in many a name, and at the door somebody writes how theirs begins.
  const begins = ([, name]) => words.every((word) => ` ${name.toLocaleLowerCase("sv").replaceAll("-", " ")}`.includes(` ${word}`));
  const inOrder = (hits) => [...hits.filter(begins), ...hits.filter((hit) => !begins(hit))];
  const hitsOf = (all) => (words.length ? inOrder(all.filter(isHit)).slice(0, MOST) : []);
  const [hits, outside, unanswered] = [hitsOf(people), hitsOf(others), hitsOf(invited)];
  const now = JSON.stringify([
    words.length > 0,
    hits.map((hit) => [hit, isQueued(hit[0])]),
    outside,
    unanswered.map((hit) => [hit, isQueued(aboutInvited(hit[0]))]),
  ]);
  if (now === shown) return; // whoever is about to press a button finds it where it was
  shown = now;
  found.replaceChildren(...hits.map(lineOf), ...outside.map(otherLineOf), ...unanswered.map(invitedLineOf));
  if ([hits, outside, unanswered].some((some) => some.length === MOST)) found.append(Object.assign(document.createElement("li"), { textContent: door.dataset.more }));
  if (words.length && !found.children.length) found.append(Object.assign(document.createElement("li"), { textContent: door.dataset.nobody }));
}

function lineOf([id, name, table, at]) {
  const item = line.cloneNode(true);
  const [letIn, undo] = [item.querySelector("[data-let-in]"), item.querySelector("[data-undo]")];
  item.querySelector(".door-name").textContent = name;
  item.querySelector("[data-where]").textContent = table ?? "";
  item.querySelector("[data-came]").textContent = isQueued(id) ? door.dataset.queued : at ? door.dataset.here.replace("{time}", at) : "";
  for (const button of [letIn, undo]) button.querySelector("span").textContent = ` ${name}`;
  letIn.hidden = Boolean(at) || isQueued(id);
  undo.hidden = !at;
  for (const [button, row] of [[letIn, { answer: id }], [undo, { undo: id }]])
    button.addEventListener("click", () => {
      arrive(row);
      search.focus();
    });
  return item;
}

function otherLineOf([, name, words, address]) {
  const item = otherLine.cloneNode(true);
  const link = item.querySelector("a");
  item.querySelector(".door-name").textContent = name;
  item.querySelector("[data-words]").textContent = words;
  link.querySelector("span").textContent = `: ${name}`;
  if (address) link.href = address;
  else link.remove();
  return item;
}

/* Whoever has not answered is let in by one press, where there is a free seat for them; else it says why not,
   and leads to where they are given one. */
function invitedLineOf([person, name, why, address]) {
  const item = invitedLine.cloneNode(true);
  const [words, button] = [item.querySelector("[data-words]"), item.querySelector("button")];
  const waits = isQueued(aboutInvited(person));
  if (why && !waits) return otherLineOf([null, name, `${words.textContent}; ${why}`, address]);
  item.querySelector(".door-name").textContent = name;
  button.querySelector("span").textContent = ` ${name}`;
  button.hidden = waits;
  if (button.hidden) words.textContent = door.dataset.queued;
  button.addEventListener("click", () => {
    arrive({ person });
    search.focus();
  });
  return item;
}

function arrive(row) {
  tellWaiting(row);
  if (row.undo || !isQueued(aboutOf(row))) keep([...queue(), { ...row, at: new Date().toISOString() }]);
  show();
  sendAll();
}

/* Keep what was refused on the page, of somebody who may have gone in already: in the line above, what comes
   next takes its place at once. */
function keepRefusals(rows) {
  ofThisTab.setItem(key, JSON.stringify(rows));
  showRefusals();
}

const refusals = () => JSON.parse(ofThisTab.getItem(key) || "[]");

function showRefusals() {
  const rows = refusals();
  refused.hidden = !rows.length;
  refused.querySelector("ul").replaceChildren(...rows.map(refusalOf));
}

function refusalOf(words, place) {
  const item = refusal.cloneNode(true);
  const button = item.querySelector("button");
  item.querySelector("[data-words]").textContent = words;
  button.querySelector("span").textContent = ` ${words}`;
  button.addEventListener("click", () => {
    keepRefusals(refusals().filter((_words, other) => other !== place));
    (refused.querySelector("button") ?? search).focus();
  });
  return item;
}

function refuse(row, error) {
  tell(error, "error");
  if (!waited.delete(row.at) && !queue().length) return;
  const name = personOf(aboutOf(row))?.[1];
  keepRefusals([...refusals(), `${name ? `${name}, ` : ""}${clock(row.at)}: ${error}`]);
}

async function send(row) {
  const body = new URLSearchParams(row);
  const reply = await postAsReader(location.pathname, body, form.elements.csrfmiddlewaretoken.value, PATIENCE);
  if (!reply || reply.status === 403) return tell(door.dataset.refused, "error");
  if (!reply.headers.get("Content-Type")?.startsWith("application/json")) return undefined;
  const answer = await reply.json();
  keep(queue().filter((each) => each.at !== row.at));
  if (answer.error) {
    refuse(row, answer.error);
    return answer.seats && follow(); // why, and the way to a seat, stand on the line at once
  }
  if (row.person) {
    invited = invited.filter(([person]) => person !== row.person);
    people = [...people, [answer.id, answer.name, answer.table, answer.at]];
  }
  if (answer.invited) {
    // Who was let in by mistake has no seat any more.
    people = people.filter(([id]) => id !== answer.id);
    if (!invited.some(([person]) => person === answer.invited[0])) invited = [...invited, answer.invited];
  }
  people = people.map((each) => (each[0] === answer.id ? [each[0], each[1], each[2], answer.at] : each));
  return tell(answer.words, answer.before ? "before" : "in");
}

async function sendAll() {
  if (sending) return;
  sending = true;
  try {
    for (const row of queue()) await send(row);
  } catch (error) {
    if (!LOST.includes(error.name)) throw error;
    for (const row of queue()) waited.add(row.at);
  } finally {
    sending = false;
    show();
  }
}

async function follow() {
  try {
    const reply = await fetch(door.dataset.people, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(PATIENCE) });
    if (reply.ok && !reply.redirected) ({ people, others, invited = [] } = await reply.json());
  } catch (error) {
    if (!LOST.includes(error.name)) throw error;
  }
  show();
}

function offerCamera(button) {
  const [openWords, closeWords] = [button.textContent, button.dataset.camera];
  let close = null;
  const tellWhy = (error) => tell(error.name === "NotAllowedError" ? door.dataset.notAllowed : door.dataset.noCamera, "error");
  const onClose = (error) => {
    close = null;
    button.textContent = openWords;
    if (error) tellWhy(error);
  };
  const open = async () => {
    button.disabled = true;
    try {
      close = await openCamera(door.querySelector("[data-video]"), { onCode: (code) => arrive({ code }), onClose });
      button.textContent = closeWords;
    } catch (error) {
      tellWhy(error);
    } finally {
      button.disabled = false;
    }
  };
  button.hidden = false;
  button.addEventListener("click", () => (close ? close() : open()));
}

if (canScan()) offerCamera(door.querySelector("[data-camera]"));
search.addEventListener("input", show);
search.form.addEventListener("submit", (event) => people.length + others.length + invited.length && event.preventDefault());
window.addEventListener("online", sendAll);
setInterval(() => queue().length && sendAll(), RETRY);
setInterval(() => document.visibilityState === "visible" && follow(), FOLLOW);
for (const row of queue()) waited.add(row.at); // from before the page was loaded anew
showQueue();
showRefusals();
follow().then(sendAll);
