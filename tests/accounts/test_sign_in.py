"""Signing in: by those in the register, as many as sit behind one address."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Mail, Person
from accounts.notifying import notify
from forums.committing import commit
from forums.models import Commitment
from tests.cast import PASSWORD
from tests.forums.room import make_room
from tests.portal.making import publish

pytestmark = pytest.mark.django_db

LOGIN = "/konto/login/"
WRONG = "E-postadressen eller lösenordet stämmer inte"


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


def sign_in(client, email, password=PASSWORD, **fields):
    return client.post(LOGIN, {"login": email, "password": password, **fields})


def test_a_person_signs_in_and_comes_to_the_start_page(cast):
    client = Client()
    response = sign_in(client, "per@almvik.example")
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").status_code == 200


def test_the_address_may_be_written_in_capitals(cast):
    assert sign_in(Client(), "PER@Almvik.Example").status_code == 302


def test_one_signs_in_by_the_address_in_the_register_and_by_no_other(cast, client_as):
    # Looking at one's addresses is enough for the library to write the address down for itself.
    assert client_as(cast.per).get("/konto/email/").status_code == 200
    assert EmailAddress.objects.get(user=cast.per).email == "per@almvik.example"
    fields = {name: getattr(cast.per, name) for name in ("given_name", "family_name", "language")}
    fields |= {"email": "per.akesson@almvik.example", "is_active": "on"}
    fields |= {"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0}
    changed = client_as(cast.ada).post(f"/admin/accounts/person/{cast.per.pk}/change/", fields)
    assert changed.status_code == 302
    assert sign_in(Client(), "per@almvik.example").status_code == 200
    assert sign_in(Client(), "per.akesson@almvik.example").status_code == 302


def test_one_comes_back_to_where_one_was_going(cast):
    client = Client()
    asked = client.get("/personer/?q=ek")
    assert asked.url == f"{LOGIN}?next=/personer/%3Fq%3Dek"
    assert sign_in(client, "per@almvik.example", next="/personer/?q=ek").url == "/personer/?q=ek"
    assert sign_in(Client(), "per@almvik.example", next="https://ond.example/").url == "/"


def test_a_wrong_password_is_told_in_swedish_and_the_address_is_kept(cast):
    html = sign_in(Client(), "per@almvik.example", "fel").content.decode()
    assert WRONG in html
    assert 'value="per@almvik.example"' in html
    assert "fel" not in re.findall(r'type="password"[^>]*value="([^"]*)"', html)


def test_a_wrong_password_is_told_in_the_language_of_the_page_and_signs_nobody_in(cast):
    client = Client()
    client.post("/sprak/", {"language": "en", "next": LOGIN})
    html = sign_in(client, "per@almvik.example", "fel").content.decode()
    assert "The e-mail address or the password is not right" in html
    assert WRONG not in html
    assert client.get("/").url.startswith(LOGIN)


def test_nobody_learns_who_is_in_the_register(cast):
    known = sign_in(Client(), "per@almvik.example", "fel").content.decode()
    unknown = sign_in(Client(), "ingen@almvik.example", "fel").content.decode()
    assert WRONG in known
    assert WRONG in unknown
    for email in ("per@almvik.example", "ingen@almvik.example"):
        assert Client().post("/konto/password/reset/", {"email": email}).url == "/konto/password/reset/done/"
    assert [message.to for message in mail.outbox] == [["per@almvik.example"]]


def test_tries_are_counted_per_person_never_per_address(cast):
    townhall = {"REMOTE_ADDR": "192.0.2.1"}
    for _ in range(12):
        response = sign_in(Client(**townhall), "per@almvik.example", "fel")
    assert "Vänta" in response.content.decode()
    assert sign_in(Client(**townhall), "per@almvik.example").status_code == 200, "the right one waits too"
    assert sign_in(Client(**townhall), "maja@almvik.example").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), "per@almvik.example").status_code == 200


def test_a_whole_town_hall_signs_in_at_once(cast):
    for person in [*cast.by_role.values()] * 4:
        assert sign_in(Client(REMOTE_ADDR="192.0.2.1"), person.email).status_code == 302


@pytest.mark.parametrize("path", ["/konto/signup/", "/konto/signup/passkey/"])
def test_nobody_signs_up(db, path):
    client = Client()
    new = {"email": "ny@almvik.example", "password1": "ett-langt-losenord-42"}
    assert client.get(path).status_code in (200, 403, 404)
    client.post(path, new)
    assert not Person.objects.filter(email="ny@almvik.example").exists()


def test_an_account_that_is_closed_is_refused(cast):
    Person.objects.filter(pk=cast.per.pk).update(is_active=False)
    client = Client()
    sign_in(client, "per@almvik.example")
    assert client.get("/").status_code == 302


def test_a_session_ends_with_its_account(cast, client_as):
    client = client_as(cast.per)
    assert client.get("/").status_code == 200
    Person.objects.filter(pk=cast.per.pk).update(is_active=False)
    assert client.get("/").url.startswith(LOGIN)


def test_a_mandate_that_ended_opens_nothing_though_the_session_lives_on(cast, client_as):
    story = publish(cast, "Öppen nyhet", lead="Ingress")
    room = make_room(cast, each=1)
    room.open("elected")
    room.close()
    promise = commit(
        room.forum,
        owner=cast.elsa,
        unit=cast.units.board,
        text="Ett eget löfte",
        due_on=timezone.localdate() + timedelta(days=30),
        by=cast.fatima,
    )
    notify([cast.elsa], key="x", text=lambda: "Något inifrån", url="/")
    client = client_as(cast.elsa)
    paths = ["/", "/nyheter/", "/sok/?q=nyhet", "/personer/", "/min-sida/", "/min-sida/notiser/", "/forum/"]
    paths += [story.get_absolute_url(), f"/ataganden/{promise.pk}/", "/organisation/", "/admin/"]
    assert client.get(story.get_absolute_url()).status_code == 200
    cast.elsa.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    for path in paths:
        page = client.get(path)
        html = page.content.decode()
        assert page.status_code == 403, path
        assert "Du har inget aktuellt uppdrag" in html, path
        assert "/organisation/" not in html or path == "/organisation/", "no way to what is closed"
        for words in ("Öppen nyhet", "Åkesson", "Ett eget löfte", "Något inifrån"):
            assert words not in html, path
    elsa = Person.objects.get(pk=cast.elsa.pk)
    assert not Commitment.objects.visible_to(elsa).exists()


def test_without_an_assignment_ones_own_account_is_still_there(cast, client_as):
    client = client_as(cast.former)
    assert client.get("/konto/password/change/").status_code == 200
    assert client.post("/sprak/", {"language": "en", "next": "/"}).status_code == 302
    assert "You have no assignment at present" in client.get("/").content.decode()
    assert client.post("/konto/logout/").status_code == 302
    assert client.get("/").url.startswith(LOGIN)


def test_pages_come_in_the_persons_own_language(cast):
    Person.objects.filter(pk=cast.per.pk).update(language="en")
    client = Client(headers={"accept-language": "sv"})
    assert client.get(LOGIN).headers["Content-Language"] == "sv"
    sign_in(client, "per@almvik.example")
    assert client.get("/").headers["Content-Language"] == "en"


def ask_for_a_new_password(person):
    Client().post("/konto/password/reset/", {"email": person.email})
    return re.search(r"https?://\S+(/konto/\S+)", mail.outbox[-1].body)[1]


def choose(client, link, password="ett-langt-losenord-42"):  # noqa: S107
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(cast):
    link = ask_for_a_new_password(cast.per)
    message = mail.outbox[-1]
    assert message.to == ["per@almvik.example"]
    assert message.subject == "Nytt lösenord till Samspel"
    choose(Client(), link)
    assert sign_in(Client(), "per@almvik.example", "ett-langt-losenord-42").status_code == 302
    again = Client().get(link, follow=True).content.decode()
    assert 'type="password"' not in again
    assert "Be om en ny länk" in again


def test_a_link_that_is_too_old_says_so(cast):
    link = ask_for_a_new_password(cast.per)
    with time_machine.travel(timezone.localtime() + timedelta(hours=3, minutes=1)):
        page = Client().get(link, follow=True).content.decode()
    assert 'type="password"' not in page
    assert "Be om en ny länk" in page


def test_a_weak_password_is_refused_in_words_and_changes_nothing(cast):
    link = ask_for_a_new_password(cast.per)
    page = choose(Client(), link, "kort").content.decode()
    assert "minst 12 tecken" in page
    assert sign_in(Client(), "per@almvik.example").status_code == 302


def test_the_mail_is_in_the_persons_language_and_queued_like_all_mail(cast):
    Person.objects.filter(pk=cast.per.pk).update(language="en")
    ask_for_a_new_password(cast.per)
    assert mail.outbox[-1].subject == "A new password for Samspel"
    assert Mail.objects.get(event="password_reset").to == cast.per
    ask_for_a_new_password(cast.per)
    assert Mail.objects.filter(event="password_reset").count() == 2


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        ("http://testserver/nyheter/torget/?vid=1#kommentarer", "/nyheter/torget/%3Fvid%3D1"),
        ("https://ond.example/nyheter/", "/artikel/1/kommentera/"),
        ("", "/artikel/1/kommentera/"),
    ],
)
def test_whoever_sent_a_form_signed_out_comes_back_to_its_page(page, leads_to):
    asked = Client().post("/artikel/1/kommentera/", headers={"Referer": page} if page else {})
    assert asked.url == f"{LOGIN}?next={leads_to}"
