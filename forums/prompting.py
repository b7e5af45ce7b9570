"""Prompting the owners of commitments: before their day, and before the forum that opens with them."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.notifying import notify
from forums import mails
from forums.models import Commitment, Forum

# Days before, the nearest that has come first. A round that comes late tells once.
DAYS_BEFORE_DUE = (3, 14)
DAYS_BEFORE_FORUM = 7


def prompt_owners():
    """Remind owners in service; returns how many mails were written. Each is told of each time once."""
    return _of_what_is_due() + _of_what_is_asked()


def _of_what_is_due():
    today, told = timezone.localdate(), 0
    soon = Commitment.objects.due_within(today, days=max(DAYS_BEFORE_DUE)).of_owners_in_service()
    for commitment in soon:
        days = min(days for days in DAYS_BEFORE_DUE if commitment.due_on <= today + timedelta(days=days))
        told += _prompt(commitment, key=f"commitment:{commitment.pk}:due:{commitment.due_on}:{days}")
    return told


def _of_what_is_asked():
    """What the coming forum of a series will open with, and nobody has told how it goes."""
    told = 0
    horizon = timezone.now() + timedelta(days=DAYS_BEFORE_FORUM)
    coming = Forum.objects.coming().filter(starts_at__lte=horizon, follows__isnull=False)
    for forum in coming.select_related("follows"):
        for commitment in Commitment.objects.unanswered_at(forum).of_owners_in_service():
            key = f"commitment:{commitment.pk}:asked-at:{forum.pk}"
            told += _prompt(commitment, key=key, asked_at=forum)
    return told


@transaction.atomic
def _prompt(commitment, *, key, asked_at=None):
    owner = Person.objects.get(pk=commitment.owner_id)
    if mails.commitment_due(commitment, owner, key=key, asked_at=asked_at) is None:
        return 0
    notify(
        [owner],
        key=key,
        text=lambda: _("How is it going? “%(text)s”") % {"text": commitment.text},
        url=reverse("forums:commitment", args=[commitment.pk]),
    )
    return 1
