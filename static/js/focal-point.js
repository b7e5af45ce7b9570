/* A click on the picture writes its place, in percent, into the two fields; the fields move the mark.
   The fields are there without this, and are the way by keyboard: their arrows move the mark. */

for (const frame of document.querySelectorAll("[data-focal]")) {
  const picture = frame.querySelector("img");
  const mark = frame.querySelector("[data-focal-mark]");
  const [x, y] = ["x", "y"].map((axis) => document.querySelector(`[data-focal-field="${axis}"]`));
  if (!x || !y) continue;

  const show = () => {
    const box = picture.getBoundingClientRect();
    const around = frame.getBoundingClientRect();
    mark.style.left = `${box.left - around.left + (box.width * clamp(x.value)) / 100}px`;
    mark.style.top = `${box.top - around.top + (box.height * clamp(y.value)) / 100}px`;
    mark.hidden = false;
  };

  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    x.value = clamp(Math.round((100 * (event.clientX - box.left)) / box.width));
    y.value = clamp(Math.round((100 * (event.clientY - box.top)) / box.height));
    show();
  });
  for (const field of [x, y]) field.addEventListener("input", show);
  new ResizeObserver(show).observe(picture);
  frame.classList.add("is-live");
}

function clamp(value) {
  return Math.min(100, Math.max(0, Number(value) || 0));
}
