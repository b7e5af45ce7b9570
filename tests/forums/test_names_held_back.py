"""A keyword that is somebody's name waits until somebody has looked: it would stand alone on the wall."""

import pytest

from accounts.models import Person
from forums.guarding import add_insult, names_in, remove_insult, tell_why_held
from forums.models import Insult, Note
from forums.moderating import let_through
from forums.showing import notes_of
from tests.visiting import Visitor

from .room import E, make_room


@pytest.fixture
def room(cast):
    Person.objects.create_user("anna@x.example", None, given_name="Anna-Lena", family_name="af Ödmjuk")
    Person.objects.create_user("sean@x.example", None, given_name="Seán", family_name="O'Brien")
    room = make_room(cast)
    room.open(E)
    return room


@pytest.mark.parametrize(
    "keyword",
    [
        "Anna-Lena af Ödmjuk",
        "anna-lena AF ödmjuk!",
        "af Ödmjuk Anna-Lena",
        "Anna-Lena af Ödmjuks",
        "Seán O'Brien",
    ],
)
def test_a_full_name_is_found_however_it_is_written(room, keyword):
    assert [len(names) for names in names_in([keyword]).values()] == [1]
    assert [len(names) for names in names_in(["tillit", f"tack {keyword}"]).values()] == [1]


@pytest.mark.parametrize(
    "keyword", ["Anna-Lena", "Ödmjuk", "af Odmjuk Anna-Lena", "Anna-Lena Ödmjuk", "ödmjuk ledare", ""]
)
def test_less_than_a_full_name_is_a_word_as_others(room, keyword):
    assert names_in([keyword]) == {}


def test_a_note_with_a_name_as_keyword_waits_and_is_let_through_for_good(room, cast, client_as):
    note = room.write(1, E, "Fråga henne", "Anna-Lena af Ödmjuk")
    assert note.is_held
    assert not Note.objects.shown().exists()
    wall = client_as(cast.fatima).get(f"/forum/{room.forum.slug}/skarm/").text
    assert "Ödmjuk" not in wall
    let_through(note, by=cast.olof)
    assert not room.write(1, E, "Fråga henne nu", "Anna-Lena af Ödmjuk", note_id=note.pk).is_held
    assert room.write(1, E, "Fråga dem", "Seán O'Brien", note_id=note.pk).is_held


def test_a_name_in_the_text_of_a_note_has_its_sentence_around_it(room):
    assert not room.write(1, E, "Fråga Anna-Lena af Ödmjuk", "mod").is_held


def test_single_words_cost_no_question(room, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert names_in(["tillit", "dialog"]) == {}
    with django_assert_num_queries(1):
        names_in(["mer dialog", "tid för tillit", "vi ses"])


def test_whoever_looks_is_told_what_to_look_at(room, cast, client_as, django_assert_num_queries):
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    add_insult("idiot", by=cast.fatima)
    room.write(1, E, "Fråga henne", "tack Anna-Lena af Ödmjuk", "mod")
    leader = Visitor.signed_in(cast.elsa).go(address)
    [why] = leader.page.html.select(".held-notes .note-waits")
    assert why.get_text(" ", strip=True) == "Någons namn som nyckelord: tack Anna-Lena af Ödmjuk"
    room.write(1, E, "Idioterna svarar aldrig", "svar")
    whys = leader.go(address).page.html.select(".held-notes .note-waits")
    assert "På listan över kränkande ord: idiot" in [why.get_text(" ", strip=True) for why in whys]
    held = list(notes_of(room.work, Note.objects.held()))
    with django_assert_num_queries(2):
        tell_why_held(held)
    # Its word is no longer on the list: it still waits, and nobody is accused of anything.
    remove_insult(Insult.objects.get(text="idiot"), by=cast.fatima)
    assert "idiot" not in leader.go(address).page.html.select_one(".held-notes .note-waits").text
    assert len(leader.page.html.select(".held-notes .note-card")) == 2
