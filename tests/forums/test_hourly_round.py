"""The queue moves, and the hourly round is done, without anybody who looks at a page."""

from datetime import timedelta

import pytest
from django.core.management import CommandError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import LogEntry, Mail
from forums import mails, planning, registering
from forums.models import Registration
from portal.keeping_time import BETWEEN_ROUNDS, do_round, see_to_rounds
from portal.management.commands import work


@pytest.fixture
def do_tasks(settings, monkeypatch):
    """Let tasks wait in the database, as in production. The function does, in their order, those for a
    later moment that are due when so much time has passed."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def do(until):
        while due := DBTaskResult.objects.filter(status="READY", run_after__lte=until).first():
            monkeypatch.setattr("django.utils.timezone.now", lambda at=due.run_after: at)
            due.claim("test")
            due.set_successful(due.task.call(*due.args_kwargs["args"], **due.args_kwargs["kwargs"]))

    return do


@pytest.fixture
def queue(cast, make_forum):
    """A forum of one seat that Maja has, where Ulla waits and then Elsa."""
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        registering.register(forum, person=person, by=person)
    return forum


def states(forum):
    people = forum.registrations.select_related("person")
    return {answer.person.given_name: answer.state for answer in people}


def test_an_unanswered_offer_goes_on_by_itself_to_the_next_and_the_next(cast, queue, do_tasks):
    registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
    assert states(queue)["Ulla"] == "offered"
    day = timezone.now() + timedelta(hours=25)
    do_tasks(day)
    assert (states(queue)["Ulla"], states(queue)["Elsa"]) == ("cancelled", "offered")
    do_tasks(day + timedelta(hours=25))
    assert states(queue)["Elsa"] == "cancelled"


def test_an_offer_that_a_forum_moved_nearer_shortens_lapses_when_it_begins(cast, queue, do_tasks):
    registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
    begins = timezone.now() + timedelta(hours=2)
    planning.change_forum(queue, starts_at=begins, registration_closes_at=begins, by=cast.fatima)
    do_tasks(begins)
    assert (states(queue)["Ulla"], states(queue)["Elsa"]) == ("cancelled", "waiting")


def test_an_offer_outlives_a_deadline_that_is_moved_nearer(cast, queue, do_tasks):
    registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
    offered_until = Registration.objects.get(person=cast.ulla).offered_until
    closes_at = timezone.now() + timedelta(hours=2)
    planning.change_forum(queue, registration_closes_at=closes_at, by=cast.fatima)
    assert Registration.objects.get(person=cast.ulla).offered_until == offered_until
    do_tasks(offered_until)
    assert (states(queue)["Ulla"], states(queue)["Elsa"]) == ("cancelled", "offered")


def test_one_round_waits_however_often_it_is_asked_for(db, do_tasks):
    assert see_to_rounds()
    assert not see_to_rounds()
    assert DBTaskResult.objects.get().task_path == do_round.module_path


def test_each_round_is_followed_by_another_even_where_it_fails(db, do_tasks, monkeypatch):
    monkeypatch.setattr("portal.keeping_time.call_command", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        do_round.call()
    waits = DBTaskResult.objects.get().run_after - timezone.now()
    assert BETWEEN_ROUNDS - timedelta(minutes=1) < waits <= BETWEEN_ROUNDS


def test_the_round_does_what_the_clock_asks_for(cast, queue, do_tasks):
    registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
    Registration.objects.filter(person=cast.ulla).update(offered_until=timezone.now())
    assert "1 forums passed free seats on" in do_round.call()
    assert LogEntry.objects.filter(event="offer.lapsed").count() == 1


def test_whoever_does_the_tasks_sees_to_the_rounds(db, do_tasks, monkeypatch):
    monkeypatch.setattr(work.DatabaseWorker, "handle", lambda *args, **options: None)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    work.Command().handle()
    assert DBTaskResult.objects.get().task_path == do_round.module_path


def test_of_two_answers_close_together_only_the_newer_is_told_of(cast, make_forum, do_tasks):
    forum = make_forum(join_url="https://mote.example/rum")
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.register(forum, person=cast.maja, by=cast.maja, mode="online")
    again = registering.register(forum, person=cast.ulla, by=cast.ulla)
    registering.cancel(again, by=cast.ulla)
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    tellings = DBTaskResult.objects.filter(task_path=mails.tell.module_path).order_by("enqueued_at")
    assert tellings.count() == 5
    for queued in tellings:  # one by one, as by a worker that comes round between them
        mails._write([tuple(queued.args_kwargs["args"])])
    told = Mail.objects.filter(event__startswith="registration_").values_list("event", "to__given_name")
    assert sorted(told) == [("registration_confirmed", "Maja"), ("registration_confirmed", "Ulla")]


def test_a_mail_about_an_answer_is_written_after_it_and_only_while_it_is_true(cast, make_forum, do_tasks):
    forum = make_forum()
    registration = registering.register(forum, person=cast.maja, by=cast.maja)
    assert not Mail.objects.filter(event="registration_confirmed").exists()
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    registering.cancel(registration, by=cast.maja)
    for queued in DBTaskResult.objects.filter(task_path=mails.tell.module_path):
        for _ in range(2):
            queued.task.call(*queued.args_kwargs["args"])
    told = Mail.objects.filter(event__startswith="registration_").values_list("event", "to__given_name")
    assert set(told) == {("registration_confirmed", "Ulla"), ("registration_cancelled", "Maja")}
    assert len(told) == 2


def test_a_task_that_a_worker_was_cut_off_in_is_done_again(db, do_tasks):
    see_to_rounds()
    cut_off = DBTaskResult.objects.get()
    cut_off.claim("test")
    do_round.call()
    cut_off.refresh_from_db()
    assert cut_off.status == "RUNNING"  # it may still be at work
    DBTaskResult.objects.filter(pk=cut_off.pk).update(started_at=timezone.now() - timedelta(hours=2))
    do_round.call()
    cut_off.refresh_from_db()
    assert cut_off.status == "READY"


def test_what_fails_in_a_round_keeps_nothing_else_from_being_done(cast, queue, do_tasks, monkeypatch, caplog):
    registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
    Registration.objects.filter(person=cast.ulla).update(offered_until=timezone.now())
    monkeypatch.setattr("portal.management.commands.daily.remind", lambda: 1 / 0)
    monkeypatch.setattr("portal.management.commands.daily.erase_needs", lambda: 1 / 0)
    with pytest.raises(CommandError, match="reminders were told; needs were erased"):
        do_round.call()
    assert "ZeroDivisionError" in caplog.text
    assert states(queue)["Elsa"] == "offered"
    assert DBTaskResult.objects.filter(task_path=do_round.module_path, status="READY").exists()
