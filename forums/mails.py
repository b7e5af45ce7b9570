"""What forums tell people by mail: one function per event, called inside the transaction it tells of.

Mails to many are only composed here, and `forums.circulating` queues them. A mail about an answer is
written by a task of its own, since composing it takes longer than all that the forum's row is held for.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from accounts.mailing import compose, queue_mail
from forums.calendars import CANCEL, REQUEST, calendar_of
from forums.models import Registration

# The state of an answer in which a mail about it is true.
TRUE_WHILE = {
    "registration_confirmed": Registration.State.REGISTERED,
    "registration_cancelled": Registration.State.CANCELLED,
    "waiting_list": Registration.State.WAITING,
    "seat_offered": Registration.State.OFFERED,
    "offer_expired": Registration.State.CANCELLED,
}
CALENDAR_OF = {
    "registration_confirmed": {"method": REQUEST, "takes_part": True},
    "registration_cancelled": {"method": CANCEL},
}


def invitation(forum, person, *, key):
    return compose("forum_invitation", **_words(forum, person, key=key, method=REQUEST))


def forum_changed(forum, person, *, key, takes_part):
    """Time or place has changed."""
    words = _words(forum, person, key=key, method=REQUEST, takes_part=takes_part)
    return compose("forum_changed", **words)


def forum_called_off(forum, person, *, key):
    return compose("forum_called_off", **_words(forum, person, key=key, method=CANCEL))


def registration_confirmed(registration):
    _tell("registration_confirmed", registration)


def registration_cancelled(registration):
    """The entry leaves this person's calendar; the forum goes on."""
    _tell("registration_cancelled", registration)


def waiting_list(registration):
    _tell("waiting_list", registration)


def seat_offered(registration):
    _tell("seat_offered", registration)


def offer_expired(registration):
    _tell("offer_expired", registration)


def summary_published(forum, person, *, title, url):
    key = f"summary-published:{forum.pk}:{person.pk}"
    words = _words(forum, person, key=key, title=title, summary_url=f"{settings.SITE_URL}{url}")
    queue_mail("summary_published", **words)


def _tell(event, registration):
    """Queue the writing of a mail about an answer: its row is held just now, and others wait for it.

    A person may answer many times over; each answer is told of once.
    """
    moment = int(timezone.now().timestamp() * 1_000_000)
    tell.enqueue(event, registration.pk, f"{event}:{registration.pk}:{moment}")


@task()
def tell(event, registration_id, key):
    """Write a mail about an answer, unless it is no longer true by now; done twice, it is done once."""
    answer = Registration.objects.select_related("forum__organiser", "person").get(pk=registration_id)
    if answer.state == TRUE_WHILE[event]:
        calendar = CALENDAR_OF.get(event, {})
        words = _words(answer.forum, answer.person, key=key, registration=answer, **calendar)
        queue_mail(event, **words)


def _words(forum, person, *, key, method="", takes_part=False, **context):
    """What `compose` and `queue_mail` take beside the name of the event."""
    calendar = ""
    if method:
        with translation.override(person.language):
            calendar = calendar_of(forum, method=method, person=person, takes_part=takes_part)
    address = {
        "forum_url": f"{settings.SITE_URL}{forum.get_absolute_url()}",
        "answer_url": f"{settings.SITE_URL}{reverse('forums:registration', args=[forum.slug])}",
    }
    context = {"forum": forum, "takes_part": takes_part, **address, **context}
    return {
        "to": person,
        "key": key,
        "context": context,
        "calendar": calendar,
        "calendar_method": method,
    }
