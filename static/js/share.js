/* Share: what is a link to a mail without script is handed to the phone, or copied. */
for (const link of document.querySelectorAll("[data-share]")) {
  const share = { title: link.dataset.title, url: link.dataset.share };
  const said = link.parentElement.querySelector("[data-share-said]");
  const byTouch = matchMedia("(pointer: coarse)").matches && navigator.canShare?.(share);
  if (!byTouch && !navigator.clipboard) continue;
  link.setAttribute("role", "button");
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") link.click(event.preventDefault());
  });
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    if (byTouch) {
      // Whoever closes the phone's own sheet has changed their mind.
      await navigator.share(share).catch((reason) => {
        if (reason.name !== "AbortError") throw reason;
      });
    } else {
      await navigator.clipboard.writeText(share.url);
      said.textContent = link.dataset.said;
    }
  });
}
