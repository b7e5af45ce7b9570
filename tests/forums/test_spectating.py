"""Watching a wall that is open to all without taking part: words and numbers, never a note."""

import pytest

from forums.following import STREAMING, tellings, topic_at, wall_topic
from forums.prioritising import close_dots, open_dots, put_dot
from forums.showing import figures_at, wall_of
from forums.spectating import for_spectators, tables_needed
from forums.stamping import stamp_of_wall
from forums.working import close_round

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return opened(make_room(cast, tables=3, each=3))


def opened(room):
    room.work.wall_for_all = True
    room.work.save()
    room.open(E)
    return room


def words_of(room, **more):
    columns = wall_of(room.work, stamp_of_wall(room.work), **more)["columns"]
    return {concept["label"] for column in columns for concept in column["concepts"]}


def test_everybody_who_finds_the_forum_watches_and_reads_no_note(room, client_as):
    room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    address = f"/forum/{room.forum.slug}/"
    for person in (room.cast.per, room.cast.ulla):
        client = client_as(person)
        assert f'href="{address}skarm/"' in client.get(address).text
        for path in ("skarm/", "skarm/innehall/", "skarm/?vy=diagram", "skarm/?vy=kod", "skarm/?vy=prickar"):
            page = client.get(address + path)
            assert page.status_code == 200
            assert "lita på" not in page.text
            assert "Bord 1" not in page.text
        page = client.get(address + "skarm/").text
        assert "tillit" in page
        assert "Delta med mobilen" not in page
        for path in ("grupparbete/", "grupparbete/prickar/", "grupparbete/leda/", "grupparbete.json"):
            assert client.get(address + path).status_code in {403, 404}
    assert "lita på" in client_as(room.seated[1, E][0]).get(address + "skarm/").text
    assert client_as(room.cast.former).get(address + "skarm/").status_code == 403


def test_a_wall_that_was_not_opened_is_for_those_who_take_part(room, client_as):
    room.work.wall_for_all = False
    room.work.save()
    client, address = client_as(room.cast.per), f"/forum/{room.forum.slug}/"
    assert "skarm/" not in client.get(address).text
    for path in ("skarm/", "skarm/innehall/"):
        refused = client.get(address + path, **{STREAMING: True})
        assert refused.status_code == 403
        assert "Samspel-Stream" not in refused


def test_a_restricted_forums_open_wall_does_not_exist_for_others(cast, client_as):
    room = opened(make_room(cast, restricted=True))
    assert client_as(cast.yngve).get(f"/forum/{room.forum.slug}/skarm/").status_code == 404


def test_a_spectators_stream_tells_what_spectators_see(room, client_as):
    room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    client, address = client_as(room.cast.per), f"/forum/{room.forum.slug}/skarm/innehall/"
    told = client.get(address, **{STREAMING: True})
    topic, _until = topic_at(told["Samspel-Stream"], session_key=client.session.session_key)
    assert topic == wall_topic(room.work, with_notes=False) != wall_topic(room.work)
    watched, wall = tellings(room.work.pk, {topic: None, wall_topic(room.work): None})
    assert "tillit" in watched.data
    assert "lita på" not in watched.data
    assert "lita på" in wall.data


def test_the_wall_is_made_once_for_all_spectators(room, client_as, monkeypatch):
    made = []

    def count(*about, **more):
        made.append(more)
        return wall_of(*about, **more)

    monkeypatch.setattr("forums.showing.wall_of", count)
    address = f"/forum/{room.forum.slug}/skarm/innehall/"
    for person in (room.cast.per, room.cast.ulla, room.seated[1, E][0], room.cast.fatima):
        assert client_as(person).get(address).status_code == 200
    assert sorted(more["with_notes"] for more in made) == [False, True]


def test_what_the_dots_came_to_is_for_those_who_take_part(room, client_as):
    note = room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    close_round(room.round_of(E), by=room.cast.fatima)
    work = open_dots(room.work, by=room.cast.fatima)
    for number, person in enumerate([*room.seated[1, E], *room.seated[2, E]]):
        put_dot(note, key=bytes([number]) * 32, by=person)
    close_dots(work, by=room.cast.fatima)
    page = client_as(room.cast.per).get(f"/forum/{room.forum.slug}/skarm/").text
    assert "lita på" not in page
    assert "Det här prioriterade" not in page
    assert 'data-view="words"' in page


def test_a_word_of_fewer_than_five_people_is_not_told(cast):
    """Two tables of four: one may be all who said it."""
    room = opened(make_room(cast, tables=2, each=2))
    room.write(1, E, "Bara vid ett bord", "hemligt")
    for table in (1, 2):
        room.write(table, E, "Vid båda", "tillit")
    assert words_of(room) == {"hemligt", "tillit"}
    assert words_of(room, with_notes=False) == {"tillit"}


def test_in_a_room_of_four_no_word_is_told(cast):
    room = opened(make_room(cast, tables=1, each=2))
    room.write(1, E, "Bara vi", "tillit")
    assert words_of(room, with_notes=False) == set()


@pytest.mark.parametrize(
    ("sizes", "needed"),
    [
        ([], None),
        ([4], None),
        ([2, 2], None),
        ([5], 1),
        ([6, 8], 1),
        ([4, 8], 2),
        ([1, 1, 9], 3),
        ([2, 2, 1], 3),
    ],
)
def test_five_people_sit_at_so_many_tables_whichever_they_are(sizes, needed):
    seats = [row for table, size in enumerate(sizes) for row in ((table, E, 1), (table, O, size - 1))]
    assert tables_needed(seats) == needed


def test_what_is_left_out_follows_from_the_number_of_tables_alone(cast):
    """Else somebody who sees both walls could work out which side, or which table, it was."""
    room = opened(make_room(cast, tables=4, each=2))
    room.work.rounds.filter(state="open").update(side="")
    for number, (table, side) in enumerate([(1, E), (1, O), (2, E), (3, O), (4, E)]):
        room.write(table, side, f"Nr {number}", "ett", f"ord {table}")
    figures = figures_at(room.work, stamp_of_wall(room.work))
    told = {concept["label"] for concept in for_spectators(figures, work=room.work)["concepts"]}
    by_tables = {concept["label"]: concept["tables"] for concept in figures["concepts"]}
    assert told == {label for label, tables in by_tables.items() if tables >= 2} == {"ett"}


def test_where_units_are_the_groups_each_question_keeps_to_the_same(cast):
    room = opened(make_room(cast, tables=2, each=2))
    room.work.grouped_by = "units"
    room.work.save()
    other = room.work.questions.create(order=2, kind="keep", text="Vad vill vi behålla?")
    for table in (1, 2):
        room.write(table, E, "Vi lärde oss", "tillit")
    room.write(1, E, "Behåll", "tillit", question=other)
    first, second = wall_of(room.work, stamp_of_wall(room.work), with_notes=False)["columns"]
    assert [concept["label"] for concept in first["concepts"]] == ["tillit"]
    assert second["concepts"] == []


def test_those_who_write_are_told_before_it_starts(cast, client_as):
    room = make_room(cast)
    said = "Storbildsskärmen är öppen"
    client, address = client_as(room.seated[1, E][0]), f"/forum/{room.forum.slug}/grupparbete/"
    assert said not in client.get(address).text
    room.work.wall_for_all = True
    room.work.save()
    assert room.work.state == "planned"
    assert said in client.get(address).text
