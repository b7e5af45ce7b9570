"""On the result page: choosing what the draft is to quote, and what got most dots."""

import pytest
from django.urls import reverse

from accounts.models import LogEntry
from forums.models import Note
from forums.moderating import hide_note, mark_for_summary
from forums.prioritising import close_dots, open_dots, put_dot
from forums.summarising import draft_summary
from forums.wording import concept_for
from forums.working import close_round
from tests.visiting import Visitor

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    room.first = room.write(1, E, "Vi behöver lita på varandra i vardagen.", "tillit")
    room.second = room.write(2, E, "Tid att tala med varandra.", "tid")
    room.open(O)
    room.write(2, O, "Vi kan vårt arbete.", "tillit")
    return room


@pytest.fixture
def address(room):
    room.close()
    return reverse("forums:result", args=[room.forum.slug])


def test_a_communicator_chooses_on_the_result_page_and_the_draft_quotes_it(cast, room, address):
    karin = Visitor.signed_in(cast.karin).go(address)
    karin.sees("Valda till sammanfattningen", "Inga anteckningar är valda än.")
    choose(karin, room.second)
    assert Note.objects.for_summary().get() == room.second
    karin.sees("Utkastet citerar dem i den här ordningen.")
    choose(karin, room.first)
    choose(karin, room.second, to="0")
    assert Note.objects.for_summary().get() == room.first
    draft = draft_summary(room.forum, by=cast.karin).newest_version
    quotes = draft.body[draft.body.index("<h2>Röster") :]
    assert "lita på varandra i vardagen" in quotes
    assert "Tid att tala" not in quotes
    karin.go(address).does_not_see("Valda till sammanfattningen", "Välj till sammanfattningen")


def choose(visitor, note, to="1"):
    """Press the first button of a note, as the page holds it."""
    soup = visitor.page.html
    button = soup.find("button", formaction=lambda where: where and note.handle in where, value=to)
    form = soup.find("form", id=button["form"])
    token = form.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
    sent = {"csrfmiddlewaretoken": token, button["name"]: button["value"]}
    visitor.page = visitor.app.post(button["formaction"], sent)
    where = visitor.page.headers["Location"]
    visitor.page = visitor.page.follow()
    return where


def test_the_way_back_is_to_where_the_button_stood(cast, room, address):
    trust = concept_for("tillit").pk
    karin = Visitor.signed_in(cast.karin).go(f"{address}?begrepp={trust}")
    assert choose(karin, room.first).endswith(f"{address}?begrepp={trust}#begrepp-{trust}")
    karin.go(address)
    assert choose(karin, room.first, to="0").endswith(f"{address}#chosen")
    mark = reverse("forums:mark_note", args=[room.forum.slug, room.first.handle])
    token = karin.page.html.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"]
    sent = {"csrfmiddlewaretoken": token, "marked": "1"}
    where = karin.app.post(f"{mark}?till=resultat&under=//evil.example&begrepp=x", sent).headers["Location"]
    assert where.endswith(f"{address}#chosen")


def test_leaders_choose_there_too_and_those_who_only_read_do_not(cast, room, address, client_as):
    assert "Välj till sammanfattningen" in client_as(cast.olof).get(address).text
    reader = client_as(room.seated[1, E][0])
    page = reader.get(address).text
    assert "Välj till sammanfattningen" not in page
    assert room.first.text in page
    mark = reverse("forums:mark_note", args=[room.forum.slug, room.first.handle])
    for client in (reader, client_as(cast.gunnar)):
        assert client.post(mark, {"marked": "1"}).status_code == 403
    assert not Note.objects.for_summary().exists()


def test_a_mark_by_somebody_else_is_seen_at_once(cast, room, address, client_as):
    karin = client_as(cast.karin)
    assert 'class="note-mark"' not in karin.get(address).text
    mark_for_summary(room.first, marked=True, by=cast.olof)
    assert 'class="note-mark"' in karin.get(address).text
    mark_for_summary(room.first, marked=False, by=cast.olof)
    mark_for_summary(room.second, marked=True, by=cast.olof)
    page = karin.get(address).text
    assert "Tid att tala" in page[page.index('id="chosen"') : page.index('id="side-by-side"')]
    assert LogEntry.objects.filter(event="note.marked").count() == 2


def test_the_leading_page_sees_that_one_mark_took_the_place_of_another(cast, room, client_as):
    client = client_as(cast.fatima)
    address = reverse("forums:lead_notes", args=[room.forum.slug])
    mark_for_summary(room.first, marked=True, by=cast.olof)
    before = client.get(address).headers["ETag"]
    mark_for_summary(room.first, marked=False, by=cast.olof)
    mark_for_summary(room.second, marked=True, by=cast.olof)
    assert client.get(address, headers={"If-None-Match": before}).status_code == 200


def put_dots(room, voters):
    close_round(room.round_of(O), by=room.cast.fatima)
    open_dots(room.work, by=room.cast.fatima)
    for person in voters:
        put_dot(room.second, key=person.email.encode(), by=person)
    put_dot(room.first, key=person.email.encode(), by=person)
    close_dots(room.work, by=room.cast.fatima)
    room.close()


def test_what_got_most_dots_stands_on_the_result_page(cast, room, client_as):
    put_dots(room, [*room.seated[1, E], *room.seated[2, O]])
    address = reverse("forums:result", args=[room.forum.slug])
    page = client_as(room.seated[1, E][0]).get(address)
    assert [(note.text, dots) for note, dots in page.context["ranked"]] == [
        (room.second.text, 10),
        (room.first.text, 1),
    ]
    part = page.text[page.text.index('id="priorities-head"') :]
    part = part[: part.index("</section>")]
    assert "10 personer satte prickar, 11 prickar sammanlagt." in part
    assert "Bord 2" not in part  # one side alone said it: never together with the table
    reader = client_as(cast.per).get(address).text
    assert "10 personer satte prickar" in reader
    assert room.second.text not in reader
    hide_note(room.second, reason="Pekar ut", by=cast.fatima)
    assert room.second.text not in client_as(cast.karin).get(address).text


def test_where_few_put_dots_nothing_is_told(cast, room, client_as):
    put_dots(room, room.seated[1, E][:4])
    page = client_as(room.seated[1, E][0]).get(reverse("forums:result", args=[room.forum.slug])).text
    assert 'id="priorities-head"' not in page


def test_notes_without_keywords_are_read_and_chosen_too(cast, room, client_as):
    loose = [room.write(1, O, f"Utan nyckelord {number}") for number in range(5)]
    hidden = hide_note(room.write(1, O, "Dold utan ord"), reason="Pekar ut", by=cast.fatima)
    room.close()
    address = reverse("forums:result", args=[room.forum.slug])
    karin = Visitor.signed_in(cast.karin).go(address).sees("5 anteckningar som inte hör till något tema")
    assert len(karin.page.html.select("#begrepp-0 .note-card")) == 3
    karin.go(f"{address}?begrepp=0")
    assert all(note.text in karin.text for note in loose)
    assert hidden.text not in karin.text
    assert "lita på varandra" not in karin.text
    assert choose(karin, loose[4]).endswith(f"{address}?begrepp=0#begrepp-0")
    assert Note.objects.for_summary().get() == loose[4]
    assert "Utan nyckelord" not in client_as(cast.per).get(f"{address}?begrepp=0").text


def test_a_room_without_any_keywords_can_still_be_read(cast, client_as):
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    room.write(1, E, "Bara ord i löpande text.")
    room.close()
    page = client_as(cast.karin).get(reverse("forums:result", args=[room.forum.slug])).text
    assert "Bara ord i löpande text." in page
    assert "Inga nyckelord skrevs" in page
