/* On every page: what this browser has kept for somebody is theirs alone. Copies of pages go when the reader is
   another; notes that wait are sent when their writer is back, on whichever page. Where nothing is kept, this is
   two looks into the browser's store. */

const person = document.querySelector("[data-person]")?.dataset.person; // "" for nobody
const kept = (key) => {
  try {
    return window.localStorage?.getItem(key) ?? null;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return null; // blocked, and so nothing was kept (as in store.js, which no page should wait for here)
  }
};
const hasCopies = () => kept("samspel-copies-of") !== null;

async function keepOnlyOwn() {
  const { keepOnlyOf } = await import("./copies.js");
  await keepOnlyOf(person);
}

async function leaveNone() {
  const { forgetCopies } = await import("./copies.js");
  await forgetCopies();
}

async function sendWhatWaits() {
  const { sendUnsent } = await import("./send_unsent.js");
  sendUnsent(person, document.querySelector("[data-sign-out] [name=csrfmiddlewaretoken]").value);
}

if (person === "" || (person && hasCopies())) keepOnlyOwn();
if (person && kept(`samspel-unsent-${person}`) && !document.querySelector("[data-keep-notes]")) sendWhatWaits();
document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && hasCopies() && leaveNone());
