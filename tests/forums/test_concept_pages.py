"""Communicators say which words are one concept."""

import pytest

from accounts.models import LogEntry
from forums.merging import rename
from forums.models import Concept
from forums.wording import concept_for, term_for

from .room import E, make_room

pytestmark = pytest.mark.django_db

ADDRESS = "/forum/begrepp/"


@pytest.fixture
def room(cast):
    room = make_room(cast)
    room.open(E)
    room.write(1, E, "En tanke", "tillit", "mod")
    room.write(1, E, "En till", "tilliten", "förtroende")
    return room


def test_the_list_tells_words_and_counts_the_commonest_first(room, client_as):
    page = client_as(room.cast.karin).get(ADDRESS)
    assert [(one.label, one.notes) for one in page.context["page"]] == [
        ("tillit", 2),
        ("förtroende", 1),
        ("mod", 1),
    ]
    assert "tilliten" in page.text
    for search, found in [("TILLITEN", ["tillit"]), ("nej", []), ("%", ["tillit", "förtroende", "mod"])]:
        page = client_as(room.cast.karin).get(ADDRESS, {"q": search})
        assert [one.label for one in page.context["page"]] == found


def test_two_become_one_and_two_again(room, client_as):
    client = client_as(room.cast.karin)
    confidence, trust = concept_for("förtroende"), concept_for("tillit")
    page = client.post(f"{ADDRESS}{confidence.pk}/sla-ihop/", {"word": "Tilliten!"}, follow=True)
    assert "Räknas som <strong>tillit</strong>" in page.text
    assert concept_for("förtroende") == trust
    client.post(f"{ADDRESS}{confidence.pk}/aterstall/", follow=True)
    assert concept_for("förtroende") == confidence
    events = LogEntry.objects.filter(event__startswith="concept.").values_list("event", "by")
    assert set(events) == {
        ("concept.merged", room.cast.karin.pk),
        ("concept.unmerged", room.cast.karin.pk),
    }


@pytest.mark.parametrize("word", ["", "tillit", "aldrig skrivet", "x" * 81, "a\0b"])
def test_what_cannot_be_merged_is_told(room, client_as, word):
    page = client_as(room.cast.karin).post(
        f"{ADDRESS}{concept_for('tillit').pk}/sla-ihop/", {"word": word}, follow=True
    )
    assert page.status_code == 409
    form = next(one.forms["merge"] for one in page.context["page"] if one.label == "tillit")
    told = [*form["word"].errors, *(str(message) for message in page.context["messages"])]
    assert len(told) == 1
    assert form["word"].value() == word
    assert "<details open>" in page.text
    assert not Concept.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("label", ["", "x" * 81])
def test_a_name_that_does_not_fit_is_told_beside_it_and_kept(room, client_as, label):
    concept, sent = concept_for("mod"), {"label": label, "label_en": "courage"}
    page = client_as(room.cast.karin).post(f"{ADDRESS}{concept.pk}/namn/", sent)
    assert page.status_code == 409
    form = next(one.forms["rename"] for one in page.context["page"] if one.label == "mod")
    assert list(form.errors) == ["label"]
    assert [form[name].value() for name in sent] == [label, "courage"]
    assert page.text.count("invalid-feedback") == 1
    concept.refresh_from_db()
    assert (concept.label, concept.is_curated) == ("mod", False)


def test_a_concept_gets_its_name_once(room, client_as):
    concept = concept_for("mod")
    client = client_as(room.cast.karin)
    for _ in range(2):
        client.post(f"{ADDRESS}{concept.pk}/namn/", {"label": "Mod att pröva", "label_en": "courage"})
    client.post(f"{ADDRESS}{concept.pk}/namn/", {"label": ""})
    concept.refresh_from_db()
    assert (concept.label, concept.label_en, concept.is_curated) == ("Mod att pröva", "courage", True)
    assert LogEntry.objects.filter(event="concept.renamed").count() == 1
    wall = client.get(f"/forum/{room.forum.slug}/skarm/innehall/")
    assert "Mod att pröva" in wall.text
    client.post(f"{ADDRESS}{concept.pk}/namn/", {"label": "Kurage"})
    renamed = client.get(f"/forum/{room.forum.slug}/skarm/innehall/", headers={"if-none-match": wall["ETag"]})
    assert "Kurage" in renamed.text


def test_what_a_page_calls_a_concept_its_form_and_its_changes_call_it_too(room, client_as):
    room.write(2, E, "Den", "tilliten")
    client, concept = client_as(room.cast.karin), concept_for("tillit")
    assert concept.label == "tillit"
    page = client.get(ADDRESS, {"q": "tillit"})
    form = next(one.forms["rename"] for one in page.context["page"] if one.pk == concept.pk)
    assert form["label"].value() == "tilliten"
    client.post(f"{ADDRESS}{concept_for('förtroende').pk}/sla-ihop/", {"word": "tillit"})
    page = client.get(ADDRESS, {"q": "förtroende"}).text
    assert "”förtroende” har slagits ihop med ”tilliten”." in page
    assert "Räknas som <strong>tilliten</strong>" in page


def test_an_english_name_alone_is_told_as_that(room, client_as):
    client, concept = client_as(room.cast.karin), concept_for("tillit")
    client.post(f"{ADDRESS}{concept.pk}/namn/", {"label": "tillit", "label_en": "trust"})
    assert "”tillit” heter ”trust” på engelska." in client.get(ADDRESS).text
    client.post(f"{ADDRESS}{concept.pk}/namn/", {"label": "Tilliten", "label_en": "trust"})
    assert "”tillit” har fått namnet ”Tilliten”." in client.get(ADDRESS).text


def test_others_mend_nothing(room, client_as):
    concept = concept_for("förtroende")
    for person in (room.cast.per, room.cast.fatima, room.cast.gunnar, room.cast.elsa, room.cast.former):
        client = client_as(person)
        assert client.get(ADDRESS).status_code == 403
        assert ADDRESS not in client.get("/forum/").text
        for path, fields in [
            ("sla-ihop", {"word": "tillit"}),
            ("aterstall", {}),
            ("namn", {"label": "Nytt"}),
        ]:
            assert client.post(f"{ADDRESS}{concept.pk}/{path}/", fields).status_code == 403
    client = client_as(room.cast.karin)
    assert ADDRESS in client.get("/forum/").text
    assert client.get(f"{ADDRESS}{concept.pk}/sla-ihop/").status_code == 405
    assert client.post(f"{ADDRESS}0/sla-ihop/", {"word": "tillit"}).status_code == 404
    concept.refresh_from_db()
    assert (concept.label, concept.merged_into) == ("förtroende", None)


def test_the_list_costs_the_same_with_thirty_concepts(room, client_as, django_assert_num_queries):
    client = client_as(room.cast.karin)
    for _ in range(2):
        with django_assert_num_queries(13):
            client.get(ADDRESS)
        for number in range(30):
            term_for(f"ord nummer {number}")


def test_each_concept_has_its_latest_change_and_the_way_back(room, client_as):
    client, concept = client_as(room.cast.karin), concept_for("tillit")
    client.post(f"{ADDRESS}{concept.pk}/namn/", {"label": "Tilliten", "label_en": "trust"})
    renamed = LogEntry.objects.get(event="concept.renamed")
    # Nine later changes of other concepts push it out of the latest ones of the whole house.
    for number in range(9):
        rename(concept_for(f"ord {number}"), label=f"Ord {number}", by=room.cast.karin)
    undo = f"{ADDRESS}andring/{renamed.pk}/angra/"
    page = client.get(ADDRESS, {"q": "tillit"}).text
    assert page.count(undo) == 1
    assert "Karin" in page[page.index(undo) : page.index("</form>", page.index(undo))]
    client.post(undo)
    concept.refresh_from_db()
    assert concept.label == "tillit"
    assert undo not in client.get(ADDRESS, {"q": "tillit"}).text
