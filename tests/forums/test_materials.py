"""Documents, links and recordings: shared with those whom a forum is meant for, and nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Mail
from forums import naming, planning, registering
from forums.models import Material, ProgrammeItem
from forums.sharing import share, take_away
from tests.news.making import pdf

LINK = "https://film.example/hemlig-inspelning"


@pytest.fixture
def item(cast, make_forum):
    """An item of a forum that is open to find, with its group-work leaders among the invited."""
    forum = make_forum()
    return planning.add_item(
        forum,
        kind=ProgrammeItem.Kind.TALK,
        title="Välkomna",
        starts_at=forum.starts_at,
        ends_at=forum.starts_at + timedelta(minutes=30),
        speakers=[cast.yngve],
        by=cast.fatima,
    )


def test_they_open_to_those_the_forum_is_meant_for(cast, item, client_as):
    document = share(item.forum, item=item, title="Bilder", file=pdf(), by=cast.fatima)
    film = share(item.forum, title="Film", kind=Material.Kind.RECORDING, url=LINK, by=cast.fatima)
    # Invited, elected, speaker, desk and organiser open them; Per may read about the forum, and no more.
    for person, opens in (
        (cast.maja, True),
        (cast.elsa, True),
        (cast.yngve, True),
        (cast.karin, True),
        (cast.fatima, True),
        (cast.per, False),
        (cast.former, False),
    ):
        client = client_as(person)
        page = client.get(item.forum.get_absolute_url()).text
        assert [title in page for title in (document.get_absolute_url(), "Film</a>")] == [opens] * 2, person
        assert LINK not in page
        answers = [client.get(each.get_absolute_url()) for each in (document, film)]
        refused = 403 if person == cast.former else 404
        assert [each.status_code for each in answers] == ([200, 302] if opens else [refused] * 2), person
    sent = client_as(cast.maja).get(film.get_absolute_url())
    assert sent.url == LINK
    assert (sent["Referrer-Policy"], sent["Cache-Control"]) == ("no-referrer", "no-store")


def test_who_is_left_out_or_was_let_in_by_name(cast, item, client_as):
    document = share(item.forum, title="Bilder", file=pdf(), by=cast.fatima)
    naming.leave_out(item.forum, cast.maja, by=cast.fatima)
    naming.invite_also(item.forum, cast.per, by=cast.fatima)
    assert client_as(cast.maja).get(document.get_absolute_url()).status_code == 404
    assert client_as(cast.per).get(document.get_absolute_url()).status_code == 200


def test_those_who_took_part_go_on_finding_the_recording(cast, item, client_as):
    registering.register(item.forum, person=cast.ulla, by=cast.ulla)
    cast.ulla.assignments.update(is_manager=False)  # not meant any more, but was there
    with time_machine.travel(item.forum.ends_at + timedelta(days=300), tick=False):
        film = share(item.forum, title="Film", kind=Material.Kind.RECORDING, url=LINK, by=cast.fatima)
        assert client_as(cast.ulla).get(film.get_absolute_url()).status_code == 302


def test_a_guest_opens_them_by_the_link_for_two_weeks(cast, item, client):
    facts = {"email": "nora@granne.example", "given_name": "Nora", "family_name": "Norén", "language": "sv"}
    guest = naming.invite_guest(item.forum, **facts, by=cast.fatima)
    film = share(item.forum, item=item, title="Film", url=LINK, by=cast.fatima)
    address = reverse("forums:guest_material", args=[guest.token, film.pk])
    page = client.get(reverse("forums:guest", args=[guest.token])).text
    assert address in page
    assert LINK not in page
    assert client.get(address).url == LINK
    assert client.get(film.get_absolute_url()).status_code == 302  # to sign in
    assert "login" in client.get(film.get_absolute_url()).url
    with time_machine.travel(item.forum.ends_at + timedelta(days=15)):
        assert client.get(address).status_code == 404


def test_a_double_click_shares_once_and_takes_away_once(cast, item, client_as):
    client = client_as(cast.fatima)
    url = reverse("forums:materials", args=[item.forum.slug])
    key = uuid4()
    for _click in range(2):
        sent = {"key": key, "title": "Bilder", "kind": "material", "item": item.pk, "file": pdf()}
        assert client.post(url, sent).status_code == 302
    shared = Material.objects.get()
    assert (shared.item, shared.extension) == (item, "pdf")
    storage, name = shared.file.storage, shared.file.name
    assert "Bilder" in client.get(url).text
    remove = reverse("forums:take_away", args=[item.forum.slug, shared.pk])
    for _click in range(2):
        assert client.post(remove).status_code == 302
    assert not Material.objects.exists()
    assert storage.exists(name)  # until the transaction is done
    assert client.post(reverse("forums:take_away", args=[item.forum.slug, uuid4()])).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"url": LINK}, {"url": "javascript:alert(1)", "title": "X"}])
def test_what_is_missing_is_said_beside_the_field_and_kept(cast, item, client_as, sent):
    url = reverse("forums:materials", args=[item.forum.slug])
    sent = {"key": uuid4(), "kind": "recording", **sent}
    response = client_as(cast.fatima).post(url, sent)
    assert response.status_code == 409
    assert "invalid-feedback" in response.text
    assert sent.get("url", "") in response.text
    assert not Material.objects.exists()


def test_an_item_that_goes_leaves_its_material_to_the_forum(cast, item):
    film = share(item.forum, item=item, title="Film", url=LINK, by=cast.fatima)
    planning.set_programme(item.forum, items=[], removed=[item], by=cast.fatima)
    film.refresh_from_db()
    assert film.item is None


def test_no_mail_and_no_calendar_tells_the_address(cast, item, client_as):
    share(item.forum, title="Film", url=LINK, by=cast.fatima)
    registering.register(item.forum, person=cast.maja, by=cast.maja)
    planning.change_forum(item.forum, place="Rådhuset", by=cast.fatima)
    assert not Mail.objects.filter(text__contains=LINK).exists()
    assert not Mail.objects.filter(calendar__contains="film.example").exists()
    calendar = client_as(cast.maja).get(reverse("forums:calendar", args=[item.forum.slug]))
    assert "film.example" not in calendar.text


def test_the_file_goes_when_it_is_done(cast, item, django_capture_on_commit_callbacks):
    document = share(item.forum, title="Bilder", file=pdf(), by=cast.fatima)
    storage, name = document.file.storage, document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        take_away(document, by=cast.fatima)
    assert not storage.exists(name)
