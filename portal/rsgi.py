"""The entry point that the server loads: streams on the event loop of a web worker, pages in a thread."""

import asyncio

from granian import loops

from forums.following import STREAMING, STREAMS
from portal.answering import Pages
from portal.streaming import Streams
from portal.wsgi import application as pages


class Application:
    """One web worker's, by RSGI 1.6."""

    def __init__(self):
        self.lookout = ""  # the socket of `manage.py look`, once there is one
        self._pages = self._streams = None

    def __rsgi_init__(self, loop):
        self._pages = Pages(pages, **{STREAMING: True})
        self._streams = Streams(self.lookout)
        self._streams.start(loop)

    async def __rsgi__(self, scope, protocol):
        if scope.path.startswith(STREAMS):
            await self._streams.answer(scope, protocol)
        else:
            await self._pages.answer(scope, protocol)

    def end_streams(self):
        """Let go of everybody who listens: the server is about to wait for what is in hand."""
        self._streams.stop()


application = Application()


class Loop(asyncio.SelectorEventLoop):
    """The event loop of a web worker, which ends its streams before the server is told to stop."""

    def add_signal_handler(self, signal, callback, *args):
        def end():
            application.end_streams()
            callback(*args)

        super().add_signal_handler(signal, end)


@loops.register("samspel")
def build_loop():
    loop = Loop()
    asyncio.set_event_loop(loop)
    return loop
