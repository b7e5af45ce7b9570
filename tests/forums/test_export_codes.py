"""The lists of a forum: whoever has not answered is on them, and JSON speaks in codes."""

import csv
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import Person, Side
from forums import registering
from forums.models import ProgrammeItem, Registration
from tests.cast import assign

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "participants-json.md"


@pytest.fixture
def forum(cast, make_forum):
    """Maja comes, Folke does not, and nobody else has answered."""
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.decline(forum, person=cast.folke, by=cast.folke)
    ProgrammeItem.objects.create(
        forum=forum, title="Paus", kind="break", starts_at=forum.starts_at, ends_at=forum.ends_at
    )
    return forum


@pytest.fixture
def listed(cast, forum, client_as):
    """A function that fetches a list as its organiser has it."""

    def fetch(form, what="deltagare"):
        return client_as(cast.fatima).get(reverse("forums:export", args=[forum.slug, what, form]))

    return fetch


def documented(name):
    """{key: codes} of a table in the document."""
    section = DOCUMENT.read_text().split(f"## `{name}`")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|(.*)\|$", section, re.MULTILINE)
    return {key: set(re.findall(r"`(\w+)`", words)) if kind == "code" else None for key, kind, words in rows}


def test_whoever_is_invited_and_has_not_answered_is_on_the_list(cast, forum, listed):
    rows = {row["email"]: row for row in listed("json").json()}
    assert rows.keys() == set(forum.people_meant().values_list("email", flat=True))
    ulla, elsa = rows[cast.ulla.email], rows[cast.elsa.email]
    assert (ulla["answer"], ulla["side"], ulla["mode"], ulla["answered_at"]) == (
        "unanswered",
        "official",
        "",
        None,
    )
    assert (elsa["side"], elsa["department"]) == ("elected", "Kommunstyrelsen")
    names = [row[1] for row in csv.reader(StringIO(listed("csv").content.decode("utf-8-sig")), delimiter=";")]
    assert names[1:] == [row["family_name"] for row in rows.values()]


def test_json_says_the_same_in_every_language_and_the_sheets_speak_the_readers(cast, forum, listed):
    told, sheet = {}, {}
    for language in ("sv", "en"):
        Person.objects.filter(pk=cast.fatima.pk).update(language=language)
        told[language], sheet[language] = listed("json").json(), listed("csv").content.decode("utf-8-sig")
    assert told["sv"] == told["en"]
    assert ';"inte besvarad";' in sheet["sv"]
    assert "not answered" in sheet["en"] and "unanswered" not in sheet["en"]


def test_the_lists_are_as_documented(forum, listed):
    for what in ("deltagare", "program"):
        keys = documented(what)
        for row in listed("json", what).json():
            assert list(row) == list(keys)
            for key, codes in keys.items():
                assert codes is None or row[key] in codes | {""}
    assert documented("deltagare")["side"] == set(Side.values)
    assert documented("deltagare")["mode"] == set(Registration.Mode.values)
    assert documented("deltagare")["answer"] == {*Registration.State.values, "unanswered"}
    assert documented("program")["kind"] == set(ProgrammeItem.Kind.values)


def test_whoever_chairs_a_board_is_listed_by_that_and_not_by_an_older_seat(cast, forum, listed):
    older = date(2010, 1, 1)
    assign(cast.elsa, cast.units.council, "Ledamot", side=Side.ELECTED, starts_on=older)
    assign(cast.folke, cast.units.council, "Ersättare", side=Side.ELECTED, starts_on=older)
    rows = {row["email"]: (row["title"], row["unit"]) for row in listed("json").json()}
    assert rows[cast.elsa.email] == ("Ordförande", "Kommunstyrelsen")
    # Who leads nothing goes by the seat that they have had the longest.
    assert rows[cast.folke.email] == ("Ersättare", "Kommunfullmäktige")
