"""Spreading the word: telling those who took part that the forum's summary can be read.

When it comes out, and who hears of it then, is the publishing core's to see to (`news.spreading`). Those
who took part are told before the others, in words of their own, and so not once more with them.
"""

from django.utils.translation import gettext as _

from accounts.models import Notification, Person
from accounts.notifying import notify
from forums import mails
from forums.models import Forum
from news.drawing import first_drawing
from news.spreading import about_of, not_told


def tell_participants(version, *, key):
    """Tell those who took part, if a live version is a forum's summary that has just come out, once each.

    Args:
        key: that of what readers are told of the version.
    """
    forum = Forum.objects.select_related("summary__audience").filter(summary=version.article_id).first()
    if forum is None or version.was_updated:
        return
    url, drawing = forum.summary.get_absolute_url(), first_drawing(version)
    notify(
        not_told(_readers(forum), version),
        key=key,
        kind=Notification.Kind.TOOK_PART,
        about=about_of(forum.summary),
        text=lambda: _("Read the summary of %(forum)s.") % {"forum": forum},
        url=url,
        mail=lambda person, key: mails.summary_published(
            forum, person, key=key, title=version.title, url=url, drawing=drawing
        ),
        bulk=True,
    )


def _readers(forum):
    """Those who took part and may read the summary today."""
    took_part = forum.registrations.registered().values("person_id")
    people = Person.objects.in_service().filter(pk__in=took_part)
    return people.in_audience(forum.summary.audience) if forum.summary.restricted else people
