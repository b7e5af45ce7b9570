"""What the wall and the page of the dots say when the notes have been thinned out."""

import pytest

from forums.models import GroupWork
from forums.prioritising import close_dots, open_dots, put_dot
from forums.showing import wall_of
from forums.working import close_round

from .room import E, make_room

pytestmark = pytest.mark.django_db
GONE = "Anteckningarna har gallrats"
TOO_FEW = "För få har satt prickar"


@pytest.fixture
def thinned(cast, settings):
    """Let `people` put a dot, close the group work and thin its notes out; returns the room."""

    def make(people, grouped_by="tables"):
        room = make_room(cast, tables=2, each=5)
        room.work.grouped_by = grouped_by
        room.work.save()
        room.work.questions.create(order=2, kind="keep", text="Vad vill vi behålla?")
        for table, unit in zip(room.tables, (cast.units.social, cast.units.schools), strict=True):
            table.unit = unit if grouped_by == "units" else None
            table.save()
        room.open(E)
        note = room.write(1, E, "Det viktigaste", "tillit")
        room.write(2, E, "Det andra", "mod")
        close_round(room.round_of(E), by=cast.fatima)
        room.work = open_dots(room.work, by=cast.fatima)
        for number, person in enumerate([*room.seated[1, E], *room.seated[2, E]][:people]):
            put_dot(note, key=bytes([number]) * 32, by=person)
        room.work = close_dots(room.work, by=cast.fatima)
        room.close()
        room.thin(settings)
        room.work = GroupWork.objects.get(pk=room.work.pk)
        return room

    return make


def test_the_dots_that_went_with_the_notes_are_not_called_too_few(thinned, client_as):
    room = thinned(people=7)
    client = client_as(room.cast.fatima)
    for path in ("skarm/", "grupparbete/prickar/"):
        page = " ".join(client.get(f"/forum/{room.forum.slug}/{path}").text.split())
        assert "7 personer satte prickar" in page
        assert GONE in page
        assert TOO_FEW not in page


def test_where_too_few_put_any_that_is_what_is_said(thinned, client_as):
    room = thinned(people=3)
    client = client_as(room.cast.fatima)
    for path in ("skarm/", "grupparbete/prickar/"):
        page = client.get(f"/forum/{room.forum.slug}/{path}").text
        assert TOO_FEW in page
        assert GONE not in page
        assert "3 personer" not in page


@pytest.mark.parametrize("grouped_by", ["tables", "units"])
def test_the_words_and_numbers_are_those_of_the_result(thinned, client_as, grouped_by):
    room = thinned(people=0, grouped_by=grouped_by)
    wall = wall_of(room.work, "any")
    assert {word["label"] for column in wall["columns"] for word in column["concepts"]} == {"tillit", "mod"}
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/")
    assert "<strong>2</strong> anteckningar" in page.text
    assert 'data-view="words"' in page.text
    assert "De första orden" not in page.text
