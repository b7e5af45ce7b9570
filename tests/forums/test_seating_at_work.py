"""While the room writes, people stay where their side has written."""

import pytest

from forums import furnishing, seating
from forums.models import Registration

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return make_room(cast, each=2)


def answer_of(room, table, side):
    return Registration.objects.get(person=room.seated[table, side][0])


def test_nobody_is_dealt_to_tables_anew_once_the_work_has_begun(cast, room):
    assert seating.seat_everyone(room.forum, by=cast.fatima) == 8
    room.open(E)
    for step in (lambda: None, room.close):
        step()
        with pytest.raises(seating.RoomAtWork):
            seating.seat_everyone(room.forum, by=cast.fatima)


def test_tables_are_added_but_not_taken_away_while_the_work_is_open(cast, room):
    room.open(E)
    assert len(furnishing.set_tables(room.forum, count=3, by=cast.fatima)) == 3
    with pytest.raises(furnishing.RoomAtWork):
        furnishing.set_tables(room.forum, count=2, by=cast.fatima)
    assert room.forum.tables.count() == 3


@pytest.mark.parametrize("to", [2, None])
def test_who_sits_where_their_side_has_written_stays(cast, room, to):
    room.open(E)
    table = to and room.tables[to - 1]
    room.write(1, E, "Vi behöver se varandra.", "insyn")
    with pytest.raises(seating.WritesThere):
        seating.move(answer_of(room, 1, E), table=table, by=cast.fatima)
    # The other side has written nothing yet, and may change places.
    assert seating.move(answer_of(room, 1, O), table=table, by=cast.fatima).table == table
    # Whoever is put where they sit stays.
    assert seating.move(answer_of(room, 1, E), table=room.tables[0], by=cast.fatima).table == room.tables[0]


def test_who_comes_late_gets_a_table_though_it_has_written(cast, room):
    late = answer_of(room, 2, E)
    seating.move(late, table=None, by=cast.fatima)
    room.open(E)
    room.write(1, E, "Vi behöver se varandra.", "insyn")
    assert seating.move(late, table=room.tables[0], by=cast.fatima).table == room.tables[0]
