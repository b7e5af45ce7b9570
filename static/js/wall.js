/* The wall: shows what is new, and fills the screen with "f". */

const wall = document.getElementById("wall");
const cards = () => [...wall.querySelectorAll(".wall-card")];
let known = new Set(cards().map((card) => card.id));

wall.addEventListener("htmx:afterSwap", () => {
  for (const card of cards()) card.classList.toggle("is-new", !known.has(card.id));
  known = new Set(cards().map((card) => card.id));
});

const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());

const button = document.querySelector("[data-full-screen]");
if (document.fullscreenEnabled) {
  button.hidden = false;
  button.addEventListener("click", fullScreen);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "f" && !event.ctrlKey && !event.metaKey && !event.altKey) fullScreen();
  });
}
