"""Putting dots through the browser."""

import pytest

from accounts.models import LogEntry
from forums.models import Dot
from forums.prioritising import close_dots, open_dots
from forums.working import close_round

from .room import E, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=2, each=2)
    room.open(E)
    room.notes = [room.write(1 + number % 2, E, f"Anteckning {number}", "tillit") for number in range(4)]
    close_round(room.round_of(E), by=cast.fatima)
    room.address = f"/forum/{room.forum.slug}/grupparbete/prickar/"
    return room


def press(client, room, note, to="put"):
    return client.post(f"{room.address}{note.handle}/", {"to": to}, follow=True)


def test_three_dots_from_start_to_count(room, client_as):
    client, neighbour = client_as(room.seated[1, E][0]), client_as(room.seated[1, E][1])
    assert "När alla har skrivit klart" in client.get(room.address).text
    open_dots(room.work, by=room.cast.fatima)
    assert "Du har 3 prickar kvar" in client.get(room.address).text
    for note in room.notes[:3]:
        page = press(client, room, note)
    assert "Alla dina prickar är satta" in page.text
    assert "Du har satt dina tre prickar" in press(client, room, room.notes[3]).text
    assert "Du har 1 prick kvar" in press(client, room, room.notes[0], to="take").text
    press(neighbour, room, room.notes[1])
    assert "Du har 2 prickar kvar" in neighbour.get(room.address).text  # and nobody else's are told
    assert Dot.objects.count() == 3
    close_dots(room.work, by=room.cast.fatima)
    page = client.get(room.address)
    assert "2 personer satte prickar" in " ".join(page.text.split())
    assert [(note.text, note.dots_in_all) for note in page.context["ranked"]] == [
        ("Anteckning 1", 2),
        ("Anteckning 2", 1),
    ]


def test_another_browser_of_the_same_person_is_told_so(room, client_as):
    open_dots(room.work, by=room.cast.fatima)
    me = room.seated[1, E][0]
    phone, desk = client_as(me), client_as(me)
    press(phone, room, room.notes[0])
    page = press(desk, room, room.notes[1])
    assert "annan webbläsare" in page.text
    assert Dot.objects.count() == 1


def test_a_shared_screen_gives_nobody_the_others_dots(room, client_as):
    open_dots(room.work, by=room.cast.fatima)
    first, second = room.seated[1, E]
    client = client_as(first)
    press(client, room, room.notes[0])
    client.force_login(second)
    page = client.get(room.address)
    assert "Du har 3 prickar kvar" in page.text
    press(client, room, room.notes[0], to="take")
    press(client, room, room.notes[1])
    assert Dot.objects.values("ballot").distinct().count() == 2


def test_the_key_is_in_no_page_and_in_no_log(room, client_as):
    open_dots(room.work, by=room.cast.fatima)
    client, before = client_as(room.seated[1, E][0]), LogEntry.objects.count()
    page = press(client, room, room.notes[0])
    cookie = client.cookies[f"samspel_dots_{room.forum.pk}"]
    assert cookie["httponly"]
    assert cookie["path"] == f"/forum/{room.forum.slug}/grupparbete/"
    assert cookie.value.split(":")[0] not in page.text
    assert Dot.objects.get().ballot not in page.text
    assert LogEntry.objects.count() == before


def test_leaders_look_on_and_others_do_not(room, client_as):
    open_dots(room.work, by=room.cast.fatima)
    leader = client_as(room.cast.fatima)
    page = leader.get(room.address)
    assert "Anteckning 0" in page.text
    assert "Sätt en prick" not in page.text
    assert press(leader, room, room.notes[0]).status_code == 403
    assert client_as(room.cast.per).get(room.address).status_code == 403
    assert press(client_as(room.cast.per), room, room.notes[0]).status_code == 403
    assert not Dot.objects.exists()


def test_notes_are_found_by_a_word(room, client_as):
    open_dots(room.work, by=room.cast.fatima)
    client = client_as(room.seated[1, E][0])
    assert "Anteckning 1" not in client.get(room.address, {"q": "anteckning 2"}).text
    assert "Anteckning 1" in client.get(room.address, {"q": "Tillit"}).text
    assert "Ingen sådan anteckning" in client.get(room.address, {"q": "\0ö%"}).text


def test_a_group_judges_its_own_notes_where_it_is_planned_so(room, client_as):
    work = open_dots(room.work, by=room.cast.fatima)
    work.dots_on = "table"
    work.save()
    client = client_as(room.seated[1, E][0])
    page = client.get(room.address).text
    assert "Anteckning 0" in page
    assert "Anteckning 1" not in page
    assert press(client, room, room.notes[1]).status_code == 404


def test_the_page_costs_the_same_with_thirty_notes(room, client_as, django_assert_num_queries):
    open_dots(room.work, by=room.cast.fatima)
    client = client_as(room.seated[1, E][0])
    press(client, room, room.notes[0])
    with django_assert_num_queries(11):
        client.get(room.address)
    for number in range(30):
        note = room.notes[1]
        note.pk, note.text = None, f"Fler {number}"
        note._state.adding = True
        note.save()
    with django_assert_num_queries(11):
        client.get(room.address)
