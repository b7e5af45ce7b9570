"""Finding people and units, and reading what one has been told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Person, Side, Unit
from accounts.notifying import notify
from tests.cast import assign, make_person

pytestmark = pytest.mark.django_db


def names(client, question=""):
    return [str(person) for person in client.get("/personer/", {"q": question}).context["page"]]


def test_everyone_in_service_is_listed_in_swedish_order(cast, client_as):
    listed = names(client_as(cast.per))
    assert listed[0] == "Karin Berg"
    assert listed[-4:] == ["Yngve Zetterlund", "Per Åkesson", "Elsa Ängman", "Ulla Öberg"]
    assert "Frida Forsman" not in listed


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("åkesson", ["Per Åkesson"]),
        ("ÅKES", ["Per Åkesson"]),
        ("akesson", []),
        ("öberg", ["Ulla Öberg"]),
        ("berg", ["Karin Berg", "Ulla Öberg"]),
        ("ordförande", ["Elsa Ängman"]),
        ("KOMMUNSTYRELSEN", ["Folke Dahl", "Elsa Ängman"]),
        ("maja enhetschef", ["Maja Lind"]),
        ("maja ordförande", []),
        ("forsman", []),
        ("100%", []),
        (".*", "all"),
        ("\0", "all"),
        ("[", "all"),
        ("x" * 1000, []),
    ],
)
def test_the_question_is_of_names_titles_and_units(cast, client_as, question, found):
    client = client_as(cast.per)
    everyone = names(client)
    assert names(client, question) == (everyone if found == "all" else found)


def test_an_ended_post_is_no_longer_found_by_its_title(cast, client_as):
    assign(cast.per, cast.units.energy, "Smed", ends_on=timezone.localdate() - timedelta(days=1))
    assert names(client_as(cast.maja), "smed") == []


def test_a_person_shows_every_current_post_and_how_to_be_reached(cast, client_as):
    assign(cast.per, cast.units.council, "Ersättare", side=Side.ELECTED, party="Almvikslistan")
    html = client_as(cast.maja).get(f"/personer/{cast.per.pk}/").content.decode()
    for words in ("Lärare", "Ersättare", "Almvikslistan", "per@almvik.example", "Kommunfullmäktige"):
        assert words in html
    for words in (">Tjänsteperson<", ">Förtroendevald<", "Kontaktuppgifter"):
        assert words in html


def test_who_has_left_is_not_there_and_sees_nobody(cast, client_as):
    assert client_as(cast.per).get(f"/personer/{cast.former.pk}/").status_code == 404
    assert not Person.objects.visible_to(cast.former).exists()
    for path in ("/personer/", f"/personer/{cast.per.pk}/", "/organisation/"):
        page = client_as(cast.former).get(path)
        assert page.status_code == 403
        assert "Åkesson" not in page.content.decode()


def hire(number, unit):
    for each in range(number):
        email = f"ny-{Person.objects.count()}"
        assign(make_person(email, "Ny", f"Anställd {each}"), unit, "Chef", is_manager=True)


def test_the_list_costs_the_same_with_1_and_30(cast, client_as, django_assert_num_queries):
    client = client_as(cast.per)
    # Session, person, reach, count, people, their posts.
    with django_assert_num_queries(6):
        assert len(client.get("/personer/", {"q": "åkesson"}).context["page"]) == 1
    hire(40, cast.units.schools)
    with django_assert_num_queries(6):
        page = client.get("/personer/").context["page"]
    assert (len(page), page.paginator.num_pages) == (30, 2)


def test_a_person_page_costs_the_same_with_1_and_30_posts(cast, client_as, django_assert_num_queries):
    client = client_as(cast.maja)
    for posts in (0, 29):
        for each in range(posts):
            assign(cast.per, cast.units.schools, f"Lärare {each}")
        with django_assert_num_queries(9):
            client.get(f"/personer/{cast.per.pk}/")


def branch_of(page, unit):
    def walk(branches):
        for branch in branches:
            yield branch
            yield from walk(branch.branches)

    return next(branch for branch in walk(page.context["roots"]) if branch.unit == unit)


def test_the_tree_says_who_leads_and_how_many_there_are(cast, client_as):
    page = client_as(cast.per).get("/organisation/")
    assert [branch.unit for branch in page.context["roots"]] == [cast.units.root]
    social = branch_of(page, cast.units.social)
    assert [leader.person for leader in social.leaders] == [cast.olof]
    assert (social.posts, social.total) == (1, 2)
    board = branch_of(page, cast.units.board)
    assert [leader.person for leader in board.leaders] == [cast.elsa]
    assert board.posts == 2


def test_the_tree_costs_the_same_with_8_and_60_units(cast, client_as, django_assert_num_queries):
    client = client_as(cast.per)
    # Session, person, reach, units, numbers, leaders.
    with django_assert_num_queries(6):
        client.get("/organisation/")
    for number in range(52):
        section = Unit.objects.create(
            name=f"Enhet {number}", slug=f"e{number}", kind=Unit.Kind.SECTION, parent=cast.units.schools
        )
        hire(1, section)
    with django_assert_num_queries(6):
        page = client.get("/organisation/")
    assert page.content.decode().count("Enhet ") >= 52


def tell(person, number):
    for each in range(number):
        notify([person], key=f"sak-{each}", text=lambda each=each: f"Sak {each}", url="/forum/")


def test_notifications_are_read_by_their_person_alone(cast, client_as):
    tell(cast.per, 3)
    tell(cast.maja, 1)
    client = client_as(cast.per)
    assert client.get("/min-sida/notiser/").context["unread"] == 3
    one = cast.per.notifications.first()
    client.post("/min-sida/notiser/", {"notification": one.pk})
    assert client.get("/min-sida/notiser/").context["unread"] == 2
    client.post("/min-sida/notiser/", {"notification": cast.maja.notifications.get().pk})
    assert cast.maja.notifications.unread().count() == 1
    assert client.post("/min-sida/notiser/").status_code == 302
    assert cast.per.notifications.unread().count() == 0
    assert cast.maja.notifications.unread().count() == 1


@pytest.mark.parametrize("pk", ["x", "-1", "9" * 40, "²"])
def test_nonsense_marks_nothing_of_what_it_does_not_name(cast, client_as, pk):
    tell(cast.per, 1)
    assert client_as(cast.per).post("/min-sida/notiser/", {"notification": pk}).status_code == 302
    assert cast.per.notifications.unread().count() == 1


def test_notifications_cost_the_same_with_1_and_30(cast, client_as, django_assert_num_queries):
    client = client_as(cast.per)
    for number in (1, 31):
        tell(cast.per, number)
        # Session, person, reach (for the frame), count, rows, unread.
        with django_assert_num_queries(6):
            client.get("/min-sida/notiser/")
