/* Minutes and seconds left, beside the time that the server has written out already. Counted from the
   end that the server gave, so that a phone that slept shows the right time when it wakes; and by the
   server's clock, where the phone's own is wrong. */

const TRUSTED = 2000; // ms: answers take a while, and the Date header tells whole seconds (RFC 9110, 6.6.1)
let ahead = 0; // how far the phone's clock is before the server's, in ms

const compare = (here, told) => {
  if (Number.isNaN(told)) return;
  const difference = here - told;
  ahead = Math.abs(difference) > TRUSTED ? difference : 0;
};

document.addEventListener("htmx:afterRequest", ({ detail }) => compare(Date.now(), Date.parse(detail.xhr.getResponseHeader("Date"))));

// A page that follows a stream may ask for nothing for minutes, so it says itself when it was made; a copy that
// was kept for times without network says when that was.
if (!document.documentElement.dataset.kept) {
  const [arrival] = performance.getEntriesByType("navigation");
  const since = performance.now() - (arrival?.responseStart ?? 0);
  compare(Date.now() - since, Date.parse(document.querySelector("meta[name=made-at]")?.content));
}

const tick = () => {
  for (const place of document.querySelectorAll("[data-until]")) {
    const left = Math.floor((Date.parse(place.dataset.until) - Date.now() + ahead) / 1000);
    if (Number.isNaN(left)) continue;
    const words = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : place.dataset.over;
    if (place.textContent !== words) place.textContent = words;
  }
};

tick();
// What has come anew says what was left when it was made; "followed" doesn't bubble, and is caught on its way down.
for (const event of ["htmx:afterSwap", "followed"]) document.addEventListener(event, tick, true);
setInterval(tick, 500);
document.addEventListener("visibilitychange", tick);
