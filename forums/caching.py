"""Caching: what the processes of the portal share with each other, and do without where the cache is down.

Nothing is kept there that can't be made again. Where the cache doesn't answer, each process keeps what it
has made for itself, and leaves the cache alone for a while: a page must not wait for it once for each thing.
"""

import logging
from time import monotonic

from django.core.cache import cache, caches

logger = logging.getLogger(__name__)

LEFT_ALONE_FOR = 5  # seconds
_left_alone = {"until": 0.0}


def recall(key):
    """What is kept under `key`, or None."""
    return _ask(lambda kept: kept.get(key))


def remember(key, value, seconds):
    """Keep `value` for so long."""
    _ask(lambda kept: kept.set(key, value, seconds))


def recall_or_make(key, make, seconds):
    """What is kept under `key`; else what `make()` returns, which is then kept for so long."""
    value = recall(key)
    if value is None:
        value = make()
        remember(key, value, seconds)
    return value


def _ask(question):
    if monotonic() >= _left_alone["until"]:
        try:
            return question(cache)
        except Exception:
            _left_alone["until"] = monotonic() + LEFT_ALONE_FOR
            logger.warning("The cache is down: each process keeps its own", exc_info=True)
    return question(caches["template_fragments"])
