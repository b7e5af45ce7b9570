/* The seat plan: people are dragged from table to table. What a drag does is what the form does: choose
   somebody, write the table's number, press "Move". Then the page is fetched, and its plan and what the head of
   the page says of the plan are put in place: the table stays where it was under the hand, and what changed is
   read out. Without this the same form is sent as it is. */

const holder = document.getElementById("seat-plan");
const head = document.getElementById("plan-head");
const told = document.querySelector("[data-plan-told]");
let dragged = null;
let lastPlaced = Promise.resolve(); // one after the other, so that the page shown is the latest

const tableAt = (event) => event.target.closest?.("[data-table]");
const fold = (element) => (element?.innerText ?? "").replace(/\s+/g, " ").trim();
const wishes = () => fold(head.querySelector("[data-wishes]"));

function markOver(table) {
  for (const each of holder.querySelectorAll("[data-over]")) if (each !== table) delete each.dataset.over;
  if (table) table.dataset.over = "";
}

/* Put `page` in place of what is shown, with the table numbered `table` ("" for those without one) where it was. */
function show(page, table) {
  const at = () => (holder.querySelector(`[data-table="${table}"]`) ?? holder).getBoundingClientRect().top;
  const before = at();
  for (const part of [head, holder]) part.replaceChildren(...page.getElementById(part.id).childNodes);
  for (const button of head.querySelectorAll("[data-print]")) button.hidden = false;
  holder.querySelector(":checked")?.focus({ preventScroll: true });
  window.scrollBy({ top: at() - before, behavior: "instant" });
}

/* Say who sits where now, and what the plan does not meet, if that is new. */
function tell(answer, table, wishesBefore) {
  const seat = holder.querySelector(`[data-answer="${answer}"]`);
  const parts = { name: fold(seat?.querySelector("[data-name]")), table: fold(seat?.closest("[data-table]")?.querySelector("[data-table-name]")) };
  const words = (table ? told.dataset.moved : told.dataset.left).replace(/\{(\w+)\}/g, (_all, part) => parts[part]);
  told.textContent = wishes() === wishesBefore ? words : `${words} ${wishes()}`;
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
    const wishesBefore = wishes();
    show(page, table);
    tell(answer, table, wishesBefore);
  } catch {
    const now = holder.querySelector("form");
    now.querySelector(`[name=answer][value="${answer}"]`).checked = true;
    now.elements.table.value = table;
    now.requestSubmit(now.querySelector("[value=move]"));
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
  if (table.contains(dragged)) return;
  const [form, { answer }] = [dragged.closest("form"), dragged.dataset];
  lastPlaced = lastPlaced.then(() => place(form, answer, table.dataset.table));
});

holder?.addEventListener("dragend", () => {
  dragged = null;
  markOver(null);
});
