"""Guests pasted from a mail or a spreadsheet: every line is read, and every bad one has its message."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Mail, Person
from forums.forms.guests import GuestsField
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db

NILS = ("Nils", "Norén", "nils@granne.example")


def read(text):
    found = GuestsField().clean(text)
    return [(guest["given_name"], guest["family_name"], guest["email"]) for guest in found]


def errors_of(text):
    with pytest.raises(ValidationError) as refused:
        GuestsField().clean(text)
    return refused.value.messages


@pytest.fixture
def paste(cast, make_forum, client_as):
    """A function that sends the box for a draft, as Fatima; `paste.forum` is the draft."""

    def send(text, **fields):
        url = reverse("forums:add_guests", args=[send.forum.slug])
        return client_as(cast.fatima).post(url, {"guests": text, "language": "sv", **fields})

    send.forum = make_forum(announced=False)
    return send


@pytest.mark.parametrize(
    "line",
    [
        "Nils Norén <nils@granne.example>",
        '"Nils Norén" <NILS@granne.example>;',
        '"Norén, Nils" <nils@granne.example>',
        "Norén, Nils <nils@granne.example>",
        "Norén, Nils; nils@granne.example",
        "Nils Norén; nils@granne.example",
        "Nils Norén, nils@granne.example",
        "Nils Norén nils@granne.example",
        "  Nils   Norén\tnils@granne.example  ",
        "Nils\tNorén\tnils@granne.example",
        "Nils;Norén;nils@granne.example",
        "nils@granne.example\tNils Norén",
        "Nils Norén <mailto:nils@granne.example>",
    ],
)
def test_a_line_is_read_as_people_have_it(line):
    assert read(line) == [NILS]


def test_lines_and_what_a_mail_program_copies_are_read_together():
    text = "\r\nNils Norén <nils@granne.example>; Siv Roos <siv@granne.example>\r\n;\r\nAnna Maria Ek, a@b.se"
    assert read(text) == [NILS, ("Siv", "Roos", "siv@granne.example"), ("Anna Maria", "Ek", "a@b.se")]


@pytest.mark.parametrize(
    ("line", "given", "family"),
    [
        ("Carl von Linné", "Carl", "von Linné"),
        ("Carl Gustaf af Leopold", "Carl Gustaf", "af Leopold"),
        ("Anna de la Gardie", "Anna", "de la Gardie"),
        ("Vincent van den Berg", "Vincent", "van den Berg"),
        ("Ebba Von Essen", "Ebba", "Von Essen"),
        ("Thi Van Nguyen", "Thi Van", "Nguyen"),
        ("von Linné", "von", "Linné"),
    ],
)
def test_what_belongs_to_a_family_name_stays_with_it(line, given, family):
    assert read(f"{line} <gast@granne.example>") == [(given, family, "gast@granne.example")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Nils Norén", "Rad 3: e-postadress saknas i ”Nils Norén”."),
        ("Nils Norén <nils@granne>", "Rad 3: ”nils@granne” är ingen e-postadress."),
        ("Nils Norén <nils@>", "Rad 3: ”nils@” är ingen e-postadress."),
        ("nils@granne.example", "Rad 3: skriv både förnamn och efternamn för nils@granne.example."),
        ("Nils <nils@granne.example>", "Rad 3: skriv både förnamn och efternamn för nils@granne.example."),
        ("Nils Norén nils@a.se nils@b.se", "Rad 3: här står flera adresser. Skriv en gäst på varje rad."),
        ("Nils\tNorén\tSundby\tnils@a.se", "Rad 3: här står mer än ett namn och en adress."),
        (f"Nils {'x' * 81} <n@a.se>", "Rad 3: namnet är längre än 80 tecken."),
        ("Siv R <siv@granne.example>", "Rad 3: siv@granne.example står redan på rad 1."),
        ("Per Å <PER@almvik.example>", "Rad 3: Per Åkesson arbetar här."),
    ],
)
def test_a_bad_line_has_a_message_with_its_number(cast, line, words):
    (message,) = errors_of(f"Siv Roos <siv@granne.example>\n\n{line}\nBo Ek, bo@granne.example")
    assert message.startswith(words)


def test_every_bad_line_is_told_in_order_and_nobody_is_invited(paste):
    text = "Nils Norén <nils@granne.example>\nPer Å, per@almvik.example\nSiv\nNils N <nils@granne.example>"
    page = paste(text)
    assert page.status_code == 409
    told = [page.text.index(words) for words in ("Rad 2: Per Åkesson", "Rad 3: e-postadress", "Rad 4: nils@")]
    assert told == sorted(told)
    assert "Siv\nNils N &lt;nils@granne.example&gt;" in page.text
    assert not paste.forum.named.exists()
    assert not Person.objects.filter(email="nils@granne.example").exists()


@pytest.mark.parametrize("text", ["", " \n\t\n", ";\n,"])
def test_an_empty_box_is_pointed_out(paste, text):
    page = paste(text)
    assert page.status_code == 409
    assert "måste fyllas i." in page.text


def test_a_list_is_put_up_at_once_and_who_was_there_is_told(cast, paste):
    fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:invited", args=[paste.forum.slug]))
    fatima.sees("Nils Norén <nils@granne.example>")  # the example in the help
    fatima.send(guests="Nils Norén, nils@granne.example", language="en").sees("1 ny gäst är på listan.")
    lines = "\n".join(f"Gäst Nummer{number} <g{number}@granne.example>" for number in range(40))
    fatima.send(guests=f"{lines}\nNils Norén, nils@granne.example")
    fatima.sees("40 nya gäster är på listan. 1 fanns där redan.")
    assert paste.forum.named.guests().count() == 41
    assert Person.objects.get(email="nils@granne.example").language == "en"
    assert not Mail.objects.exists()


def test_nobody_is_put_up_when_the_forum_is_over(paste):
    with time_machine.travel(paste.forum.ends_at + timedelta(minutes=1), tick=False):
        page = paste("Nils Norén, nils@granne.example")
    assert page.status_code == 409
    assert "Forumet är över" in page.text
    assert not paste.forum.named.exists()


def test_only_its_organisers_paste(cast, paste, client_as):
    url = reverse("forums:add_guests", args=[paste.forum.slug])
    sent = {"guests": "Nils Norén, nils@granne.example", "language": "sv"}
    for person in (cast.maja, cast.karin, cast.ada):
        assert client_as(person).post(url, sent).status_code == 404  # a draft of others
    assert not paste.forum.named.exists()
