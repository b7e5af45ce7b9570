"""What is left of the trash after its days: drafts go for good, records stay (decisions/0123)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.recording import record
from news.models import Article

TRASH_KEPT = timedelta(days=30)


def empty_trash():
    """Remove for good what has lain in the trash for 30 days and was never more than a draft. Whatever
    was once submitted is a record, and stays in the archive. Returns how many were removed."""
    old = Article.objects.never_submitted().filter(trashed_at__lte=timezone.now() - TRASH_KEPT)
    return sum(_remove(pk) for pk in old.values_list("pk", flat=True))


@transaction.atomic
def _remove(pk):
    """Remove one, if it still lies there: somebody may have restored it this minute."""
    old = Article.objects.select_for_update().never_submitted()
    article = old.filter(pk=pk, trashed_at__lte=timezone.now() - TRASH_KEPT).first()
    if article is None:
        return False
    record("article.removed", about=article, by=None, versions=article.versions.count())
    article.delete()
    return True
