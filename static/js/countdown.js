/* Minutes and seconds left, beside the time that the server has written out already. */

const tick = () => {
  for (const place of document.querySelectorAll("[data-until]")) {
    const left = Math.floor((Date.parse(place.dataset.until) - Date.now()) / 1000);
    if (Number.isNaN(left)) continue;
    const words = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : place.dataset.over;
    if (place.textContent !== words) place.textContent = words;
  }
};

tick();
setInterval(tick, 500);
