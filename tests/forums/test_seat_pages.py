"""The organiser's pages for seats: quotas, a seat past the queue, and what the kitchen is told."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts.models import LogEntry, Side
from forums import catering, naming, planning, registering
from forums.apportioning import set_quotas
from forums.models import Registration

State = Registration.State


@pytest.fixture
def page(cast, client_as):
    """A function that opens a page of the organiser's, or posts to it."""

    def visit(name, forum, *, get="", by=None, **posted):
        url = reverse(f"forums:{name}", args=[forum.slug]) + get
        client = client_as(by or cast.fatima)
        return client.post(url, posted, follow=True) if posted else client.get(url)

    return visit


def rows(*quotas, revision=0):
    sent = {"quotas-TOTAL_FORMS": len(quotas), "quotas-INITIAL_FORMS": 0, "revision": revision, "save": 1}
    for number, (side, unit, seats) in enumerate(quotas):
        sent |= {f"quotas-{number}-side": side, f"quotas-{number}-seats": seats}
        sent |= {f"quotas-{number}-unit": unit.pk if unit else ""}
    return sent


def test_quotas_are_set_row_by_row_and_twice_is_once(cast, make_forum, page):
    forum = make_forum(seats=10)
    sent = rows(("elected", None, 2), ("", cast.units.social, 3))
    for _click in range(2):
        response = page("edit_quotas", forum, **sent)
        assert response.status_code == 200
    assert LogEntry.objects.filter(event="quotas.set").count() == 1
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    figures = [cell.text for cell in table(page("edit_quotas", forum)).find_all("td")]
    assert figures == ["1", "2", "0", "0", "3", "0", "0", "5", "0"]


def table(response):
    return BeautifulSoup(response.content, "html.parser").find("table")


def test_quotas_that_do_not_go_are_refused_with_what_was_typed(cast, make_forum, page):
    forum = make_forum(seats=3)
    for quotas in (
        [("elected", None, 4)],
        [("elected", None, 1), ("elected", None, 1)],
        [("", None, 2)],
        [("official", None, "många")],
    ):
        response = page("edit_quotas", forum, **rows(*quotas))
        assert f'value="{quotas[0][2]}"' in response.text
        assert "alert-error" in response.text or "invalid-feedback" in response.text
    assert not forum.quotas.exists()


def test_a_seat_is_given_past_the_queue_with_a_note(cast, make_forum, page):
    forum = make_forum(seats=1)
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    waits = registering.register(forum, person=cast.maja, by=cast.maja)
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    link = f"?person={cast.ulla.pk}"
    assert link in page("participants", forum).text
    assert cast.ulla.email in page("give_seat", forum, get=link).text
    sent = {"person": cast.ulla.email, "note": "Talar om skolan"}
    refused = page("give_seat", forum, **sent)
    assert refused.status_code == 409
    assert "Talar om skolan" in refused.text
    done = page("give_seat", forum, **sent, adds_seat="on")
    assert done.status_code == 200
    assert "Talar om skolan" in done.text
    assert Registration.objects.get(person=cast.ulla).takes_part
    waits.refresh_from_db()
    assert waits.state == State.WAITING
    forum.refresh_from_db()
    assert (forum.seats_taken, forum.seats) == (2, 2)


def test_a_quota_grows_where_the_room_itself_has_no_limit(cast, make_forum, page):
    forum = make_forum(seats=None)
    set_quotas(forum, quotas=[(Side.ELECTED, None, 1)], by=cast.fatima)
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    assert registering.register(forum, person=cast.folke, by=cast.folke).state == State.WAITING
    sent = {"person": cast.folke.email, "note": "Talar om skolan", "adds_seat": "on"}
    assert page("give_seat", forum, **sent).status_code == 200
    assert Registration.objects.get(person=cast.folke).takes_part
    forum.refresh_from_db()
    assert (forum.seats, forum.quotas.get().seats) == (None, 2)


def test_a_guest_who_waits_gets_a_seat_too(cast, make_forum, page):
    forum = make_forum(seats=1)
    facts = {"email": "nora@granne.example", "given_name": "Nora", "family_name": "Norén", "language": "sv"}
    guest = naming.invite_guest(forum, **facts, by=cast.fatima)
    for person in (cast.elsa, guest.person):
        registering.register(forum, person=person, by=person)
    form = page("give_seat", forum, get=f"?person={guest.person_id}").context["form"]
    sent = {"person": form["person"].value(), "note": "Har rest långt", "adds_seat": "on"}
    other = make_forum(title="Ett annat", seats=1)
    assert page("give_seat", other, **sent).status_code == 409
    assert page("give_seat", forum, **sent).status_code == 200
    assert Registration.objects.get(person=guest.person).takes_part


def test_the_kitchen_gets_numbers_and_only_organisers_get_names(cast, make_forum, page, client_as):
    forum = make_forum(asks_diet=True, asks_access=True)
    answer = registering.register(forum, person=cast.maja, by=cast.maja)
    catering.tell_needs(
        answer, by=cast.maja, diet=["vegan"], access=["hearing_loop"], access_words="Nära dörr"
    )
    shown = page("needs", forum)
    assert shown["Cache-Control"] == "no-store"
    plates = [[cell.text for cell in row.find_all(["th", "td"])] for row in table(shown).find_all("tr")[1:]]
    assert plates == [["Vegansk kost", "1"], ["Portioner totalt", "1"]]
    assert "Maja Lind" in shown.text
    assert "Nära dörr" in shown.text
    assert page("needs", forum, by=cast.karin).status_code == 403
    assert reverse("forums:needs", args=[forum.slug]) in page("participants", forum).text
    planning.change_forum(forum, asks_diet=False, asks_access=False, by=cast.fatima)
    assert reverse("forums:needs", args=[forum.slug]) not in page("participants", forum).text
