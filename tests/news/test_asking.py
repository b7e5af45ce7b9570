"""Who is asked, when their turn comes, and who is asked instead of somebody who has left."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry, Mail, Notification, Person, Role, RoleGrant, Side
from accounts.substituting import announce_absence
from news import reminding, reviewing, routing
from news.models import ReviewStep
from news.signing import CannotSign, StillSigns
from tests.cast import assign

pytestmark = pytest.mark.django_db


def days(number):
    return timezone.localdate() + timedelta(days=number)


def leave(person):
    person.assignments.update(ends_on=days(-1))


def fresh(person):
    return Person.objects.get(pk=person.pk)


def lay_out(cast, *steps, kind="news"):
    routing.lay_out(
        kind,
        steps=[{"days": 3, **step} for step in steps],
        sign_off_days=4,
        months_until_review=None,
        revision=0,
        by=cast.ada,
    )


def asked_by_mail(event="review_requested"):
    return sorted(Mail.objects.filter(event=event).values_list("to__given_name", flat=True))


@pytest.fixture
def summary(cast, start):
    return start(kind="summary", signatories={cast.elsa: Side.ELECTED, cast.olof: Side.OFFICIAL})


def asks(version):
    return [(step.stage, step.reviewer or step.role) for step in version.steps.all()]


def page_of(client_as, person, article):
    text = client_as(person).get(reverse("news:submit", args=[article.pk])).text
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", text))


def test_the_approvers_are_asked_instead_of_a_leader_who_has_left(cast, client_as, summary):
    leave(cast.elsa)
    page = page_of(client_as, cast.karin, summary)
    assert "kan inte granskas av Elsa Ängman, som har lämnat uppdraget" in page
    version = reviewing.submit(summary.newest_version, by=cast.karin)
    assert asks(version) == [(1, Role.APPROVER), (1, cast.olof), (2, Role.APPROVER)]
    assert asked_by_mail() == ["Gunnar", "Olof"]
    for step, person in zip(version.steps.all(), (cast.gunnar, cast.olof, cast.gunnar), strict=True):
        reviewing.approve(step, by=person)
    version.refresh_from_db()
    assert version.state == "approved"


def test_where_both_have_left_one_approver_is_waited_for_once(cast, summary):
    leave(cast.elsa)
    leave(cast.olof)
    version = reviewing.submit(summary.newest_version, by=cast.karin)
    assert asks(version) == [(1, Role.APPROVER), (2, Role.APPROVER)]


def test_a_leader_who_has_left_the_side_does_not_sign_for_it(cast, summary):
    leave(cast.elsa)
    assign(cast.elsa, cast.units.office, "Utredare")
    version = reviewing.submit(summary.newest_version, by=cast.karin)
    assert (1, cast.elsa) not in asks(version)


def sent(article, person=""):
    (signatory,) = article.signatory_set.filter(side=Side.ELECTED)
    return {f"instead-{signatory.pk}": person, "due_on": "", "live_from": "", "live_until": ""}


def test_the_writer_chooses_who_signs_for_the_side_instead(cast, client_as, summary):
    client, address = client_as(cast.karin), reverse("news:submit", args=[summary.pk])
    assert "instead-" not in client.get(address).text  # whoever can sign is not replaced
    leave(cast.elsa)
    assert client.post(address, sent(summary, "Folke Dahl")).status_code == 302
    version = summary.newest_version
    assert asks(version) == [(1, cast.folke), (1, cast.olof), (2, Role.APPROVER)]
    assert version.steps.get(reviewer=cast.folke).side == Side.ELECTED
    entry = LogEntry.objects.get(event="signatory.replaced")
    assert entry.by == cast.karin
    page = client.get(reverse("news:history", args=[summary.pk])).text
    assert "valde någon annan" in page and "Elsa Ängman" in page and "Folke Dahl" in page


@pytest.mark.parametrize("name", ["maja", "olof", "karin", "elsa"])
def test_only_another_of_the_side_signs_instead(cast, client_as, summary, name):
    leave(cast.elsa)
    person = getattr(cast, name)
    page = client_as(cast.karin).post(
        reverse("news:submit", args=[summary.pk]), sent(summary, person.full_name)
    )
    assert page.status_code == 200 and person.full_name in page.text
    assert "invalid-feedback" in page.text
    assert summary.newest_version.state == "draft"
    (signatory,) = summary.signatory_set.filter(side=Side.ELECTED)
    with pytest.raises(CannotSign):
        reviewing.submit(summary.newest_version, by=cast.karin, instead={signatory: person})


def test_nobody_is_put_in_the_place_of_a_leader_who_can_sign(cast, summary):
    (signatory,) = summary.signatory_set.filter(side=Side.ELECTED)
    with pytest.raises(StillSigns):
        reviewing.submit(summary.newest_version, by=cast.karin, instead={signatory: cast.folke})
    assert summary.newest_version.state == "draft"


def test_who_leaves_while_being_asked_has_the_approvers_asked_by_the_clock_once(cast, client_as, start):
    lay_out(cast, {"stage": 1, "reviewer": cast.maja})
    version = reviewing.submit(start().newest_version, by=cast.karin)
    assert reminding.pass_on_what_nobody_can_answer() == 0
    leave(cast.maja)
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert [reminding.pass_on_what_nobody_can_answer() for _ in range(2)] == [1, 0]
        step = version.steps.get()
        assert (step.role, step.reviewer, step.due_on) == (Role.APPROVER, None, days(3))
        assert reminding.remind_reviewers() == 0
    assert asked_by_mail() == ["Gunnar", "Maja"]
    assert "Maja Lind kan inte granska ”" in Notification.objects.get(person=cast.karin).text
    assert "Maja Lind kan inte granska ”" in cast.karin.mails.get(event="desk_told").html
    assert LogEntry.objects.get(event="version.passed_on").details["person"] == cast.maja.pk
    assert (
        "frågade godkännarna i stället"
        in client_as(cast.karin).get(reverse("news:history", args=[version.article_id])).text
    )


def test_who_left_before_their_turn_is_not_waited_for(cast, start):
    lay_out(cast, {"stage": 1, "role": Role.COMMUNICATOR}, {"stage": 2, "reviewer": cast.maja})
    version = reviewing.submit(start(by=cast.ada).newest_version, by=cast.ada)
    leave(cast.maja)
    reviewing.approve(version.steps.get(stage=2), by=cast.karin)
    assert asks(version) == [(2, Role.COMMUNICATOR), (3, Role.APPROVER)]
    assert asked_by_mail() == ["Gunnar", "Karin"]


def test_days_count_from_when_a_stage_begins(cast, client_as, summary):
    version = reviewing.submit(summary.newest_version, by=cast.karin)
    last = version.steps.get(stage=2)
    assert last.due_on is None
    page = client_as(cast.karin).get(reverse("news:edit", args=[summary.pk])).text
    assert "5 dagar på sig när turen har kommit" in page
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        for step in version.steps.filter(stage=1):
            reviewing.approve(step, by=fresh(step.reviewer))
        last.refresh_from_db()
        assert last.due_on == days(5)
        assert reminding.remind_reviewers() == 0
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert reminding.remind_reviewers() == 1
    assert Mail.objects.get(event="review_reminder").subject.startswith("Att granska i dag")


def test_a_day_wished_for_holds_until_it_has_passed(cast, summary):
    version = reviewing.submit(summary.newest_version, by=cast.karin, due_on=days(10))
    assert {step.due_on for step in version.steps.all()} == {days(10)}
    first, second = version.steps.filter(stage=1)
    reviewing.approve(first, by=first.reviewer)
    with time_machine.travel(timezone.now() + timedelta(days=11)):
        reviewing.approve(second, by=fresh(second.reviewer))
        assert version.steps.get(stage=2).due_on == days(5)


@pytest.fixture
def gunnar_holds_both(cast):
    lay_out(cast, {"stage": 1, "role": Role.APPROVER}, {"stage": 1, "role": Role.COMMUNICATOR})
    cast.gunnar.assignments.get().role_grants.create(role=Role.COMMUNICATOR)
    assign(cast.maja, cast.units.office, "Redaktör", roles=[Role.COMMUNICATOR])


def test_who_holds_both_roles_is_asked_about_one(cast, start, gunnar_holds_both):
    version = reviewing.submit(start().newest_version, by=cast.karin)
    assert asked_by_mail() == ["Gunnar", "Maja"]
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        reminding.remind_reviewers()
        announce_absence(cast.olof, stand_in=cast.per, starts_on=days(0), ends_on=days(1), by=cast.olof)
        reminding.ask_stand_ins_of_the_away()
    assert asked_by_mail() == ["Gunnar", "Maja"]
    assert asked_by_mail("review_reminder") == ["Gunnar", "Maja"]
    reviewing.take_back(version, by=cast.karin)
    assert Notification.objects.filter(person=cast.gunnar, key__startswith="taken-back").count() == 1


def test_who_was_asked_about_one_is_asked_about_the_other_when_that_is_answered(
    cast, start, gunnar_holds_both
):
    approver = assign(cast.ulla, cast.units.office, "Redaktionschef", roles=[Role.APPROVER]).person
    version = reviewing.submit(start().newest_version, by=cast.karin)
    asked, beside = sorted(
        version.steps.all(),
        key=lambda step: not Notification.objects.filter(person=cast.gunnar, about=f"step:{step.pk}"),
    )
    other = approver if asked.role == Role.APPROVER else cast.maja
    reviewing.approve(asked, by=fresh(other))
    assert list(ReviewStep.objects.waiting_for(fresh(cast.gunnar))) == [beside]
    assert Notification.objects.filter(person=cast.gunnar, about=f"step:{beside.pk}").count() == 1


@pytest.mark.parametrize(
    ("place", "is_asked"),
    [("home_care", True), ("social", True), ("root", True), ("schools", False), ("office", False)],
)
def test_the_approver_asked_is_one_of_the_unit_or_of_a_unit_above_it(cast, client_as, start, place, is_asked):
    """A text of Hemtjänsten, which lies below Socialförvaltningen."""
    RoleGrant.objects.filter(role=Role.APPROVER).delete()
    post = cast.ulla.assignments.get()
    RoleGrant.objects.create(assignment=post, role=Role.APPROVER, unit=getattr(cast.units, place))
    version = reviewing.submit(start(unit=cast.units.home_care).newest_version, by=cast.karin)
    step = version.steps.get()
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        reminding.remind_reviewers()
    assert asked_by_mail() == asked_by_mail("review_reminder") == (["Ulla"] if is_asked else [])
    assert Notification.objects.filter(person=cast.ulla).exists() == is_asked
    assert list(ReviewStep.objects.waiting_for(fresh(cast.ulla))) == ([step] if is_asked else [])
    client, address = client_as(cast.ulla), reverse("news:review", args=[step.pk])
    assert client.get(address).status_code == (200 if is_asked else 404)
    assert client.get(reverse("news:edit", args=[version.article_id])).status_code == (
        200 if is_asked else 404
    )
    assert client.post(address, {"approve": ""}).status_code == (302 if is_asked else 404)
    step.refresh_from_db()
    assert step.decision == ("approved" if is_asked else "pending")
    assert bool(version.article.live_version()) == is_asked


def test_who_approves_for_another_unit_too_is_let_in_by_that_which_covers_the_text(cast, client_as, start):
    """What opens the one text opens no other: each is asked about by its own unit."""
    cast.gunnar.assignments.get().role_grants.update(unit=cast.units.schools)
    theirs, other = (
        reviewing.submit(start(title=f"Om {unit}", unit=unit).newest_version, by=cast.karin).steps.get()
        for unit in (cast.units.schools, cast.units.social)
    )
    assert list(ReviewStep.objects.waiting_for(fresh(cast.gunnar))) == [theirs]
    client = client_as(cast.gunnar)
    desk = client.get(reverse("news:desk")).text
    assert "Om Utbildningsförvaltningen" in desk and "Om Socialförvaltningen" not in desk
    assert [
        client.post(reverse("news:review", args=[step.pk]), {"approve": ""}).status_code
        for step in (theirs, other)
    ] == [302, 404]
