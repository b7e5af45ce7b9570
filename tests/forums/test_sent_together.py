"""What a browser kept while it had no network, sent all at once."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forums.guarding import add_insult
from forums.models import Note, Registration
from forums.moderating import hide_note
from forums.noting import NoteRefused, SentNote, StaleNote, write_notes

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=3, each=2)
    room.open(E)
    return room


def sent(room, **fields):
    return {"note_id": uuid.uuid4(), "question": room.question.pk, "text": "Mod.", "revision": 0, **fields}


def post_together(client, room, *notes, number=None):
    fields = {f"{place}-{name}": value for place, note in enumerate(notes) for name, value in note.items()}
    address = f"/forum/{room.forum.slug}/grupparbete/"
    fields["notes"] = len(notes) if number is None else number
    return client.post(address, fields, headers={"accept": "application/json"})


def test_all_are_saved_by_one_request_and_are_the_browsers_own(room, client_as):
    client = client_as(room.seated[2, E][0])
    notes = [sent(room, text=f"Tanke {n}.", keywords=["tillit", f"ord {n}"]) for n in range(20)]
    answer = post_together(client, room, *notes)
    assert answer.json() == {"notes": [{"saved": str(note["note_id"]), "held": False} for note in notes]}
    assert {note.pk: note.text for note in Note.objects.all()} == {
        note["note_id"]: note["text"] for note in notes
    }
    for note in Note.objects.all():
        assert (note.table, note.side, note.author) == (room.tables[1], E, None)
        assert {term.text for term in note.terms.all()} == {"tillit", f"ord {note.text[6:-1]}"}
    page = client.get(f"/forum/{room.forum.slug}/grupparbete/?andra=20")
    assert page.context["form"].initial["text"] == "Tanke 19."


def test_twenty_cost_the_database_hardly_more_than_one(room, client_as, django_assert_max_num_queries):
    """A room that comes back after a break in the network sends all that it kept in the same seconds."""
    client = client_as(room.seated[1, E][0])
    room.write(1, E, "Mod.", "mod")  # a word that there is
    for number in (1, 20):
        notes = [sent(room, keywords=["mod"]) for _ in range(number)]
        with django_assert_max_num_queries(13):
            assert post_together(client, room, *notes).status_code == 200
    assert Note.objects.count() == 22


def test_each_is_saved_or_refused_by_itself(room, client_as):
    add_insult("skojare", by=room.cast.fatima)
    client, known = client_as(room.seated[1, E][0]), sent(room, text="Från datorn.")
    post_together(client, room, known)
    hidden = sent(room, text="Göms.")
    post_together(client, room, hidden)
    hide_note(Note.objects.get(pk=hidden["note_id"]), reason="Namn", by=room.cast.fatima)
    room.write(1, E, "Ändrad på telefonen.", "mod", note_id=known["note_id"])
    others = room.write(2, E, "En annans.")
    answer = post_together(
        client,
        room,
        sent(room, text=""),
        sent(room, text="Får plats."),
        sent(room, text="x" * 501),
        sent(room, text="En skojare."),
        sent(room, note_id=known["note_id"], text="Från datorn, igen.", revision=1),
        sent(room, note_id=hidden["note_id"], text="Göms inte."),
        sent(room, note_id=others.pk, text="Min nu."),
        sent(room, question=0),
        sent(room, note_id="inget nummer"),
        sent(room, text="Får också plats.", keywords=["x" * 61]),
        sent(room, text="Sist.", keywords=["dialog"]),
    )
    assert answer.status_code == 200
    told = answer.json()["notes"]
    assert [list(each.get("errors", ["saved"])) for each in told] == [
        ["text"],
        ["saved"],
        ["text"],
        ["saved"],
        ["__all__"],
        ["__all__"],
        ["__all__"],
        ["question"],
        ["note_id"],
        ["keywords"],
        ["saved"],
    ]
    assert [each["held"] for each in told if "saved" in each] == [False, True, False]
    assert told[4]["theirs"] == {"revision": 2, "text": "Ändrad på telefonen.", "keywords": ["mod"]}
    assert sorted(Note.objects.values_list("text", flat=True)) == [
        "En annans.",
        "En skojare.",
        "Får plats.",
        "Göms.",
        "Sist.",
        "Ändrad på telefonen.",
    ]


@pytest.mark.parametrize("number", ["0", "-1", "21", "²", "9" * 5000, "", "två"])
def test_what_cannot_be_understood_changes_nothing(room, client_as, number):
    client = client_as(room.seated[1, E][0])
    assert post_together(client, room, sent(room), number=number).status_code == 400
    assert not Note.objects.exists()


def test_one_id_twice_is_not_understood(room, client_as):
    note = sent(room)
    again = note | {"note_id": str(note["note_id"]).upper(), "text": "Annat."}
    assert post_together(client_as(room.seated[1, E][0]), room, note, again).status_code == 400
    assert not Note.objects.exists()


def test_those_without_a_seat_or_a_turn_save_none(room, client_as):
    for person in (room.cast.per, room.cast.karin, room.cast.fatima, room.cast.former):
        assert post_together(client_as(person), room, sent(room), sent(room)).status_code == 403
    told = post_together(client_as(room.seated[1, O][0]), room, sent(room), sent(room)).json()["notes"]
    assert [list(each["errors"]) for each in told] == [["__all__"], ["__all__"]]
    Registration.objects.filter(person=room.seated[1, E][0]).update(table=None)
    assert post_together(client_as(room.seated[1, E][0]), room, sent(room)).status_code == 403
    assert not Note.objects.exists()


WORDS = st.lists(st.sampled_from(["tillit", "Tilliten!", "mod", "skojare", "x" * 61]), max_size=2)
MOVES = st.tuples(
    st.integers(0, 3),  # which note
    st.sampled_from(["Vi behöver lita på varandra.", "Mod.", "En skojare.", "", "x" * 501]),
    WORDS,
    st.sampled_from([0, 1, 2, None]),  # the revision that its writer saw
)
BUNDLES = st.lists(st.lists(MOVES, min_size=1, max_size=4, unique_by=lambda move: move[0]), max_size=4)


@given(BUNDLES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_however_notes_are_bundled_they_are_as_if_each_had_come_alone(room, bundles):
    add_insult("skojare", by=room.cast.fatima)
    together, alone = ([uuid.uuid4() for _ in range(4)] for _ in range(2))

    def told_of(table, ids, moves):
        notes = [
            SentNote(note_id=ids[n], question=room.question, text=text, keywords=words, revision=revision)
            for n, text, words, revision in moves
        ]
        writer = room.seated[table, E][0]
        told = write_notes(notes, table=room.tables[table - 1], side=E, by=writer)
        return [_kind_of(each) for each in told]

    for moves in bundles:
        one_by_one = [kind for move in moves for kind in told_of(2, alone, [move])]
        assert told_of(1, together, moves) == one_by_one
    assert [_kept(pk) for pk in together] == [_kept(pk) for pk in alone]


def _kind_of(told):
    if isinstance(told, NoteRefused):
        return type(told), told.field, isinstance(told, StaleNote) and told.note.text
    return told.text, told.revision, told.is_held


def _kept(pk):
    note = Note.objects.filter(pk=pk).first()
    words = note and sorted(note.mentions.values_list("term__text", "written"))
    return note and (note.text, note.revision, note.is_held, bool(note.hidden_at), words)
