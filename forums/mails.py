"""What forums tell people by mail: one function per event, called inside the transaction it tells of."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.mailing import queue_mail
from forums.calendars import CANCEL, REQUEST, calendar_of


def invitation(forum, person):
    _send("forum_invitation", forum, person, key=f"invitation:{forum.pk}:{person.pk}", method=REQUEST)


def forum_changed(forum, person, *, takes_part):
    """Time or place has changed. The key holds the calendar's SEQUENCE: one mail per change."""
    key = f"forum-changed:{forum.pk}:{forum.calendar_sequence}:{person.pk}"
    _send("forum_changed", forum, person, key=key, method=REQUEST, takes_part=takes_part)


def forum_called_off(forum, person):
    _send("forum_called_off", forum, person, key=f"called-off:{forum.pk}:{person.pk}", method=CANCEL)


def registration_confirmed(registration):
    _tell("registration_confirmed", registration, method=REQUEST, takes_part=True)


def registration_cancelled(registration):
    _tell("registration_cancelled", registration)


def waiting_list(registration):
    _tell("waiting_list", registration)


def seat_offered(registration):
    _tell("seat_offered", registration)


def offer_expired(registration):
    _tell("offer_expired", registration)


def summary_published(forum, person, *, title, url):
    key = f"summary-published:{forum.pk}:{person.pk}"
    _send("summary_published", forum, person, key=key, title=title, summary_url=f"{settings.SITE_URL}{url}")


def _tell(event, registration, **extra):
    """A person may answer many times over; each answer is told of once."""
    moment = int(timezone.now().timestamp() * 1_000_000)
    key = f"{event}:{registration.pk}:{moment}"
    _send(event, registration.forum, registration.person, key=key, registration=registration, **extra)


def _send(event, forum, person, *, key, method="", takes_part=False, **context):
    calendar = ""
    if method:
        with translation.override(person.language):
            calendar = calendar_of(forum, method=method, person=person, takes_part=takes_part)
    address = {
        "forum_url": f"{settings.SITE_URL}{forum.get_absolute_url()}",
        "answer_url": f"{settings.SITE_URL}{reverse('forums:registration', args=[forum.slug])}",
    }
    context = {"forum": forum, "takes_part": takes_part, **address, **context}
    queue_mail(event, to=person, key=key, context=context, calendar=calendar, calendar_method=method)
