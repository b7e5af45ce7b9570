/* Lets this page open without network: its worker keeps a copy of it, and of the files it is made of. When the
   page is that copy it says so, and since when. */

import { belongTo, keepOnlyOf } from "./copies.js";

const told = document.querySelector("[data-keep-page]");
const { person } = document.querySelector("[data-person]").dataset;
const { kept } = document.documentElement.dataset;

const isLoaded = () => new Promise((resolve) => (document.readyState === "complete" ? resolve() : addEventListener("load", resolve)));
const asked = () => {
  const { keepAlso } = told.dataset; // what a script fetches, and may not have got yet
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  return keepAlso ? [...names, new URL(keepAlso, location).href] : names;
};

async function keepPage() {
  await isLoaded();
  await keepOnlyOf(person);
  belongTo(person);
  await navigator.serviceWorker.register(told.dataset.keepPage, { scope: location.pathname });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ asked: asked() });
}

function tell() {
  const at = new Date(Number(kept));
  const [hours, minutes] = [at.getHours(), at.getMinutes()].map((number) => String(number).padStart(2, "0"));
  const clock = told.dataset.clock.replace("{hours}", hours).replace("{minutes}", minutes);
  const words = told.querySelector("[data-words]");
  words.textContent = told.dataset.isCopy.replace("{time}", clock);
  told.hidden = false;
  window.addEventListener("online", () => (words.textContent = told.dataset.isBack));
}

if (kept) tell();
else if ("serviceWorker" in navigator) keepPage();
