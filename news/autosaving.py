"""Saving what somebody is writing, again and again while they write."""

from django.db import transaction

from news import writing
from news.penning import use_pen


@transaction.atomic
def autosave(version, *, by, **words):
    """Save a draft as `writing.save_draft` does, unless somebody else is writing in it; return it.

    The draft stays the same version. Its own window never meets it as somebody else's.

    Args:
        words: as in `writing.save_draft`, `window` and `turn` among them.

    Raises:
        PenHeld: somebody else has the pen; nothing was saved.
        NotEditable, StaleDraft, WriterIsSignatory: as in `writing.save_draft`.
    """
    saved = writing.save_draft(version, by=by, **words)
    use_pen(saved, by=by)
    return saved
