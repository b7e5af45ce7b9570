"""Commitments: made at a forum, told of by their owner, read by those who may see the forum."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from lxml.html import fromstring

from accounts.models import LogEntry, Notification
from forums.committing import CommitmentRefused, commit, update
from forums.models import Commitment, Note
from forums.moderating import hide_note
from forums.wording import concept_for

from .room import E, make_forum, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(cast):
    return make_forum(cast)


def promise(cast, forum, **fields):
    given = {
        "owner": cast.maja,
        "unit": cast.units.home_care,
        "text": "Bjuda in kommunstyrelsen till hemtjänsten.",
        "due_on": timezone.localdate() + timedelta(days=90),
        "by": cast.fatima,
    }
    return commit(forum, **given | fields)


def test_a_promise_is_written_once_and_its_owner_told(cast, forum):
    first = promise(cast, forum)
    assert promise(cast, forum) == first
    assert Commitment.objects.count() == 1
    assert Notification.objects.get(person=cast.maja).url == f"/ataganden/{first.pk}/"
    with pytest.raises(CommitmentRefused):
        promise(cast, forum, text="För sent", due_on=timezone.localdate() - timedelta(days=9))


def test_updates_follow_each_other(cast, forum):
    made = promise(cast, forum)
    update(made, text="Datum är bokat.", state="under_way", by=cast.maja)
    update(made, text="Datum är bokat.", state="under_way", by=cast.maja)
    update(made, text="Besöket är gjort.", state="kept", by=cast.maja)
    made.refresh_from_db()
    assert made.state == "kept"
    assert [told.text for told in made.updates.all()] == ["Besöket är gjort.", "Datum är bokat."]
    with pytest.raises(CommitmentRefused):
        update(made, text="  ", state="kept", by=cast.maja)


@pytest.mark.parametrize("person", ["fatima", "karin"])
def test_organiser_and_communicator_write_it_down(cast, client_as, person):
    room = make_room(cast)
    room.open(E)
    note = room.write(1, E, "Kom och se hur vi har det.", "insyn")
    room.close()
    client = client_as(getattr(cast, person))
    concept = concept_for("insyn")
    address = f"/forum/{room.forum.slug}/ataganden/nytt/"
    assert "checked" in client.get(f"{address}?begrepp={concept.pk}").text
    data = {
        "text": "Öppna för besök.",
        "owner": "Maja Lind",
        "unit": cast.units.home_care.pk,
        "due_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "themes": [concept.pk],
    }
    answer = client.post(address, data)
    made = Commitment.objects.get()
    assert answer.url == f"/ataganden/{made.pk}/"
    assert list(made.notes.all()) == [note]
    page = client.get(answer.url).text
    assert "Kom och se hur vi har det." in page
    assert str(note.pk) not in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 301),
        ("owner", ""),
        ("owner", "Ingen Alls"),
        ("unit", ""),
        ("due_on", "i vår"),
        ("due_on", "2020-01-01"),
    ],
)
def test_a_bad_promise_is_told_beside_its_field(cast, forum, client_as, field, value):
    data = {
        "text": "Öppna för besök.",
        "owner": "Maja Lind",
        "unit": cast.units.home_care.pk,
        "due_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }
    answer = client_as(cast.fatima).post(f"/forum/{forum.slug}/ataganden/nytt/", data | {field: value})
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == [field]
    assert value in answer.text
    assert field == "text" or "Öppna för besök." in answer.text
    assert not Commitment.objects.exists()


def test_others_write_none_down(cast, forum, client_as):
    for person in (cast.per, cast.maja, cast.elsa, cast.gunnar):
        assert client_as(person).get(f"/forum/{forum.slug}/ataganden/nytt/").status_code == 403
        assert client_as(person).post(f"/forum/{forum.slug}/ataganden/nytt/", {}).status_code == 403
    assert not Commitment.objects.exists()


def test_its_owner_tells_how_it_goes_and_others_read(cast, forum, client_as):
    made = promise(cast, forum)
    address = f"/ataganden/{made.pk}/"
    said = {"text": "Vi har bokat den 12 mars.", "state": "under_way"}
    for person in (cast.per, cast.elsa):
        assert client_as(person).get(address).status_code == 200
        assert client_as(person).post(address, said).status_code == 403
    assert not made.updates.exists()
    assert client_as(cast.maja).post(address, said).status_code == 302
    assert "Vi har bokat den 12 mars." in client_as(cast.per).get(address).text
    for words in ("", "x" * 2001):
        refused = client_as(cast.maja).post(address, {"text": words, "state": "kept"})
        assert refused.status_code == 409
        assert "invalid-feedback" in refused.text
        assert words in refused.text
        assert refused.context["form"]["state"].value() == "kept"
    made.refresh_from_db()
    assert made.state == "under_way"


def test_a_restricted_forums_commitments_do_not_exist_for_others(cast, client_as):
    forum = make_forum(cast, restricted=True)
    made = promise(cast, forum, owner=cast.yngve, unit=cast.units.energy)
    assert client_as(cast.per).get(f"/ataganden/{made.pk}/").status_code == 404
    assert client_as(cast.per).post(f"/ataganden/{made.pk}/", {"text": "x"}).status_code == 404
    assert client_as(cast.former).get(f"/ataganden/{made.pk}/").status_code == 403
    # Its owner sees it, though not the forum that it came from.
    page = client_as(cast.yngve).get(f"/ataganden/{made.pk}/")
    assert page.status_code == 200
    assert forum.get_absolute_url() not in page.text


def test_what_was_promised_stands_on_the_forums_own_page(cast, client_as):
    forum = make_forum(cast, restricted=True)
    promise(cast, forum, owner=cast.yngve, unit=cast.units.energy)
    update(promise(cast, forum, text="Öppna för besök."), text="Boka in er!", state="under_way", by=cast.maja)
    promise(cast, make_forum(cast), text="Något helt annat.")
    page = client_as(cast.maja).get(forum.get_absolute_url())
    (section,) = fromstring(page.text).xpath("//section[@aria-labelledby='ataganden']")
    assert section.findtext("h2") == "Det här lovade vi"
    items = {item.find(".//a").text: item for item in section.iter("li")}
    assert set(items) == {"Bjuda in kommunstyrelsen till hemtjänsten.", "Öppna för besök."}
    for text, state, owner in (
        ("Bjuda in kommunstyrelsen till hemtjänsten.", "utlovat", "Yngve"),
        ("Öppna för besök.", "på gång", "Maja Lind"),
    ):
        told = items[text].text_content()
        assert state in told and owner in told, told
    assert "Boka in er!" in items["Öppna för besök."].text_content()
    # Who may not see the forum finds neither; who owns a promise sees that one, on its own page.
    for person in (cast.per, cast.yngve):
        assert client_as(person).get(forum.get_absolute_url()).status_code == 404
    assert "Det här lovade vi" not in client_as(cast.maja).get(make_forum(cast).get_absolute_url()).text


def test_the_page_costs_the_same_with_thirty_updates(cast, forum, client_as, django_assert_num_queries):
    made = promise(cast, forum)
    update(made, text="Ett", state="under_way", by=cast.maja)
    client = client_as(cast.per)

    def look():
        with django_assert_num_queries(10):
            client.get(f"/ataganden/{made.pk}/")

    look()
    for number in range(30):
        update(made, text=f"Läge {number}", state="under_way", by=cast.maja)
    look()


def test_the_form_lists_nobody_and_a_double_click_makes_one(cast, forum, client_as):
    client, address = client_as(cast.fatima), f"/forum/{forum.slug}/ataganden/nytt/"
    assert cast.maja.email not in client.get(address).text
    data = {
        "text": "Öppna för besök.",
        "owner": cast.maja.email,
        "unit": cast.units.home_care.pk,
        "due_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }
    first, second = (client.post(address, data) for _ in range(2))
    assert first.url == second.url
    made = Commitment.objects.get()
    with pytest.raises(IntegrityError, match=r"(?i)unique|promise"), transaction.atomic():
        Commitment.objects.create(
            forum=forum, owner=made.owner, unit=made.unit, text=made.text, due_on=made.due_on
        )


@pytest.fixture
def insight(cast):
    """A commitment that answers fourteen notes about one of three themes; returns it and their room."""
    room = make_room(cast)
    room.open(E)
    for number in range(14):
        room.write(1 + number % 2, E, f"Anteckning nummer {number}.", "insyn")
    room.write(1, E, "Kom oftare.", "närvaro")
    room.write(2, E, "Svara på frågor.", "svar")
    room.close()
    notes = Note.objects.filter(terms__text="insyn")
    return promise(cast, room.forum, notes=list(notes)), room


def test_all_that_it_answers_can_be_read(cast, client_as, insight):
    made, room = insight
    reader = client_as(room.seated[1, E][0])
    page = reader.get(f"/ataganden/{made.pk}/").text
    assert page.count("Anteckning nummer") == 10
    assert "och 4 anteckningar till" in page
    assert 'href="?anteckningar=alla#answers-head"' in page
    page = reader.get(f"/ataganden/{made.pk}/?anteckningar=alla").text
    assert page.count("Anteckning nummer") == 14
    assert "anteckningar till" not in page
    # Who was not there reads none of them.
    page = client_as(cast.per).get(f"/ataganden/{made.pk}/?anteckningar=alla").text
    assert "Anteckning nummer" not in page


def test_what_it_answers_is_mended(cast, client_as, insight):
    made, room = insight
    client, address = client_as(cast.fatima), f"/ataganden/{made.pk}/andra/"
    page = client.get(address)
    chosen = re.findall(r'<input[^>]*name="themes"[^>]*>', page.text)
    assert [("checked" in one) for one in chosen] == [True, False, False]
    hide_note(Note.objects.get(text="Svara på frågor."), reason="Pekar ut", by=cast.fatima)
    assert "svar</label>" not in client.get(address).text.replace("\n", "").replace(" ", "")
    data = {
        "text": made.text,
        "owner": "Maja Lind",
        "unit": made.unit_id,
        "due_on": made.due_on.isoformat(),
        "themes": [concept_for("närvaro").pk],
    }
    assert client.post(address, data).status_code == 302
    assert [note.text for note in made.notes.all()] == ["Kom oftare."]
    entry = LogEntry.objects.filter(event="commitment.amended").get()
    assert entry.details["changed"] == ["notes"]
    assert client.post(address, data).status_code == 302
    assert LogEntry.objects.filter(event="commitment.amended").count() == 1
    assert client_as(room.seated[1, E][0]).post(address, data | {"themes": []}).status_code == 403
    assert made.notes.count() == 1
