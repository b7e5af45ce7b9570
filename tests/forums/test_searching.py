"""Those who lead find any note that is shown, by a word or by its table, and can hide it."""

import pytest
from django.urls import reverse

from forums.counting import figures_of
from forums.models import Note
from forums.searching import notes_about

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=3, each=5)
    room.open(E)
    return room


def found(room, text):
    return {note.text for note in notes_about(room.work, text, figures=figures_of(room.work))}


def write_many(room, number, said="Tanke"):
    for place in range(number):
        room.write(1 + place % 3, E, f"{said} {place}")


def test_a_note_that_has_slid_out_of_the_latest_is_found_and_hidden(room, client_as):
    first = room.write(2, E, "Ett påhopp på någon", "hövlighet")
    write_many(room, 13)
    client = client_as(room.cast.olof)
    address = reverse("forums:lead", args=[room.forum.slug])
    assert "Ett påhopp" not in client.get(address).text
    for text in ("PÅHOPP", "hövlig", "bord 2", "Table 2", "2"):
        page = client.get(address, {"q": text})
        assert first in list(page.context["page"]), text
    assert client.get(address, {"q": "finns inte"}).context["page"].paginator.count == 0
    page = client.get(address, {"q": "påhopp"})
    hide = reverse("forums:hide_note", args=[room.forum.slug, first.handle]) + "?q=p%C3%A5hopp"
    assert f'action="{hide}"' in page.text
    refused = client.post(hide, {f"{first.handle}-reason": ""})
    assert refused.status_code == 409
    assert "Ett påhopp" in refused.text
    answer = client.post(hide, {f"{first.handle}-reason": "Pekar ut någon"})
    assert answer.url == f"{address}?q=p%C3%A5hopp#lead-notes"
    assert not Note.objects.shown().filter(pk=first.pk).exists()
    after = client.get(answer.url).context
    assert first not in list(after["page"])
    assert after["hidden"] == [first]  # where it can be shown again


def test_all_notes_stand_on_pages_once_each(room, client_as):
    write_many(room, 40)
    client = client_as(room.cast.olof)
    address = reverse("forums:lead", args=[room.forum.slug])
    pages = [client.get(address, {"q": "", "page": number}) for number in (1, 2)]
    seen = [note.text for page in pages for note in page.context["page"]]
    assert sorted(seen) == sorted(Note.objects.values_list("text", flat=True))
    assert "?q=&amp;page=2" in pages[0].text
    # What follows the room beside them shows what waits, and not the latest ones once more.
    part = reverse("forums:lead_notes", args=[room.forum.slug])
    assert f'hx-get="{part}?q=&amp;page=2"' in pages[1].text
    assert "Tanke" not in client.get(part, {"q": ""}).text
    assert "Tanke" in client.get(part).text


@pytest.mark.parametrize("asked", [{"q": "tanke"}, {"q": "bord 1"}, {"q": "", "page": "1"}])
def test_the_queries_are_as_many_for_one_note_as_for_thirty(
    room, client_as, asked, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(room.cast.olof)
    address = reverse("forums:lead", args=[room.forum.slug])
    room.write(1, E, "Tanke ett", "tillit")
    client.get(address, asked)
    with django_assert_max_num_queries(40) as one:
        client.get(address, asked)
        queries = len(one)
    for number in range(30):
        room.write(1, E, f"Tanke {number}", "tillit", f"ord {number}")
    client.get(address, asked)
    with django_assert_num_queries(queries):
        client.get(address, asked)


def test_an_anonymous_note_is_found_by_no_table_that_it_does_not_tell(cast):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    for table in (1, 2):
        room.write(table, E, f"Bara vi, bord {table}", "mod", "tid")
        room.write(table, E, f"Utan ord vid {table}")
    room.open(O)
    room.write(1, O, "Bara de", "kunskap", "lag")
    assert found(room, "bord 2") == {"Utan ord vid 2"}
    assert found(room, "mod") == {"Bara vi, bord 1", "Bara vi, bord 2"}


def test_tables_too_small_to_be_told_are_found_together_when_it_is_over(cast):
    room = make_room(cast, tables=2, each=3)
    room.open(E)
    for table in (1, 2):
        room.write(table, E, f"En tanke vid {table}")
    assert found(room, "2") == {"En tanke vid 2"}  # the word: none is told to come from there
    assert found(room, "bord 1") == set()
    room.close()
    room.work.refresh_from_db()
    assert found(room, "bord 1") == found(room, "bord 2") == {"En tanke vid 1", "En tanke vid 2"}


def test_a_named_note_is_found_by_its_table_however_small(cast):
    room = make_room(cast, tables=2, each=1, anonymous=False)
    room.open(E)
    for table in (1, 2):
        room.write(table, E, f"En tanke vid {table}")
    assert found(room, "bord 2") == {"En tanke vid 2"}
