"""Shuffling: notes in an order of each person's own.

Of 3,000 notes nobody reads more than a few pages. Were the pages the same for all, the first ones would win.
"""

from hashlib import blake2b


def shuffled(notes, *, key):
    """The ids of a QuerySet of notes in the order of whoever holds `key` (at most 64 bytes), always the same.
    One query.

    The order tells nothing of the notes, not even when they were written, and none of it leads to the key.
    """
    pks = notes.order_by().values_list("pk", flat=True)
    return sorted(pks, key=lambda pk: blake2b(pk.bytes, key=key).digest())
