"""Seeing to it that what is published is still right."""

from django.db import transaction
from django.utils import timezone

from accounts.recording import record
from news.models import Article
from news.publishing import look_through_later
from news.refusals import NotPublished


@transaction.atomic
def confirm_still_right(article, *, by):
    """Say that a published text is still right: its next day is counted from today. Twice is as once.

    Raises:
        NotPublished: nothing of it is live.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.live_version() is None:
        raise NotPublished
    before = article.review_on
    look_through_later(article, after=timezone.localdate())
    if article.review_on != before:
        record(
            "article.still_right", about=article, by=by, until=article.review_on and str(article.review_on)
        )
    return article
