"""Whoever is registered and never came stands behind no figure, where the check-in was used."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from accounts.models import LogEntry
from forums.arriving import check_in
from forums.counting import Notes, figures_from, figures_of
from forums.disclosing import attribute
from forums.joining import join
from forums.models import Registration
from forums.seating import move
from forums.sitting import seats_of
from forums.stamping import stamp_of_wall, stamps_of
from forums.summarising import draft_summary
from forums.tallying import Tally

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    """Two tables of five and five, each of which wrote in both voices."""
    return written(make_room(cast))


def written(room):
    for side in (E, O):
        room.open(side)
        for table in (1, 2):
            room.write(table, side, f"Vi vid bord {table} vill lita på varandra.", "tillit")
    return room


def answers_of(people):
    return Registration.objects.filter(person__in=people)


def check_in_all_but(room, *absent):
    came = room.forum.registrations.exclude(person__in=absent)
    came.update(arrived_at=timezone.now())


def people_told(room):
    figures = figures_of(room.work)
    tally = Tally(room.work.pk)
    tally.bring_up_to_date()
    assert figures_from(tally) == figures
    assert tuple(tally.room()) == tuple(Notes(room.work.pk).room())
    return figures["participants"]


def test_without_a_check_in_all_who_are_registered_count(room):
    assert people_told(room) == {"elected": 10, "official": 10, "total": 20}


def test_who_never_came_is_not_told_of_as_having_taken_part(room):
    check_in_all_but(room, *room.seated[1, E][3:], room.seated[2, E][0])
    assert people_told(room) == {"elected": 7, "official": 10, "total": 17}
    room.close()
    draft = draft_summary(room.forum, by=room.cast.karin).versions.get()
    assert "I det deltog sju förtroendevalda och tio tjänstepersoner" in draft.plain_text
    assert "samtalade 17 personer" in draft.lead


def test_who_never_came_fills_up_no_five(cast):
    room = make_room(cast, tables=2, each=3)
    written(room)
    assert people_told(room)["elected"] == 6
    check_in_all_but(room, *room.seated[1, E][1:])
    assert people_told(room) == {"elected": None, "official": None, "total": 10}
    assert not figures_of(room.work)["sides_shown"]


def test_a_note_tells_no_table_at_which_few_came(room):
    note = room.question.notes.filter(table=room.tables[0], side=E).get()
    assert attribute([note], figures=figures_of(room.work), work=room.work)[0].told_table
    check_in_all_but(room, room.seated[1, E][0])
    assert not attribute([note], figures=figures_of(room.work), work=room.work)[0].told_table


def test_those_whom_the_door_missed_and_who_wrote_are_not_nobody(cast):
    room = make_room(cast, tables=2, each=5)
    answers_of(room.seated[1, E][2:]).delete()
    written(room)
    check_in_all_but(room, *room.seated[1, E])
    assert people_told(room)["total"] == 17
    (concept,) = figures_of(room.work)["concepts"]
    assert concept["elected"] is None


@pytest.mark.parametrize(
    "there",
    [
        {"has_joined": True},
        {"dots_claim": "a name that leads nowhere"},
        {"mode": Registration.Mode.ONLINE},
        {"arrived_at": timezone.now()},
    ],
)
def test_what_tells_that_somebody_was_there_counts(room, there):
    check_in_all_but(room, *room.seated[1, E][:2])
    answers_of(room.seated[1, E][:1]).update(**there)
    assert people_told(room)["elected"] == 9


def test_who_was_put_at_a_table_by_hand_and_never_came_is_not_counted(room):
    """Who sits down by the code is, though the door has missed them, and though they had that seat before."""
    absent, missed = room.seated[1, E][:2]
    check_in_all_but(room, absent, missed)
    for person in (absent, missed):
        move(answers_of([person]).get(), table=room.tables[0], by=room.cast.fatima, pinned=True)
    assert people_told(room)["elected"] == 8
    for _ in range(2):
        join(room.tables[0], by=missed)
    assert people_told(room)["elected"] == 9


def test_who_chose_a_table_by_its_link_days_before_was_not_there_by_that(room):
    """A seat is theirs at once; that they came is told by the day, or by the group work that has begun."""
    early, late = room.seated[1, E][:2]
    check_in_all_but(room, early, late)
    answers_of([early, late]).update(is_pinned=False)
    with time_machine.travel(room.forum.starts_at - timedelta(days=3)):
        for _ in range(2):
            assert join(room.tables[0], by=early).is_pinned
    assert people_told(room)["elected"] == 8
    assert LogEntry.objects.filter(event="registration.joined").count() == 1
    for person, there in ((early, 9), (late, 10)):
        join(room.tables[0], by=person)
        assert people_told(room)["elected"] == there


def test_where_the_group_work_begins_the_evening_before_its_tables_are_sat_at(cast):
    tomorrow = timezone.now() + timedelta(days=1)
    room = make_room(cast, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=3))
    (person, *_others) = room.seated[1, E]
    assert not join(room.tables[0], by=person).has_joined
    room.open(E)
    assert join(room.tables[0], by=person).has_joined


def test_who_is_checked_in_late_is_on_the_wall_at_once(room, client_as):
    check_in_all_but(room, *room.seated[1, E])
    client, address = client_as(room.cast.fatima), f"/forum/{room.forum.slug}/skarm/innehall/"
    seen, topics = client.get(address), [table.pk for table in room.tables]
    wall, tables = stamps_of(room.work, topics)
    assert client.get(address, headers={"if-none-match": seen["ETag"]}).status_code == 304
    check_in(answers_of(room.seated[1, E][:1]).get(), by=room.cast.fatima)
    told = client.get(address, headers={"if-none-match": seen["ETag"]})
    assert told.status_code == 200
    assert stamp_of_wall(room.work) == stamps_of(room.work, topics)[0] != wall
    assert stamps_of(room.work, topics)[1] == tables  # and no phone is asked to look


@pytest.mark.parametrize("units", [True, False])
def test_a_group_that_meets_elsewhere_passes_no_door(room, units):
    check_in_all_but(room, *room.seated[1, E])
    group = room.tables[0]
    group.unit, group.is_online = (room.cast.units.social, False) if units else (None, True)
    group.save()
    assert people_told(room)["elected"] == 10


def test_who_signed_a_note_was_there(cast):
    room = written(make_room(cast, anonymous=False))
    check_in_all_but(room, *room.seated[1, E][:2])
    assert people_told(room)["elected"] == 9  # the first of them wrote


def test_a_table_that_nobody_came_to_and_nobody_wrote_at_is_empty(room):
    room.question.notes.filter(table=room.tables[1]).delete()
    check_in_all_but(room, *room.seated[2, E], *room.seated[2, O])
    assert {table for table, _side, _people in seats_of(room.work.pk)} == {room.tables[0].pk}


def test_those_who_joined_before_it_was_kept_are_found_in_the_log(room):
    """What the migration does where tables were joined before."""
    person, placed = room.seated[1, E][:2]
    join(room.tables[0], by=person)
    move(answers_of([placed]).get(), table=room.tables[0], by=room.cast.fatima, pinned=True)
    answers_of([person]).update(has_joined=False)
    import_module("forums.migrations.0019_who_sat_down_by_a_code").those_who_have(apps, None)
    assert Registration.objects.get(has_joined=True).person == person
