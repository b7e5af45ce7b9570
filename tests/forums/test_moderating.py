"""Looking after what is written: the list of insults, notes held back, marks for the summary."""

import pytest
from django.urls import reverse

from accounts.models import LogEntry
from forums.counting import figures_of
from forums.guarding import NoWord, add_insult, remove_insult, withheld_in
from forums.models import Insult, Note
from forums.moderating import hide_note, let_through, mark_for_summary
from forums.noting import NoteRefused

from .room import E, make_room


@pytest.fixture
def room(cast):
    Insult.objects.all().delete()
    add_insult("Idiot!", by=cast.fatima)
    add_insult("ren skojare", by=cast.fatima)
    room = make_room(cast)
    room.open(E)
    return room


@pytest.mark.parametrize(
    "text",
    ["Vilken idiot.", "IDIOTER!", "alla dessa idioterna …", "”idiotens” fel", "Han är en ren skojare, ju"],
)
def test_a_word_is_found_in_all_its_forms(room, text):
    assert len(withheld_in("Lugnt och fint", [text])) == 1


@pytest.mark.parametrize(
    "text", ["Idiomatiskt språk", "idiosynkrasi", "Rent vatten och en skojare", "", "Tillit", "ren"]
)
def test_other_words_are_left_alone(room, text):
    assert not withheld_in(text, [])


def test_the_list_is_kept_by_people(room, cast):
    assert add_insult("  idiot", by=cast.karin) == Insult.objects.get(text="idiot")
    with pytest.raises(NoWord):
        add_insult("!?", by=cast.karin)
    for _ in range(2):
        remove_insult(Insult.objects.filter(text="idiot").first() or Insult(pk=0), by=cast.karin)
    assert not withheld_in("idioterna", [])
    events = LogEntry.objects.filter(event__startswith="insult").values_list("event", flat=True)
    assert sorted(events) == ["insult.added", "insult.added", "insult.removed"]


@pytest.mark.parametrize(
    ("text", "keywords"), [("Chefen är en idiot", []), ("Chefen är inte klok", ["idioter"])]
)
def test_a_note_with_an_insult_is_kept_but_neither_shown_nor_counted(room, text, keywords):
    before = LogEntry.objects.count()
    note = room.write(1, E, text, *keywords)
    assert note.is_held
    assert not Note.objects.shown().exists()
    assert figures_of(room.work)["notes"]["total"] == 0
    assert LogEntry.objects.count() == before  # nothing that could tell when it was written, or by whom
    let_through(note, by=room.cast.olof)
    let_through(note, by=room.cast.elsa)
    assert figures_of(room.work)["notes"]["total"] == 1
    assert LogEntry.objects.filter(event="note.let_through").count() == 1


def test_its_writer_may_find_another_word(room):
    note = room.write(1, E, "Vilka idioter", "idiot")
    assert not room.write(1, E, "Vi möts inte", "möten", note_id=note.pk).is_held
    assert Note.objects.shown().get().text == "Vi möts inte"


def test_what_has_been_let_through_is_not_held_again_for_the_same_word(room):
    note = room.write(1, E, "Ingen är en idiot")
    let_through(note, by=room.cast.olof)
    assert not room.write(1, E, "Ingen är väl en idiot", note_id=note.pk).is_held
    assert room.write(1, E, "Du är en idiot och en ren skojare", note_id=note.pk).is_held


def test_a_held_note_is_hidden_for_good_with_a_reason(room):
    note = room.write(1, E, "Vilken idiot")
    with pytest.raises(NoteRefused):
        hide_note(note, reason="", by=room.cast.olof)
    note = hide_note(note, reason="Ett påhopp", by=room.cast.olof)
    assert (note.is_held, note.hidden_reason) == (False, "Ett påhopp")
    let_through(note, by=room.cast.olof)
    assert not Note.objects.shown().exists()
    with pytest.raises(NoteRefused):
        room.write(1, E, "Ett vänligare ord", note_id=note.pk)


def test_nothing_is_let_into_a_count_that_is_frozen(room):
    note = room.write(1, E, "Vilken idiot")
    room.close()
    with pytest.raises(NoteRefused):
        let_through(note, by=room.cast.olof)
    assert not Note.objects.shown().exists()


def test_a_note_is_marked_for_the_summary_and_the_mark_taken_off(room):
    note, held = room.write(1, E, "Vi behöver tid"), room.write(1, E, "Vilken idiot")
    for _ in range(2):
        mark_for_summary(note, marked=True, by=room.cast.olof)
    assert Note.objects.for_summary().get() == note
    with pytest.raises(NoteRefused):
        mark_for_summary(held, marked=True, by=room.cast.olof)
    room.close()
    mark_for_summary(note, marked=False, by=room.cast.elsa)
    assert not Note.objects.for_summary().exists()
    assert LogEntry.objects.filter(event__in=["note.marked", "note.unmarked"]).count() == 2


def test_the_list_is_changed_by_those_who_arrange_and_write(cast, client_as):
    address = reverse("forums:insults")
    Insult.objects.all().delete()
    for person in (cast.fatima, cast.karin, cast.ada):
        client = client_as(person)
        assert client.post(address, {"text": f"Skojare {person.given_name}!"}).status_code == 302
        word = Insult.objects.get()
        assert word.text == f"skojare {person.given_name.lower()}"
        assert word.text in client.get(address).text
        gone = reverse("forums:remove_insult", args=[word.pk])
        assert [client.post(gone).status_code for _ in range(2)] == [302, 302]
        assert not Insult.objects.exists()
    for person in (cast.per, cast.maja, cast.elsa, cast.gunnar):
        client = client_as(person)
        assert client.get(address).status_code == 403
        assert client.post(address, {"text": "skojare"}).status_code == 403
        assert client.post(gone).status_code == 403
    assert not Insult.objects.exists()


@pytest.mark.parametrize("typed", ["", "  ", "?!", "x" * 61])
def test_what_is_no_word_is_told_beside_the_field_and_kept(cast, client_as, typed):
    before = Insult.objects.count()
    page = client_as(cast.fatima).post(reverse("forums:insults"), {"text": typed})
    assert page.status_code == 409
    assert list(page.context["form"].errors) == ["text"]
    assert not typed.strip() or f'value="{typed}"' in page.text
    assert Insult.objects.count() == before
