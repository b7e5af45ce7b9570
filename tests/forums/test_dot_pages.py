"""Putting dots through the browser."""

import pytest

from accounts.models import LogEntry
from forums.models import Dot, Note
from forums.prioritising import close_dots, open_dots, put_dot
from forums.working import close_round

from .room import E, O, make_room

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
    vote(room, [*room.seated[2, E], room.seated[1, O][0]], room.notes[1])
    close_dots(room.work, by=room.cast.fatima)
    page = client.get(room.address)
    assert "5 personer satte prickar" in " ".join(page.text.split())
    assert [(note.text, note.dots_in_all) for note in page.context["ranked"]] == [
        ("Anteckning 1", 5),
        ("Anteckning 2", 1),
    ]


def vote(room, people, note):
    """Let each of them put a dot on it."""
    for person in people:
        put_dot(note, key=f"{person.pk:032}".encode(), by=person)


def counted(room, client):
    """What the page tells of the counts: how many put dots, and the notes with theirs; None for nothing."""
    page = client.get(room.address)
    is_told = "personer satte prickar" in page.text
    assert is_told != ("För få har satt prickar" in page.text)
    return is_told and [(note.text, note.dots_in_all) for note in page.context["ranked"]]


def test_what_fewer_than_five_chose_is_told_to_nobody(room, client_as):
    open_dots(room.work, by=room.cast.fatima)
    vote(room, [*room.seated[1, E], *room.seated[2, E]], room.notes[0])
    close_dots(room.work, by=room.cast.fatima)
    for person in (room.seated[1, E][0], room.cast.fatima):
        assert counted(room, client_as(person)) is False


def test_a_group_of_five_sees_its_own_counts_and_a_smaller_one_none(cast, client_as):
    """Each group chose among its own notes: to tell of a group is a split by it."""
    room = make_room(cast, tables=2, each=5)
    room.address = f"/forum/{room.forum.slug}/grupparbete/prickar/"
    room.work.dots_on = "table"
    room.work.save()
    room.open(E)
    notes = [room.write(number, E, f"Från bord {number}", "tillit") for number in (1, 2)]
    close_round(room.round_of(E), by=cast.fatima)
    open_dots(room.work, by=cast.fatima)
    vote(room, room.seated[1, E], notes[0])
    vote(room, room.seated[2, E][:4], notes[1])
    close_dots(room.work, by=cast.fatima)
    assert counted(room, client_as(room.seated[1, E][0])) == [("Från bord 1", 5)]
    assert counted(room, client_as(room.seated[2, E][0])) is False
    assert counted(room, client_as(cast.fatima)) is False


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


def add_notes(room, number):
    """So many more notes like the second, of table 2."""
    for place in range(number):
        note = room.notes[1]
        note.pk, note.text = None, f"Fler {place}"
        note._state.adding = True
        note.save()


def test_everybody_meets_the_notes_in_an_order_of_their_own(room, client_as):
    """Four pages, and each person's first one is another."""
    add_notes(room, 90)
    open_dots(room.work, by=room.cast.fatima)

    def read(client):
        pages = [client.get(room.address, {"page": number}) for number in (1, 2, 3, 4)]
        assert all("i en ordning som är din egen" in page.text for page in pages)
        return [[note.pk for note in page.context["page"]] for page in pages]

    clients = [client_as(person) for person in (*room.seated[1, E], *room.seated[2, E], room.cast.fatima)]
    read_by = [read(client) for client in clients]
    assert [read(client) for client in clients] == read_by
    for pages in read_by:
        assert [len(page) for page in pages] == [30, 30, 30, 4]
        assert len({pk for page in pages for pk in page}) == 94
    first_pages = {frozenset(pages[0]) for pages in read_by}
    assert len(first_pages) == len(clients)
    chosen = Note.objects.get(pk=read_by[0][2][5])
    press(clients[0], room, chosen)
    page = clients[0].get(room.address, {"page": 2})
    assert list(page.context["mine"]) == [chosen]
    left = [pk for part in read_by[0] for pk in part if pk != chosen.pk]
    assert [pk for part in read(clients[0]) for pk in part] == left


def test_the_notes_of_ones_own_table_are_found_among_those_of_the_room(room, client_as):
    add_notes(room, 40)
    open_dots(room.work, by=room.cast.fatima)
    client = client_as(room.seated[1, E][0])
    assert 'href="?bord=eget"' in client.get(room.address, {"page": 2}).text
    own = client.get(room.address, {"bord": "eget"}).context["page"]
    assert {note.table for note in own} == {room.tables[0]}
    assert own.paginator.count == 2
    for search, found in (("Anteckning 1", 0), ("Anteckning 2", 1)):
        page = client.get(room.address, {"bord": "eget", "q": search}).context["page"]
        assert page.paginator.count == found
    back = client.post(f"{room.address}{own[0].handle}/?bord=eget&page=2", {"to": "put"})
    assert back.url.endswith("prickar/?bord=eget&page=2")
    leader = client_as(room.cast.fatima)  # sits nowhere
    page = leader.get(room.address, {"bord": "eget"})
    assert page.context["page"].paginator.count == 44
    assert 'href="?bord=eget"' not in page.text


def test_the_page_costs_the_same_with_thirty_notes(room, client_as, django_assert_num_queries):
    open_dots(room.work, by=room.cast.fatima)
    client = client_as(room.seated[1, E][0])
    press(client, room, room.notes[0])
    with django_assert_num_queries(11):
        client.get(room.address)
    add_notes(room, 30)
    with django_assert_num_queries(11):
        client.get(room.address)
