"""PostgreSQL for pages that are asked for hundreds of times a second.

Django can look whether a connection still lives before each page. That is one question of the ten or
fifteen that a small page asks; a connection that was looked at a moment ago is taken to live on.
"""

import time

from django.db.backends.postgresql import base

STILL_FRESH = 5  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    _seen_alive = -STILL_FRESH

    def close_if_health_check_failed(self):
        if self.health_check_done:
            return
        now = time.monotonic()
        if now - self._seen_alive < STILL_FRESH:
            self.health_check_done = True  # nor later on, in the middle of a transaction
            return
        super().close_if_health_check_failed()
        self._seen_alive = now

    def close(self):
        self._seen_alive = -STILL_FRESH
        super().close()
