"""The pen: who writes in a draft just now (decisions/0100)."""

from django.db import transaction
from django.utils import timezone

from accounts.recording import record
from news.models import Pen, Version
from news.refusals import NotEditable, PenHeld


def pen_of_another(version, *, by):
    """Return the Pen with which somebody else than `by` writes in the version just now; None if nobody."""
    return Pen.objects.held().filter(version=version).exclude(person=by).select_related("person").first()


@transaction.atomic
def use_pen(version, *, by):
    """Note that `by` writes in the version at this moment.

    Raises:
        PenHeld: somebody else does.
    """
    Version.objects.locked(version.pk)
    if held := pen_of_another(version, by=by):
        raise PenHeld(pen=held)
    _put(version, by)


@transaction.atomic
def take_pen(version, *, by):
    """Take the pen over, also from somebody who writes: they are told at their next word.

    Raises:
        NotEditable: the version is no draft any longer.
    """
    version = Version.objects.locked(version.pk)
    if not version.is_editable or version.article.trashed_at:
        raise NotEditable
    held = pen_of_another(version, by=by)
    if held is None and Pen.objects.held().filter(version=version).exists():
        return  # theirs already: a double click
    if held:
        record("pen.taken", about=version.article, by=by, version=version.number, instead_of=held.person_id)
    _put(version, by)


def let_go_of_pen(version, *, by):
    """Let others write: `by` has left. A pen that somebody else has taken since stays theirs."""
    Pen.objects.filter(version=version, person=by).delete()


def _put(version, by):
    now = timezone.now()
    Pen.objects.filter(version=version).exclude(person=by).delete()
    pen, is_new = Pen.objects.get_or_create(version=version, defaults={"person": by, "taken_at": now})
    if not is_new:
        Pen.objects.filter(pk=pen.pk).update(used_at=now, taken_at=now if pen.free_at < now else pen.taken_at)
