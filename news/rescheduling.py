"""Moving the times of what has been approved, without touching its words."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.recording import record
from accounts.refusals import Refusal
from news.models import Version
from news.publishing import date_version, look_through_later
from news.refusals import EndsBeforeItBegins, NotEditable
from news.signals import version_rescheduled
from news.telling import tell_rescheduled


class NothingToCome(Refusal):
    message = _("This version is neither published nor about to be, so it has no time to change.")


class Overtaken(Refusal):
    message = _("A newer version comes out before then, and this one would never be read.")
    field = "live_from"


class WidensTheTime(Refusal):
    message = _(
        "It was approved for a shorter time. An approver of the unit who has not written in it can publish it"
        " earlier or keep it longer."
    )


@transaction.atomic
def reschedule(version, *, by, live_from=None, live_until=None):
    """Say anew when an approved version comes out and until when. The same said twice changes nothing.

    A newer version that is not answered yet follows, in each of the times that it has from this one.

    Args:
        live_from: an aware datetime, now where it has passed; of what is out already it is not asked,
            and None leaves it as it is.
        live_until: an aware datetime; None for never.

    Raises:
        NotEditable: the article is in the trash.
        NothingToCome: the version is neither out nor scheduled.
        EndsBeforeItBegins, Overtaken.
        WidensTheTime: it would be out earlier or longer than it was approved for, and `by` may not say so.
    """
    version = Version.objects.locked(version.pk)
    if version.article.trashed_at:
        raise NotEditable
    now = timezone.now()
    is_out = Version.objects.live(now).filter(pk=version.pk).exists()
    if not is_out and not Version.objects.scheduled(now).filter(pk=version.pk).exists():
        raise NothingToCome
    begins = version.live_from if is_out or live_from is None else max(live_from, now)
    if (begins, live_until) == (version.live_from, version.live_until):
        return version
    if live_until and live_until <= max(begins, now):
        raise EndsBeforeItBegins
    if version.superseded_at and begins >= version.superseded_at:
        raise Overtaken
    _refuse_widening(version, by, begins, live_until)
    moves, before = begins != version.live_from, version.times_to_come
    version.live_from, version.live_until = begins, live_until
    version.save(update_fields=["live_from", "live_until"])
    if moves:
        _date_anew(version)
    _carry_on(version, before)
    _record(version, by=by)
    tell_rescheduled(version, by=by)
    version_rescheduled.send(sender=Version, version=version, by=by)
    return version


def _refuse_widening(version, by, begins, ends):
    """Less time than was approved is anybody's who may withdraw it; more takes an approver's four eyes."""
    longer = version.live_until and (ends is None or ends > version.live_until)
    if begins >= version.live_from and not longer:
        return
    is_approver = by.reach.covers(Role.APPROVER, version.article.unit_id)
    if not is_approver or version.writers.filter(pk=by.pk).exists():
        raise WidensTheTime


def _date_anew(version):
    """Let what follows from a version's time follow the new one: when older versions give way, and what
    it and the versions after it tell readers of when the article came out and changed."""
    Version.objects.supersede(version.article)
    following = Version.objects.approved().filter(article=version.article, number__gte=version.number)
    for one in following.order_by("number"):
        date_version(one)
        one.save(update_fields=["published_at", "updated_at"])
        if not one.is_minor:
            look_through_later(version.article, after=timezone.localdate(one.live_from))


def _carry_on(version, before):
    """Let the wishes of the newer version that is being written or reviewed follow, where they are those that
    it began with (`before`): else it would bring the old times back."""
    if version.article.newest_approved != version:
        return
    newer = version.article.versions.in_the_works().filter(number__gt=version.number)
    for name, was, now in zip(("wished_from", "wished_until"), before, version.times_to_come, strict=True):
        newer.filter(**{name: was}).update(**{name: now})


def _record(version, *, by):
    ends = version.live_until
    record(
        "version.rescheduled",
        about=version.article,
        by=by,
        version=version.number,
        live_from=version.live_from.isoformat(),
        live_until=ends.isoformat() if ends else None,
    )
