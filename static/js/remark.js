/* Marking words in a text under review offers to comment on them: the words go into the form's field, and
   with them in which part of the text they stand, and how many times they stand in it before that. */

/* Between any two of these, words are words of their own: as in news/annotating.py. */
const BLOCKS = "p, h2, h3, h4, li, ul, ol, blockquote, footer, table, tr, th, td, caption, hr, br, figure, figcaption";

const form = document.querySelector("[data-remark-form]");

if (form) {
  const quote = form.querySelector("[data-passage]");
  const part = form.querySelector("[data-part]");
  const occurrence = form.querySelector("[data-occurrence]");
  const text = form.querySelector("[data-remark]");
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "btn btn-primary btn-sm remark-offer";
  offer.textContent = form.dataset.offer;
  offer.hidden = true;
  document.body.append(offer);
  const nothing = { words: "", part: "", occurrence: 0 };
  let chosen = nothing;

  const within = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-passages]");

  /* The words of a range as they stand in the text, without our own signs. */
  const plain = (range) => {
    const copy = range.cloneContents();
    copy.querySelectorAll(".remark-mark, .figure-source").forEach((sign) => sign.remove());
    copy.querySelectorAll(BLOCKS).forEach((block) => {
      block.before(" ");
      block.after(" ");
    });
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  const marked = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return nothing;
    const range = selection.getRangeAt(0).cloneRange();
    const here = within(range.startContainer);
    if (!here) return nothing;
    /* Three clicks on the last words of a part reach to where the next begins. */
    if (!here.contains(range.endContainer)) range.setEnd(here, here.childNodes.length);
    const words = plain(range);
    const before = document.createRange();
    before.setStart(here, 0);
    before.setEnd(range.endContainer, range.endOffset);
    const until = plain(before);
    const place = until.length - words.length;
    let times = 0;
    for (let at = until.indexOf(words); words && at >= 0 && at < place; at = until.indexOf(words, at + 1)) times += 1;
    return { words, part: here.dataset.passages, occurrence: times };
  };

  document.addEventListener("selectionchange", () => {
    chosen = marked();
    offer.hidden = !chosen.words || chosen.words.length > quote.maxLength;
    if (offer.hidden) return;
    const box = document.getSelection().getRangeAt(0).getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - 240);
    offer.style.left = `${Math.max(left, 8) + window.scrollX}px`;
    offer.style.top = `${box.bottom + window.scrollY + 8}px`;
  });

  /* Before the press takes the selection away. */
  offer.addEventListener("pointerdown", (event) => event.preventDefault());
  offer.addEventListener("click", () => {
    quote.value = chosen.words;
    part.value = chosen.part;
    occurrence.value = chosen.occurrence;
    offer.hidden = true;
    text.focus();
  });

  /* Words written by hand may stand anywhere. */
  quote.addEventListener("input", () => {
    part.value = "";
    occurrence.value = "";
  });
}
