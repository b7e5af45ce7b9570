/* Marking words in a text under review offers to comment on them: the words go into the form's field. */

const form = document.querySelector("[data-remark-form]");

if (form) {
  const quote = form.querySelector("[data-passage]");
  const text = form.querySelector("[data-remark]");
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "btn btn-primary btn-sm remark-offer";
  offer.textContent = form.dataset.offer;
  offer.hidden = true;
  document.body.append(offer);
  let words = "";

  const within = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-passages]");

  /* The marked words as they stand in the text, without our own signs for comments. */
  const marked = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return "";
    const range = selection.getRangeAt(0);
    if (!within(range.startContainer) || !within(range.endContainer)) return "";
    const copy = range.cloneContents();
    copy.querySelectorAll(".remark-mark").forEach((mark) => mark.remove());
    copy.querySelectorAll("p, li, h2, h3, h4, blockquote, td, th, br").forEach((block) => block.before(" "));
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  document.addEventListener("selectionchange", () => {
    words = marked();
    offer.hidden = !words || words.length > quote.maxLength;
    if (offer.hidden) return;
    const box = document.getSelection().getRangeAt(0).getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - 240);
    offer.style.left = `${Math.max(left, 8) + window.scrollX}px`;
    offer.style.top = `${box.bottom + window.scrollY + 8}px`;
  });

  /* Before the press takes the selection away. */
  offer.addEventListener("pointerdown", (event) => event.preventDefault());
  offer.addEventListener("click", () => {
    quote.value = words;
    offer.hidden = true;
    text.focus();
  });
}
