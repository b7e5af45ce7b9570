"""The organiser sees who sits where, moves people by hand, and the others are seated around them."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import LogEntry, Side
from forums import arriving, furnishing, registering, seating
from forums.acquainting import guests_of
from forums.models import Registration
from tests.cast import assign, make_people
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(cast, make_forum, managers):
    forum = make_forum()
    furnishing.set_tables(forum, count=3, by=cast.fatima)
    for person in [*managers(5), cast.maja, cast.olof, cast.elsa, cast.folke]:
        registering.register(forum, person=person, by=person)
    return forum


def plan(forum):
    return reverse("forums:seat_plan", args=[forum.slug])


def answer_of(person, forum):
    return Registration.objects.select_related("table").get(person=person, forum=forum)


def test_everyone_is_seated_and_shown_by_table_and_by_name(cast, forum):
    fatima = Visitor.signed_in(cast.fatima).go(plan(forum))
    fatima.sees("Utan bord 9 personer", "Maja Lind")
    fatima.press("Placera om alla").sees("9 personer har ett bord.").does_not_see("Utan bord")
    fatima.follow("Efter namn").sees("Lind, Maja")
    Visitor.signed_in(cast.maja).go(forum.get_absolute_url()).sees("Du sitter vid bord")


def test_two_of_a_name_each_find_their_own_table(cast, forum, client_as):
    ulla = cast.ulla
    ulla.given_name, ulla.family_name = "Maja", "Lind"
    ulla.save()
    registering.register(forum, person=ulla, by=ulla)
    seating.seat_everyone(forum, by=cast.fatima)
    text = client_as(cast.fatima).get(f"{plan(forum)}?visa=namn").text
    for person in (cast.maja, ulla):
        assert f"Lind, Maja ({person.assignments.get()})" in text
    assert "Ängman, Elsa<" in text


def test_who_is_put_somewhere_by_hand_stays_there_when_the_others_are_seated_anew(cast, forum):
    seating.seat_everyone(forum, by=cast.fatima)
    maja = answer_of(cast.maja, forum)
    other = next(number for number in (1, 2, 3) if number != maja.table.number)
    fatima = Visitor.signed_in(cast.fatima).go(plan(forum))
    fatima.send("do=move", answer=str(maja.pk), table=str(other)).sees("fäst")
    fatima.press("Placera om alla")
    assert answer_of(cast.maja, forum).table.number == other

    fatima.go(plan(forum)).send("do=release", answer=str(maja.pk)).does_not_see("fäst ")
    assert not answer_of(cast.maja, forum).is_pinned
    fatima.send("do=keep", answer=str(maja.pk))
    assert answer_of(cast.maja, forum).is_pinned
    assert LogEntry.objects.about(maja).filter(event="registration.pinned").count() == 1


def test_a_table_with_a_name_shows_the_number_that_the_form_asks_for(cast, forum):
    """As where departments are the groups; and whoever sits there is told the name."""
    forum.tables.filter(number=2).update(name="Socialförvaltningen")
    maja = answer_of(cast.maja, forum)
    fatima = Visitor.signed_in(cast.fatima).go(plan(forum))
    heads = [head.text for head in fatima.page.html.select("[data-table-name]")]
    assert [head.replace("\u00ad", "") for head in heads] == ["Bord 1", "2. Socialförvaltningen", "Bord 3"]
    fatima.send("do=move", answer=str(maja.pk), table="2")
    assert answer_of(cast.maja, forum).table.name == "Socialförvaltningen"
    fatima.go(reverse("forums:participants", args=[forum.slug]))
    (row,) = [form for form in fatima.page.html.select(".move-form") if "Maja Lind" in form.text]
    assert row.select_one("input[name=table]")["value"] == "2" and "Socialförvaltningen" in row.text
    visitor = Visitor.signed_in(cast.maja).go(forum.get_absolute_url())
    visitor.sees("Du sitter i gruppen Socialförvaltningen.").does_not_see("vid bord 2")


def test_a_person_on_the_plan_and_on_the_badge_is_one_of_their_side(cast, forum):
    seating.seat_everyone(forum, by=cast.fatima)
    for name, css in (("seat_plan", ".seat"), ("badges", ".name-badge")):
        fatima = Visitor.signed_in(cast.fatima).go(reverse(f"forums:{name}", args=[forum.slug]))
        told = {each.select_one(".side-mark").text for each in fatima.page.html.select(css)}
        assert told == {"Förtroendevald", "Tjänsteperson"}


def test_a_double_click_moves_once(cast, forum, client_as):
    maja, client = answer_of(cast.maja, forum), client_as(cast.fatima)
    data = {"do": "move", "answer": maja.pk, "table": "2"}
    assert [client.post(plan(forum), data).status_code for _click in range(2)] == [302, 302]
    assert LogEntry.objects.about(maja).filter(event="registration.moved").count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"do": "move", "table": "1"}, "Välj först någon på planen."),
        ({"do": "move", "answer": "maja", "table": "9"}, "Det finns inget bord 9."),
        ({"do": "keep", "answer": "maja"}, "Bara den som har ett bord kan behålla det."),
        ({"do": "move", "answer": "999999", "table": "1"}, "Välj ett giltigt alternativ"),
    ],
)
def test_what_is_not_possible_is_said_and_moves_nobody(cast, forum, client_as, data, words):
    maja = answer_of(cast.maja, forum)
    if data.get("answer") == "maja":
        data = data | {"answer": maja.pk}
    page = client_as(cast.fatima).post(plan(forum), data)
    assert page.status_code == 200
    assert words in page.text
    assert answer_of(cast.maja, forum).table is None


def test_a_latecomer_gets_a_table_and_at_most_one_other_moves(cast, forum):
    seating.seat_everyone(forum, by=cast.fatima)
    before = dict(forum.registrations.values_list("pk", "table"))
    late = registering.register(forum, person=cast.ulla, by=cast.ulla)
    fatima = Visitor.signed_in(cast.fatima).go(plan(forum))
    fatima.press("Ge 1 person ett bord").sees("1 person har fått ett bord.")
    after = dict(forum.registrations.values_list("pk", "table"))
    assert after.pop(late.pk)
    assert sum(after[pk] != before[pk] for pk in before) <= 1


def test_where_nobody_sits_yet_the_first_press_mixes_all(cast, forum):
    fatima = Visitor.signed_in(cast.fatima).go(plan(forum))
    fatima.press("Ge 9 personer ett bord")
    pressed = dict(forum.registrations.values_list("pk", "table"))
    forum.registrations.update(table=None)
    seating.seat_everyone(forum, by=cast.fatima)
    assert pressed == dict(forum.registrations.values_list("pk", "table"))


def test_the_gap_after_somebody_who_left_is_filled_by_one(cast, forum):
    seating.seat_everyone(forum, by=cast.fatima)
    sizes = lambda: sorted(table.registrations.count() for table in forum.tables.all())  # noqa: E731
    assert sizes() == [3, 3, 3]
    table = answer_of(cast.maja, forum).table
    for answer in table.registrations.all()[:2]:
        registering.cancel(answer, by=answer.person)
    assert sizes() == [1, 3, 3]
    assert seating.fill_gaps(forum, by=cast.fatima) == 1
    assert sizes() == [2, 2, 3]


def test_each_no_show_moves_at_most_one_other(cast, forum):
    seating.seat_everyone(forum, by=cast.fatima)
    before = dict(forum.registrations.values_list("pk", "table"))
    table = answer_of(cast.maja, forum).table
    missing = set(table.registrations.values_list("pk", flat=True)[:2])
    with time_machine.travel(forum.starts_at, tick=False):
        for answer in forum.registrations.exclude(pk__in=missing):
            arriving.check_in(answer, by=cast.fatima)
        assert seating.fill_gaps(forum, by=cast.fatima) == 0  # they may still be on their way
    with time_machine.travel(forum.starts_at + timedelta(minutes=15), tick=False):
        fatima = Visitor.signed_in(cast.fatima).go(plan(forum))
        assert fatima.text.count("har inte kommit") == 2
        fatima.press("Fyll luckorna").sees("1 person har bytt bord.").does_not_see("Utan bord")
        after = dict(forum.registrations.values_list("pk", "table"))
        changed = {pk for pk in before if after[pk] != before[pk]}
        assert len(changed) == 1
        assert not changed & missing
        here = [forum.registrations.arrived().filter(table=each).count() for each in forum.tables.all()]
        assert max(here) - min(here) <= 1
        # One of them comes after all, and sits where they were to sit.
        late = forum.registrations.get(pk=missing.pop())
        arriving.check_in(late, by=cast.fatima)
        assert fatima.go(plan(forum)).text.count("har inte kommit") == 1
        assert late.table == table


def test_where_nobody_is_checked_in_nobody_is_missing(cast, forum):
    seating.seat_everyone(forum, by=cast.fatima)
    with time_machine.travel(forum.starts_at + timedelta(hours=1), tick=False):
        Visitor.signed_in(cast.fatima).go(plan(forum)).does_not_see("har inte kommit")
        assert seating.fill_gaps(forum, by=cast.fatima) == 0


def test_the_plan_costs_the_same_for_few_and_for_many(
    cast, make_forum, managers, client_as, django_assert_max_num_queries
):
    forum = make_forum(title="Mindre")
    furnishing.set_tables(forum, count=2, by=cast.fatima)
    client = client_as(cast.fatima)
    people = managers(30)
    for number in (1, 30):
        for person in people[:number]:
            registering.register(forum, person=person, by=person)
        seating.seat_everyone(forum, by=cast.fatima)
        with django_assert_max_num_queries(19):  # eight of them weigh it
            client.get(plan(forum))


# What decides who sits with whom


def guest(person, forum):
    return next(each for each in guests_of(forum) if each.key == answer_of(person, forum).pk)


def test_a_manager_sits_apart_from_those_who_report_to_them(cast, forum):
    # Olof heads the department in which Maja manages a section.
    maja, olof = (answer_of(person, forum).pk for person in (cast.maja, cast.olof))
    assert olof in guest(cast.maja, forum).apart
    assert maja in guest(cast.olof, forum).apart
    assert not guest(cast.elsa, forum).apart
    seating.seat_everyone(forum, by=cast.fatima)
    assert answer_of(cast.maja, forum).table != answer_of(cast.olof, forum).table


def test_those_who_manage_a_unit_together_report_to_whoever_is_above_and_not_to_each_other(cast, forum):
    assign(cast.ada, cast.units.home_care, "Enhetschef", is_manager=True)
    registering.register(forum, person=cast.ada, by=cast.ada)
    maja, olof, ada = (answer_of(person, forum).pk for person in (cast.maja, cast.olof, cast.ada))
    assert (guest(cast.maja, forum).apart, guest(cast.ada, forum).apart) == ({olof}, {olof})
    assert guest(cast.olof, forum).apart == {maja, ada}


def test_people_come_from_a_department_a_company_or_a_board_and_some_lead_it(cast, forum):
    assign(cast.ada, cast.units.energy, "Elnätschef", is_manager=True)
    cast.ada.assignments.filter(unit=cast.units.office).delete()
    registering.register(forum, person=cast.ada, by=cast.ada)
    assert guest(cast.maja, forum).home == cast.units.social.pk
    assert guest(cast.elsa, forum).home == cast.units.board.pk
    assert guest(cast.ada, forum).home == cast.units.energy.pk
    leading = [
        person for person in (cast.maja, cast.olof, cast.elsa, cast.folke) if guest(person, forum).leads
    ]
    assert leading == [cast.olof, cast.elsa]


def test_a_company_is_spread_over_the_tables_as_a_department_is(cast, forum):
    names = [(f"elnat{number}", "Elnät", f"Chef{number}") for number in range(6)]
    company = make_people(names, cast.units.energy, "Elnätschef", is_manager=True, side=Side.OFFICIAL)
    for person in company:
        registering.register(forum, person=person, by=person)
    seating.seat_everyone(forum, by=cast.fatima)
    at = Counter(answer_of(person, forum).table.number for person in company)
    assert at == {1: 2, 2: 2, 3: 2}


def test_somebody_of_both_sides_comes_from_where_their_side_is(cast, forum):
    assign(cast.maja, cast.units.council, "Ledamot", side=Side.ELECTED)
    assert guest(cast.maja, forum).home == cast.units.social.pk
    Registration.objects.filter(person=cast.maja).update(side=Side.ELECTED)
    assert guest(cast.maja, forum).home == cast.units.council.pk


def test_who_sat_together_last_time_is_known(cast, forum, make_forum):
    seating.seat_everyone(forum, by=cast.fatima)
    after = make_forum(title="Nästa", starts_at=forum.ends_at + timezone.timedelta(days=90))
    for person in (cast.maja, cast.elsa, cast.folke, cast.olof):
        registering.register(after, person=person, by=person)
    mates = {
        answer_of(person, after).pk
        for person in (cast.elsa, cast.folke, cast.olof)
        if answer_of(person, forum).table == answer_of(cast.maja, forum).table
    }
    assert guest(cast.maja, after).met == mates
