"""How somebody wishes to hear of things, and the way out of mail without sign-in (RFC 8058)."""

import re

import pytest
from django.core import mail as django_mail
from django.test import Client

from accounts.mailing import compose, queue_mail
from accounts.models import CHOOSABLE, UNSAID, Cadence, Mail, Notification, Wish
from accounts.notifying import notify
from accounts.stopping import address_to_stop, stopped_at
from accounts.wishing import wish, wish_for_no_mail, wishes_of

pytestmark = pytest.mark.django_db

Kind = Notification.Kind
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_of(address):
    return "/" + address.split("/", 3)[3]


def tell(people, key="k", kind=Kind.DESK):
    def mail(person, key):
        return compose("digest", to=person, key=key, context={"parts": [], "number": 1}, stops=kind)

    return notify(people, key=key, kind=kind, text=lambda: "Något har hänt", url="/", mail=mail)


def test_everybody_hears_as_they_wish_and_once(cast):
    wish(cast.per, {Kind.DESK: (False, Cadence.WEEKLY)})
    wish(cast.ulla, {Kind.DESK: (False, Cadence.NEVER)})
    people = [cast.maja, cast.per, cast.ulla]
    assert [tell(people), tell(people)] == [1, 0]
    assert [mail.to for mail in Mail.objects.all()] == [cast.maja]
    waits = dict(Notification.objects.values_list("person__given_name", "in_portal"))
    assert waits == {"Maja": True, "Per": False}
    assert [one.person for one in Notification.objects.waiting()] == [cast.per]


def test_what_asks_for_an_answer_stays_in_the_portal(cast):
    wish(cast.maja, {Kind.REVIEW: (False, Cadence.NEVER)})
    tell([cast.maja], kind=Kind.REVIEW)
    assert cast.maja.notifications.shown().count() == 1
    assert not Mail.objects.exists()


def test_a_wish_said_twice_is_one(cast):
    for by_mail in (Cadence.DAILY, Cadence.NEVER):
        wish(cast.maja, {Kind.NEWS: (True, by_mail)})
    assert Wish.objects.get().by_mail == Cadence.NEVER
    assert wishes_of(cast.maja)[Kind.NEWS] == (True, Cadence.NEVER)
    assert wishes_of(cast.per) == {kind: UNSAID[kind] for kind in CHOOSABLE}


def test_the_page_shows_the_wishes_and_takes_them(cast, client_as):
    client = client_as(cast.maja)
    page = client.get("/min-sida/notiser/val/").content.decode()
    assert page.count("<fieldset") == len(CHOOSABLE)
    sent = {f"{kind}-mail": "daily" for kind in CHOOSABLE} | {"news-portal": "on", "must_read-portal": ""}
    assert client.post("/min-sida/notiser/val/", sent).status_code == 302
    now = wishes_of(cast.maja)
    assert {by_mail for _portal, by_mail in now.values()} == {Cadence.DAILY}
    assert {kind for kind, (portal, _mail) in now.items() if portal} == {
        Kind.NEWS,
        Kind.MUST_READ,
        Kind.REVIEW,
    }
    assert not cast.per.wishes.exists()


def test_a_bad_choice_is_told_of_and_changes_nothing(cast, client_as):
    answer = client_as(cast.maja).post("/min-sida/notiser/val/", {"news-mail": "yearly"})
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode()
    assert not Wish.objects.exists()


def test_only_mail_that_may_be_stopped_says_how(cast):
    tell([cast.maja])
    queue_mail("password_reset", to=cast.maja, key="p", context={"reset_url": "https://x.example/"})
    optional, needed = django_mail.outbox
    headers = optional.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (address,) = re.findall(r"^<(http\S+)>$", headers["List-Unsubscribe"])
    assert address in optional.body
    assert stopped_at(address.split("/")[-2]) == (cast.maja, Kind.DESK)
    assert "List-Unsubscribe" not in needed.message()
    assert "/sluta/" not in needed.body
    assert {mail.message()["Auto-Submitted"] for mail in django_mail.outbox} == {"auto-generated"}


def test_one_click_stops_one_kind_of_mail_without_sign_in(cast):
    path = path_of(address_to_stop(cast.maja, Kind.DESK))
    client = Client(enforce_csrf_checks=True)
    page = client.get(path)
    assert page.status_code == 200
    assert not Wish.objects.exists(), "to open the address changes nothing"
    assert client.post(path).status_code == 422, "nor does a POST without the word"
    assert not Wish.objects.exists()
    for _ in range(2):
        assert client.post(path, ONE_CLICK).status_code == 200, "no redirect (RFC 8058, 3.1)"
    now = wishes_of(cast.maja)
    assert now == {kind: UNSAID[kind] for kind in CHOOSABLE} | {Kind.DESK: (True, Cadence.NEVER)}
    tell([cast.maja, cast.per])
    assert [mail.to for mail in Mail.objects.all()] == [cast.per]


def test_a_digest_stopped_is_the_kinds_that_it_gathers(cast):
    wish(cast.maja, {Kind.BLOG: (True, Cadence.DAILY), Kind.DESK: (True, Cadence.DAILY)})
    tell([cast.maja])
    Client().post(path_of(address_to_stop(cast.maja, Cadence.DAILY)), ONE_CLICK)
    now = wishes_of(cast.maja)
    assert now[Kind.BLOG] == now[Kind.DESK] == (True, Cadence.NEVER)
    assert now[Kind.NEWS] == UNSAID[Kind.NEWS]
    assert not cast.maja.notifications.waiting().exists()


@pytest.mark.parametrize("token", ["x", "1.news:abc", "å"])
def test_what_is_no_way_out_is_not_found(db, token):
    assert Client().get(f"/sluta/{token}/").status_code == 404
    assert Client().post(f"/sluta/{token}/", ONE_CLICK).status_code == 404


def test_the_way_out_speaks_its_readers_language(cast):
    cast.maja.language = "en"
    cast.maja.save()
    page = Client().get(path_of(address_to_stop(cast.maja, Kind.NEWS))).content.decode()
    assert "Do you want no more mail about news meant for you?" in page
    wish_for_no_mail(cast.maja, Kind.NEWS)
