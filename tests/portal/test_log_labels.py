"""The log calls everything by a name, or by what it is in the reader's language: "ämne 8", not "topic 8"."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db.models import UUIDField
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import LogEntry, Person
from forums import committing
from forums.arriving import check_in
from forums.guarding import add_insult
from news import documenting
from news.blogging import open_blog
from news.curating import plant_topic
from tests.forums.room import make_room
from tests.news.making import pdf

pytestmark = pytest.mark.django_db

# What is told of by its number to those who may not open it.
NUMBERED = [
    "news.article",
    "news.document",
    "news.picture",
    "forums.forum",
    "forums.registration",
    "forums.groupwork",
    "forums.commitment",
    "forums.concept",
]


@pytest.fixture
def shown(cast, client_as):
    """A function: the lines of the log that Ada finds."""

    def lines(**asked):
        page = BeautifulSoup(client_as(cast.ada).get(reverse("portal:log"), asked).content, "html.parser")
        return [" ".join(line.p.text.split()) for line in page.select(".log-rows > li")]

    return lines


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_one_may_not_open_is_called_by_its_kind_in_ones_language(cast, shown, language):
    Person.objects.filter(pk=cast.ada.pk).update(language=language)
    names = []
    for kind in NUMBERED:
        model = apps.get_model(kind)
        long = isinstance(model._meta.pk, UUIDField)
        pk = "0000abcd-0000-4000-8000-000000000000" if long else "9999"
        # Files are kept there without a name: "document 0000abcd-...".
        name = f"{model._meta.model_name} {pk}" if long else "Något hemligt"
        LogEntry.objects.create(event="x.y", about_type=kind, about_id=pk, about_name=name)
        with translation.override(language):
            names.insert(0, f"{model._meta.verbose_name} {'0000abcd' if long else '9999'}")
    assert [line.partition(": ")[2] for line in shown()] == names
    assert shown(q="hemligt") == []


def test_what_everybody_may_read_is_called_by_its_name(cast, shown):
    plant_topic(name="Vattnet", by=cast.ada)
    open_blog(name="Från kommundirektören", unit=cast.units.office, office="Kommundirektör", by=cast.ada)
    add_insult("sopprot", by=cast.ada)
    assert shown() == [
        "Ada Nyström lade till ett ord som håller inne anteckningar: sopprot",
        "Ada Nyström öppnade en blogg: Från kommundirektören",
        "Ada Nyström lade till ett ämne: Vattnet",
    ]
    assert len(shown(q="vattnet")) == 1


def test_what_is_done_in_a_forum_is_told_with_its_name_where_one_finds_the_forum(cast, shown):
    room = make_room(cast, title="Chefsforum vår")
    room.open("elected")
    day = timezone.localdate(room.forum.ends_at) + timedelta(days=30)
    committing.commit(
        room.forum, owner=cast.maja, unit=cast.units.social, text="Svara i tid", due_on=day, by=cast.fatima
    )
    check_in(room.forum.registrations.first(), by=cast.fatima)
    lines = shown()
    assert any(line.endswith("öppnade grupparbetet: Chefsforum vår") for line in lines)
    assert any(line.endswith("gjorde ett åtagande: Svara i tid") for line in lines)
    assert "Fatima Nasser checkade in någon: Chefsforum vår" in lines
    assert not any("Nummer" in line for line in lines), "whose answer it was is told on the forum's own pages"
    type(room.forum).objects.update(restricted=True, audience=cast.audiences.social)
    lines = " ".join(shown())
    assert "Chefsforum vår" not in lines and "Svara i tid" not in lines
    assert "grupparbete " in lines and "åtagande " in lines and "anmälan " in lines


def test_a_document_is_called_by_its_title_by_those_who_may_open_it(cast, shown, client_as):
    own = documenting.add_document(pdf(), by=cast.ada)
    other = documenting.add_document(pdf("hemlig.pdf", b"Annat"), by=cast.karin, in_library=False)
    number = str(other.pk).partition("-")[0]
    assert shown() == [
        f"Karin Berg lade till ett dokument: dokument {number}",
        f"Ada Nyström lade till ett dokument: {own.title}",
    ]
