/* The dialogs of the rich-text editor in which a picture or a document is chosen: one of the library's, found
   by its name, or a new file. What the server says is in news/views/gallery.py, library.py and uploads.py. */

import { element, goBackTo } from "./rich-text-element.js";
import { htmlOf } from "./rich-text-inline.js";

const PAUSE = 250; // milliseconds without a key before the library is asked

async function ask(address, query) {
  const response = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { headers: { Accept: "application/json" } });
  return (await response.json()).results;
}

/* Sends a file, once under each key. Returns what the server says of it, or { refused: why }, with `isUnsent`
   where the server has not seen it. */
export async function upload(address, file, words, key = crypto.randomUUID()) {
  const data = new FormData();
  data.set("file", file);
  data.set("key", key);
  data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const response = await fetch(address, { method: "POST", body: data });
    if (response.redirected || response.status === 403) return { refused: words.uploadSignedOut, isUnsent: true };
    return await response.json();
  } catch {
    return { refused: words.uploadFailed, isUnsent: true }; // no answer, or none that the server means to give
  }
}

/* Returns { dialog, open }.

   goBack(): puts the focus where it was. kind: "picture" or "document", as the words are called. id: what the
   fields' ids begin with. from: the address of the library. to: where a new file is sent. accept: which files.
   show(thing): what stands on its button. put(thing): puts it in its place. */
function libraryDialogFor(goBack, words, { kind, id = kind, from, to, accept, show, put }) {
  const search = element("input", { class: "form-control", type: "search", id: `${id}-search`, autocomplete: "off" });
  const found = element("ul", { class: `library-options is-${kind}`, "aria-label": words[kind] });
  const told = element("p", { class: "form-text", role: "status" });
  const bad = element("p", { class: "invalid-feedback", role: "alert" });
  const file = element("input", { class: "form-control", type: "file", id: `${id}-file`, accept });
  const cancel = element("button", { class: "btn btn-quiet", type: "button" }, words.cancel);
  const form = element("form", { method: "dialog" },
    element("label", { class: "form-label", for: search.id }, words[`${kind}Search`]), search, found, told,
    element("label", { class: "form-label", for: file.id }, words[`${kind}Upload`]), file, bad,
    element("div", { class: "action-bar" }, cancel));
  const dialog = element("dialog", { class: "panel editor-dialog", "aria-label": words[kind] }, form);
  let timer, asked = 0, listed = [];

  const refuse = (why) => { bad.textContent = why; bad.hidden = !why; };
  const choose = (thing) => { dialog.close(); put(thing); };
  const look = async () => {
    const number = ++asked;
    let things;
    try {
      things = await ask(from, search.value.trim());
    } catch {
      things = [];
      if (number === asked) told.textContent = words.linkNoContact;
    }
    if (number !== asked) return;
    if (things.length) told.textContent = "";
    else told.textContent ||= search.value.trim() ? words[`${kind}None`] : "";
    list(things);
  };
  /* An answer comes while somebody goes on into the list: they stay on what they had come to. */
  const list = (things) => {
    if (JSON.stringify(things) === JSON.stringify(listed)) return;
    const at = [...found.children].findIndex((item) => item.contains(document.activeElement));
    const still = things.findIndex((thing) => thing.url === listed[at]?.url);
    listed = things;
    found.hidden = !things.length;
    found.replaceChildren(...things.map((thing) => {
      const button = element("button", { type: "button" }, ...show(thing));
      button.addEventListener("click", () => choose(thing));
      return element("li", {}, button);
    }));
    if (at >= 0) (found.children[still]?.firstElementChild ?? search).focus();
  };

  search.addEventListener("input", () => { clearTimeout(timer); told.textContent = ""; timer = setTimeout(look, PAUSE); });
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    refuse("");
    told.textContent = words.uploading;
    const thing = await upload(to, file.files[0], words);
    told.textContent = "";
    if (thing.refused) { refuse(thing.refused); file.value = ""; file.focus(); } else if (dialog.open) choose(thing);
  });
  form.addEventListener("submit", (event) => event.preventDefault()); // Enter looks, and closes nothing
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", goBack);

  const open = () => {
    form.reset();
    refuse("");
    told.textContent = "";
    list([]);
    found.hidden = true;
    dialog.showModal();
    look();
  };
  return { dialog, open };
}

// Windows knows no type of HEIC: there its files are told by their names (ACCEPTED of news/picturing.py).
const PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif";

/* Puts a picture where the text is being written, and asks for its words where it has none; returns when they
   have been given. */
function putPicture(editor, picture, openFigureDialog) {
  const alt = picture.is_decoration ? "" : picture.alt || null;
  const attrs = { src: picture.url, alt, caption: "", credit: htmlOf(picture.credit) };
  const at = editor.state.selection.to;
  editor.commands.insertContentAt(editor.state.doc.resolve(at).depth ? editor.state.doc.resolve(at).after(1) : at, { type: "figure", attrs });
  let place = null;
  editor.state.doc.descendants((node, position) => {
    if (place === null && position >= at - 1 && node.type.name === "figure" && node.attrs.src === picture.url) place = position;
  });
  if (place !== null) editor.chain().setNodeSelection(place).scrollIntoView().run();
  return alt === null ? openFigureDialog() : null;
}

function putDocument(editor, chosen) {
  const link = { type: "link", attrs: { href: chosen.url } };
  if (editor.state.selection.empty) editor.commands.insertContent({ type: "text", text: chosen.title, marks: [link] });
  else editor.commands.setLink(link.attrs);
}

/* A dialog that gives the chosen picture to `put`. `library` is the data of the field for rich text. */
export function pictureChooserFor(goBack, words, library, { id, put }) {
  return libraryDialogFor(goBack, words, {
    kind: "picture", id, from: library.pictures, to: library.uploadPicture, accept: PICTURES, put,
    show: (picture) => [
      element("img", { src: picture.thumb, alt: "", loading: "lazy", width: picture.width, height: picture.height }),
      element("span", {}, picture.name || words.unnamed),
    ],
  });
}

export function pictureDialogFor(getEditor, words, textarea, openFigureDialog) {
  const put = (picture) => putPicture(getEditor(), picture, openFigureDialog);
  return pictureChooserFor(() => goBackTo(getEditor()), words, textarea.dataset, { id: "picture", put });
}

export function documentDialogFor(getEditor, words, textarea) {
  return libraryDialogFor(() => goBackTo(getEditor()), words, {
    kind: "document", from: textarea.dataset.documents, to: textarea.dataset.uploadDocument,
    accept: ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv",
    show: (chosen) => [element("strong", {}, chosen.title), element("span", { class: "meta" }, chosen.detail)],
    put: (chosen) => putDocument(getEditor(), chosen),
  });
}

const isPicture = ({ type, name }) => (type ? PICTURES.split(",").includes(type) : /\.hei[cf]$/i.test(name));
const DATA = /^data:([\w/+.-]+);base64,/i;

/* A picture that came within a text, as a File; null where only its address came. */
function fileOf({ src }) {
  const found = DATA.exec(src);
  if (!found) return null;
  try {
    const bytes = Uint8Array.from(atob(src.slice(found[0].length).replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
    const file = new File([bytes], `${found[1].replace("/", ".")}`, { type: found[1].toLowerCase() });
    return isPicture(file) ? file : null;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return null; // not what it says that it is
  }
}

/* Returns { takeFiles, takeForeign }: what to do with the pictures among pasted or dropped files, which returns
   whether there were any; and with those that stood in a pasted text (rich-text-paste.js). What became of them is
   told by `say`. */
export function takerFor(getEditor, words, textarea, openFigureDialog, say) {
  const takeIn = async (pictures, lost) => {
    const told = [];
    for (const { file, alt } of pictures) {
      say(words.uploading);
      const picture = await upload(textarea.dataset.uploadPicture, file, words);
      say("");
      if (picture.refused) told.push(picture.refused);
      else await putPicture(getEditor(), { ...picture, alt: alt || picture.alt }, openFigureDialog);
    }
    if (lost) told.push(lost === 1 ? words.pictureLost : words.picturesLost.replace("{count}", lost));
    say(told.join(" "));
  };
  const takeFiles = (files) => {
    const pictures = [...(files ?? [])].filter(isPicture).map((file) => ({ file }));
    if (pictures.length) takeIn(pictures, 0);
    return Boolean(pictures.length);
  };
  const takeForeign = (pictures) => {
    const came = pictures.map(({ src, alt }) => ({ file: fileOf({ src }), alt })).filter(({ file }) => file);
    if (pictures.length) takeIn(came, pictures.length - came.length);
  };
  return { takeFiles, takeForeign };
}
