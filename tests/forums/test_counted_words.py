"""One of something is told as one, in English as in Swedish."""

import re
from datetime import timedelta

import pytest

from accounts.models import Person
from forums.planning import add_item
from forums.registering import register

from .room import E, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client_as):
    """A function that returns a page as somebody reads it in a language."""

    def read_page(person, address, language="sv"):
        Person.objects.filter(pk=person.pk).update(language=language)
        return client_as(person).get(address).text

    return read_page


def figures_of(page):
    """{words: number} of the large numbers on a page."""
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page))


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        (1, "en", ["table", "note", "theme"]),
        (2, "en", ["tables", "notes", "themes"]),
        (1, "sv", ["bord", "anteckning", "tema"]),
        (2, "sv", ["bord", "anteckningar", "teman"]),
    ],
)
def test_a_result_in_figures(cast, read, number, language, words):
    room = make_room(cast, tables=number, each=5)
    room.open(E)
    for table in range(1, number + 1):
        room.write(table, E, f"Från bord {table}", f"tema {table}")
    room.close()
    told = figures_of(read(cast.per, f"/forum/{room.forum.slug}/resultat/", language))
    assert {word: told.get(word) for word in words} == dict.fromkeys(words, str(number))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", ["Den enda platsen är tagen", "1 av 1 plats är tagen eller hålls åt någon."]),
        ("en", ["The only seat is taken or held.", "1 of 1 seat is taken or held."]),
    ],
)
def test_a_single_seat(make_forum, cast, read, language, told):
    forum = make_forum(seats=1)
    register(forum, person=cast.maja, by=cast.maja)
    assert told[0] in read(cast.maja, forum.get_absolute_url(), language)
    assert told[1] in read(cast.fatima, f"/forum/{forum.slug}/deltagare/", language)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "Det är 1 minut tomt mellan ”Inledning” och ”Samtal”."),
        ("en", "1 minute is empty between “Inledning” and “Samtal”."),
    ],
)
def test_a_minute_between_two_items(make_forum, cast, read, language, told):
    forum = make_forum()
    for title, start, minutes in (("Inledning", 0, 29), ("Samtal", 30, 30)):
        at = forum.starts_at + timedelta(minutes=start)
        ends_at = at + timedelta(minutes=minutes)
        add_item(forum, kind="talk", title=title, starts_at=at, ends_at=ends_at, by=cast.fatima)
    assert told in read(cast.fatima, f"/forum/{forum.slug}/redigera/program/", language)
