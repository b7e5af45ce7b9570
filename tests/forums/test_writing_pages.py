"""Writing notes through the browser."""

import re
import uuid

import pytest
from bs4 import BeautifulSoup

from forums.guarding import add_insult
from forums.models import Note
from forums.showing import LATEST_AT_A_TABLE

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
    follow = data.pop("follow", False)
    return client.post(f"/forum/{room.forum.slug}/grupparbete/", data, headers=headers, follow=follow)


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
        assert answer.json() == {"saved": str(note_id), "held": False}
    assert Note.objects.count() == 1


def test_what_was_typed_is_kept_without_a_button_when_the_work_is_closed(room, client_as):
    client = client_as(room.seated[1, E][0])
    address = f"/forum/{room.forum.slug}/grupparbete/"
    room.open(E)
    room.close()
    answer = client.post(address, {"question": room.question.pk, "note_id": uuid.uuid4(), "text": "För sent"})
    assert answer.status_code == 409
    assert "Grupparbetet är stängt, så anteckningen skickades inte in." in answer.text
    assert "För sent" in answer.text
    page = client.get(address)
    for told in (answer, page):
        assert "Spara anteckningen" not in told.text
    assert 'aria-labelledby="write-head" hidden' in page.text
    assert 'aria-labelledby="write-head" hidden' not in answer.text


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


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("x" * 500, "x" * 501),
        ("å" * 500, "å" * 501),
        ("a\u030a" * 500, "a\u030a" * 501),  # as a Mac pastes å
        ("👍" * 500, "👍" * 501),  # two units of JavaScript each, and as many letters as anybody sees
        # A browser sends a line break as two characters and lets one be typed.
        ("Rad\r\n" * 124 + "Slut", "Rad\r\n" * 124 + "Slut!"),
        ("a" + "\r\n" * 498 + "b", "a" + "\r\n" * 499 + "b"),
    ],
)
def test_five_hundred_characters_fit_as_people_count_them(room, client_as, text, longer):
    room.open(E)
    client = client_as(room.seated[1, E][0])
    refused = post_note(client, room, text=longer)
    assert refused.status_code == 409
    assert "Anteckningen är 501 tecken lång. Högst 500 får plats." in refused.text
    assert not Note.objects.exists()
    assert post_note(client, room, text=text).status_code == 302
    saved = Note.objects.get().text
    assert (saved, len(saved)) == (text.replace("\r\n", "\n").replace("a\u030a", "å"), 500)


def test_a_browser_cuts_nothing_off_that_fits_and_a_long_paste_is_told_its_length(room, client_as):
    room.open(E)
    client = client_as(room.seated[1, E][0])
    field = BeautifulSoup(client.get(f"/forum/{room.forum.slug}/grupparbete/").text, "lxml").textarea
    assert "maxlength" not in field.attrs and field["data-letters"] == "500"
    refused = post_note(client, room, text="x" * 2500)
    assert "Anteckningen är 2500 tecken lång. Högst 500 får plats." in refused.text
    assert "x" * 2500 in refused.text


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


def test_an_edit_on_top_of_another_shows_both_and_overwrites_nothing(room, client_as):
    room.open(E)
    client, note_id = client_as(room.seated[1, E][0]), uuid.uuid4()
    address = f"/forum/{room.forum.slug}/grupparbete/"
    post_note(client, room, note_id=note_id, text="Första tanken", revision=0)
    assert client.get(address + "?andra=1").context["form"].initial["revision"] == 1
    post_note(client, room, note_id=note_id, text="Från telefonen", keywords=["mod"], revision=1)
    theirs = {"revision": 2, "text": "Från telefonen", "keywords": ["mod"]}
    script = post_note(client, room, note_id=note_id, text="Från datorn", revision=1, as_script=True)
    assert (script.status_code, script.json()["theirs"]) == (409, theirs)
    page = post_note(client, room, note_id=note_id, text="Från datorn", revision=1)
    assert page.status_code == 409
    assert "Från telefonen" in page.text
    assert "Från datorn" in page.text
    assert Note.objects.get().text == "Från telefonen"
    assert page.context["form"]["revision"].value() == 2
    post_note(client, room, note_id=note_id, text="Från datorn", revision=2)
    assert Note.objects.get().text == "Från datorn"


def test_its_writer_alone_sees_a_note_that_waits(room, client_as):
    add_insult("skojare", by=room.cast.fatima)
    room.open(E)
    mine, other = client_as(room.seated[1, E][0]), client_as(room.seated[1, E][1])
    address = f"/forum/{room.forum.slug}/grupparbete/"
    told = post_note(mine, room, text="Vilka skojare!", as_script=True)
    assert told.json()["held"]
    page = mine.get(address).text
    assert "Vilka skojare!" in page
    assert "Bara du ser den här" in page
    assert "Vilka skojare!" in mine.get(address + "?andra=1").text
    for client, path in [
        (other, address),
        (other, address + "innehall/"),
        (client_as(room.cast.karin), f"/forum/{room.forum.slug}/skarm/"),
    ]:
        assert "skojare" not in client.get(path).text
    assert "kan ändra den" in post_note(mine, room, text="Skojaren igen", follow=True).text


def test_what_the_forum_has_already_is_suggested_and_anything_else_may_be_typed(room, client_as):
    room.open(E)
    room.write(1, E, "Ett", "mod")
    for table in (1, 2):
        room.write(table, E, "Två", "tillit")
    client = client_as(room.seated[3, E][0])
    page = client.get(f"/forum/{room.forum.slug}/grupparbete/").text
    offered = page[page.index("<datalist") : page.index("</datalist>")]
    assert offered.index('value="tillit"') < offered.index('value="mod"')  # the commonest first
    assert page.count('<option value="mod"') == 1
    boxes = re.findall(r'<input[^>]*name="keywords"[^>]*>', page)
    name = re.search(r'<datalist id="([^"]+)"', page)[1]
    assert len(boxes) >= 4
    assert all(f'list="{name}"' in box and "required" not in box for box in boxes)
    post_note(client, room, keywords=["något eget"])
    assert Note.objects.get(table=room.tables[2]).terms.get().text == "något eget"
    post_note(client, room, keywords=[""])
    assert Note.objects.filter(table=room.tables[2], mentions=None).count() == 1


def test_a_long_list_is_told_in_part_with_ones_own_and_whole_when_asked(room, client_as):
    """A department that shares a table writes hundreds, and each phone fetches the list at every new one."""
    room.open(E)
    client, address = client_as(room.seated[1, E][0]), f"/forum/{room.forum.slug}/grupparbete/"
    post_note(client, room, text="Min egen, först av alla.")
    for number in range(LATEST_AT_A_TABLE + 1):
        room.write(1, E, f"Anteckning nr {number}.")
    for told in (client.get(address), client.get(f"{address}innehall/")):
        assert told.text.count('id="anteckning-') == LATEST_AT_A_TABLE + 1
        assert "Min egen, först av alla." in told.text and f"nr {LATEST_AT_A_TABLE}." in told.text
        assert "nr 0." not in told.text and f"Visa alla {LATEST_AT_A_TABLE + 2} anteckningar" in told.text
    page = client.get(f"{address}?alla=1").text
    [follows] = re.findall(rf'hx-get="({address}innehall/[^"]*)"', page)
    for whole in (page, client.get(follows).text):
        assert whole.count('id="anteckning-') == LATEST_AT_A_TABLE + 2
        assert "nr 0." in whole and "Visa alla" not in whole
