"""Spreading the word: telling those who took part that the forum's summary can be read.

The task only says "look now". It asks the database what is live and who may read it, so it is
right however late the worker comes, and the daily run makes up for one that never came.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import Person
from accounts.notifying import notify
from forums import mails
from forums.models import Forum
from news.models import Version

# The daily run tells of summaries that came out within this time; older ones are no news.
STILL_NEWS = timedelta(days=14)


def tell_when_live(version):
    """Queue the telling for the moment when an approved version of a summary comes out."""
    forum = Forum.objects.filter(summary=version.article_id).first()
    if forum is None:
        return
    if version.live_from <= timezone.now():
        tell_participants.enqueue(forum.pk)
    elif tell_participants.get_backend().supports_defer:
        tell_participants.using(run_after=version.live_from).enqueue(forum.pk)


@task()
def tell_participants(forum_id):
    """Tell those who took part, by mail and in the portal, once each, if the summary is readable now."""
    forum = Forum.objects.select_related("summary__audience").get(pk=forum_id)
    version = forum.summary and forum.summary.live_version()
    if not version:
        return 0
    key, url = f"forum:{forum.pk}:summary", forum.summary.get_absolute_url()
    with transaction.atomic():
        people = list(_readers(forum).exclude(notifications__key=key))
        for person in people:
            mails.summary_published(forum, person, title=version.title, url=url)
        notify(people, key=key, text=lambda: _("Read the summary of %(forum)s.") % {"forum": forum}, url=url)
    return len(people)


def tell_of_recent_summaries():
    """Do what a task would have done that got lost; returns how many people were told."""
    recent = Version.objects.live().filter(published_at__gte=timezone.now() - STILL_NEWS)
    forums = Forum.objects.filter(summary__in=recent.values("article_id"))
    return sum(tell_participants.call(forum.pk) for forum in forums)


def _readers(forum):
    """Those who took part and may read the summary today."""
    took_part = forum.registrations.registered().values("person_id")
    people = Person.objects.in_service().filter(pk__in=took_part)
    return people.in_audience(forum.summary.audience) if forum.summary.restricted else people
