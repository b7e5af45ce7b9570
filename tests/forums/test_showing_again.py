"""A note hidden by mistake is shown again while the group work is open."""

import pytest

from accounts.models import LogEntry
from forums.counting import figures_of
from forums.models import Insult, Note
from forums.moderating import hide_note, let_through, mark_for_summary, show_again
from forums.noting import NoteRefused
from forums.prioritising import close_dots, open_dots, put_dot
from forums.showing import figures_at
from forums.stamping import stamp_of_wall
from forums.working import close_round

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    room.note = room.write(1, E, "Vi behöver lita på varandra", "tillit", "mod")
    room.write(2, E, "Vi behöver tid", "tillit")
    return room


def figures(room):
    """What the frozen result would say, and what the wall says, which must be the same."""
    counted, tallied = figures_of(room.work), figures_at(room.work, stamp_of_wall(room.work))
    tables = [{one["label"]: one["tables"] for one in told["concepts"]} for told in (counted, tallied)]
    assert tables[0] == tables[1]
    assert counted["notes"] == tallied["notes"]
    return counted["notes"]["total"], tables[0]


def address(room, note=None, deed="visa-igen"):
    lead = f"/forum/{room.forum.slug}/grupparbete/leda/"
    return f"{lead}{deed}/{note.handle}/" if note else lead


def test_it_counts_as_before_and_once(room, cast):
    before = figures(room)
    mark_for_summary(room.note, marked=True, by=cast.olof)
    hide_note(room.note, reason="Fel knapp", by=cast.olof)
    assert figures(room) == (1, {"tillit": 1})
    for leader in (cast.elsa, cast.olof):
        note = show_again(room.note, by=leader)
    assert (note.hidden_at, note.hidden_reason, note.is_for_summary) == (None, "", True)
    assert figures(room) == before == (2, {"tillit": 2, "mod": 1})
    entry = LogEntry.objects.get(event="note.shown_again")
    assert (entry.by, entry.details) == (cast.elsa, {"table": 1})
    hide_note(room.note, reason="Ändå", by=cast.olof)
    assert figures(room) == (1, {"tillit": 1})


def test_its_writer_may_change_it_again(room):
    hide_note(room.note, reason="Fel knapp", by=room.cast.olof)
    with pytest.raises(NoteRefused):
        room.write(1, E, "Tillit tar tid", "tillit", note_id=room.note.pk)
    show_again(room.note, by=room.cast.olof)
    assert room.write(1, E, "Tillit tar tid", "tillit", note_id=room.note.pk).text == "Tillit tar tid"


def test_its_dots_count_again_and_nobody_has_a_fourth(room, cast):
    others = [room.write(1, E, f"Tanke {number}") for number in range(3)]
    close_round(room.round_of(E), by=cast.fatima)
    open_dots(room.work, by=cast.fatima)
    keeper, mover = room.seated[1, E][:2]
    for person, key in ((keeper, b"k" * 32), (mover, b"m" * 32)):
        for note in (room.note, *others[:2]):
            put_dot(note, key=key, by=person)
    hide_note(room.note, reason="Fel knapp", by=cast.olof)
    put_dot(others[2], key=b"m" * 32, by=mover)  # the dot that was on it has come back
    show_again(room.note, by=cast.olof)
    close_dots(room.work, by=cast.fatima)
    told = Note.objects.priorities_of(room.work).values_list("text", "dots_in_all")
    assert dict(told) == {room.note.text: 1, "Tanke 0": 2, "Tanke 1": 2, "Tanke 2": 1}


def test_a_note_that_waits_for_a_look_is_not_shown_by_this(room):
    Insult.objects.get_or_create(text="skojare")
    held = room.write(1, E, "Vilken skojare")
    assert show_again(held, by=room.cast.olof).is_held
    hide_note(held, reason="Ett påhopp", by=room.cast.olof)
    assert let_through(held, by=room.cast.olof).hidden_at
    assert show_again(held, by=room.cast.olof).hidden_at is None


def test_when_it_is_closed_the_count_stays(room, client_as):
    hide_note(room.note, reason="Fel knapp", by=room.cast.olof)
    room.close()
    with pytest.raises(NoteRefused):
        show_again(room.note, by=room.cast.olof)
    client = client_as(room.cast.olof)
    assert room.note.text not in client.get(address(room)).text
    told = client.post(address(room, room.note), follow=True).text
    assert "grupparbetet är stängt" in told.lower()
    assert Note.objects.get(pk=room.note.pk).hidden_at
    assert not LogEntry.objects.filter(event="note.shown_again").exists()


@pytest.mark.parametrize("leader", ["fatima", "olof", "elsa"])
def test_those_who_may_hide_show_it_again_from_the_page(room, client_as, leader):
    client = client_as(getattr(room.cast, leader))
    part = address(room) + "anteckningar/"
    before = client.get(part)
    assert "Dolda anteckningar" not in before.text
    hidden = {f"{room.note.handle}-reason": "Fel knapp"}
    page = client.post(address(room, room.note, "dolj"), hidden, follow=True).text
    assert "Dolda anteckningar" in page
    assert "Fel knapp" in page
    assert address(room, room.note) in client.get(part, headers={"if-none-match": before["ETag"]}).text
    page = client.post(address(room, room.note), follow=True).text
    assert "Anteckningen visas igen." in page
    assert "Dolda anteckningar" not in page
    assert room.note.text in client.get(f"/forum/{room.forum.slug}/skarm/").text


def test_nobody_else_does(room, client_as):
    hide_note(room.note, reason="Fel knapp", by=room.cast.olof)
    for person in (room.cast.per, room.cast.karin, *room.seated[1, E][:1], *room.seated[2, O][:1]):
        assert client_as(person).post(address(room, room.note)).status_code == 403
    assert client_as(room.cast.folke).post(address(room, room.note)).status_code in (403, 404)
    assert client_as(room.cast.olof).get(address(room, room.note)).status_code == 405
    assert not Note.objects.shown().filter(pk=room.note.pk).exists()
