/* The picture above a text ([data-lead-picture] in its form): chosen from the library in a dialog, and a new file
   sent as soon as it is chosen, so that the form holds the picture's number and saves itself with it.

   Without this the button leads to the library, and the file goes with the form. */

import { element } from "./rich-text-element.js";
import { pictureChooserFor, upload } from "./rich-text-library.js";

function begin(part) {
  const { form } = part.querySelector("button");
  const { picture, picture_file: file, picture_key: key, remove_picture: remove } = form.elements;
  const { picture_alt: alt, picture_is_decoration: decoration, picture_credit: credit } = form.elements;
  const library = form.querySelector("textarea[data-rich-text]").dataset;
  const words = JSON.parse(library.richTextWords);
  const shown = part.querySelector("[data-lead-shown]");
  const choose = part.querySelector("[name=choose_picture]");
  const away = element("button", { class: "btn btn-quiet", type: "button" }, words.removePicture);
  const told = element("p", { class: "form-text", role: "status" });
  const bad = element("p", { class: "invalid-feedback", role: "alert", id: "picture-refused" });

  const refuse = (why) => {
    bad.textContent = why;
    bad.hidden = !why;
    file.toggleAttribute("aria-invalid", Boolean(why));
    if (why) file.setAttribute("aria-invalid", "true");
  };
  const changed = () => {
    away.hidden = shown.hidden = !picture.value;
    picture.dispatchEvent(new Event("input", { bubbles: true }));
  };
  /* What is known of the picture is said of it here too; of a new one nothing is known but what is typed. */
  const put = (chosen) => {
    picture.value = chosen.id;
    Object.assign(shown.querySelector("img"), { src: chosen.url, width: chosen.width, height: chosen.height });
    const about = shown.querySelector("[data-lead-about]");
    about.href = chosen.about;
    about.parentElement.hidden = !chosen.about; // a picture that is not this person's to change
    if (chosen.alt || chosen.is_decoration) { alt.value = chosen.alt; decoration.checked = chosen.is_decoration; }
    if (chosen.credit) credit.value = chosen.credit;
    file.value = "";
    refuse("");
    changed();
  };
  const send = async () => {
    const [sent] = file.files;
    if (!sent) return;
    refuse("");
    told.textContent = words.uploading;
    const answer = await upload(library.uploadPicture, sent, words, key.value);
    if (file.files[0] !== sent) return; // another has been chosen meanwhile, or one of the library's
    told.textContent = "";
    if (!answer.refused) { put(answer); return; }
    if (!answer.isUnsent) file.value = "";
    refuse(answer.refused);
    changed();
  };

  const chooser = pictureChooserFor(() => choose.focus(), words, library, { id: "lead-picture", put });
  document.body.append(chooser.dialog);
  choose.addEventListener("click", (event) => { event.preventDefault(); chooser.open(); });
  choose.after(away);
  file.after(told, bad);
  bad.hidden = true;
  away.addEventListener("click", () => { picture.value = ""; changed(); choose.focus(); });
  file.addEventListener("change", () => { key.value = crypto.randomUUID(); send(); });
  addEventListener("online", send);
  if (remove) {
    if (remove.checked) picture.value = "";
    remove.checked = false;
    remove.closest("[id^=div_]").hidden = true;
  }
  away.hidden = !picture.value;
  if (file.files.length) { key.value = crypto.randomUUID(); send(); } // chosen before this script had come
}

for (const part of document.querySelectorAll("[data-lead-picture]")) begin(part);
