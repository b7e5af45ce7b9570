"""Whether names are kept with the notes is said to all before it starts, and as long as it lasts."""

import pytest

from forums.prioritising import open_dots
from forums.working import close_round

from .room import E, make_room

pytestmark = pytest.mark.django_db

ANONYMOUS, NAMED = "Anteckningarna är anonyma", "Anteckningarna är inte anonyma"
# Who looks, and at which page below the forum's address.
PAGES = [
    ("olof", "grupparbete/leda/"),
    ("elsa", "grupparbete/leda/turen/"),
    ("fatima", "grupparbete/"),
    ("fatima", "skarm/"),
    ("fatima", "skarm/innehall/"),
    ("fatima", "grupparbete/prickar/"),
    ("seated", "grupparbete/bord/"),
    ("seated", "grupparbete/bord/1/"),
    ("seated", "grupparbete/prickar/"),
    ("seated", "skarm/"),
]


@pytest.fixture(params=[True, False], ids=["anonymous", "named"])
def room(request, cast):
    room = make_room(cast, tables=1, anonymous=request.param)
    assert room.work.state == "planned"
    return room


def look(room, client_as, who, path):
    person = room.seated[1, E][0] if who == "seated" else getattr(room.cast, who)
    page = client_as(person).get(f"/forum/{room.forum.slug}/{path}")
    assert page.status_code == 200
    return page.text


def assert_told(text, room):
    told, untold = (ANONYMOUS, NAMED) if room.work.anonymous else (NAMED, ANONYMOUS)
    assert text.count(told) == 1
    assert untold not in text


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_everybody_is_told_before_it_starts(room, client_as, who, path):
    assert_told(look(room, client_as, who, path), room)


def test_who_sits_at_a_table_is_told_beside_the_form(room, client_as):
    page = look(room, client_as, "seated", "grupparbete/")
    told = ["Du skriver anonymt", "Ditt namn sparas"]
    assert [words in page for words in told] == [room.work.anonymous, not room.work.anonymous]


def test_it_is_told_as_long_as_it_lasts(room, client_as):
    room.open(E)
    room.write(1, E, "En tanke", "tillit")
    for who, path in PAGES:
        assert_told(look(room, client_as, who, path), room)
    close_round(room.round_of(E), by=room.cast.fatima)
    open_dots(room.work, by=room.cast.fatima)
    assert_told(look(room, client_as, "seated", "grupparbete/prickar/"), room)
    room.close()
    for path in ("grupparbete/leda/", "skarm/"):
        assert_told(look(room, client_as, "olof", path), room)
