"""What is known to be two is not asked about, and what may be one still is."""

import pytest

from forums.gathering import make_of
from forums.keywords.parting import are_two


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("laget", "lagar"),
        ("planet", "planer"),
        ("planen", "planet"),
        ("skyldig", "skyldighet"),
        ("hemliga", "hemligheten"),
        ("rik", "riket"),
        ("hög", "högen"),
        ("mål", "målar"),
        ("bruka", "brukare"),
        ("vårdar", "vårdares"),
        ("teknik", "tekniker"),
        ("politikerna", "politisk"),
        ("ekonom", "ekonomi"),
        ("pedagoger", "pedagogik"),
    ],
)
def test_two_words(word, other):
    assert are_two(word, other)
    assert are_two(other, word)
    assert make_of([word, other]).proposed == []
    assert len(make_of([word, other]).concepts) == 2


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("utveckla", "utveckling"),
        ("samarbete", "samarbeta"),
        ("politik", "politisk"),
        ("öppet", "öppenhet"),
        ("medborgare", "medborgre"),
        ("tydlig", "tydligare"),
        ("lek", "leken"),
        ("fri", "fria"),
        ("kommentar", "kommentaren"),
        ("respekt", "respektfull"),
        ("demokrati", "demokratisk"),
    ],
)
def test_what_may_be_one(word, other):
    assert not are_two(word, other)
    assert not are_two(other, word)
    made = make_of([word, other])
    assert made.proposed or len(made.concepts) == 1


def test_letters_with_dots_are_no_slips_of_each_other():
    assert make_of(["vården", "värden"]).proposed == []
    assert make_of(["samverkan", "samvärkan"]).proposed
