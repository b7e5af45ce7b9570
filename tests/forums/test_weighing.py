"""The seat plan tells the organiser which wishes it could not meet, and of whom."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts.models import Side
from forums import catering, furnishing, registering, seating
from forums.models import Registration
from forums.weighing import unmet_wishes
from tests.cast import LONG_AGO, assign, make_person

pytestmark = pytest.mark.django_db

MET = "Alla önskemål är uppfyllda"


@pytest.fixture
def staff(cast):
    """Britta manages the schools; Sven and Tove report to her."""
    people = [make_person(name.lower(), name, "Skolman") for name in ("Britta", "Sven", "Tove")]
    for person in people:
        is_manager = person == people[0]
        assign(
            person,
            cast.units.schools,
            "Rektor" if is_manager else "Lärare",
            is_manager=is_manager,
            side=Side.OFFICIAL,
            starts_on=LONG_AGO,
        )
    return people


@pytest.fixture
def seat_them(cast, make_forum, staff):
    """A function that seats the staff at so many tables, at a forum of everybody's."""

    def seat(tables, **fields):
        forum = make_forum(audience=cast.audiences.everyone, **fields)
        furnishing.set_tables(forum, count=tables, by=cast.fatima)
        for person in staff:
            registering.register(forum, person=person, by=person)
        seating.seat_everyone(forum, by=cast.fatima)
        return forum

    return seat


@pytest.fixture
def shown(cast, client_as):
    """A function that returns the words of the plan's page, and of its first table."""

    def show(forum):
        page = client_as(cast.fatima).get(reverse("forums:seat_plan", args=[forum.slug]))
        soup = BeautifulSoup(page.text, "html.parser")
        words = [soup.select_one(css).get_text(" ", strip=True) for css in ("main", "[data-table='1']")]
        return [re.sub(r"\s+", " ", each) for each in words]

    return show


def test_a_manager_with_staff_at_one_table_is_told_with_who(seat_them, shown):
    page, table = shown(seat_them(1))
    assert "Önskemål som inte är uppfyllda" in page
    assert "2 par av chef och medarbetare sitter vid samma bord: Bord 1" in page
    for name in ("Sven", "Tove"):
        pair = f"Britta Skolman och {name} Skolman|{name} Skolman och Britta Skolman"
        assert re.search(f"({pair}): den ena är den andras chef", table)
    assert "Sven Skolman och Tove" not in table


def test_where_every_wish_is_met_the_plan_says_so(seat_them, shown):
    page, table = shown(seat_them(3))
    assert MET in page
    assert "den andras chef" not in table


def test_what_the_organiser_does_by_hand_is_weighed_too(cast, seat_them, staff, shown):
    forum = seat_them(3)
    boss, sven, _tove = (Registration.objects.get(forum=forum, person=person) for person in staff)
    seating.move(sven, table=boss.table, by=cast.fatima, pinned=True)
    page, _table = shown(forum)
    assert f"1 par av chef och medarbetare sitter vid samma bord: {boss.table}" in page


def test_those_who_sat_together_last_time_are_counted(seat_them, shown, make_forum):
    before = seat_them(1)
    forum = seat_them(
        1,
        starts_at=before.starts_at + timedelta(days=30),
        ends_at=before.ends_at + timedelta(days=30),
        follows=before,
    )
    page, _table = shown(forum)
    assert "3 par som satt ihop på förra forumet gör det igen" in page


def test_those_who_need_the_front_and_sit_further_back_are_counted_without_their_names(
    cast, seat_them, staff, shown
):
    forum = seat_them(3, asks_access=True)
    answer = Registration.objects.get(forum=forum, person=staff[1])
    catering.tell_needs(answer, access_words="Sitter i rullstol", by=staff[1])
    last = forum.tables.in_the_room().last()
    seating.move(answer, table=last, by=cast.fatima)
    page, _table = shown(forum)
    assert "1 person som behöver sitta långt fram sitter längre bak" in page
    assert "rullstol" not in page


@pytest.fixture
def uneven(cast, make_forum, managers):
    """Nine managers of the schools, at three tables, of whom all but two sit at the last of them."""
    forum = make_forum()
    people = managers(9)
    furnishing.set_tables(forum, count=3, by=cast.fatima)
    answers = [registering.register(forum, person=person, by=person) for person in people]
    seating.seat_everyone(forum, by=cast.fatima)
    for answer, number in zip(answers, [1, 2, *[3] * 7], strict=True):
        seating.move(answer, table=forum.tables.get(number=number), by=cast.fatima)
    return forum


def test_what_seating_anew_would_even_out_is_told_and_evened_out(cast, uneven, shown, client_as):
    page, _table = shown(uneven)
    assert "Ojämnt fördelade över borden: Utbildningsförvaltningen." in page
    assert "”Placera om alla” fördelar dem jämnt." in page
    client_as(cast.fatima).post(reverse("forums:seat", args=[uneven.slug]), {"who": "all"})
    page, _table = shown(uneven)
    assert "Ojämnt fördelade" not in page and "fördelar dem jämnt" not in page


def test_what_the_pinned_keep_uneven_is_not_told(uneven, shown):
    uneven.registrations.update(is_pinned=True)
    page, _table = shown(uneven)
    assert "Ojämnt fördelade" not in page


def test_that_everyone_can_be_seated_anew_is_not_said_once_the_work_has_begun(uneven, shown, monkeypatch):
    monkeypatch.setattr(seating, "may_seat_anew", lambda forum: False)
    page, _table = shown(uneven)
    assert "Ojämnt fördelade" in page
    assert "fördelar dem jämnt" not in page


def test_many_who_have_no_table_yet_are_a_reason_to_seat_everyone_anew(cast, seat_them, shown, make_forum):
    forum = seat_them(3)
    hint = "Många har inget bord än."
    assert hint not in shown(forum)[0]
    registering.register(forum, person=cast.maja, by=cast.maja)
    assert hint in shown(forum)[0]


def test_nothing_is_said_before_anybody_is_seated(cast, make_forum, shown):
    forum = make_forum()
    furnishing.set_tables(forum, count=2, by=cast.fatima)
    registering.register(forum, person=cast.maja, by=cast.maja)
    page, _table = shown(forum)
    assert MET not in page
    assert "Det som inte gick" not in page


def test_it_costs_the_same_for_few_and_for_many(cast, make_forum, managers, django_assert_max_num_queries):
    forum = make_forum()
    furnishing.set_tables(forum, count=3, by=cast.fatima)
    people = managers(30)
    for number in (2, 30):
        for person in people[:number]:
            registering.register(forum, person=person, by=person)
        seating.seat_everyone(forum, by=cast.fatima)
        answers = list(forum.registrations.to_seat().for_seat_plan())
        with django_assert_max_num_queries(11):
            unmet_wishes(forum, answers)
