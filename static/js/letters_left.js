/* Tells under a field how many letters more it takes, from a hundred on, and how many are too many: nothing
   that is pasted is cut off, and nobody hears first at the answer that it was too long.
   A script that fills the field in says so by the event "filled".
   On the field: data-letters (how many fit), data-letters-left and data-letters-over (sentences with {n}).
   Counted as the server does: an emoji of one sign is one, so is a line break, and the spaces around are none. */

const NEAR = 100;

const lettersOf = (text) => [...text.trim().normalize("NFC")].length;

for (const field of document.querySelectorAll("[data-letters]")) {
  const told = document.createElement("p");
  told.className = "form-text letters-left";
  told.setAttribute("role", "status");
  field.after(told);
  const tell = () => {
    const left = Number(field.dataset.letters) - lettersOf(field.value);
    const words = left < 0 ? field.dataset.lettersOver : field.dataset.lettersLeft;
    told.textContent = left > NEAR ? "" : words.replace("{n}", Math.abs(left));
    told.dataset.kind = left < 0 ? "over" : "left";
  };
  for (const change of ["input", "filled"]) field.addEventListener(change, tell);
  tell();
}
