"""Words that somebody has said are one: the forms of each join by themselves, and part when it is undone."""

from importlib import import_module

import pytest
from django.apps import apps

from accounts.recording import record
from forums.merging import merge, unmerge
from forums.models import Concept, Term
from forums.recounting import Altered, foreseen_of
from forums.splitting import WordTaken, add_word, split
from forums.undoing import latest_changes, undo
from forums.wording import concept_for, term_for

from .room import E, make_room

pytestmark = pytest.mark.django_db

TRUST = ("tilliten", "tillits", "Tillit!")
CONFIDENCE = ("förtroendet", "Förtroenden", "förtroendets", "förtroende")


def undo_last(by):
    undo(latest_changes(1)[0], by=by)


def themes(figures):
    return {one["label"]: one["tables"] for one in figures["concepts"]}


@pytest.fixture
def trust(cast):
    """*Tillit*, of which a communicator has said that it is förtroende too."""
    concept = concept_for("tillit")
    add_word(concept, "Förtroende", by=cast.karin)
    return concept


@pytest.mark.parametrize("word", TRUST + CONFIDENCE)
def test_a_form_of_either_word_joins_by_itself(trust, word):
    assert concept_for(word) == trust


def test_the_forms_join_in_any_order_and_nothing_else_does(trust):
    for word in (*TRUST, "misstroende", *CONFIDENCE, "förtroendevald", "otillit"):
        concept_for(word)
    others = {"misstroende", "förtroendevald", "otillit"}
    assert set(Concept.objects.filter(merged_into=None).values_list("label", flat=True)) == {
        "tillit",
        *others,
    }


def test_what_an_added_word_brought_goes_with_it_when_it_is_undone(cast, trust):
    room = make_room(cast, tables=3, each=5)
    room.open(E)
    for table, word in enumerate(["tilliten", "förtroendet", "förtroenden"], start=1):
        room.write(table, E, f"Bord {table}", word)
    room.close()
    room.work.refresh_from_db()
    result = room.work.result
    assert themes(result.figures) == {"tilliten": 3}
    undo_last(cast.karin)
    assert concept_for("förtroendets") == concept_for("förtroende") != trust == concept_for("tillits")
    frozen, again = themes(result.figures), themes(result.recount.figures)
    assert (frozen, sorted(again.values())) == ({"tilliten": 3}, [1, 2])
    result.refresh_from_db()
    assert themes(result.figures) == frozen
    undo_last(cast.karin)  # the undoing itself
    assert concept_for("förtroendets") == trust
    result.recount.refresh_from_db()
    assert themes(result.recount.figures) == frozen


def test_a_preview_counts_the_forms_of_an_added_word(cast, trust):
    room = make_room(cast, tables=3, each=5)
    room.open(E)
    for table, word in enumerate(["tilliten", "förtroendet", "mod"], start=1):
        room.write(table, E, f"Bord {table}", word)
    room.close()
    [altered] = foreseen_of(cast.karin, [(concept_for("mod"), trust)])
    assert altered == [Altered(room.forum, moved=1, others=2, together=3)]


def test_a_word_that_counts_for_it_already_is_not_added_again(cast, trust):
    merge(concept_for("tilltro"), into=concept_for("tillit"), by=cast.karin)
    for word in ("förtroende", "tilltro", "tillit"):
        add_word(trust, word, by=cast.karin)
    assert latest_changes(9)[0].event == "concept.merged"
    with pytest.raises(WordTaken, match="tillit"):
        add_word(concept_for("mod"), "förtroende", by=cast.karin)


def test_a_synonym_is_added_to_what_counts_for_another(cast, trust):
    add_word(concept_for("förtroende"), "tilltro", by=cast.karin)
    add_word(Term.objects.get(text="förtroende").concept, "tillförsikt", by=cast.karin)
    assert {concept_for(word) for word in ("tilltro", "tillförsikten", "förtroendet")} == {trust}


def test_an_abbreviation_keeps_its_capitals(cast):
    add_word(concept_for("artificiell intelligens"), "AI", by=cast.karin)
    assert Term.objects.get(text="ai").concept.label == "AI"


def test_forms_join_what_was_merged(cast):
    """Two people wrote two forms in the same instant, so that they became two concepts."""
    one, two = (Concept.objects.create(label=word) for word in ("tillit", "tilliten"))
    for concept in (one, two):
        Term.objects.create(text=concept.label, concept=concept)
    assert concept_for("tillits") not in (one, two)  # nobody has said which
    Term.objects.get(text="tillits").delete()
    merge(two, into=one, by=cast.karin)
    assert term_for("tillits").concept == one
    confidence = concept_for("förtroende")
    merge(one, into=confidence, by=cast.karin)
    unmerge(two, by=cast.karin)
    merge(two, into=confidence, by=cast.karin)
    # Neither counts for the other: the new form goes where the first of them goes.
    assert term_for("tillitens").concept == one
    assert concept_for("tillitens") == confidence


def test_forms_join_again_when_a_split_is_undone(cast):
    trust = concept_for("tillit")
    split(term_for("tilliten"), by=cast.karin)
    assert concept_for("tillitens") != trust
    Term.objects.get(text="tillitens").delete()
    undo_last(cast.karin)
    assert {concept_for(word) for word in (*TRUST, "tillitens")} == {trust}


def test_lag_brings_nothing_together_that_nobody_has(cast):
    """What is one by its words alone is as careful as before."""
    law, team = concept_for("lagar"), concept_for("laget")
    add_word(team, "grupp", by=cast.karin)
    assert concept_for("lag") not in (law, team)
    assert concept_for("grupper") == team


def test_words_added_by_earlier_releases_get_their_own_forms(cast):
    trust = concept_for("tillit")
    taken_out = Term.objects.create(text="tilltro", concept=concept_for("tilltron"))
    record("concept.word_added", about=trust, by=cast.karin, term=taken_out.pk, word="tilltro")
    added = Term.objects.create(text="förtroende", concept=trust)
    record("concept.word_added", about=trust, by=cast.karin, term=added.pk, word="förtroende")
    assert concept_for("tilliten") != trust
    Term.objects.get(text="tilliten").delete()
    migration = import_module("forums.migrations.0024_added_words_have_their_own_forms")
    for _ in range(2):
        migration.give_concepts(apps, None)
    assert {concept_for(word) for word in TRUST + CONFIDENCE} == {trust}
    assert Term.objects.get(text="tilltro").concept == concept_for("tilltron") != trust
    undo_last(cast.karin)
    assert concept_for("förtroendets") == concept_for("förtroende") != trust
