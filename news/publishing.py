"""How a text comes out and is taken back. The clock does the rest (docs/decisions/0003)."""

from django.db import models, transaction
from django.utils import timezone

from accounts.addressing import move_to_address
from accounts.recording import record
from news.models import Article, Route, Version
from news.refusals import EndsBeforeItBegins, NotEditable, NotInTrash, NotPublished
from news.signals import version_approved, version_approving
from news.spreading import let_readers_find
from news.telling import tell_approved


@transaction.atomic
def approve_version(version, *, by, live_from=None, live_until=None):
    """Approve a version whose last review step has its yes; called by `reviewing.approve`.

    Raises:
        EndsBeforeItBegins: `live_until` is not after `live_from`.
        Refusal: an app above says that it has to wait (`signals.version_approving`).
    """
    version_approving.send(sender=Version, version=version, by=by)
    if not version.article.versions.exclude(approved_at=None).exists():
        move_to_address(version.article, version.title)
    now = timezone.now()
    live_from = live_from or now
    if live_until and live_until <= live_from:
        raise EndsBeforeItBegins
    version.state, version.approved_at = Version.State.APPROVED, now
    version.live_from, version.live_until = live_from, live_until
    date_version(version)
    version.save()
    Version.objects.supersede(version.article)
    if not version.is_minor:
        look_through_later(version.article, after=timezone.localdate(live_from))
    record(
        "version.approved",
        about=version.article,
        by=by,
        version=version.number,
        live_from=live_from.isoformat(),
        live_until=live_until.isoformat() if live_until else None,
    )
    tell_approved(version, by=by)
    version_approved.send(sender=Version, version=version, by=by)
    return version


def date_version(version):
    """Set on a version, without saving it, when its article first came out, and when readers were last
    told that it changed; a small correction carries the latter on. Both are counted from the versions
    that were, or will be, out before it."""
    earlier = Version.objects.ever_out_by(version.live_from).filter(
        article=version.article, number__lt=version.number
    )
    before = earlier.first()
    version.published_at = before.published_at if before else version.live_from
    version.updated_at = before.updated_at if before and version.is_minor else version.live_from


def look_through_later(article, *, after):
    """Write down when an article is to be looked through again, counted from the date `after`."""
    article.review_on = Route.objects.of(article.kind).review_day(after)
    Article.objects.filter(pk=article.pk).update(review_on=article.review_on)


@transaction.atomic
def withdraw(article, *, by):
    """Take back what is live and cancel what is scheduled; every version stays readable on the desk.

    Raises:
        NotEditable: the article is in the trash (and so not published anyway).
        NotPublished: nothing is live or scheduled.
    """
    article = _locked(article)
    if article.trashed_at:
        raise NotEditable
    now = timezone.now()
    live = article.versions.live(now)
    # What never came out ends where it would have begun: it governs then, in silence, so that the
    # version before it does not come back either.
    scheduled = article.versions.scheduled(now)
    ended = live.update(live_until=now) + scheduled.update(live_until=models.F("live_from"))
    if not ended:
        raise NotPublished
    let_readers_find(article)
    record("article.withdrawn", about=article, by=by)
    return article


@transaction.atomic
def trash(article, *, by):
    """Put the article in the trash: not read, not reviewed, not edited, and nothing of it lost.

    Raises:
        NotEditable: it is there already.
    """
    article = _locked(article)
    if article.trashed_at:
        raise NotEditable
    article.trashed_at = timezone.now()
    article.save(update_fields=["trashed_at"])
    let_readers_find(article)
    record("article.trashed", about=article, by=by)
    return article


@transaction.atomic
def restore(article, *, by):
    """Take the article out of the trash, as it was: what the clock says is live is live again.

    Raises:
        NotInTrash: it is not there.
    """
    article = _locked(article)
    if not article.trashed_at:
        raise NotInTrash
    article.trashed_at = None
    article.save(update_fields=["trashed_at"])
    let_readers_find(article)
    record("article.restored", about=article, by=by)
    return article


def _locked(article):
    return Article.objects.select_for_update().get(pk=article.pk)
