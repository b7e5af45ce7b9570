/* Minutes and seconds left, beside the time that the server has written out already. Counted from the
   end that the server gave, so that a phone that slept shows the right time when it wakes; and by the
   server's clock, where the phone's own is wrong. */

const TRUSTED = 2000; // ms: answers take a while, and the Date header tells whole seconds (RFC 9110, 6.6.1)
let ahead = 0; // how far the phone's clock is before the server's, in ms

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const told = Date.parse(detail.xhr.getResponseHeader("Date"));
  if (Number.isNaN(told)) return;
  const difference = Date.now() - told;
  ahead = Math.abs(difference) > TRUSTED ? difference : 0;
});

const tick = () => {
  for (const place of document.querySelectorAll("[data-until]")) {
    const left = Math.floor((Date.parse(place.dataset.until) - Date.now() + ahead) / 1000);
    if (Number.isNaN(left)) continue;
    const words = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : place.dataset.over;
    if (place.textContent !== words) place.textContent = words;
  }
};

tick();
setInterval(tick, 500);
document.addEventListener("visibilitychange", tick);
