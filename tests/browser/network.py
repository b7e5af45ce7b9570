"""Networks as they are: a slow one, and one whose proxy has lost the server; and pages asleep."""

# As a browser tells a page that nobody sees it, or that somebody does again.
ASLEEP = """(asleep) => {
  const tell = (name, value) =>
    Object.defineProperty(document, name, { configurable: true, get: () => value });
  tell("visibilityState", asleep ? "hidden" : "visible");
  tell("hidden", asleep);
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Held:
    """What `page` asks of addresses like `address` from now on by `method`, held."""

    def __init__(self, page, address, *, method="GET"):
        self._page, self._method, self._routes = page, method, []
        page.route(address, self._hold)

    def _hold(self, route):
        if route.request.method == self._method:
            self._routes.append(route)
        else:
            route.fallback()

    def wait(self):
        """Wait until something has been asked for."""
        while not self._routes:
            self._page.wait_for_timeout(20)

    def let_go(self):
        """Let the first that was asked for go to the server, once it is."""
        self.wait()
        self._routes.pop(0).continue_()


class BadGateway:
    """A proxy that answers 502 with its own page to each POST of `page` to `address` that says `words`."""

    def __init__(self, page, address, *, words):
        self._page, self._address, self._words, self.answers = page, address, words, 0
        page.route(address, self._answer)

    def _answer(self, route):
        if route.request.method == "POST" and self._words in (route.request.post_data or ""):
            self.answers += 1
            route.fulfill(status=502, content_type="text/html", body="<h1>502 Bad Gateway</h1>")
        else:
            route.fallback()

    def answer_again(self):
        """Wait until one more has been answered so."""
        before = self.answers
        while self.answers == before:
            self._page.wait_for_timeout(20)

    def end(self):
        """Let everything through again."""
        self._page.unroute(self._address, self._answer)
