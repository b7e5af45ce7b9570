"""Group work through the browser: writing, leading, the wall."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from forums.merging import merge
from forums.models import GroupWork, Note, Result
from forums.noting import hide_note
from forums.showing import wall_of
from forums.wording import concept_for
from forums.working import close_round, open_round
from tests.cast import assign

from .room import E, O, make_forum, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return make_room(cast, tables=3, each=5)


def post_note(client, room, **fields):
    data = {
        "note_id": uuid.uuid4(),
        "question": room.question.pk,
        "text": "Vi behöver lita på varandra.",
        "keywords": ["tillit", ""],
        **fields,
    }
    headers = {"accept": "application/json"} if data.pop("as_script", False) else {}
    return client.post(f"/forum/{room.forum.slug}/grupparbete/", data, headers=headers)


def test_a_note_is_saved_from_the_writers_own_seat(room, client_as):
    room.open(E)
    client = client_as(room.seated[2, E][0])
    page = client.get(f"/forum/{room.forum.slug}/grupparbete/")
    assert "Vad behöver vi av varandra?" in page.text
    answer = post_note(client, room, text="Rad ett\r\nRad två", keywords=["tillit, mod", "dialog"])
    assert answer.status_code == 302
    note = Note.objects.get()
    assert (note.table, note.side, note.text) == (room.tables[1], E, "Rad ett\nRad två")
    assert {term.text for term in note.terms.all()} == {"tillit", "mod", "dialog"}
    assert "Rad två" in client.get(answer.url).text


def test_sent_twice_it_is_one_note(room, client_as):
    room.open(E)
    client = client_as(room.seated[1, E][0])
    note_id = uuid.uuid4()
    for _ in range(2):
        answer = post_note(client, room, note_id=note_id, as_script=True)
        assert answer.json() == {"saved": str(note_id)}
    assert Note.objects.count() == 1


def test_what_was_typed_is_kept_when_the_round_has_closed(room, client_as):
    room.open(O)
    client = client_as(room.seated[1, E][0])
    answer = post_note(client, room, text="Min halvskrivna tanke", keywords=["långsiktighet"])
    assert answer.status_code == 409
    assert "Min halvskrivna tanke" in answer.text
    assert 'value="långsiktighet"' in answer.text
    refused = post_note(client, room, as_script=True)
    assert refused.status_code == 409
    assert "__all__" in refused.json()["errors"]
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"text": "x\0y"}, "text"),
        ({"keywords": list("abcdefg")}, "keywords"),
        ({"keywords": ["x" * 61]}, "keywords"),
        ({"note_id": "not an id"}, "note_id"),
        ({"question": 0}, "question"),
    ],
)
def test_bad_input_is_told_beside_its_field(room, client_as, fields, field):
    room.open(E)
    client = client_as(room.seated[1, E][0])
    assert field in post_note(client, room, **fields, as_script=True).json()["errors"]
    refused = post_note(client, room, **{"text": "Mitt halva löfte"} | fields)
    assert refused.status_code == 409
    assert fields.get("text", "Mitt halva löfte").replace("\0", "") in refused.text.replace("\0", "")
    assert not Note.objects.exists()


def test_the_same_browser_may_change_its_note_and_others_may_not(room, client_as):
    room.open(E)
    mine, other = client_as(room.seated[1, E][0]), client_as(room.seated[1, E][1])
    post_note(mine, room, text="Första tanken")
    note = Note.objects.get()
    address = f"/forum/{room.forum.slug}/grupparbete/"
    assert 'href="?andra=1"' in mine.get(address).text
    assert str(note.pk) in mine.get(address + "?andra=1").text
    theirs = other.get(address + "?andra=1").text
    assert "Första tanken" in theirs
    assert str(note.pk) not in theirs
    assert 'href="?andra=1"' not in theirs
    post_note(mine, room, note_id=note.pk, text="Andra tanken")
    assert Note.objects.get().text == "Andra tanken"


@pytest.mark.parametrize("place", ["0", "2", "-1", "ett", "9" * 5000, "\0"])
def test_a_place_that_no_note_has_is_an_empty_form(room, client_as, place):
    room.open(E)
    client = client_as(room.seated[1, E][0])
    post_note(client, room, text="Första tanken")
    page = client.get(f"/forum/{room.forum.slug}/grupparbete/", {"andra": place})
    assert page.status_code == 200
    assert page.context["form"].initial.get("text") is None


def test_the_form_helps_in_the_readers_own_language(room, client_as):
    room.open(E)
    person = room.seated[1, E][0]
    address = f"/forum/{room.forum.slug}/grupparbete/"
    assert "högst 6" in client_as(person).get(address).text
    person.language = "en"
    person.save()
    assert "at most 6" in client_as(person).get(address).text


def test_no_page_tells_a_notes_secret_id(room, client_as):
    room.open(E)
    note = room.write(1, E, "En tanke", "tillit")
    slug = room.forum.slug
    for person, path in [
        (room.seated[1, E][1], "grupparbete/"),
        (room.seated[1, E][1], "grupparbete/innehall/"),
        (room.cast.fatima, "grupparbete/leda/"),
        (room.cast.fatima, "skarm/"),
    ]:
        page = client_as(person).get(f"/forum/{slug}/{path}").text
        assert "En tanke" in page
        assert str(note.pk) not in page
        assert note.pk.hex not in page


def test_who_may_write_and_who_may_not(room, client_as):
    room.open(E)
    address = f"/forum/{room.forum.slug}/grupparbete/"
    for person in (room.cast.per, room.cast.karin, room.cast.ada):  # see the forum, have no seat
        assert client_as(person).get(address).status_code == 403
        assert post_note(client_as(person), room).status_code == 403
    assert client_as(room.cast.fatima).get(address).status_code == 200  # leads, but has no voice
    assert post_note(client_as(room.cast.fatima), room).status_code == 403
    assert client_as(room.cast.former).get(address).status_code == 403
    assert not Note.objects.exists()


def test_a_forum_without_group_work_has_no_such_page(cast, client_as):
    forum = make_forum(cast)
    for path in ("grupparbete/", "grupparbete/leda/", "skarm/", "resultat/", "resultat.json"):
        assert client_as(cast.fatima).get(f"/forum/{forum.slug}/{path}").status_code == 404


def test_a_restricted_forums_work_does_not_exist_for_others(cast, client_as):
    room = make_room(cast, restricted=True)
    room.open(E)
    room.write(1, E, "Hemligt", "tillit")
    room.close()
    for path in ("grupparbete/", "skarm/", "skarm/innehall/", "resultat/", "resultat.json"):
        assert client_as(cast.yngve).get(f"/forum/{room.forum.slug}/{path}").status_code == 404
        assert client_as(room.seated[1, E][0]).get(f"/forum/{room.forum.slug}/{path}").status_code == 200


@pytest.mark.parametrize("leader", ["fatima", "olof", "elsa"])
def test_organiser_and_leaders_run_it_from_start_to_end(room, client_as, leader):
    client = client_as(getattr(room.cast, leader))
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    for path, fields in [
        ("oppna/", {}),
        ("runda/1/", {"to": "open"}),
        ("runda/1/", {"to": "open"}),
        ("runda/1/", {"to": "close"}),
        ("runda/2/", {"to": "open"}),
        ("runda/2/", {"to": "close"}),
    ]:
        assert client.get(address).status_code == 200
        assert client.post(address + path, fields).status_code == 302
    for _ in range(2):
        answer = client.post(address + "stang/")
        assert answer.url == f"/forum/{room.forum.slug}/resultat/"
    assert Result.objects.count() == 1
    assert client.get(address).status_code == 200


def test_others_lead_nothing(room, client_as):
    room.open(E)
    note = room.write(1, E, "En tanke")
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    for person in (room.cast.per, room.cast.karin, room.seated[1, E][0]):
        client = client_as(person)
        assert client.get(address).status_code == 403
        for path in ("oppna/", "runda/2/", "stang/", f"dolj/{note.handle}/"):
            assert client.post(address + path, {"reason": "x"}).status_code == 403
    assert GroupWork.objects.get().state == "open"
    assert Note.objects.shown().exists()
    for path in ("oppna/", "runda/2/", "stang/", f"dolj/{note.handle}/"):
        assert client_as(room.cast.fatima).get(address + path).status_code == 405


@pytest.mark.parametrize(("leader", "side"), [("olof", O), ("elsa", E)])
def test_a_leader_who_has_left_their_side_leads_no_more(room, client_as, leader, side):
    person = getattr(room.cast, leader)
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    assert client_as(person).get(address).status_code == 200
    assign(person, room.cast.units.board, "Ledamot", side=E if side == O else O)
    person.assignments.filter(side=side).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client_as(person).get(address).status_code == 403
    assert client_as(person).post(address + "oppna/").status_code == 403
    assert GroupWork.objects.get().state == "planned"


def test_a_note_is_hidden_with_a_reason_only(room, client_as):
    room.open(E)
    note = room.write(1, E, "Ett påhopp", "påhopp")
    client = client_as(room.cast.olof)
    address = f"/forum/{room.forum.slug}/grupparbete/leda/dolj/{note.handle}/"
    assert client.post(address, {f"{note.handle}-reason": ""}).status_code == 409
    assert Note.objects.shown().exists()
    assert client.post(address, {f"{note.handle}-reason": "Pekar ut någon"}).status_code == 302
    assert not Note.objects.shown().exists()
    assert "påhopp" not in client.get(f"/forum/{room.forum.slug}/skarm/").text.lower()
    assert client.post(address.replace(note.handle, "0" * 20), {}).status_code == 404


def test_the_wall_answers_304_until_something_happens(room, client_as):
    room.open(E)
    client = client_as(room.cast.fatima)
    address = f"/forum/{room.forum.slug}/skarm/innehall/"
    seen = client.get(address)
    note = room.write(1, E, "Lita på oss", "tillit")
    changes = [
        lambda: room.write(1, E, "Lita på oss", "tillit", "mod", note_id=note.pk),
        lambda: room.write(1, E, "Lita på oss", "tillit", "dialog", note_id=note.pk),
        lambda: room.write(1, E, "Lita på oss alla", "tillit", "dialog", note_id=note.pk),
        lambda: merge(concept_for("dialog"), into=concept_for("tillit"), by=room.cast.karin),
        lambda: hide_note(note, reason="Pekar ut någon", by=room.cast.fatima),
        lambda: room.open(O),
        room.close,
    ]
    for change in changes:
        answer = client.get(address, headers={"if-none-match": seen["ETag"]})
        assert answer.status_code == 200
        assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
        seen = answer
        change()
    assert client.get(address, headers={"if-none-match": seen["ETag"]}).status_code == 200


def test_a_phone_answers_304_until_its_own_table_or_the_turn_changes(room, client_as):
    room.open(E)
    client = client_as(room.seated[1, E][0])
    address = f"/forum/{room.forum.slug}/grupparbete/innehall/"

    def is_new(etag=None):
        answer = client.get(address, headers={"if-none-match": etag or seen["ETag"]})
        assert answer.status_code in (200, 304)
        return answer.status_code == 200

    seen = client.get(address)
    elsewhere = make_room(room.cast, tables=1)
    elsewhere.open(E)
    elsewhere.write(1, E, "I ett annat rum", "tillit")
    room.write(2, E, "Vid ett annat bord", "tillit")
    assert not is_new()
    note = room.write(1, E, "Vid mitt bord", "tillit")
    assert is_new()
    for change in (
        lambda: room.write(1, E, "Vid mitt bord", "mod", note_id=note.pk),
        lambda: room.write(1, E, "Vid vårt bord", "mod", note_id=note.pk),
        lambda: hide_note(note, reason="Pekar ut någon", by=room.cast.fatima),
        lambda: close_round(room.round_of(E), by=room.cast.fatima),
        lambda: open_round(room.round_of(O), by=room.cast.fatima),
        room.close,
    ):
        seen = client.get(address)
        assert not is_new()
        change()
        assert is_new()


def test_the_lead_page_follows_the_room(room, client_as):
    client = client_as(room.cast.olof)
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    parts = [address + "turen/", address + "anteckningar/"]
    seen = [client.get(part)["ETag"] for part in parts]

    def news():
        """Status and text of either part, after what was seen."""
        answers = [
            client.get(part, headers={"if-none-match": etag}) for part, etag in zip(parts, seen, strict=True)
        ]
        seen[:] = [answer["ETag"] for answer in answers]
        return [answer.text if answer.status_code == 200 else None for answer in answers]

    assert news() == [None, None]
    room.open(E)
    turn, _notes = news()
    assert "Nu skriver de förtroendevalda" in turn
    note = room.write(1, E, "En tanke", "tillit")
    turn, notes = news()
    assert turn is None
    assert "En tanke" in notes
    assert f"dolj/{note.handle}/" in notes
    assert "csrfmiddlewaretoken" in notes
    assert news() == [None, None]


def test_many_who_watch_the_wall_cost_one_rendering(room, client_as, monkeypatch):
    made = []
    monkeypatch.setattr("forums.views.showing.wall_of", lambda *about: made.append(about) or wall_of(*about))
    room.open(E)
    room.write(1, E, "En tanke", "tillit")
    watchers = [client_as(person) for person in (room.cast.fatima, *room.seated[1, E])]
    walls = {
        watcher.get(f"/forum/{room.forum.slug}/skarm/innehall/").text for watcher in watchers for _ in "twice"
    }
    assert len(walls) == len(made) == 1
    room.write(2, E, "En till", "tillit")
    assert "En till" in watchers[0].get(f"/forum/{room.forum.slug}/skarm/").text
    assert len(made) == 2


def test_the_wall_and_the_tables_cost_the_same_with_thirty_notes(room, client_as, django_assert_num_queries):
    room.open(E)
    room.write(1, E, "En tanke", "tillit")
    wall, table = client_as(room.cast.fatima), client_as(room.seated[1, E][0])
    slug = room.forum.slug

    def look():
        with django_assert_num_queries(5):
            wall.get(f"/forum/{slug}/skarm/innehall/", headers={"if-none-match": etag})
        with django_assert_num_queries(5):
            wall.get(f"/forum/{slug}/skarm/innehall/")
        caches["default"].clear()
        with django_assert_num_queries(14):
            wall.get(f"/forum/{slug}/skarm/innehall/")
        with django_assert_num_queries(11):
            table.get(f"/forum/{slug}/grupparbete/")
        with django_assert_num_queries(9):
            seen = table.get(f"/forum/{slug}/grupparbete/innehall/")["ETag"]
        with django_assert_num_queries(5):
            table.get(f"/forum/{slug}/grupparbete/innehall/", headers={"if-none-match": seen})
        with django_assert_num_queries(9):  # the figures are counted already
            wall.get(f"/forum/{slug}/grupparbete/leda/")
        for part, full in [("turen", 6), ("anteckningar", 8)]:
            with django_assert_num_queries(full):
                seen = wall.get(f"/forum/{slug}/grupparbete/leda/{part}/")["ETag"]
            with django_assert_num_queries(5):
                wall.get(f"/forum/{slug}/grupparbete/leda/{part}/", headers={"if-none-match": seen})

    etag = wall.get(f"/forum/{slug}/skarm/innehall/")["ETag"]
    look()
    for number in range(30):
        room.write(1, E, f"Tanke {number}", f"begrepp {number}", "tillit")
    etag = wall.get(f"/forum/{slug}/skarm/innehall/")["ETag"]
    look()
