"""Making the demo municipality: a year of it, by the verbs of the apps."""

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from accounts.models import Mail, Person
from accounts.notifying import mark_read
from accounts.refusals import Refusal
from forums.circulating import carry_out
from forums.models import Circular
from news.spreading import tell_of_what_came_out

from .convening import answer, plan, seat, shape_kinds
from .holding import hold, promise, sum_up
from .peopling import content, people_town
from .printing import Press
from .receiving import ask, receive
from .sorting import open_office_blog, sort_by_topic, talk


class AlreadyPeopled(Refusal):
    """The database holds people already; the demo would mix with them."""


@transaction.atomic
def load():
    """Fill an empty database with Almviks kommun, all of it or nothing.

    Raises:
        AlreadyPeopled: nothing was changed.
    """
    if Person.objects.exists():
        raise AlreadyPeopled
    with translation.override("sv"):
        town, forums = people_town(), content("forums")["forum"]
        shape_kinds(town)
        press, held = Press(town, blog=open_office_blog(town)), {}
        press.print_year()
        convene(press, [data for data in forums if "summary_title" in data], held)
        talk(town)
        for person in town.people.values():
            mark_read(person)
        press.print_desk()
        convene(press, [data for data in forums if "summary_title" not in data], held)
        sort_by_topic(town, held)
        tell_of_forums()
        tell_of_what_came_out()
    send_no_mail()


def convene(press, plans, held):
    """Plan each forum and take it as far as its data says. `held` gets the forums by their key."""
    for data in plans:
        forum = plan(press.town, data, follows=held.get(data.get("follows")))
        held[data["key"]] = forum
        if data.get("draft"):
            continue
        answer(press.town, forum, data)
        seat(forum, data)
        if data["days"] <= 0:
            receive(forum)
            hold(forum, data)
        if data["days"] < 0:
            ask(forum)
        if "summary_title" in data:
            promise(press.town, forum, data)
            sum_up(press, forum, data)


def tell_of_forums():
    """Do what the worker would have done, so that people find their invitations in the portal."""
    for circular in Circular.objects.unfinished():
        carry_out.call(circular.pk)


def send_no_mail():
    """Leave every mail as sent, and no task in the queue: the addresses are invented.

    A worker sees neither before this transaction is over, so none can have been taken up.
    """
    Mail.objects.waiting().update(state=Mail.State.SENT, sent_at=F("queued_at"), attempts=1)
    DBTaskResult.objects.all().delete()
