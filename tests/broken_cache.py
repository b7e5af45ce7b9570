"""A cache that is down: whatever is asked of it ends in an error, as when nobody listens at its port."""

from django.core.cache.backends.base import BaseCache


class BrokenCache(BaseCache):
    def __init__(self, _location, params):
        super().__init__(params)

    def _fail(self, *_args, **_kwargs):
        raise ConnectionRefusedError("nobody listens there")

    add = get = set = touch = delete = clear = has_key = incr = get_many = set_many = _fail
