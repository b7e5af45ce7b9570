"""The demo municipality is what it says it is, and keeps every rule of the house."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Assignment, LogEntry, Mail, Person, Side, Unit
from forums.models import Circular, Commitment, Forum, GroupWork, Note, Registration, Round
from news.models import Article, ReviewStep, Version
from news.tying import changed_figures
from portal.demo import clock
from portal.preparing import DEMO_ACCOUNTS, DEMO_PASSWORD

State = Version.State
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once for the whole module and taken away after it."""
    tasks_wait = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
    with django_db_blocker.unblock(), transaction.atomic():
        with tasks_wait:
            call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def account(name):
    return Person.objects.get(email=f"{name}@almvik.example")


def forum_of(**conditions):
    return Forum.objects.get(**conditions)


# The organisation


def test_the_organisation_is_whole(demo):
    kinds = dict(Unit.objects.order_by().values_list("kind").annotate(Count("pk")))
    assert kinds.pop("section") > 20
    assert kinds == {
        "municipality": 1,
        "council": 1,
        "board": 9,
        "department": 8,
        "company": 5,
        "leadership_group": 9,
    }


def test_about_160_people_serve_on_both_sides(demo):
    current = Assignment.objects.current()
    assert Person.objects.in_service().count() == 160
    assert current.filter(side=Side.ELECTED).values("person").distinct().count() == 61
    assert current.filter(unit__kind="council").count() == 41
    assert not current.filter(side=Side.ELECTED, party="").exists()


def test_every_unit_has_its_people(demo):
    empty = Unit.objects.filter(assignments=None).exclude(kind="municipality")
    assert [str(unit) for unit in empty] == []


@pytest.mark.parametrize("kind", ["board", "council", "leadership_group"])
def test_every_board_and_group_has_one_chair(demo, kind):
    for unit in Unit.objects.filter(kind=kind):
        assert unit.assignments.filter(title="Ordförande").count() == 1, unit


@pytest.mark.parametrize("email", DEMO_ACCOUNTS)
def test_each_account_signs_in(demo, email):
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": DEMO_PASSWORD})
    assert answer.status_code == 302
    assert client.get("/").status_code == 200


def test_nobody_else_has_a_password(demo):
    usable = {person.email for person in Person.objects.all() if person.has_usable_password()}
    assert usable == set(DEMO_ACCOUNTS)


def test_it_refuses_a_database_that_holds_people(demo):
    with pytest.raises(CommandError, match="already holds people"):
        call_command("load_demo")
    assert Person.objects.count() == 161


# What is published


def test_there_is_a_year_to_read(demo):
    live = Version.objects.live()
    kinds = dict(live.order_by().values_list("article__kind").annotate(Count("pk")))
    assert kinds["news"] >= 30
    assert kinds["blog"] >= 10
    assert kinds["page"] >= 6
    assert kinds["summary"] == 2
    ages = [(timezone.now() - at).days for at in live.values_list("published_at", flat=True)]
    assert max(ages) > 330
    assert min(ages) < 4


def test_the_desk_has_every_state(demo):
    assert Version.objects.filter(state=State.DRAFT).exists()
    assert Version.objects.filter(state=State.RETURNED).exists()
    assert Version.objects.scheduled(timezone.now()).exists()
    assert Version.objects.filter(state=State.APPROVED, live_until__lt=timezone.now()).exists()
    assert Article.objects.live().filter(restricted=True).exists()
    assert Article.objects.filter(embargoed=True).exists()
    assert Article.objects.exclude(trashed_at=None).exists()
    assert ReviewStep.objects.waiting_for(account("godkannare")).count() >= 2


def test_every_picture_is_described_and_credited(demo):
    shown = Version.objects.exclude(picture=None)
    assert shown.values("picture").distinct().count() >= 14
    assert not shown.filter(Q(picture_alt="") | Q(picture_credit="")).exists()


def test_no_one_approved_their_own_words(demo):
    answered = ReviewStep.objects.exclude(decided_by=None)
    assert answered.count() > 50
    assert not answered.filter(version__writers=F("decided_by")).exists()


def test_the_summaries_are_signed_off_by_both_leaders(demo):
    for forum in Forum.objects.exclude(summary=None):
        version = forum.summary.live_version()
        assert changed_figures(version) == []
        signed = version.steps.filter(stage=1, decision="approved").values_list("decided_by", flat=True)
        assert set(signed) == {leader.pk for leader in forum.group_work.leaders}
        assert reverse("forums:result", args=[forum.slug]) in version.body


# The forums


def test_two_past_forums_have_results_and_live_summaries(demo):
    past = Forum.objects.past()
    assert past.count() == 2
    for forum in past:
        assert forum.summary.live_version()
        assert forum.group_work.result.figures["sides_shown"]
        assert forum.commitments.exists()


def test_one_forum_is_open_for_answers_and_follows_the_latest(demo):
    forum = forum_of(starts_at__gt=timezone.now(), kind="forum")
    assert forum.is_open_for_answers
    assert forum.follows == Forum.objects.past().filter(kind="forum").first()
    assert 0 < forum.seats_left <= 5
    for name in ("chef", "fortroendevald"):
        assert forum.invitations.filter(person=account(name)).exists()
        assert not forum.registrations.filter(person=account(name)).exists()


def test_group_work_is_going_on_today(demo):
    work = GroupWork.objects.get(state=GroupWork.State.OPEN)
    assert timezone.localdate(work.forum.starts_at) == timezone.localdate()
    assert work.forum.starts_at <= timezone.now() < work.forum.ends_at
    assert timezone.now() - work.rounds.get(state=Round.State.OPEN).opened_at < timedelta(minutes=30)
    rounds = list(work.rounds.values_list("side", "state"))
    assert rounds == [(Side.ELECTED, Round.State.CLOSED), (Side.OFFICIAL, Round.State.OPEN)]
    for side in Side:
        assert work.forum.registrations.registered().filter(side=side, table__isnull=False).count() >= 5
    assert Note.objects.of_forum(work.forum).filter(side=Side.ELECTED).count() >= 20
    assert {leader.email.partition("@")[0] for leader in work.leaders} == {"chef", "fortroendevald"}


@pytest.mark.parametrize("name", ["chef", "fortroendevald"])
def test_the_two_leaders_have_a_table_and_promises(demo, name):
    person = account(name)
    today = GroupWork.objects.get(state=GroupWork.State.OPEN).forum
    assert today.registrations.get(person=person).table
    assert person.commitments.unfinished().exists()


def test_a_meeting_for_one_department_has_a_waiting_list(demo):
    meeting = forum_of(kind="meeting")
    assert meeting.restricted
    assert meeting.seats_left == 0
    assert meeting.registrations.waiting().exists()
    assert meeting not in Forum.objects.visible_to(account("medarbetare"))
    assert meeting in Forum.objects.visible_to(account("chef"))


def test_no_forum_is_over_its_seats(demo):
    for forum in Forum.objects.all():
        on_site = forum.registrations.holding_seats().filter(mode=Registration.Mode.ON_SITE).count()
        assert on_site == forum.seats_taken <= forum.seats


def test_notes_are_many_different_and_without_authors(demo):
    texts = Note.objects.values_list("text", flat=True)
    assert len(texts) == len(set(texts)) >= 150
    assert not Note.objects.exclude(author=None).exists()
    assert not Note.objects.filter(mentions=None).exists()


def test_commitments_are_kept_under_way_and_overdue(demo):
    commitments = list(Commitment.objects.all())
    assert {"kept", "under_way", "promised"} <= {commitment.state for commitment in commitments}
    assert sum(commitment.is_overdue for commitment in commitments) == 1


# What must not be left behind


def test_nothing_waits_to_be_sent(demo):
    assert Mail.objects.exists()
    assert not Mail.objects.exclude(state=Mail.State.SENT).exists()
    assert not DBTaskResult.objects.exists()


def test_nothing_happened_in_the_future(demo):
    now = timezone.now()
    assert not LogEntry.objects.filter(at__gt=now).exists()
    assert not Note.objects.filter(written_at__gt=now).exists()
    assert not Version.objects.filter(created_at__gt=now).exists()


def test_the_clock_stops_and_starts_again():
    before = timezone.now()
    then = clock.moment(-30, "10.00")
    with clock.at(then):
        assert timezone.now() == then
        assert timezone.localdate() == then.date()
        assert clock.moment(-30, "10.00") == then
        assert Article._meta.get_field("created_at").get_default() == then
    assert timezone.now() >= before


def test_no_worker_has_anything_left_to_tell(demo):
    assert Circular.objects.exists()
    assert not Circular.objects.unfinished().exists()
    assert not Mail.objects.waiting().exists()
    assert not DBTaskResult.objects.exists()
