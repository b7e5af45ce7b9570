"""Reminders: to whom, when, once; late where a worker was down, and never when they are of no use."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Mail
from forums import announcing, furnishing, planning, registering
from forums.circulating import carry_out
from forums.models import Circular, ForumKind, Reminder
from forums.planning import plan_forum
from forums.reminding import remind, set_reminders
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

To = Reminder.To
STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2027, 5, 3, 12, tzinfo=STOCKHOLM)
EIGHT = time(8)


def told(event):
    return sorted(mail.to.given_name for mail in Mail.objects.filter(event=event).select_related("to"))


@pytest.fixture
def forum(cast, make_forum):
    """On 20 May at 9, answers until 17 May at 17, announced on 3 May; both kinds of reminder."""
    with time_machine.travel(NOON, tick=False):
        starts_at = datetime(2027, 5, 20, 9, tzinfo=STOCKHOLM)
        forum = make_forum(
            announced=False,
            starts_at=starts_at,
            registration_closes_at=datetime(2027, 5, 17, 17, tzinfo=STOCKHOLM),
            join_url="https://mote.example/hemlig",
        )
        rows = [(To.UNANSWERED, 3, EIGHT), (To.UNANSWERED, 1, EIGHT), (To.REGISTERED, 1, EIGHT)]
        set_reminders(forum, reminders=rows, by=cast.fatima)
        return announcing.announce(forum, by=cast.fatima)


def at(day, hour=9):
    return time_machine.travel(datetime(2027, 5, day, hour, tzinfo=STOCKHOLM), tick=False)


def test_the_unanswered_are_reminded_and_nobody_else(cast, forum):
    with at(13):
        registering.register(forum, person=cast.maja, by=cast.maja)
        registering.decline(forum, person=cast.ulla, by=cast.ulla)
        assert remind() == 0
    with at(14):
        assert [remind(), remind()] == [1, 0]
    assert told("reminder_to_answer") == ["Elsa", "Folke", "Gunnar", "Olof"]
    mail = Mail.objects.filter(event="reminder_to_answer").first()
    assert "hemlig" not in mail.text + mail.html
    assert reverse("forums:registration", args=[forum.slug]) in mail.text
    assert mail.html


def test_the_registered_are_reminded_of_the_day_with_their_table_and_link(cast, forum):
    with at(13):
        registering.register(forum, person=cast.maja, by=cast.maja)
        registering.register(forum, person=cast.elsa, by=cast.elsa, mode="online")
        table = furnishing.set_tables(forum, count=1, by=cast.fatima)[0]
        forum.registrations.filter(person=cast.maja).update(table=table)
    with at(19):
        remind()
    assert told("reminder_of_day") == ["Elsa", "Maja"]
    assert "Du sitter vid bord 1" in Mail.objects.get(event="reminder_of_day", to=cast.maja).text
    assert "mote.example/hemlig" in Mail.objects.get(event="reminder_of_day", to=cast.elsa).text
    code = reverse("forums:my_code", args=[forum.slug])
    for person, has_code in ((cast.maja, True), (cast.elsa, False)):
        mail = Mail.objects.get(event="reminder_of_day", to=person)
        assert [code in part for part in (mail.text, mail.html)] == [has_code] * 2


def test_a_guest_is_reminded_that_the_code_is_on_the_guest_page(forum, invite_gisela):
    with at(13):
        named = invite_gisela(forum)
        registering.register(forum, person=named.person, by=named.person)
    with at(19):
        remind()
    mail = Mail.objects.get(event="reminder_of_day", to=named.person)
    page = reverse("forums:guest", args=[named.token])
    assert page in mail.text.partition("Visa din kod vid dörren:")[2].split("Om du")[0]


@pytest.mark.parametrize(
    ("moment", "told_then"),
    [
        ((14, 7), (0, 0)),  # not yet
        ((14, 8), (1, 0)),
        ((15, 23), (1, 0)),  # a day late
        ((16, 9), (1, 0)),  # the first was missed: the second alone
        ((17, 16), (1, 0)),  # an hour before the end
        ((17, 18), (0, 0)),  # answers are closed: let go
        ((19, 8), (0, 1)),
        ((20, 8), (0, 1)),  # late, but before the doors open
        ((20, 10), (0, 0)),  # it has begun
        ((25, 8), (0, 0)),
    ],
)
def test_a_late_reminder_goes_out_once_if_it_still_makes_sense(cast, forum, moment, told_then):
    with at(4):
        registering.register(forum, person=cast.maja, by=cast.maja)
    with at(*moment):
        for _again in range(3):
            call_command("daily", stdout=StringIO())
    assert (told("reminder_to_answer").count("Elsa"), told("reminder_of_day").count("Maja")) == told_then


def test_a_reminder_moves_with_the_forum_and_comes_again_for_a_later_day(cast, forum):
    with at(4):
        registering.register(forum, person=cast.maja, by=cast.maja)
    with at(19):
        remind()
        later = timedelta(days=7)
        planning.change_forum(
            forum, starts_at=forum.starts_at + later, ends_at=forum.ends_at + later, by=cast.fatima
        )
        assert remind() == 0
    with at(26):
        assert remind() == 1
    assert told("reminder_of_day") == ["Maja", "Maja"]


def test_nobody_is_reminded_of_a_draft_nor_of_what_is_called_off(cast, forum, make_forum):
    with at(4):
        registering.register(forum, person=cast.maja, by=cast.maja)
        announcing.call_off(forum, by=cast.fatima)
    with at(19):
        assert remind() == 0


def test_what_was_due_before_the_invitation_went_out_is_let_go(cast, make_forum):
    with time_machine.travel(NOON, tick=False):
        forum = make_forum(starts_at=timezone.now() + timedelta(days=5), announced=False)
        set_reminders(forum, reminders=[(To.UNANSWERED, 3, EIGHT)], by=cast.fatima)
    with at(4):
        announcing.announce(forum, by=cast.fatima)
        remind()
    assert not Mail.objects.filter(event="reminder_to_answer").exists()


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_on_both_sides_of_the_change_of_hour_a_reminder_comes_at_its_time_of_day(cast, make_forum, day):
    """Summer time begins on 28 March 2027 and ends on 31 October."""
    with time_machine.travel(datetime(2027, 2, 1, tzinfo=UTC), tick=False):
        starts_at = datetime.combine(day + timedelta(days=1), time(9), tzinfo=STOCKHOLM)
        forum = make_forum(starts_at=starts_at, registration_closes_at=starts_at)
        rows = [(To.REGISTERED, days, EIGHT) for days in (0, 1, 2)]
        set_reminders(forum, reminders=rows, by=cast.fatima)
    due = [reminder.due_at.astimezone(UTC) for reminder in forum.reminders.select_related("forum")]
    assert [moment.astimezone(STOCKHOLM).time() for moment in due] == [EIGHT] * 3
    # From the Saturday to the Sunday of the change there are 24 hours more or less one.
    assert (due[1] - due[0]).total_seconds() == (23 if day.month == 3 else 25) * 3600
    assert (due[2] - due[1]).total_seconds() == 24 * 3600


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_reminders_go_out_at_their_time_of_day_on_both_sides_of_the_change_of_hour(cast, make_forum, day):
    """A forum from the evening before the change to the morning after it."""
    before = datetime.combine(day - timedelta(days=1), time(20), tzinfo=STOCKHOLM)
    after = datetime.combine(day, time(12), tzinfo=STOCKHOLM)
    with time_machine.travel(datetime(2027, 2, 1, tzinfo=UTC), tick=False):
        first = make_forum(title="Över natten", starts_at=before, ends_at=after)
        second = make_forum(title="Dagen efter", starts_at=after + timedelta(days=1))
        for forum in (first, second):
            registering.register(forum, person=cast.maja, by=cast.maja)
            set_reminders(forum, reminders=[(To.REGISTERED, 1, EIGHT)], by=cast.fatima)
    # Eight o'clock of a day is an hour earlier, by UTC, in summer than in winter.
    summer_first = day.month == 10
    for morning, is_summer in ((day - timedelta(days=2), summer_first), (day, not summer_first)):
        eight = datetime.combine(morning, time(6 if is_summer else 7), tzinfo=UTC)
        for minutes, number in ((-1, 0), (0, 1), (60, 0)):
            with time_machine.travel(eight + timedelta(minutes=minutes), tick=False):
                assert remind() == number, (morning, minutes)
    mails = Mail.objects.filter(event="reminder_of_day", to=cast.maja).order_by("queued_at")
    assert ["Dagen efter" in mail.text for mail in mails] == [False, True]
    assert "20.00" in mails[0].text
    assert "klockan 12.00" in mails[1].text


class OncePerPerson(TestCase):
    """However the rounds fall, nobody is reminded twice of the same thing, nor when it is too late."""

    @settings(max_examples=12)
    @given(st.lists(st.integers(min_value=0, max_value=24 * 20), min_size=1, max_size=6))
    def test_any_rounds(self, hours):
        with time_machine.travel(NOON, tick=False):
            cast = make_cast()
            starts_at = timezone.now() + timedelta(days=14)
            forum = plan_forum(
                kind=ForumKind.objects.get(pk="forum"),
                title="Forum",
                theme="Tema",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=3),
                registration_closes_at=starts_at - timedelta(days=2),
                audience=cast.audiences.leaders,
                unit=cast.units.office,
                organiser=cast.fatima,
                by=cast.fatima,
            )
            rows = [(To.UNANSWERED, 2, EIGHT), (To.REGISTERED, 1, EIGHT)]
            set_reminders(forum, reminders=rows, by=cast.fatima)
            announcing.announce(forum, by=cast.fatima)
            registering.register(forum, person=cast.maja, by=cast.maja)
        rounds = [NOON + timedelta(hours=hour) for hour in sorted(hours)]
        for moment in rounds:
            with time_machine.travel(moment, tick=False):
                remind()
        answer_by, starts = forum.registration_closes_at, forum.starts_at
        due = {reminder.to: reminder.due_at for reminder in forum.reminders.select_related("forum")}
        in_time = any(due[To.UNANSWERED] <= moment < answer_by for moment in rounds)
        assert told("reminder_to_answer").count("Elsa") == in_time
        assert told("reminder_to_answer").count("Maja") == 0
        assert told("reminder_of_day") == ["Maja"] * any(due[To.REGISTERED] <= m < starts for m in rounds)


def test_the_page_of_reminders(cast, make_forum, client_as):
    forum = make_forum()
    url = reverse("forums:edit_reminders", args=[forum.slug])
    client = client_as(cast.fatima)

    def send(*rows, revision=0):
        data = {"reminders-TOTAL_FORMS": len(rows), "reminders-INITIAL_FORMS": 0, "revision": revision}
        for number, row in enumerate(rows):
            names = ("to", "days_before", "time")
            data |= {f"reminders-{number}-{name}": value for name, value in zip(names, row, strict=True)}
        return client.post(url, data)

    assert send(("unanswered", 2, "08:00"), ("registered", 1, "09.30")).status_code == 200
    assert send(("unanswered", 2, "08:00"), ("registered", 1, "09:30")).status_code == 302
    assert list(forum.reminders.values_list("to", "days_before")) == [("registered", 1), ("unanswered", 2)]
    assert send(("unanswered", 2, "08:00"), revision=0).status_code == 409  # a colleague has been here
    late = send(("registered", 0, "23:59"), revision=1).text
    assert "Då vore det för sent" in late
    assert "23:59" in late
    assert client_as(cast.maja).get(url).status_code == 403


def test_of_two_reminders_that_wait_for_the_worker_one_goes_out(cast, forum, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for day in (14, 16):
        with at(day):
            call_command("daily", stdout=StringIO())
    with at(16, 10):
        for task in DBTaskResult.objects.filter(task_path=carry_out.module_path).order_by("enqueued_at"):
            task.task.call(*task.args_kwargs["args"])
    assert told("reminder_to_answer").count(cast.elsa.given_name) == 1
    assert not Circular.objects.unfinished().filter(event="unanswered").exists()
