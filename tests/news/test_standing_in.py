"""Reviewers who are away, who have left their side, and who are reminded."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail, Person, Role, Side
from accounts.substituting import announce_absence
from news import reminding, reviewing
from news.models import Article, ReviewStep
from news.refusals import HasAnswered, OwnText
from tests.cast import assign, make_person


def days(number):
    return timezone.localdate() + timedelta(days=number)


def away(person, stand_in, start=0, end=7):
    return announce_absence(person, stand_in=stand_in, starts_on=days(start), ends_on=days(end), by=person)


def fresh(person):
    """The person as of another request: what their posts open is asked anew."""
    return Person.objects.get(pk=person.pk)


def waits_for(person):
    return ReviewStep.objects.waiting_for(fresh(person))


@pytest.fixture
def in_review(cast, start):
    def in_review(**fields):
        return reviewing.submit(start(**fields).newest_version, by=fields.get("by", cast.karin))

    return in_review


def test_the_stand_in_of_an_approver_is_asked_and_may_answer(cast, in_review, client_as):
    away(cast.gunnar, cast.maja)
    step = in_review().steps.get()
    assert {mail.to for mail in Mail.objects.filter(event="review_requested")} == {cast.gunnar, cast.maja}
    assert list(waits_for(cast.maja)) == [step]
    client = client_as(cast.maja)
    assert client.get(reverse("news:review", args=[step.pk])).status_code == 200
    assert client.post(reverse("news:review", args=[step.pk]), {"approve": ""}).status_code == 302
    step.refresh_from_db()
    assert (step.decision, step.decided_by) == ("approved", cast.maja)


@pytest.mark.parametrize("absent", [1, 5])
def test_the_pages_of_a_stand_in_stay_within_their_queries(
    cast, client_as, in_review, django_assert_max_num_queries, absent
):
    for number in range(4):
        in_review(title=f"Väntar {number}")
    for number in range(absent):
        chief = make_person(f"chef{number}", "Bo", f"Borta {number}")
        assign(chief, cast.units.office, "Chef", roles=[Role.APPROVER])
        away(chief, cast.gunnar)
    desk = reverse("news:desk")
    pages = [desk, f"{desk}?visa=granskning", f"{desk}?visa=alla", reverse("news:calendar")]
    client = client_as(cast.gunnar)
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200


def test_nobody_stands_in_before_or_after(cast, in_review, client_as):
    away(cast.gunnar, cast.maja, start=1, end=2)
    step = in_review(embargoed=True).steps.get()
    for day in (0, 3):
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            assert not waits_for(cast.maja)
            assert client_as(cast.maja).get(reverse("news:review", args=[step.pk])).status_code == 404
            assert not Article.objects.on_desk_of(fresh(cast.maja)).exists()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert list(waits_for(cast.maja)) == [step]


def test_a_stand_in_never_answers_for_their_own_text(cast, in_review):
    away(cast.gunnar, cast.karin)
    step = in_review(by=cast.karin).steps.get()
    assert not waits_for(cast.karin)
    with pytest.raises(OwnText):
        reviewing.approve(step, by=fresh(cast.karin))


def test_whoever_goes_away_later_has_the_stand_in_asked_by_the_clock_once(cast, in_review):
    in_review()
    away(cast.gunnar, cast.maja)
    assert [reminding.ask_stand_ins_of_the_away() for _ in range(2)] == [1, 0]
    assert Mail.objects.filter(to=cast.maja, event="review_requested").count() == 1


def signed(cast, in_review):
    return in_review(kind="summary", signatories={cast.elsa: Side.ELECTED, cast.olof: Side.OFFICIAL})


def test_a_leader_who_has_left_the_side_signs_for_it_no_more(cast, in_review, client_as):
    step = signed(cast, in_review).steps.get(reviewer=cast.elsa)
    assert list(waits_for(cast.elsa)) == [step]
    post = cast.elsa.assignments.get()
    post.ends_on = days(-1)
    post.save()
    assign(cast.elsa, cast.units.office, "Utredare")
    assert not waits_for(cast.elsa)
    assert (
        client_as(cast.elsa).post(reverse("news:review", args=[step.pk]), {"approve": ""}).status_code == 403
    )
    step.refresh_from_db()
    assert step.decision == "pending"


def test_a_stand_in_signs_for_the_side_that_they_speak_for_themselves(cast, in_review):
    version = signed(cast, in_review)
    away(cast.elsa, cast.maja)
    assert not waits_for(cast.maja)
    cast.elsa.absences.all().delete()
    away(cast.elsa, cast.folke)
    assert list(waits_for(cast.folke)) == [version.steps.get(reviewer=cast.elsa)]


def test_nobody_signs_for_both_sides(cast, in_review):
    version = signed(cast, in_review)
    away(cast.elsa, cast.olof)
    assign(cast.olof, cast.units.board, "Ersättare", side=Side.ELECTED)
    olofs, elsas = (version.steps.get(reviewer=person) for person in (cast.olof, cast.elsa))
    reviewing.approve(olofs, by=fresh(cast.olof))
    assert not waits_for(cast.olof)
    with pytest.raises(HasAnswered):
        reviewing.approve(elsas, by=fresh(cast.olof))


def reminders():
    return list(
        Mail.objects.filter(event="review_reminder").order_by("queued_at").values_list("subject", flat=True)
    )


def test_those_asked_are_reminded_on_the_day_and_after_it_once_each(cast, in_review):
    version = in_review()
    due = version.steps.get().due_on
    assert due == days(5)
    for day, sent in ((0, 0), (4, 0), (5, 1), (6, 1), (8, 2), (9, 2), (40, 2)):
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            reminding.remind_reviewers()
            reminding.remind_reviewers()
        assert len(reminders()) == sent, day
    assert reminders()[0].startswith("Att granska i dag") and reminders()[1].startswith("Väntar fortfarande")


def test_a_late_clock_reminds_once(cast, in_review):
    in_review()
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        reminding.remind_reviewers()
    assert len(reminders()) == 1


def test_an_answer_ends_the_reminding(cast, in_review):
    reviewing.approve(in_review().steps.get(), by=cast.gunnar)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert reminding.remind_reviewers() == 0
