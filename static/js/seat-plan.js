/* The seat plan: people are dragged from table to table. What a drag does is what the form does: choose
   somebody, write the table's number, press "Move". Then the page is fetched and its plan put in place, so
   that the place on the page stays. Without this the same form is sent as it is. */

const holder = document.getElementById("seat-plan");
let dragged = null;

const tableAt = (event) => event.target.closest?.("[data-table]");

function markOver(table) {
  for (const each of holder.querySelectorAll("[data-over]")) if (each !== table) delete each.dataset.over;
  if (table) table.dataset.over = "";
}

async function place(form, answer, table) {
  const data = new FormData(form);
  data.set("answer", answer);
  data.set("table", table);
  data.set("do", "move");
  // Whatever goes wrong on the way, the form itself, sent as it is, shows what holds.
  try {
    const reply = await fetch(form.action, { method: "POST", body: data });
    if (!reply.ok) throw new Error(`${reply.status}`);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    holder.replaceChildren(...page.getElementById("seat-plan").childNodes);
    holder.querySelector(":checked")?.focus({ preventScroll: true });
  } catch {
    form.querySelector(`[name=answer][value="${answer}"]`).checked = true;
    form.elements.table.value = table;
    form.requestSubmit(form.querySelector("[value=move]"));
  }
}

holder?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-answer]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.innerText);
});

holder?.addEventListener("dragover", (event) => {
  const table = tableAt(event);
  markOver(table);
  if (dragged && table) event.preventDefault();
});

holder?.addEventListener("drop", (event) => {
  const table = tableAt(event);
  markOver(null);
  if (!dragged || !table) return;
  event.preventDefault();
  if (!table.contains(dragged)) place(dragged.closest("form"), dragged.dataset.answer, table.dataset.table);
});

holder?.addEventListener("dragend", () => {
  dragged = null;
  markOver(null);
});
