"""Words: what is merged by itself is right."""

from collections import defaultdict
from itertools import permutations

import pytest

from forums.keywords.inflecting import joined, kin_of, readings
from forums.merging import CannotMerge, merge, unmerge
from forums.models import Concept, Term
from forums.wording import concept_for, normalise, term_for, terms_for
from tests.forums.keyword_gold import all_pairs, pairs


def test_words_that_a_reading_joins_find_each_other_in_the_database():
    """Of all words of the gold set, each with each."""
    words = {
        normalise(word) for kind in ("one", "never", "opposite") for pair in all_pairs(kind) for word in pair
    }
    having = defaultdict(set)
    for word in words:
        for reading in readings(word):
            having[reading].add(word)
    alike = {pair for fitting in having.values() for pair in permutations(fitting, 2)}
    assert len(alike) > 2000
    assert [(word, other) for word, other in alike if joined(other) not in kin_of(word)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        ("VA-frågor", "va-fråga"),
        ("kickoff", "kick-off"),
        ("Teams-möte", "teamsmöten"),
        ("god ton", "goda tonen"),
        ("nya idéer", "ny idé"),
        ("SKR", "SKR:s"),
    ],
)
def test_either_finds_the_other_whichever_comes_first(words):
    for first, second in permutations(words):
        Term.objects.all().delete()
        assert concept_for(first) == concept_for(second)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Tillit!  ", "tillit"),
        ("”Långsiktighet”", "långsiktighet"),
        ("DIALOG", "dialog"),
        ("möjlighet   till\ndialog.", "möjlighet till dialog"),
        ("a\u030aterkoppling", "återkoppling"),
        ("Idé", "idé"),
        ("e-tjänster", "e-tjänster"),
        ("-tillit-", "tillit"),
        ("A.I.", "ai"),
        ("e.d", "ed"),
        ("bl.a.", "bl a"),
        ("Tillit & respekt", "tillit och respekt"),
        ("F&U", "f&u"),
        ("&", ""),
        ("?!…", ""),
        ("_", ""),
    ],
)
def test_typing_is_forgiven_and_letters_are_kept(typed, kept):
    assert normalise(typed) == kept
    assert normalise(kept) == kept


def test_swedish_letters_are_never_folded():
    assert len({normalise(word) for word in ("val", "väl", "vål", "rad", "råd")}) == 5


@pytest.mark.django_db
def test_inflections_join_one_concept_whichever_comes_first():
    for words in (["tilliten", "Tillit!", "tillits"], ["dialoger", "dialogen", "dialog"]):
        terms = [term_for(word) for word in words[:2]]
        assert terms[0].concept == terms[1].concept
    assert term_for("tilliten") == term_for("  TILLITEN ")


@pytest.mark.django_db
def test_pairs_that_must_never_meet_do_not_meet_through_a_third():
    """ "lag" could be either of them; it must not bring them together."""
    lagar, laget, lag = (term_for(word).concept for word in ("lagar", "laget", "lag"))
    assert lagar != laget
    assert len({lagar.pk, laget.pk, lag.pk}) == 3
    for word, other in pairs("never"):
        assert term_for(word).concept != term_for(other).concept, (word, other)


@pytest.mark.django_db
def test_a_phrase_is_its_own_concept():
    assert term_for("möjlighet till dialog").concept != term_for("dialog").concept


@pytest.mark.django_db
def test_known_words_cost_one_query(django_assert_num_queries):
    terms_for(["tillit", "dialog", "respekt"])
    with django_assert_num_queries(1):
        terms = terms_for(["Respekt", "tillit", "dialog", "tillit!"])
    assert [term.text for term in terms] == ["dialog", "respekt", "tillit"]


def test_a_merge_is_followed_logged_and_undone(cast):
    trust, faith = concept_for("tillit"), concept_for("tilltro")
    merge(faith, into=trust, by=cast.karin)
    merge(faith, into=trust, by=cast.karin)
    assert concept_for("tilltro") == trust
    unmerge(faith, by=cast.karin)
    assert concept_for("tilltro") == faith
    assert Term.objects.get(text="tilltro").concept == faith


def test_two_concepts_are_not_merged_into_each_other(cast):
    trust, faith = concept_for("tillit"), concept_for("tilltro")
    merge(faith, into=trust, by=cast.karin)
    with pytest.raises(CannotMerge):
        merge(trust, into=faith, by=cast.karin)
    with pytest.raises(CannotMerge):
        merge(trust, into=trust, by=cast.karin)
    assert Concept.objects.get(pk=trust.pk).merged_into is None
