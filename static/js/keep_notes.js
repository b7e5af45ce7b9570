/* Keeps what is not saved yet. A note goes into the browser's store first and leaves it when the
   server has said "saved" with the note's own id; until then it is counted on the page and sent again,
   also after a reload. The id makes a note sent twice one note. */

// crypto.randomUUID is for secure contexts only; getRandomValues is everywhere (RFC 9562, version 4).
const newId = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16),
  );

const form = document.querySelector("form[data-keep-notes]");
const RETRY = 3000;

if (form) {
  const key = `samspel-notes-${form.dataset.keepNotes}`;
  const status = form.querySelector("[data-not-saved]");
  let sending = false;

  const waiting = () => JSON.parse(localStorage.getItem(key) || "[]");
  const keep = (notes) => (notes.length ? localStorage.setItem(key, JSON.stringify(notes)) : localStorage.removeItem(key));
  const without = (id) => waiting().filter((note) => note.note_id !== id);

  const say = (words, kind) => {
    status.hidden = !words;
    status.dataset.kind = kind;
    if (status.textContent !== words) status.textContent = words;
  };

  const sayHowMany = () => {
    const number = waiting().length;
    if (number) say(number === 1 ? form.dataset.waitingOne : form.dataset.waitingMany.replace("{n}", number), "waiting");
    return number;
  };

  const written = () => {
    const data = new FormData(form);
    return {
      note_id: data.get("note_id"),
      question: data.get("question"),
      text: data.get("text"),
      keywords: data.getAll("keywords").filter(Boolean),
    };
  };

  const asForm = (note) => {
    const data = new URLSearchParams({ note_id: note.note_id, question: note.question, text: note.text });
    for (const word of note.keywords) data.append("keywords", word);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return data;
  };

  const fill = (note) => {
    form.elements.note_id.value = note.note_id;
    form.elements.text.value = note.text;
    const boxes = form.querySelectorAll('input[name="keywords"]');
    boxes.forEach((box, place) => (box.value = note.keywords[place] ?? ""));
  };

  // Nothing half written is overwritten: only an empty form takes a refused note back.
  const giveBack = (note, reason) => {
    if (!form.elements.text.value || form.elements.note_id.value === note.note_id) {
      fill(note);
      keep(without(note.note_id));
    }
    say(reason, "refused");
  };

  const freshForm = () => {
    fill({ note_id: newId(), text: "", keywords: [] });
    form.elements.text.focus();
  };

  const send = async (note) => {
    const answer = await fetch(form.action, { method: "POST", body: asForm(note), headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 403) return say(form.dataset.signedOut, "refused");
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return undefined;
    const told = await answer.json();
    if (told.saved === note.note_id) {
      keep(without(note.note_id));
      say(form.dataset.saved, "saved");
    } else if (told.errors) {
      giveBack(note, Object.values(told.errors).flat().map((error) => error.message).join(" "));
    }
    return undefined;
  };

  const sendAll = async () => {
    if (sending) return;
    sending = true;
    try {
      for (const note of waiting()) await send(note);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // TypeError is fetch's word for "no network"
      sayHowMany();
    } finally {
      sending = false;
    }
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

  window.addEventListener("online", sendAll);
  setInterval(() => waiting().length && sendAll(), RETRY);
  if (sayHowMany()) sendAll();
}
