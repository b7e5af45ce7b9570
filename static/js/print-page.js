/* Print: the button exists only where it can do something. One that comes later is pressed the same way. */
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("click", (event) => event.target.closest?.("[data-print]") && window.print());
