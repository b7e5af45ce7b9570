"""Digests: what somebody has not heard of yet, gathered in one mail a day or a week.

What a digest tells is written down as told in the transaction that writes the mail. So it may be asked
for twice, late, or by two at once: nothing is told twice, and nothing is left out. What its reader has
read in the portal meanwhile, or may no longer see, is not in it; where nothing is left no mail is sent.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.mailing import AFTER_OTHERS, compose, queue_mails
from accounts.models import GATHERED, Cadence, Notification, Person
from news.models import Article, Comment, ReviewStep, Version

# The municipality's clock at which digests are due; those of the week on Mondays.
HOUR = 7
# So many people's digests are one task.
AT_A_TIME = 50

Kind = Notification.Kind


@dataclass(frozen=True)
class Line:
    """One thing in a digest. `lead` may be empty."""

    text: str
    url: str
    lead: str = ""


def see_to_digests():
    """Queue the writing of every digest that is due and not written; returns how many people get one."""
    people = 0
    for cadence in GATHERED:
        due = Notification.objects.due(cadence, last_due(cadence)).order_by("person")
        ids = list(due.values_list("person", flat=True).distinct())
        for start in range(0, len(ids), AT_A_TIME):
            write_digests.enqueue(ids[start : start + AT_A_TIME], cadence.value)
        people += len(ids)
    return people


def last_due(cadence):
    """The moment (an aware datetime) at which the digest of this Cadence was due last."""
    now = timezone.localtime()
    day = now.date() if now.hour >= HOUR else now.date() - timedelta(days=1)
    if cadence == Cadence.WEEKLY:
        day -= timedelta(days=day.weekday())
    return timezone.make_aware(datetime.combine(day, time(HOUR)))


@task(priority=AFTER_OTHERS)
def write_digests(person_ids, cadence):
    """Write the digest of each of these people who is due one; returns how many were written."""
    people = Person.objects.in_service().filter(pk__in=person_ids)
    return sum(_write(person_id, Cadence(cadence)) for person_id in people.values_list("pk", flat=True))


@transaction.atomic
def _write(person_id, cadence):
    person = Person.objects.select_for_update().get(pk=person_id)
    waiting = list(person.notifications.due(cadence, last_due(cadence)).order_by("created_at", "pk"))
    if not waiting:
        return False
    Notification.objects.filter(pk__in=[one.pk for one in waiting]).update(mail_settled_at=timezone.now())
    parts = _parts(person, [one for one in waiting if one.read_at is None])
    if not parts:
        return False
    # Of two digests, the one that tells of the newest is another.
    key = f"digest:{person.pk}:{waiting[-1].pk}"
    context = {
        "parts": parts,
        "number": sum(len(lines) for _heading, lines in parts),
        "is_weekly": cadence == Cadence.WEEKLY,
    }
    return bool(
        queue_mails([compose("digest", to=person, key=key, context=context, stops=cadence)], bulk=True)
    )


def _parts(person, notifications):
    """[(the kind's name, its Lines)] of what is still true of these, in the order of the kinds. A text
    told of twice is told of as it is now, once."""
    articles, steps = _numbers(notifications, "article"), _numbers(notifications, "step")
    comments = _numbers(notifications, "comment")
    live = Version.objects.live().visible_to(person).filter(article__in=articles.values())
    live = {version.article_id: version for version in live.select_related("article").defer("body")}
    asked = (
        ReviewStep.objects.waiting_for(person).filter(pk__in=steps.values())
        if steps
        else ReviewStep.objects.none()
    )
    asked = set(asked.values_list("pk", flat=True))
    readable = Article.objects.visible_to(person)
    standing = Comment.objects.standing().filter(article__in=readable, pk__in=comments.values())
    standing = set(standing.values_list("pk", flat=True)) if comments else set()
    past = {pk for pk, step in steps.items() if step not in asked}
    past |= {pk for pk, comment in comments.items() if comment not in standing}
    lines = {}
    for one in notifications:
        if one.pk in articles:
            version = live.get(articles[one.pk])
            if version:
                url = version.article.get_absolute_url()
                lines[url] = (one.kind, Line(version.title, url, version.lead))
        elif one.pk not in past:
            lines[one.url, one.text] = (one.kind, Line(one.text, one.url))
    found = [(kind, [line for of, line in lines.values() if of == kind]) for kind in Kind]
    return [(kind.label, told) for kind, told in found if told]


def _numbers(notifications, what):
    """{id of a notification: the number of what it is about}, for those about something called `what`."""
    parts = {one.pk: one.about.partition(":") for one in notifications}
    return {pk: int(number) for pk, (thing, _colon, number) in parts.items() if thing == what}
