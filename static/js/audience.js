/* Who is invited to a forum: the rows are there while no ready-made audience is chosen. Without this they
   always are, and the server says so where both are filled in. */

for (const part of document.querySelectorAll("[data-audience]")) {
  const ready = part.querySelector("select");
  const rows = part.querySelector("[data-audience-rows]");
  const show = () => {
    rows.hidden = rows.disabled = ready.value !== "";
  };
  // What was refused is shown with all that was sent.
  if (!ready.classList.contains("is-invalid")) show();
  ready.addEventListener("change", show);
}
