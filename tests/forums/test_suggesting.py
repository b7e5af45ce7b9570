"""What is suggested to whoever types a keyword: what the forum has now, each concept once."""

import pytest
from django.core.cache import cache

from forums.merging import merge
from forums.moderating import hide_note
from forums.suggesting import SUGGESTIONS, options_of, stamp_of, suggestions_for
from forums.wording import concept_for

from .room import E, make_room


@pytest.fixture
def room(cast):
    room = make_room(cast)
    room.open(E)
    return room


def suggested(room):
    cache.clear()  # they are kept for some seconds
    return suggestions_for(room.work)


def test_each_concept_is_suggested_by_its_commonest_word_the_commonest_concept_first(room):
    room.write(1, E, "Ett", "tilliten", "dialog")
    room.write(2, E, "Två", "tilliten", "mod", "dialog")
    room.write(2, E, "Tre", "tillit")
    assert suggested(room) == ["tilliten", "dialog", "mod"]
    merge(concept_for("mod"), into=concept_for("dialog"), by=room.cast.fatima)
    assert suggested(room) == ["dialog", "tilliten"]


def test_a_note_taken_down_suggests_nothing(room):
    note = room.write(1, E, "Ett", "skojare")
    room.write(2, E, "Två", "mod")
    hide_note(note, reason="Pekar ut", by=room.cast.fatima)
    assert suggested(room) == ["mod"]


def test_no_more_than_fit_are_suggested(room):
    for number in range(SUGGESTIONS // 5 + 1):
        room.write(1, E, "Mycket", *(f"ord{number} nr{place}" for place in range(5)))
    assert len(suggested(room)) == SUGGESTIONS


def test_the_words_are_counted_once_for_a_whole_room(room, django_assert_num_queries):
    room.write(1, E, "Ett", "mod")
    suggested(room)
    with django_assert_num_queries(0):
        assert suggestions_for(room.work) == ["mod"]


def test_the_answer_to_a_phone_brings_the_words_for_its_form(room, client_as):
    address = f"/forum/{room.forum.slug}/grupparbete/"
    client = client_as(room.seated[1, E][0])
    assert '<datalist id="room-words"></datalist>' in client.get(address).text
    room.write(1, E, "Ett", "mod")
    cache.clear()
    answer = client.get(f"{address}innehall/").text
    assert (
        '<datalist id="room-words" hx-swap-oob="innerHTML"><option value="mod"></option></datalist>' in answer
    )
    seen = client.get(f"{address}innehall/")["ETag"]
    assert client.get(f"{address}innehall/", headers={"if-none-match": seen}).status_code == 304
    # What another table says comes alone: the notes that somebody reads stay as they are.
    room.write(2, E, "Två", "tillit")
    cache.clear()
    alone = client.get(f"{address}innehall/", headers={"if-none-match": seen})
    assert alone["HX-Reswap"] == "none"
    assert "tillit" in alone.text
    assert "table-notes" not in alone.text
    # Who only leads has no form, so nothing to suggest in.
    assert "room-words" not in client_as(room.cast.fatima).get(f"{address}innehall/").text


def test_words_are_escaped_and_have_a_stamp_of_their_own():
    assert options_of(['a"b', "<b>"]) == (
        '<option value="a&quot;b"></option><option value="&lt;b&gt;"></option>'
    )
    assert stamp_of(["a", "b"]) != stamp_of(["b", "a"]) != stamp_of([])
