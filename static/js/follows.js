/* What a new forum follows is suggested by its kind: the suggestion changes with the kind, unless somebody has
   chosen otherwise. */

const kind = document.querySelector("select[data-latest]");

if (kind) {
  const follows = document.getElementById("id_follows");
  const latest = JSON.parse(kind.dataset.latest); // {kind: its latest forum}
  const suggestion = () => String(latest[kind.value] ?? "");
  let suggested = suggestion();
  kind.addEventListener("change", () => {
    const isSuggested = follows.value === suggested;
    suggested = suggestion();
    if (isSuggested) follows.value = suggested;
  });
}
