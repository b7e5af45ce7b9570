"""When a forum's summary comes out, those who took part hear of it, once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Cadence, Mail, Notification, Person
from accounts.wishing import wish
from forums import registering
from forums.models import Forum, Registration
from news import publishing, reviewing, spreading, writing
from news.models import Article, ReviewStep
from tests.cast import assign


@pytest.fixture
def forum(cast, make_forum):
    """A forum that has been, where Maja and Elsa took part and Ulla did not; with the draft of a summary."""
    forum = make_forum()
    for person in (cast.maja, cast.elsa):
        registering.register(forum, person=person, by=person)
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    article = writing.start_article(
        kind=Article.Kind.SUMMARY,
        unit=cast.units.office,
        audience=cast.audiences.everyone,
        title="Tillit växer i mötet",
        by=cast.karin,
        body="<p>Så sa vi.</p>",
    )
    Forum.objects.filter(pk=forum.pk).update(summary=article)
    forum.refresh_from_db()
    return forum


def publish(forum, cast, **times):
    version = reviewing.submit(forum.summary.newest_version, by=cast.karin)
    for step in ReviewStep.objects.filter(version=version):
        reviewing.approve(step, by=cast.gunnar, **times)
    forum.summary.refresh_from_db()  # it has got its address


def told():
    return {mail.to.given_name for mail in Mail.objects.filter(event="summary_published")}


def test_those_who_took_part_hear_of_the_summary_once(cast, forum):
    publish(forum, cast)
    assert told() == {"Maja", "Elsa"}
    assert cast.maja.notifications.filter(url=forum.summary.get_absolute_url()).count() == 1
    assert forum.summary.get_absolute_url() in Mail.objects.get(event="summary_published", to=cast.maja).text
    spreading.tell_readers.call(forum.summary_id)
    call_command("daily")
    assert Mail.objects.filter(event="summary_published").count() == 2


def test_the_writer_who_took_part_hears_of_it_once(cast, forum):
    assign(cast.karin, cast.units.office, "Redaktionschef", is_manager=True)
    karin = Person.objects.get(pk=cast.karin.pk)  # as of another request: what her posts open is asked anew
    registering.register(forum, person=karin, by=karin)
    publish(forum, cast)
    assert [mail.event for mail in Mail.objects.filter(to=cast.karin, event__contains="version")] == [
        "version_approved"
    ]
    assert told() == {"Maja", "Elsa"}


def test_whoever_took_part_hears_of_it_as_such_and_not_once_more_as_a_reader(cast, forum):
    Article.objects.filter(pk=forum.summary_id).update(audience=cast.audiences.leaders)
    publish(forum, cast)
    about = Notification.objects.about(f"article:{forum.summary_id}")
    kinds = dict(about.values_list("person__given_name", "kind"))
    assert about.count() == len(kinds)
    assert {name for name, kind in kinds.items() if kind == "took_part"} == {"Maja", "Elsa"}
    assert kinds["Ulla"] == kinds["Folke"] == "summary"


def test_who_wants_no_mail_about_it_finds_it_in_the_portal(cast, forum):
    wish(cast.maja, {Notification.Kind.TOOK_PART: (True, Cadence.NEVER)})
    publish(forum, cast)
    assert told() == {"Elsa"}
    assert cast.maja.notifications.filter(kind="took_part").count() == 1


def test_nobody_hears_of_a_summary_before_it_is_out(cast, forum, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    live_from = timezone.now() + timedelta(hours=3)
    publish(forum, cast, live_from=live_from)
    queued = DBTaskResult.objects.filter(task_path__endswith="tell_readers")
    assert [task.run_after for task in queued] == [live_from]
    assert spreading.tell_readers.call(forum.summary_id) == 0
    assert told() == set()

    monkeypatch.setattr("django.utils.timezone.now", lambda: live_from + timedelta(minutes=1))
    spreading.tell_readers.call(forum.summary_id)
    assert told() == {"Maja", "Elsa"}


def test_the_daily_run_makes_up_for_a_worker_that_was_down(cast, forum, monkeypatch):
    live_from = timezone.now() + timedelta(hours=3)
    publish(forum, cast, live_from=live_from)
    call_command("daily")
    assert told() == set()
    monkeypatch.setattr("django.utils.timezone.now", lambda: live_from + timedelta(days=1))
    call_command("daily")
    assert told() == {"Maja", "Elsa"}


def test_a_summary_taken_back_is_not_told_of(cast, forum, monkeypatch):
    live_from = timezone.now() + timedelta(hours=3)
    publish(forum, cast, live_from=live_from)
    publishing.withdraw(forum.summary, by=cast.gunnar)
    monkeypatch.setattr("django.utils.timezone.now", lambda: live_from + timedelta(days=1))
    spreading.tell_readers.call(forum.summary_id)
    assert told() == set()


def test_a_restricted_summary_is_told_only_to_those_who_may_read_it(cast, forum):
    Article.objects.filter(pk=forum.summary_id).update(restricted=True, audience=cast.audiences.social)
    publish(forum, cast)
    assert told() == {"Maja"}


def test_who_has_left_hears_nothing(cast, forum):
    cast.maja.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    publish(forum, cast)
    assert told() == {"Elsa"}


def test_other_articles_concern_no_forum(cast, forum):
    other = writing.start_article(
        kind=Article.Kind.NEWS,
        unit=cast.units.office,
        audience=cast.audiences.everyone,
        title="Annat",
        by=cast.karin,
        body="<p>Annat.</p>",
    )
    version = reviewing.submit(other.newest_version, by=cast.karin)
    for step in ReviewStep.objects.filter(version=version):
        reviewing.approve(step, by=cast.gunnar)
    assert told() == set()


def test_the_daily_run_passes_seats_on_and_may_run_twice(cast, make_forum, capsys):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        registering.register(forum, person=person, by=person)
    registering.cancel(Registration.objects.get(person=cast.maja), by=cast.maja)
    Registration.objects.filter(person=cast.ulla).update(offered_until=timezone.now())
    call_command("daily")
    assert "1 forums passed free seats on" in capsys.readouterr().out
    assert Registration.objects.get(person=cast.elsa).is_offer
    call_command("daily")
    assert "0 forums passed free seats on" in capsys.readouterr().out
    assert Mail.objects.filter(event="seat_offered", to=cast.elsa).count() == 1
