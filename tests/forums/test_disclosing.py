"""While the room writes: nothing on the screen points at the few who can have said a thing."""

import re

import pytest
from django.utils import translation

from forums.disclosing import Neighbours
from forums.wording import concept_for

from .room import E, O, make_room, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(cast):
    """Three elected members at each of two tables, and plenty of officials."""
    room = make_room(cast, tables=2, each=3)
    for table in room.tables:
        seat(cast, table, O, 4)
    return room


def screens(room, client_as):
    """What the wall and the lead page say of the latest notes."""
    client, address = client_as(room.cast.fatima), f"/forum/{room.forum.slug}"
    for path in ("/skarm/", "/skarm/innehall/", "/grupparbete/leda/"):
        page = client.get(address + path).text
        yield page[page.index("latest-head") :]


def notes_told(room, client_as):
    """The number of notes that the wall tells, or None."""
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/innehall/").text
    told = re.search(r"<strong>(\d+)</strong> anteckning", page)
    return told and int(told[1])


def test_an_anonymous_note_tells_no_table_while_its_side_alone_writes(mixed, client_as):
    mixed.open(E)
    mixed.write(1, E, "Vi tre vid bordet tycker så.", "tillit")
    for screen in screens(mixed, client_as):
        assert "Vi tre vid bordet tycker så." in screen
        assert "Bord 1" not in screen
    own = client_as(mixed.seated[1, E][0]).get(f"/forum/{mixed.forum.slug}/grupparbete/").text
    assert "bord 1" in own
    assert "Vi tre vid bordet tycker så." in own


def test_nor_while_the_other_side_does(mixed, client_as):
    mixed.open(E)
    mixed.write(1, E, "De valda.", "tillit")
    mixed.open(O)
    mixed.write(1, O, "De anställda.", "tillit")
    for screen in screens(mixed, client_as):
        assert "De anställda." in screen
        assert "Bord 1" not in screen


def test_a_table_with_five_of_either_side_is_told(cast, client_as):
    room = make_room(cast, tables=2, each=5)
    room.seated[2, E][0].registrations.update(state="cancelled")
    room.open(E)
    room.write(1, E, "Vi är fem.", "tillit")
    room.write(2, E, "Vi är fyra.", "tillit", by=room.seated[2, E][1])
    for screen in screens(room, client_as):
        assert "Bord 1" in screen
        assert "Bord 2" not in screen


def test_a_named_note_tells_its_table_and_its_writer(cast, client_as):
    room = make_room(cast, tables=1, each=1, anonymous=False)
    room.open(E)
    writer = room.seated[1, E][0]
    room.write(1, E, "Mitt namn står här.")
    for screen in screens(room, client_as):
        assert "Bord 1" in screen
        assert writer.full_name in screen


def test_the_number_of_notes_is_told_only_where_the_sides_are(cast, client_as):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    room.write(1, E, "Ett", "tillit")
    assert notes_told(room, client_as) is None
    room.open(O)
    assert notes_told(room, client_as) is None
    room.write(2, O, "Två", "tillit")
    assert notes_told(room, client_as) == 2


def test_in_a_small_room_it_is_told_when_all_is_over(cast, client_as):
    room = make_room(cast, tables=1, each=3)
    room.open(E)
    room.write(1, E, "Ett", "tillit")
    room.open(O)
    room.write(1, O, "Två", "tillit")
    assert notes_told(room, client_as) is None
    room.close()
    assert notes_told(room, client_as) == 2


def behind(room, client_as, word):
    """What the result says of the notes behind a word."""
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/resultat/").text
    part = page[page.index(f'id="begrepp-{concept_for(word).pk}"') :]
    return part[: part.index("</article>")]


def test_a_saved_wall_and_the_result_do_not_meet_at_a_table(mixed, client_as):
    """Three elected members wrote it, as the wall told; the result tells two tables, where there are six."""
    mixed.open(E)
    for table in (1, 2):
        mixed.write(table, E, f"De valda vid {table}.", "tillit")
    mixed.open(O)
    mixed.write(1, O, "De anställda.", "tillit")
    mixed.close()
    said = behind(mixed, client_as, "tillit")
    assert said.count("Bord 1–2") == 3
    assert not re.search(r"Bord \d\b(?!–)", said)


def test_a_note_of_two_words_stands_where_it_tells_least(mixed, client_as):
    """Only officials say "mandat", that is told; whose "mod" is, is not, and so neither by their note."""
    mixed.open(E)
    for table in (1, 2):
        mixed.write(table, E, f"De valda vid {table}.", "tillit", "dialog")
    mixed.open(O)
    for table in (1, 2):
        mixed.write(table, O, f"De anställda vid {table}.", "mandat", "respekt")
    mixed.write(2, O, "Mandat och mod.", "mandat", "mod")
    mixed.close()
    assert "Mandat och mod." in behind(mixed, client_as, "mandat")
    assert "Mandat och mod." not in behind(mixed, client_as, "mod")


def test_several_tables_are_tables_in_english():
    with translation.override("en"):
        assert [str(Neighbours(1, last)) for last in (1, 2)] == ["Table 1", "Tables 1–2"]
    assert str(Neighbours(1, 2)) == "Bord 1–2"
