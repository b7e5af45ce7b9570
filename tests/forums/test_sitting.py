"""Whoever is registered and never came stands behind no figure, where the check-in was used."""

import pytest
from django.utils import timezone

from forums.counting import Notes, figures_from, figures_of
from forums.disclosing import attribute
from forums.models import Registration
from forums.sitting import seats_of
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
        {"is_pinned": True},
        {"dots_claim": "a name that leads nowhere"},
        {"mode": Registration.Mode.ONLINE},
        {"arrived_at": timezone.now()},
    ],
)
def test_what_tells_that_somebody_was_there_counts(room, there):
    check_in_all_but(room, *room.seated[1, E][:2])
    answers_of(room.seated[1, E][:1]).update(**there)
    assert people_told(room)["elected"] == 9


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
