"""Going back to an earlier text."""

from django.db import transaction

from accounts.recording import record
from news.models import Version
from news.refusals import NotEditable, StillInReview
from news.writing import WORDS, begin_draft


@transaction.atomic
def restore_version(version, *, by):
    """Begin a new draft with the words of any version, and return it. It needs its own yes, as any other.

    A draft that stands in the works is set aside: it stays among the versions. One that already has the
    words (a double click) is returned as it is.

    Raises:
        NotEditable: the article is in the trash.
        StillInReview: the newest version waits for its answer.
        WriterIsSignatory: `by` is to sign the text off.
    """
    version = Version.objects.locked(version.pk)
    newest = version.article.newest_version
    if version.article.trashed_at:
        raise NotEditable
    if newest.state == Version.State.SUBMITTED:
        raise StillInReview
    if newest.is_editable:
        if all(getattr(newest, name) == getattr(version, name) for name in WORDS):
            return newest
        newest.state = Version.State.SET_ASIDE
        newest.save(update_fields=["state"])
    draft = begin_draft(version, by=by)
    record("version.restored", about=version.article, by=by, version=version.number, as_version=draft.number)
    return draft
