"""What people thought of a forum: without a name, once each, and told of five at least."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from accounts.models import LogEntry
from forums import evaluating, registering
from forums.models import Registration, Verdict
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db

GOOD = {"worth": 5, "heard": 4, "useful": 5}


@pytest.fixture
def forum(make_forum):
    return make_forum()


@pytest.fixture
def guests(forum, managers):
    people = managers(6)
    for person in people:
        registering.register(forum, person=person, by=person)
    return people


@pytest.fixture
def at_the_end(forum, guests):
    with time_machine.travel(forum.ends_at, tick=False):
        yield


def test_one_who_took_part_tells_what_they_thought_once(cast, forum, guests, at_the_end):
    visitor = Visitor.signed_in(guests[0]).go(forum.get_absolute_url()).follow("Berätta vad du tyckte")
    visitor.send(worth=5, heard=4, useful=3, words="Mer tid vid borden.").sees("Tack!")
    verdict = Verdict.objects.get()
    assert (verdict.worth, verdict.heard, verdict.useful) == (5, 4, 3)
    visitor.go(reverse("forums:evaluate", args=[forum.slug])).sees("Du har berättat vad du tyckte.")
    with pytest.raises(evaluating.GivenAlready):
        evaluating.give_verdict(forum, by=guests[0], **GOOD)
    assert Verdict.objects.count() == 1


def test_what_was_chosen_is_kept_where_something_is_missing(forum, guests, at_the_end, client_as):
    client = client_as(guests[0])
    page = client.post(
        reverse("forums:evaluate", args=[forum.slug]), {"worth": 5, "words": "Mer kaffe.", "useful": 9}
    )
    assert page.status_code == 409
    assert page.text.count("Välj ett betyg från 1 till 5.") == 1
    assert "Mer kaffe." in page.text
    assert not Verdict.objects.exists()
    assert not Registration.objects.filter(has_evaluated=True).exists()


def test_those_who_were_not_there_are_not_asked(cast, forum, guests, at_the_end, client_as):
    with pytest.raises(evaluating.WasNotThere):
        evaluating.give_verdict(forum, by=cast.maja, **GOOD)
    assert client_as(cast.maja).post(reverse("forums:evaluate", args=[forum.slug]), GOOD).status_code == 409
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("late", [timedelta(hours=-2), timedelta(days=15)])
def test_it_is_asked_at_the_end_and_for_two_weeks(forum, guests, late):
    with time_machine.travel(forum.ends_at + late, tick=False), pytest.raises(evaluating.NotTakenNow):
        evaluating.give_verdict(forum, by=guests[0], **GOOD)


def test_a_verdict_leads_to_nobody(forum, guests, at_the_end):
    entries = LogEntry.objects.count()
    evaluating.give_verdict(forum, by=guests[0], **GOOD)
    assert LogEntry.objects.count() == entries
    columns = connection.introspection.get_table_description(connection.cursor(), Verdict._meta.db_table)
    assert {column.name for column in columns} == {"id", "forum_id", "worth", "heard", "useful", "words"}
    assert not Verdict._meta.related_objects


def test_it_is_told_when_it_is_over_and_five_have_answered(cast, forum, guests, at_the_end, client_as):
    fatima = Visitor.signed_in(cast.fatima)
    page = reverse("forums:afterwards", args=[forum.slug])
    for person in guests[:5]:
        evaluating.give_verdict(forum, by=person, **GOOD, words=f"Från bord {person.pk}")
    fatima.go(page).sees("5 av 6 har berättat vad de tyckte").does_not_see("Från bord", "i snitt")
    fatima.press("Stäng utvärderingen och se svaren").sees("4,0 av 5 i snitt", "Från bord")
    client_as(cast.fatima).post(reverse("forums:close_evaluation", args=[forum.slug]))
    assert LogEntry.objects.filter(event="evaluation.closed").count() == 1
    with pytest.raises(evaluating.NotTakenNow):
        evaluating.give_verdict(forum, by=guests[5], **GOOD)
    assert not Registration.objects.get(person=guests[5]).has_evaluated


def test_fewer_than_five_are_never_told(cast, forum, guests, at_the_end):
    for person in guests[:4]:
        evaluating.give_verdict(forum, by=person, **GOOD, words="Bra")
    evaluating.close_evaluation(forum, by=cast.fatima)
    forum.refresh_from_db()
    told = evaluating.evaluation_of(forum)
    assert (told.number, told.opinions, told.words) == (4, [], [])
