"""Who may follow a room by a stream, and what is told when."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from forums.following import (
    LONGEST,
    STREAMING,
    NotYours,
    Passed,
    address_of_stream,
    table_topic,
    tellings,
    topic_at,
    wall_topic,
)
from forums.merging import rename
from forums.moderating import hide_note
from forums.suggesting import KEPT_FOR
from forums.working import pause_round, resume_round
from tests.forums.room import E, O, make_room

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    return room


def topics_of(room):
    return [wall_topic(room.work), *(table_topic(room.work, table.pk) for table in room.tables)]


def told(room, known):
    """What is told to who was told `known` last, as {topic: Telling}; `known` is brought up to date."""
    news = {telling.topic: telling for telling in tellings(room.work.pk, known)}
    known.update({topic: telling.stamp for topic, telling in news.items()})
    return news


def test_an_address_opens_its_topic_to_its_reader_until_it_has_passed():
    with time_machine.travel(NOW, tick=False) as clock:
        address = address_of_stream("7.wall.sv", session_key="maja")
        topic, until = topic_at(address, session_key="maja")
        assert topic == "7.wall.sv"
        assert NOW.timestamp() < until <= NOW.timestamp() + LONGEST
        clock.shift(timedelta(seconds=LONGEST))
        with pytest.raises(Passed):
            topic_at(address, session_key="maja")


@pytest.mark.parametrize("other", ["", "per", "maja "])
def test_an_address_is_nothing_to_anybody_else(other):
    address = address_of_stream("7.wall.sv", session_key="maja")
    with pytest.raises(NotYours):
        topic_at(address, session_key=other)


def test_an_address_can_be_changed_into_no_other():
    address = address_of_stream("7.wall.sv", session_key="maja")
    _topic, _sign, rest = address.partition("~")
    for forged in (f"/strom/8.wall.sv~{rest}", address[:-1], "/strom/", "/strom/7.wall.sv", address + "~x"):
        with pytest.raises(NotYours):
            topic_at(forged, session_key="maja")


def test_a_page_names_its_stream_only_to_who_may_read_and_where_there_are_streams(room, client_as):
    address = f"/forum/{room.forum.slug}/skarm/"
    member = client_as(room.seated[1, E][0])
    assert 'data-follow=""' in member.get(address).text
    assert "Samspel-Stream" not in member.get(f"{address}innehall/")
    streams = {STREAMING: True}
    assert 'data-follow="/strom/' in member.get(address, **streams).text
    stream = member.get(f"{address}innehall/", **streams)["Samspel-Stream"]
    topic, _until = topic_at(stream, session_key=member.session.session_key)
    assert topic == wall_topic(room.work)
    refused = client_as(room.cast.ulla).get(f"{address}innehall/", **streams)
    assert refused.status_code == 403
    assert "Samspel-Stream" not in refused


def test_an_answer_that_says_nothing_new_brings_an_address_all_the_same(room, client_as):
    member = client_as(room.seated[2, E][0])
    address = f"/forum/{room.forum.slug}/grupparbete/innehall/"
    etag = member.get(address)["ETag"]
    answer = member.get(address, headers={"if-none-match": etag}, **{STREAMING: True})
    assert answer.status_code == 304
    topic, _until = topic_at(answer["Samspel-Stream"], session_key=member.session.session_key)
    assert topic == table_topic(room.work, room.tables[1].pk)


def test_a_note_is_told_to_the_wall_and_to_its_own_table_only(room):
    wall, first, second = topics_of(room)
    known = dict.fromkeys([wall, first, second])
    assert set(told(room, known)) == {wall, first, second}
    assert told(room, known) == {}
    note = room.write(1, E, "Vi behöver tid.", "tillit")
    news = told(room, known)
    assert set(news) == {wall, first}
    assert news[wall].event == "part"
    assert "tillit" in news[wall].data
    assert (news[first].event, news[first].data) == ("changed", "")
    hide_note(note, reason="Pekar ut", by=room.cast.fatima)
    news = told(room, known)
    assert set(news) == {wall, first}
    assert "tillit" not in news[wall].data


def test_every_phone_is_told_the_words_that_the_room_has_by_now_without_asking(room):
    first, second = topics_of(room)[1:]
    known = dict.fromkeys([first, second])
    with time_machine.travel(NOW, tick=False) as clock:
        told(room, known)
        room.write(1, E, "Vi behöver tid.", "tillit <3")
        clock.shift(timedelta(seconds=KEPT_FOR + 1))
        before = dict(known)
        news = told(room, known)
    assert news[second].data == news[first].data == '<option value="tillit 3"></option>'
    # The page asks where the part before the dot is new: only the table that has written.
    asks = {topic for topic in known if before[topic].split(".")[0] != known[topic].split(".")[0]}
    assert asks == {first}


def test_a_turn_is_told_to_everybody_and_a_new_name_to_the_wall(room):
    known = dict.fromkeys(topics_of(room))
    note = room.write(1, E, "Vi behöver tid.", "tillit")
    told(room, known)
    current = room.open(O)
    assert set(told(room, known)) == set(known)
    pause_round(current, by=room.cast.fatima)
    assert set(told(room, known)) == set(known)
    resume_round(current, by=room.cast.fatima)
    assert set(told(room, known)) == set(known)
    rename(note.terms.get().concept, label="Förtroende", by=room.cast.karin)
    assert "Förtroende" in told(room, known)[wall_topic(room.work)].data


def test_the_wall_is_told_in_the_language_of_each_page(room):
    topics = [wall_topic(room.work)]
    with translation.override("en"):
        topics.append(wall_topic(room.work))
    swedish, english = tellings(room.work.pk, dict.fromkeys(topics))
    assert "Nu skriver de förtroendevalda" in swedish.data
    assert "The elected members write now" in english.data


def test_a_look_costs_the_same_at_one_table_and_at_thirty(room, django_assert_num_queries):
    told(room, dict.fromkeys(topics_of(room)))  # the words to suggest are kept for some seconds
    for tables in (1, 30):
        known = {table_topic(room.work, number): None for number in range(tables)}
        with django_assert_num_queries(2):
            assert len(list(tellings(room.work.pk, known))) == tables


def test_a_group_work_that_is_gone_is_told_of_no_more(room):
    assert list(tellings(10**6, {f"{10**6}.wall.sv": None})) == []
