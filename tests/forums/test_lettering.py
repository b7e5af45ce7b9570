"""Words are shown with the capitals that most people gave them, and compared without."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache

from forums.counting import figures_of
from forums.gathering import make_of, proposals_for
from forums.merging import rename
from forums.models import Mention, Term
from forums.suggesting import suggestions_for
from forums.wording import concept_for, letters_of, normalise, spelt

from .room import E, O, make_room


@pytest.mark.parametrize(
    ("written", "label"),
    [
        # As most people wrote it; of as many, whoever took the trouble.
        ("AI | ai | AI", "AI"),
        ("AI | ai | ai", "ai"),
        ("AI | ai", "AI"),
        ("HR", "HR"),
        ("SKR | SKR:s", "SKR"),
        ("iPad | ipad | iPad", "iPad"),
        ("AI-strategi | Ai-strategi | ai-strategi | AI-strategi", "AI-strategi"),
        ("Samhällsbyggnad AB | Samhällsbyggnad AB | samhällsbyggnad ab", "Samhällsbyggnad AB"),
        ("Region Sörmland", "Region Sörmland"),
        ("Sveriges Kommuner och Regioner", "Sveriges Kommuner och Regioner"),
        # A name keeps its capital, if nobody wrote it without.
        ("Microsoft", "Microsoft"),
        ("Microsoft | Microsofts | Microsoft", "Microsoft"),
        ("Teams | teams", "teams"),
        # A capital that begins a sentence is no part of the word.
        ("Tillit", "tillit"),
        ("Tillit! | Tilliten", "tillit"),
        ("Medborgardialogen", "medborgardialogen"),
        ("Delaktighet", "delaktighet"),
        ("Mer tid för dialog", "mer tid för dialog"),
        ("Mer AI i skolan", "mer AI i skolan"),
        # Nor is a word that is shouted.
        ("TILLIT!", "tillit"),
        ("TID", "tid"),
        ("MER TID FÖR DIALOG", "mer tid för dialog"),
    ],
)
def test_the_letters_of_a_label(written, label):
    (concept,) = make_of(written.split(" | ")).concepts
    assert concept.label == label


def test_what_is_proposed_is_told_by_its_label():
    assert make_of(["AI-strategi", "Strategi för AI"]).proposed == [("AI-strategi", "strategi för AI")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" ”AI”! ", "AI"), ("Tillit.", "Tillit"), ("tillit", ""), ("SKR:S", "SKR:S"), ("112", ""), ("İ", "")],
)
def test_what_is_kept_is_the_word_with_its_capitals(typed, kept):
    assert spelt(typed) == kept
    assert not kept or normalise(kept) == normalise(typed)


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=3, each=5)
    room.open(E)
    room.write(1, E, "Ett", "AI", "Tillit")
    room.write(2, E, "Två", "AI", "Microsoft")
    room.open(O)
    room.write(3, O, "Tre", "ai", "microsofts")
    return room


def labels_of(figures):
    return sorted(concept["label"] for concept in figures["concepts"])


def test_the_room_is_shown_what_most_people_wrote(room, client_as):
    assert labels_of(figures_of(room.work)) == ["AI", "microsoft", "tillit"]
    page = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/").text
    assert "AI <span" in page
    assert "ai <span" not in page
    cache.clear()
    assert suggestions_for(room.work) == ["AI", "microsoft", "tillit"]


def test_what_is_frozen_stays_and_every_page_tells_it(room, client_as):
    result = room.close()
    frozen = json.dumps(result.figures, sort_keys=True)
    assert labels_of(result.figures) == ["AI", "microsoft", "tillit"]
    Mention.objects.filter(term__text="ai").update(written="")
    result.refresh_from_db()
    assert json.dumps(result.figures, sort_keys=True) == frozen
    client, address = client_as(room.cast.fatima), f"/forum/{room.forum.slug}/resultat"
    assert "AI" in labels_of(client.get(f"{address}.json").json())
    assert ">AI<" in client.get(f"{address}/").text
    assert ">AI<" in client.get("/forum/trender/").text


def test_a_note_keeps_what_was_typed_and_its_letters_can_be_mended(room):
    note = room.write(3, O, "Fyra", "hr", "GDPR")
    assert sorted(map(str, note.mentions.all())) == ["GDPR", "hr"]
    again = room.write(3, O, "Fyra", "hr", "GDPR", note_id=note.pk)
    assert again.revision == note.revision  # sent twice, saved once
    mended = room.write(3, O, "Fyra", "HR", "GDPR", note_id=note.pk)
    assert mended.revision == note.revision + 1
    assert sorted(map(str, mended.mentions.all())) == ["GDPR", "HR"]
    assert Term.objects.filter(text="hr").count() == 1


def test_one_word_typed_in_two_ways_is_one_keyword(room):
    assert letters_of(["AI", "ai!"]) == {"ai": ""}
    note = room.write(3, O, "Fyra", "AI", "ai!")
    assert [str(mention) for mention in note.mentions.all()] == ["ai"]


def test_the_dictionary_and_the_questions_to_the_room_tell_it_so_too(room, client_as, cast):
    client = client_as(cast.karin)
    page = client.get("/forum/begrepp/").text
    assert '<h2 class="concept-label">AI</h2>' in page
    assert '<li class="keyword">AI</li>' in page
    rename(concept_for("ai"), label="artificiell intelligens", by=cast.karin)
    assert '<h2 class="concept-label">artificiell intelligens</h2>' in client.get("/forum/begrepp/").text
    room.write(3, O, "Fem", "AI-strategi")
    room.write(3, O, "Sex", "Strategi för AI")
    pairs = [{first.called, second.called} for first, second in proposals_for(room.forum)]
    assert {"AI-strategi", "strategi för AI"} in pairs
    page = client_as(cast.fatima).get(f"/forum/{room.forum.slug}/grupparbete/leda/forslag/").text
    assert '<span class="keyword">AI-strategi</span>' in page


def test_the_command_runs_before_a_home_has_its_keys_or_its_database(tmp_path):
    """As on a fresh clone: nothing but the packages is there."""
    file = tmp_path / "ord.txt"
    file.write_text("AI\nai\nAI\nMicrosoft\n", encoding="utf-8")
    home = tmp_path / "var"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    # What is set here, no `.env` changes.
    environment = kept | {"SAMSPEL_VAR": str(home), "SAMSPEL_DEMO": "0"}
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", "keywords", str(file)],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == {
        "concepts": [{"label": "AI", "terms": ["AI", "ai"]}, {"label": "Microsoft", "terms": ["Microsoft"]}],
        "proposed": [],
    }
    assert list(home.iterdir()) == []
