"""Mending one's own note after its turn, until the room puts its dots or the group work is closed."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from forums.counting import figures_of
from forums.guarding import add_insult
from forums.models import Note
from forums.moderating import hide_note
from forums.noting import NoteRefused, StaleNote
from forums.prioritising import close_dots, open_dots, put_dot
from forums.working import close_round, reopen_round

from .room import E, O, make_room

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 10, 8, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def room(cast):
    return make_room(cast)


@pytest.fixture
def note(room):
    """One of the elected members' notes, whose turn is over."""
    room.open(E)
    note = room.write(1, E, "Vi behöver tilit.", "tillit")
    close_round(room.round_of(E), by=room.cast.fatima)
    return note


def mend(room, note, text="Vi behöver tillit.", *keywords, **more):
    return room.write(1, E, text, *(keywords or ["tillit"]), note_id=note.pk, **more)


@pytest.mark.parametrize("others_write", [False, True])
def test_a_slip_is_mended_between_the_rounds_and_in_the_others_turn(room, note, others_write):
    if others_write:
        room.open(O)
    mend(room, note, "Vi behöver mod.", "mod")
    assert [concept["label"] for concept in figures_of(room.work)["concepts"]] == ["mod"]
    with pytest.raises(NoteRefused):
        room.write(1, E, "En ny, för sent")
    mended = Note.objects.get()
    assert (mended.text, mended.side, mended.revision) == ("Vi behöver mod.", E, 2)


def test_a_mended_note_stays_where_it_was_in_the_order_of_time(room):
    with time_machine.travel(NOON, tick=False) as clock:
        room.open(E)
        note = room.write(1, E, "Vi behöver tilit.")
        clock.shift(timedelta(minutes=5))
        room.open(O)
        clock.shift(timedelta(minutes=5))
        room.write(1, O, "Det senaste")
        clock.shift(timedelta(minutes=5))
        mend(room, note)
    # Of an anonymous note nothing but the end of its round is remembered (decisions/0610).
    assert Note.objects.get(pk=note.pk).written_at == NOON + timedelta(minutes=5)
    assert next(iter(Note.objects.all())).text == "Det senaste"


def test_others_mend_nothing(room, note):
    for by in (room.seated[2, E][0], room.seated[1, O][0], room.cast.per, room.cast.fatima):
        with pytest.raises(NoteRefused):
            mend(room, note, by=by)
    named = make_room(room.cast, anonymous=False)
    named.open(E)
    signed = named.write(1, E, "Mitt namn står här")
    named.open(O)
    with pytest.raises(NoteRefused):
        named.write(1, E, "Ändrad av en annan", note_id=signed.pk, by=named.seated[1, E][1])
    assert set(Note.objects.values_list("text", flat=True)) == {"Vi behöver tilit.", "Mitt namn står här"}


def test_a_frozen_result_is_not_upset(room, note):
    frozen = room.close().figures
    with pytest.raises(NoteRefused) as refusal:
        mend(room, note, "Vi behöver mod.", "mod")
    assert "stängt" in str(refusal.value)
    assert Note.objects.get().text == "Vi behöver tilit."
    assert figures_of(room.work)["concepts"] == frozen["concepts"]


def test_what_was_hidden_stays_hidden_and_what_is_mended_is_read_for_insults(room, note):
    add_insult("skojare", by=room.cast.fatima)
    assert mend(room, note, "Vilken skojare.").is_held
    assert not Note.objects.shown().exists()
    assert not mend(room, note, "Vilken sak.").is_held
    hide_note(note, reason="Påhopp", by=room.cast.olof)
    with pytest.raises(NoteRefused):
        mend(room, note, "Vi behöver tillit.")
    assert not Note.objects.shown().exists()


def test_two_who_mend_the_same_note_overwrite_nothing(room, note):
    mend(room, note, "Från telefonen", revision=1)
    with pytest.raises(StaleNote):
        mend(room, note, "Från datorn", revision=1)
    assert Note.objects.get().text == "Från telefonen"


def test_notes_stay_as_they_are_once_people_judge_them(room, note):
    room.open(O)
    other = room.write(1, O, "Utan prick")
    close_round(room.round_of(O), by=room.cast.fatima)
    work = open_dots(room.work, by=room.cast.fatima)
    put_dot(note, key=b"k" * 32, by=room.seated[1, O][0])
    with pytest.raises(NoteRefused):
        mend(room, note)
    close_dots(work, by=room.cast.fatima)
    with pytest.raises(NoteRefused):
        mend(room, note)
    reopen_round(room.round_of(E), by=room.cast.fatima)
    with pytest.raises(NoteRefused):
        mend(room, note)  # in its turn again, but people put dots on these words
    with pytest.raises(NoteRefused):
        room.write(1, O, "Ändrad", note_id=other.pk)
    close_round(room.round_of(E), by=room.cast.fatima)
    reopen_round(room.round_of(O), by=room.cast.fatima)
    room.write(1, O, "Ändrad", note_id=other.pk)
    assert set(Note.objects.values_list("text", flat=True)) == {"Vi behöver tilit.", "Ändrad"}


def test_the_page_offers_it_as_long_as_it_can_be_done(room, client_as):
    room.open(E)
    writer, neighbour = (client_as(person) for person in room.seated[1, E][:2])
    address = f"/forum/{room.forum.slug}/grupparbete/"
    data = {"question": room.question.pk, "text": "Vi behöver tilit.", "keywords": ["tillit"]}
    writer.post(address, data | {"note_id": "7c0b9e6e-5f6c-4c0e-9d0e-2f8f5f3c1a11"})
    note, link = Note.objects.get(), 'href="?andra=1"'
    room.open(O)
    page = writer.get(address)
    assert link in page.text
    assert "Du kan fortfarande ändra det du har skrivit" in page.text
    assert link not in neighbour.get(address).text
    wall = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/innehall/")
    seen = neighbour.get(address + "innehall/")
    mended = data | {"note_id": note.pk, "revision": 1, "text": "Vi behöver tillit."}
    assert "Din anteckning är sparad" in writer.post(address, mended, follow=True).text
    for client, part, before in (
        (neighbour, address + "innehall/", seen),
        (client_as(room.cast.fatima), f"/forum/{room.forum.slug}/skarm/innehall/", wall),
    ):
        told = client.get(part, headers={"if-none-match": before["ETag"]})
        assert "Vi behöver tillit." in told.text
    close_round(room.round_of(O), by=room.cast.fatima)
    assert link in writer.get(address).text
    open_dots(room.work, by=room.cast.fatima)
    assert link not in writer.get(address).text
    refused = writer.post(address, mended | {"revision": 2, "text": "Vi behöver mod."})
    assert refused.status_code == 409
    assert "Vi behöver mod." in refused.text
    room.close()
    assert link not in writer.get(address).text
    assert Note.objects.get().text == "Vi behöver tillit."


def test_who_cannot_save_is_told_before_they_have_written(room, client_as):
    phone = client_as(room.seated[1, E][0])
    address = f"/forum/{room.forum.slug}/grupparbete/"
    told = "Börja gärna skriva, så sparar du när det är din sidas tur."
    assert told in phone.get(address).text
    room.open(E)
    assert told not in phone.get(address).text
    room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    close_round(room.round_of(E), by=room.cast.fatima)
    page = phone.get(address).text
    assert told in page
    assert "Du kan fortfarande ändra det du har skrivit." in page
    open_dots(room.work, by=room.cast.fatima)
    assert told not in phone.get(address).text
    close_dots(room.work, by=room.cast.fatima)
    page = phone.get(address).text
    assert "Just nu går det inte att spara något nytt." in page
    assert told not in page
    room.close()
    assert "Just nu går det inte att spara" not in phone.get(address).text
