"""Urging those who can to close a group work that still stands open when its forum is long over.

Nothing else closes it: it would take notes for years, and they would never be thinned out (decisions/0562).
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.notifying import notify
from forums import mails
from forums.models import GroupWork

FIRST_AFTER, THEN_EVERY = timedelta(days=7), timedelta(days=30)


def urge_to_close():
    """Remind organisers and leaders in service, a week after the forum and then every month; returns how many
    mails were written. Each is told of each time once, and a round that comes late tells of the last."""
    now = timezone.now()
    return sum(_urge(work, now) for work in GroupWork.objects.left_open(now - FIRST_AFTER))


@transaction.atomic
def _urge(work, now):
    forum = work.forum
    times = (now - forum.ends_at - FIRST_AFTER) // THEN_EVERY
    key, told = f"group-work:{work.pk}:open:{times}", 0
    people = {forum.organiser_id, work.leader_elected_id, work.leader_official_id}
    for person in Person.objects.in_service().filter(pk__in=people).order_by("pk"):
        if mails.group_work_open(forum, person, key=f"{key}:{person.pk}") is None:
            continue
        told += 1
        notify(
            [person],
            key=key,
            text=lambda: _("The group work at %(forum)s is still open") % {"forum": forum.title},
            url=reverse("forums:lead", args=[forum.slug]),
        )
    return told
