/* Sends what waits in a page that stays open for long, as whoever it was opened by. Whoever signs in anew in another
   tab gets a new token, and the page's own is refused: then the one by now is asked for. */

let renewed = null;

const post = (address, body, token, patience) => {
  body.set("csrfmiddlewaretoken", token);
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(patience) });
};

/* The token by now; null where this page's reader isn't signed in any more, or somebody else is. The address is one
   of which keep_pages_worker.js keeps no copy: it would be this other person's. */
export async function tokenByNow(address, patience) {
  const answer = await fetch(`${address}?sedan`, { signal: AbortSignal.timeout?.(patience) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const personOf = (shown) => shown.querySelector("[data-person]")?.dataset.person;
  if (!personOf(page) || personOf(page) !== personOf(document)) return null;
  return page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? null;
}

/* Post `body` (URLSearchParams) to the page at `address`, with this page's token or the one by now. Returns the
   answer, or null where its reader has been signed out. Rejects where there is no network; after `patience`
   milliseconds it counts as gone. */
export async function postAsReader(address, body, token, patience) {
  let answer = await post(address, body, renewed ?? token, patience);
  if (answer.status === 403) {
    renewed = await tokenByNow(address, patience);
    if (!renewed) return null;
    answer = await post(address, body, renewed, patience);
  }
  return answer.redirected ? null : answer;
}
