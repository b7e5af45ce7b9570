"""The pages that follow the room: what they cost, and when they have news."""

import pytest
from django.core.cache import caches

from forums.merging import merge
from forums.moderating import hide_note
from forums.showing import wall_of
from forums.wording import concept_for
from forums.working import close_round, open_round

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return make_room(cast, tables=3, each=5)


def test_the_wall_answers_304_until_something_happens(room, client_as):
    room.open(E)
    client = client_as(room.cast.fatima)
    address = f"/forum/{room.forum.slug}/skarm/innehall/"
    seen = client.get(address)
    note = room.write(1, E, "Lita på oss", "tillit")
    changes = [
        lambda: room.write(1, E, "Lita på oss", "tillit", "mod", note_id=note.pk),
        lambda: room.write(1, E, "Lita på oss", "tillit", "dialog", note_id=note.pk),
        lambda: room.write(1, E, "Lita på oss alla", "tillit", "dialog", note_id=note.pk),
        lambda: merge(concept_for("dialog"), into=concept_for("tillit"), by=room.cast.karin),
        lambda: hide_note(note, reason="Pekar ut någon", by=room.cast.fatima),
        lambda: room.open(O),
        room.close,
    ]
    for change in changes:
        answer = client.get(address, headers={"if-none-match": seen["ETag"]})
        assert answer.status_code == 200
        assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
        seen = answer
        change()
    assert client.get(address, headers={"if-none-match": seen["ETag"]}).status_code == 200


def test_a_phone_answers_304_until_its_own_table_or_the_turn_changes(room, client_as):
    room.open(E)
    client = client_as(room.seated[1, E][0])
    address = f"/forum/{room.forum.slug}/grupparbete/innehall/"

    def is_new(etag=None):
        answer = client.get(address, headers={"if-none-match": etag or seen["ETag"]})
        assert answer.status_code in (200, 304)
        return answer.status_code == 200

    seen = client.get(address)
    elsewhere = make_room(room.cast, tables=1)
    elsewhere.open(E)
    elsewhere.write(1, E, "I ett annat rum", "tillit")
    room.write(2, E, "Vid ett annat bord", "tillit")
    assert not is_new()
    note = room.write(1, E, "Vid mitt bord", "tillit")
    assert is_new()
    for change in (
        lambda: room.write(1, E, "Vid mitt bord", "mod", note_id=note.pk),
        lambda: room.write(1, E, "Vid vårt bord", "mod", note_id=note.pk),
        lambda: hide_note(note, reason="Pekar ut någon", by=room.cast.fatima),
        lambda: close_round(room.round_of(E), by=room.cast.fatima),
        lambda: open_round(room.round_of(O), by=room.cast.fatima),
        room.close,
    ):
        seen = client.get(address)
        assert not is_new()
        change()
        assert is_new()


def test_many_who_watch_the_wall_cost_one_rendering(room, client_as, monkeypatch):
    made = []

    def count(*about, **more):
        made.append(about)
        return wall_of(*about, **more)

    monkeypatch.setattr("forums.showing.wall_of", count)
    room.open(E)
    room.write(1, E, "En tanke", "tillit")
    watchers = [client_as(person) for person in (room.cast.fatima, *room.seated[1, E])]
    walls = {
        watcher.get(f"/forum/{room.forum.slug}/skarm/innehall/").text for watcher in watchers for _ in "twice"
    }
    assert len(walls) == len(made) == 1
    room.write(2, E, "En till", "tillit")
    assert "En till" in watchers[0].get(f"/forum/{room.forum.slug}/skarm/").text
    assert len(made) == 2


def test_the_wall_and_the_tables_cost_the_same_with_thirty_notes(room, client_as, django_assert_num_queries):
    room.open(E)
    room.write(1, E, "En tanke", "tillit")
    wall, table = client_as(room.cast.fatima), client_as(room.seated[1, E][0])
    slug = room.forum.slug

    def look():
        with django_assert_num_queries(5):
            wall.get(f"/forum/{slug}/skarm/innehall/", headers={"if-none-match": etag})
        with django_assert_num_queries(5):
            wall.get(f"/forum/{slug}/skarm/innehall/")
        caches["default"].clear()
        with django_assert_num_queries(14):
            wall.get(f"/forum/{slug}/skarm/innehall/")
        with django_assert_num_queries(12):  # the words to suggest are counted, and kept for a while
            table.get(f"/forum/{slug}/grupparbete/")
        with django_assert_num_queries(9):
            table.get(f"/forum/{slug}/grupparbete/")
        with django_assert_num_queries(9):
            seen = table.get(f"/forum/{slug}/grupparbete/innehall/")["ETag"]
        with django_assert_num_queries(5):
            table.get(f"/forum/{slug}/grupparbete/innehall/", headers={"if-none-match": seen})
        with django_assert_num_queries(11):  # the figures are counted already
            wall.get(f"/forum/{slug}/grupparbete/leda/")
        for part, full, seen_before in [("turen", 7, 6), ("anteckningar", 11, 6)]:
            with django_assert_num_queries(full):
                seen = wall.get(f"/forum/{slug}/grupparbete/leda/{part}/")["ETag"]
            with django_assert_num_queries(seen_before):
                wall.get(f"/forum/{slug}/grupparbete/leda/{part}/", headers={"if-none-match": seen})

    etag = wall.get(f"/forum/{slug}/skarm/innehall/")["ETag"]
    look()
    for number in range(30):
        room.write(1, E, f"Tanke {number}", f"begrepp {number}", "tillit")
    etag = wall.get(f"/forum/{slug}/skarm/innehall/")["ETag"]
    look()
