"""A mail server that was down for a day: what waited goes out late where it still makes sense, and no word
more."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as django_mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.mailing import deliver
from accounts.models import Mail
from forums import announcing, naming, planning, registering
from forums.models import Registration, Reminder
from forums.reminding import remind, set_reminders
from tests.cast import assign

pytestmark = pytest.mark.django_db

STOCKHOLM = ZoneInfo("Europe/Stockholm")
To = Reminder.To
LINK = "https://mote.example/hemlig"


def at(day, hour=9):
    return time_machine.travel(datetime(2027, 5, day, hour, tzinfo=STOCKHOLM), tick=False)


def do_tasks(*, mail_server):
    """Do all tasks that wait; those that send mail only where there is a server for it."""
    done = set()
    while waiting := list(DBTaskResult.objects.filter(status="READY").exclude(pk__in=done)):
        for row in waiting:
            done.add(row.pk)
            if mail_server or row.task_path != deliver.module_path:
                row.claim("test")
                row.set_successful(row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"]))


@pytest.fixture
def forum(cast, make_forum, settings):
    """On 20 May at 9, answers until 17 May at 17, announced on 3 May and everybody told; from here on the
    mail server is down until somebody says otherwise."""
    with at(3):
        forum = make_forum(
            announced=False,
            starts_at=datetime(2027, 5, 20, 9, tzinfo=STOCKHOLM),
            registration_closes_at=datetime(2027, 5, 17, 17, tzinfo=STOCKHOLM),
            join_url=LINK,
        )
        rows = [(To.UNANSWERED, 1, time(8)), (To.REGISTERED, 1, time(8))]
        set_reminders(forum, reminders=rows, by=cast.fatima)
        forum = announcing.announce(forum, by=cast.fatima)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    django_mail.outbox.clear()
    return forum


def sent():
    """(given name, event) of what has gone out since."""
    mails = Mail.objects.filter(state=Mail.State.SENT, sent_at__gt=datetime(2027, 5, 4, tzinfo=STOCKHOLM))
    return {(mail.to.given_name, mail.event) for mail in mails.select_related("to")}


def states_of(event):
    return set(Mail.objects.filter(event=event).values_list("state", flat=True))


def register(forum, person, **how):
    registering.register(forum, person=person, by=person, **how)
    do_tasks(mail_server=False)


def test_reminders_that_waited_past_their_time_never_go_out(cast, forum):
    with at(5):
        register(forum, cast.maja)
    with at(16):
        remind()
        do_tasks(mail_server=False)
    with at(18):
        do_tasks(mail_server=True)
        assert states_of("reminder_to_answer") == {"let_go"}
        assert sent() == {("Maja", "registration_confirmed")}
    with at(19):
        remind()
        do_tasks(mail_server=False)
    assert states_of("reminder_of_day") == {"queued"}
    with at(20, hour=10):
        do_tasks(mail_server=True)
    assert states_of("reminder_of_day") == {"let_go"}


def test_late_is_better_than_never_while_it_makes_sense(cast, forum):
    with at(16):
        remind()
        do_tasks(mail_server=False)
    with at(17, hour=16):
        do_tasks(mail_server=True)
    assert states_of("reminder_to_answer") == {"sent"}


def test_whoever_cancelled_meanwhile_is_told_that_and_never_gets_the_link(cast, forum):
    with at(5):
        register(forum, cast.maja, mode="online")
        assert LINK in Mail.objects.get(event="registration_confirmed").text
    with at(6):
        registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
        do_tasks(mail_server=False)
        do_tasks(mail_server=True)
    assert sent() == {("Maja", "registration_cancelled")}
    assert not any(LINK in message.body for message in django_mail.outbox)


def test_an_offer_that_ran_out_in_the_outbox_is_not_sent(cast, forum):
    with at(5):
        planning.change_forum(forum, seats=1, by=cast.fatima)
        register(forum, cast.ulla)
        register(forum, cast.maja)
    with at(6):
        registering.cancel(Registration.objects.get(person=cast.ulla), by=cast.ulla)
        do_tasks(mail_server=False)
        assert states_of("seat_offered") == {"queued"}
        until = Registration.objects.get(person=cast.maja).offered_until
    with time_machine.travel(until, tick=False):
        do_tasks(mail_server=True)
    assert states_of("seat_offered") == {"let_go"}


def test_calling_off_and_moving_overtake_what_waits(cast, forum):
    with at(5):
        register(forum, cast.maja)
        later = forum.starts_at + timedelta(days=1)
        planning.change_forum(forum, starts_at=later, ends_at=later + timedelta(hours=3), by=cast.fatima)
        do_tasks(mail_server=False)
        planning.change_forum(forum, place="Folkets hus", by=cast.fatima)
        do_tasks(mail_server=False)
        changes = Mail.objects.filter(event="forum_changed", to=cast.maja)
        assert sorted(changes.values_list("state", flat=True)) == ["let_go", "queued"]
        announcing.call_off(forum, by=cast.fatima)
        do_tasks(mail_server=False)
        do_tasks(mail_server=True)
    assert {event for _name, event in sent()} == {"forum_called_off"}


def test_an_invitation_that_waits_says_what_holds_when_it_goes_out(cast, forum):
    """It might come after the mail of the change, tries again being hours apart, and say what held before."""
    with at(5):
        assign(cast.per, cast.units.schools, "Rektor", is_manager=True)
        announcing.invite_newcomers(forum, by=cast.fatima)
        do_tasks(mail_server=False)
        planning.change_forum(forum, place="Rådhuset", by=cast.fatima)
        do_tasks(mail_server=False)
        do_tasks(mail_server=True)
    assert [name for name, event in sent() if event == "forum_invitation"] == ["Per"]
    mail = Mail.objects.exclude(state=Mail.State.LET_GO).get(to=cast.per)  # and no other
    for part in (mail.text, mail.html, mail.calendar):
        assert "Rådhuset" in part and "Folkets hus" not in part
    assert "SEQUENCE:1" in mail.calendar
    assert sum(event == "forum_changed" for _name, event in sent()) == 6
    (message,) = [message for message in django_mail.outbox if message.to == [cast.per.email]]
    assert "Rådhuset" in message.body


def test_whoever_is_left_out_is_not_invited_afterwards(cast, forum):
    with at(5):
        naming.leave_out(forum, cast.elsa, by=cast.fatima)
        naming.take_back(forum.named.get(), by=cast.fatima)
        announcing.invite_newcomers(forum, by=cast.fatima)
        do_tasks(mail_server=False)
        assert states_of("forum_invitation") == {"sent", "queued"}
    with at(6):
        naming.leave_out(forum, cast.elsa, by=cast.fatima)
        do_tasks(mail_server=False)
        do_tasks(mail_server=True)
    assert sent() == {("Elsa", "invitation_withdrawn")}


def test_the_organiser_sees_that_it_was_let_go(cast, forum, client_as):
    with at(16):
        remind()
        do_tasks(mail_server=False)
    with at(18):
        do_tasks(mail_server=True)
        page = client_as(cast.fatima).get(reverse("forums:participants", args=[forum.slug])).text
    assert "Påminnelse om att svara skickades inte: det var inte längre aktuellt" in " ".join(page.split())
