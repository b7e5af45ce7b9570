/* On every page: what this browser has kept for somebody is theirs alone. Copies of pages go when the reader is
   another; notes that wait are sent when their writer is back, on whichever page. */

import { forgetCopies, keepOnlyOf } from "./copies.js";
import { unsentOf } from "./unsent.js";

const person = document.querySelector("[data-person]")?.dataset.person;

async function sendWhatWaits() {
  const { sendUnsent } = await import("./send_unsent.js");
  sendUnsent(person, document.querySelector("[data-sign-out] [name=csrfmiddlewaretoken]").value);
}

if (person !== undefined) keepOnlyOf(person);
if (person && Object.keys(unsentOf(person)).length && !document.querySelector("[data-keep-notes]")) sendWhatWaits();
document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && forgetCopies());
