"""What the room put its dots on, told on the wall when they are counted."""

import pytest

from forums.moderating import hide_note
from forums.prioritising import close_dots, open_dots, put_dot
from forums.showing import wall_of
from forums.working import close_round, reopen_round

from .room import E, O, make_room

pytestmark = pytest.mark.django_db

HEADING = "Det här prioriterade rummet"


@pytest.fixture
def room(cast):
    """Seven notes of two tables; ten people put a dot on the first, nine on the next, and so on."""
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    room.notes = [room.write(1 + number % 2, E, f"Tanke nr {number}", "tillit") for number in range(7)]
    close_round(room.round_of(E), by=cast.fatima)
    room.work = open_dots(room.work, by=cast.fatima)
    room.voters = [*room.seated[1, E], *room.seated[2, E]]
    return room


def vote(room, *, people=10, notes=3):
    for number, person in enumerate(room.voters[:people]):
        for note in room.notes[number % 5 : number % 5 + notes]:
            put_dot(note, key=bytes([number]) * 32, by=person)


def told(room):
    return [(note.text, note.dots_in_all) for note in wall_of(room.work, "")["dotted"]]


def count(room):
    room.work = close_dots(room.work, by=room.cast.fatima)


def test_five_notes_are_told_when_the_dots_are_counted_and_nothing_before(room, client_as):
    vote(room)
    client, address = client_as(room.cast.fatima), f"/forum/{room.forum.slug}/skarm/"
    before = client.get(address)
    assert told(room) == []
    assert 'data-view="words"' in before.text
    assert "data-counted" not in before.text
    assert HEADING not in before.text  # nobody has put anything first yet
    seen = client.get(address + "innehall/")
    count(room)
    after = client.get(address + "innehall/", headers={"if-none-match": seen["ETag"]})
    assert "data-counted" in after.text
    assert HEADING in after.text
    assert "10 personer satte prickar" in after.text
    assert [dots for _text, dots in told(room)] == [6, 6, 6, 4, 4]
    assert 'data-view="dots"' in client.get(address).text
    assert 'data-view="words"' in client.get(address, {"vy": "ord"}).text


def test_where_fewer_than_five_put_dots_nothing_is_told(room, client_as):
    vote(room, people=4)
    count(room)
    assert told(room) == []
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/")
    assert 'data-view="words"' in page.text
    assert "data-counted" not in page.text
    assert "För få har satt prickar" in page.text


def test_a_group_of_few_voters_hides_what_the_groups_chose(room):
    room.work.dots_on = "table"
    room.work.save()
    for number, person in enumerate([*room.seated[1, E], *room.seated[2, E][:4]]):
        put_dot(room.notes[0 if number < 5 else 1], key=bytes([number]) * 32, by=person)
    count(room)
    assert told(room) == []


def test_a_hidden_note_leaves_the_wall_and_the_next_one_takes_its_place(room):
    vote(room)
    count(room)
    first = wall_of(room.work, "")["dotted"][0]
    hide_note(first, reason="Pekar ut någon", by=room.cast.fatima)
    assert first.text not in {text for text, _dots in told(room)}
    assert len(told(room)) == 5


def test_the_list_stands_on_the_wall_and_the_result_page_when_all_is_closed(room, client_as):
    vote(room)
    room.close()
    room.work.refresh_from_db()
    assert len(told(room)) == 5
    client = client_as(room.seated[1, O][0])
    assert HEADING in client.get(f"/forum/{room.forum.slug}/skarm/").text
    assert "Tanke nr 2" in client.get(f"/forum/{room.forum.slug}/resultat/").text


def test_an_anonymous_note_tells_no_more_there_than_elsewhere(cast):
    room = make_room(cast, tables=2, each=3)
    room.open(E)
    room.notes = [room.write(1, E, "Bara vid vårt bord", "tillit")]
    close_round(room.round_of(E), by=cast.fatima)
    room.work = open_dots(room.work, by=cast.fatima)
    room.voters = [*room.seated[1, E], *room.seated[2, E]]
    vote(room, people=1, notes=1)
    for number, person in enumerate(room.voters[1:], start=20):
        put_dot(room.notes[0], key=bytes([number]) * 32, by=person)
    count(room)
    (note,) = wall_of(room.work, "")["dotted"]
    assert (note.told_table, note.told_side, note.told_author) == (None, "", None)


def test_while_a_round_is_open_again_the_wall_stays_with_its_words(room, client_as):
    vote(room)
    count(room)
    reopen_round(room.round_of(E), by=room.cast.fatima)
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/").text
    assert 'data-view="words"' in page
    assert "data-counted" not in page
    assert HEADING in page


def test_it_costs_the_wall_no_question_more_for_more_notes(room, django_assert_num_queries):
    vote(room, notes=1)
    count(room)
    wall_of(room.work, "a")
    with django_assert_num_queries(9):
        wall_of(room.work, "a")
    for number in range(30):
        note = room.notes[0]
        note.pk, note.text = None, f"Fler {number}"
        note._state.adding = True
        note.save()
        room.work.dots.create(note=note, side=E, ballot=f"{number}", place=1)
    with django_assert_num_queries(9):
        wall_of(room.work, "a")
