/* A form that has been sent is not sent again by a second click while the answer is on its way.
   The server stands a double click without this; the person is spared the wait. */

const BUSY = "data-sending";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.hasAttribute(BUSY)) {
    event.preventDefault();
    return;
  }
  form.setAttribute(BUSY, "");
  form.setAttribute("aria-busy", "true");
});

// Back in the browser's history, or a download that left the page standing: the form is free again.
const release = () => {
  for (const form of document.querySelectorAll(`form[${BUSY}]`)) {
    form.removeAttribute(BUSY);
    form.removeAttribute("aria-busy");
  }
};
window.addEventListener("pageshow", release);
document.addEventListener("submit", () => setTimeout(release, 4000));
