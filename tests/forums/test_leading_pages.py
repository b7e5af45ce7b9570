"""Leading the group work through the browser."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.announcing import call_off
from forums.guarding import add_insult
from forums.models import GroupWork, Note, Result
from tests.cast import assign

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return make_room(cast, tables=3, each=5)


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


def test_the_clock_is_stopped_started_and_extended_from_a_phone(room, client_as):
    room.open(E)
    client = client_as(room.cast.elsa)
    address = f"/forum/{room.forum.slug}/grupparbete/"
    turn = address + "leda/runda/1/"
    assert client.post(turn, {"to": "pause"}).status_code == 302
    assert room.round_of(E).is_paused
    assert "kvar" in client.get(address).text
    assert "Fortsätt" in client.get(address + "leda/").text
    client.post(turn, {"to": "resume"})
    assert not room.round_of(E).is_paused
    added = room.round_of(E).added
    for minutes, after in [("5", added), ("5", added), ("7", added), ("", added), ("5", "nej"), ("1", "")]:
        assert client.post(turn + "forlang/", {"minutes": minutes, "after": str(after)}).status_code == 302
    assert room.round_of(E).added == added + timedelta(minutes=5)
    client.post(turn, {"to": "burn"})
    assert room.round_of(E).state == "open"


def test_a_closed_round_is_opened_again_from_the_phone_until_the_result_is_frozen(room, client_as):
    room.open(E)
    leader, writer = client_as(room.cast.olof), client_as(room.seated[1, E][0])
    address = f"/forum/{room.forum.slug}/grupparbete/"
    again = "Öppna runda 1 igen"
    assert again not in leader.get(address + "leda/").text
    assert again in leader.post(address + "leda/runda/1/", {"to": "close"}, follow=True).text
    parts = [
        (leader, address + "leda/turen/"),
        (leader, f"/forum/{room.forum.slug}/skarm/innehall/"),
        (writer, address + "innehall/"),
    ]
    seen = [client.get(part)["ETag"] for client, part in parts]
    for person in (room.cast.per, room.cast.karin, room.seated[1, E][0]):
        assert client_as(person).post(address + "leda/runda/1/", {"to": "reopen"}).status_code == 403
    assert room.round_of(E).state == "closed"
    leader.post(address + "leda/runda/1/", {"to": "reopen"})
    for (client, part), etag in zip(parts, seen, strict=True):
        told = client.get(part, headers={"if-none-match": etag})
        assert "Nu skriver de förtroendevalda" in told.text
    room.close()
    assert again not in leader.get(address + "leda/").text
    page = leader.post(address + "leda/runda/1/", {"to": "reopen"}, follow=True)
    assert "resultatet är fryst" in page.text
    assert room.round_of(E).state == "closed"


def test_what_waits_is_looked_at_and_let_through(room, client_as):
    add_insult("skojare", by=room.cast.fatima)
    room.open(E)
    note = room.write(1, E, "Ingen är en skojare")
    client = client_as(room.cast.olof)
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    assert "Titta på de här först" in client.get(address).text
    etag = client.get(address + "anteckningar/")["ETag"]
    # Whoever goes through the notes on a phone goes on where they were, and not from the top of the page.
    assert client.post(address + f"slapp-fram/{note.handle}/").url == f"{address}#lead-notes"
    assert Note.objects.shown().get() == note
    marked = client.post(address + f"markera/{note.handle}/?q=skojare", {"marked": "1"})
    assert marked.url == f"{address}?q=skojare#anteckning-{note.handle}"
    assert Note.objects.for_summary().get() == note
    hide = {f"{note.handle}-reason": "Dubblett"}
    assert client.post(address + f"dolj/{note.handle}/", hide).url == f"{address}#lead-notes"
    # Why it was refused stands at the top.
    assert client.post(address + f"markera/{note.handle}/", {"marked": "1"}).url == address
    assert client.post(address + f"visa-igen/{note.handle}/").url == f"{address}#lead-notes"
    seen = client.get(address + "anteckningar/", headers={"if-none-match": etag})
    assert seen.status_code == 200
    client.post(address + f"markera/{note.handle}/", {"marked": "0"})
    after = client.get(address + "anteckningar/", headers={"if-none-match": seen["ETag"]})
    assert after.status_code == 200
    assert not Note.objects.for_summary().exists()


def test_the_step_that_closes_tells_what_waits_for_a_look(room, client_as):
    add_insult("skojare", by=room.cast.fatima)
    room.open(E)
    client = client_as(room.cast.olof)
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    waits = "väntar på att du tittar på"
    seen = client.get(address + "turen/")
    assert waits not in seen.text
    notes = [room.write(1, E, text) for text in ("Vilken skojare", "En skojare till")]
    told = client.get(address + "turen/", headers={"if-none-match": seen["ETag"]})
    assert f"2 anteckningar {waits} dem: stänger du nu räknas de inte" in told.text
    client.post(address + f"slapp-fram/{notes[0].handle}/")
    told = client.get(address + "turen/", headers={"if-none-match": told["ETag"]})
    assert f"1 anteckning {waits} den: stänger du nu räknas den inte" in told.text
    client.post(address + "stang/")
    page = client.get(address).text
    assert waits not in page
    assert "De här räknades inte" in page
    assert "Titta på de här först" not in page


def test_the_writer_of_a_note_that_was_held_back_is_told_that_it_was_not_counted(room, client_as):
    add_insult("skojare", by=room.cast.fatima)
    room.open(E)
    writer = client_as(room.seated[1, E][0])
    address = f"/forum/{room.forum.slug}/grupparbete/"
    fields = {"question": room.question.pk, "text": "Vilken skojare", "note_id": str(uuid.uuid4())}
    writer.post(address, fields)
    assert "Den väntar på att någon av dem som leder" in writer.get(address).text
    room.close()
    page = writer.get(address).text
    assert "Vilken skojare" in page
    assert "Den räknades inte" in page
    assert "Den väntar på" not in page


def test_the_dots_are_opened_and_counted(room, client_as):
    room.open(E)
    room.write(1, E, "En tanke")
    client = client_as(room.cast.olof)
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    client.post(address + "prickar/", {"to": "open"})
    assert not GroupWork.objects.get().is_prioritising  # the round is open still
    client.post(address + "runda/1/", {"to": "close"})
    etag = client.get(address + "turen/")["ETag"]
    client.post(address + "prickar/", {"to": "open"})
    turn = client.get(address + "turen/", headers={"if-none-match": etag}).text
    assert "Ingen har satt någon prick än." in turn
    client.post(address + "prickar/", {"to": "close"})
    assert GroupWork.objects.get().has_prioritised


def test_a_forum_that_is_called_off_offers_no_leading(room, client_as):
    leader = client_as(room.cast.olof)
    address = f"/forum/{room.forum.slug}/"
    assert "Led grupparbetet" in leader.get(address).text
    call_off(room.forum, by=room.cast.fatima)
    assert "Led grupparbetet" not in leader.get(address).text
    leader.post(address + "grupparbete/leda/oppna/")
    assert GroupWork.objects.get().state == "planned"


def test_whoever_is_about_to_close_is_told_of_rounds_that_never_were(room, client_as):
    leader = client_as(room.cast.olof)
    address = f"/forum/{room.forum.slug}/grupparbete/leda/"
    room.open(E)
    assert "1 runda i planen har inte öppnats." in leader.get(address).text
    room.open(O)
    assert "i planen har inte öppnats" not in leader.get(address).text
