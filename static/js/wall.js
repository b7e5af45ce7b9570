/* The wall: lets what is new arrive and what has moved glide, and obeys single keys: "f" fills the screen,
   "l" turns to light or dark, "1" to "4" choose what is shown; a button turns the keys off. What the dots came to is shown by itself
   when they are counted. */

import { lasting } from "./store.js";

const main = document.querySelector(".wall");
const wall = document.getElementById("wall");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const GLIDE = { duration: 900, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" };
const ARRIVE = { duration: 900, easing: "ease-out" };

const cards = () => [...wall.querySelectorAll(".wall-card")];
const words = () => [...wall.querySelectorAll("[data-key]")];
const places = () => new Map(words().map((word) => [word.dataset.key, word.getBoundingClientRect()]));
let known = new Set(cards().map((card) => card.id));
let before = places();

// From where and how large it was to where and how large it is (FLIP).
const glide = (word, was) => {
  const is = word.getBoundingClientRect();
  if (!is.height || !was.height || (Math.abs(was.x - is.x) + Math.abs(was.y - is.y) < 1 && was.height === is.height)) return;
  const start = `translate(${was.x - is.x}px, ${was.y - is.y}px) scale(${was.height / is.height})`;
  word.animate([{ transform: start, transformOrigin: "0 0" }, { transform: "none", transformOrigin: "0 0" }], GLIDE);
};

const isCounted = () => Boolean(wall.querySelector("[data-counted]"));
let wasCounted = isCounted();

const arrive = () => {
  if (isCounted() && !wasCounted) show(document.querySelector("[data-show=dots]"));
  wasCounted = isCounted();
  for (const card of cards()) card.classList.toggle("is-new", !known.has(card.id));
  known = new Set(cards().map((card) => card.id));
  if (!calm.matches) {
    for (const word of words()) {
      const was = before.get(word.dataset.key);
      if (was) glide(word, was);
      else word.animate([{ opacity: 0, transform: "scale(0.6)" }, { opacity: 1, transform: "none" }], ARRIVE);
    }
  }
  before = places();
};

wall.addEventListener("htmx:afterSwap", arrive);
wall.addEventListener("followed", arrive);
window.addEventListener("resize", () => (before = places()));

const show = (link) => {
  main.dataset.view = link.dataset.show;
  for (const other of document.querySelectorAll("[data-show]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  history.replaceState(null, "", link.href);
  before = places();
};

for (const link of document.querySelectorAll("[data-show]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(link);
  });
}

const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());

const turn = () => {
  const root = document.documentElement;
  const isDark = root.dataset.bsTheme ? root.dataset.bsTheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.bsTheme = isDark ? "light" : "dark";
};

const keys = new Map();
for (const link of document.querySelectorAll("[data-show]")) keys.set(link.dataset.key, () => show(link));

const offer = (button, key, deed) => {
  button.hidden = false;
  button.addEventListener("click", deed);
  keys.set(key, deed);
};

offer(document.querySelector("[data-light]"), "l", turn);
if (document.fullscreenEnabled) offer(document.querySelector("[data-full-screen]"), "f", fullScreen);

// Who speaks to the computer, or rests a hand on the keys, turns them off (WCAG 2.2, 2.1.4); this browser remembers.
const OFF = "samspel-wall-keys-off";
const switchOfKeys = document.querySelector("[data-keys]");
const sayWhetherKeysWork = () => switchOfKeys.setAttribute("aria-pressed", String(!lasting.getItem(OFF)));
switchOfKeys.hidden = false;
switchOfKeys.addEventListener("click", () => {
  if (lasting.getItem(OFF)) lasting.removeItem(OFF);
  else lasting.setItem(OFF, "1");
  sayWhetherKeysWork();
});
sayWhetherKeysWork();

document.addEventListener("keydown", (event) => {
  if (lasting.getItem(OFF)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  keys.get(event.key.toLowerCase())?.();
});
