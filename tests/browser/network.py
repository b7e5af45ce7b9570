"""A slow network: what a page asks for is held until the test lets it go."""


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
