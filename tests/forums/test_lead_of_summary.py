"""The lead of a summary says what most tables wrote about, and only that."""

import pytest

from forums.models import Forum
from forums.phrasing import AT_TABLES, IN_GROUPS
from forums.summarising import draft_summary, lead_of
from news.tying import changed_figures

from .room import E, make_room

WORDS = ["tillit", "dans", "mod", "ro", "tid"]


def said_of(*counts, tables=6, places=AT_TABLES, words=WORDS):
    """The last sentence of the lead where so many tables said each of `words`, most first."""
    concepts = [{"label": word, "tables": count} for word, count in zip(words, counts, strict=False)]
    figures = {"participants": {"total": 60}, "tables": tables, "concepts": concepts}
    lead = lead_of(Forum(theme="Tillit"), figures, places)
    return lead.partition("under temat ”Tillit”. ")[2]


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((), ""),
        ((1, 1, 1, 1), "Inget tema togs upp vid fler än ett bord."),
        ((4, 1, 1, 1), "Det tema som flest bord skrev om var tillit."),
        ((4, 2, 1, 1), "De teman som flest bord skrev om var tillit och dans."),
        ((4, 2, 2, 1), "De teman som flest bord skrev om var tillit, dans och mod."),
        ((5, 4, 3, 2, 2), "De teman som flest bord skrev om var tillit, dans och mod."),
        # No more than three; what is as large as the fourth is left out with it.
        ((5, 4, 2, 2), "De teman som flest bord skrev om var tillit och dans."),
        ((5, 2, 2, 2), "Det tema som flest bord skrev om var tillit."),
        ((2, 2, 2, 2, 1), "Flera teman delar förstaplatsen."),
    ],
)
def test_what_most_tables_wrote_about(counts, sentence):
    assert said_of(*counts) == sentence


def test_of_groups_and_of_one_table_alone():
    assert said_of(1, places=IN_GROUPS) == "Inget tema togs upp i fler än en grupp."
    assert said_of(2, 2, 2, 2, places=IN_GROUPS) == "Flera teman delar förstaplatsen."
    assert said_of(1, 1, 1, tables=1) == "Bordet skrev om tillit, dans och mod."
    assert said_of(1, 1, 1, 1, tables=1) == "Bordet skrev bland annat om tillit, dans och mod."


def test_a_theme_with_an_and_in_it_is_not_read_as_two():
    words, told = ["tillit", "ordning och reda", "mod"], "tillit, ”ordning och reda” och mod"
    assert said_of(4, 4, 2, words=words) == f"De teman som flest bord skrev om var {told}."
    assert said_of(1, 1, 1, tables=1, words=words) == f"Bordet skrev om {told}."


@pytest.mark.django_db
@pytest.mark.parametrize("tables_of_trust", [1, 3])
def test_it_is_vouched_for(cast, tables_of_trust):
    room = make_room(cast, tables=4, each=5)
    room.open(E)
    for table in range(1, tables_of_trust + 1):
        room.write(table, E, f"Anteckning {table}", "tillit")
    for word in ("dans", "mod", "ro"):
        room.write(4, E, f"Mer {word}.", word)
    room.close()
    version = draft_summary(room.forum, by=cast.karin).versions.get()
    alone = tables_of_trust == 1
    assert version.lead.endswith(
        "Inget tema togs upp vid fler än ett bord." if alone else "flest bord skrev om var tillit."
    )
    assert changed_figures(version) == []
