/* Forms of many rows: "add a row" puts a new one in place. Without this the same button posts, and
   the page comes back with one row more. */

for (const rows of document.querySelectorAll("[data-rows]")) {
  const list = rows.querySelector("[data-rows-list]");
  const total = rows.querySelector('input[name$="-TOTAL_FORMS"]');
  const template = rows.querySelector("[data-rows-empty]");

  rows.querySelector("[data-rows-add]").addEventListener("click", (event) => {
    event.preventDefault();
    const index = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(index));
    const row = holder.content.querySelector("[data-row]");
    row.querySelector("[data-row-number]").textContent = String(index + 1);
    list.append(row);
    total.value = String(index + 1);
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
  });
}
