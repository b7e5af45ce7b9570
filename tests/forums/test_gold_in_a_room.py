"""The gold set as a room meets it: written in notes, asked of the database, one after the other."""

import pytest
from django.db import transaction

from forums.gathering import make_of, proposals_for
from forums.models import Mention
from forums.wording import concept_for, term_for

from .keyword_gold import PARTS, all_pairs, pairs
from .room import E, make_room

pytestmark = pytest.mark.django_db


class UndoneError(Exception):
    """What was tried is taken back."""


@pytest.fixture
def room(cast):
    room = make_room(cast)
    room.open(E)
    return room


@pytest.fixture
def verdict(room):
    """What the room makes of two words alone, the first of them written first: "merged", "proposed" or
    "apart"."""
    notes = [room.write(table, E, f"Bord {table}") for table in (1, 2)]

    def told(pair):
        try:
            with transaction.atomic():
                said = [
                    Mention(note=note, term=term_for(word)) for note, word in zip(notes, pair, strict=True)
                ]
                if len({concept_for(word) for word in pair}) == 1:
                    raise UndoneError("merged")
                Mention.objects.bulk_create(said)
                raise UndoneError("proposed" if proposals_for(room.forum) else "apart")
        except UndoneError as verdict:
            return str(verdict)

    return told


def engine(pair):
    made = make_of(pair)
    if len(made.concepts) == 1:
        return "merged"
    return "proposed" if made.proposed else "apart"


@pytest.mark.parametrize("part", PARTS)
def test_the_room_finds_what_the_command_finds(part, verdict, capsys):
    """As many are merged and proposed whichever word is written first, and the same as of a file."""
    one = pairs(f"{PARTS[part]}one")
    there = {pair: verdict(pair) for pair in one}
    with capsys.disabled():
        merged, proposed = (list(there.values()).count(which) for which in ("merged", "proposed"))
        print(  # noqa: T201 - the figures are asked for
            f"\nkeywords in a room, {part.replace('_', ' ')}: of {len(one)} pairs that are one "
            f"{100 * (merged + proposed) / len(one):.1f} % are found ({merged} merged, {proposed} proposed)"
        )
    assert merged + proposed >= 0.95 * len(one)
    assert {pair: (here, engine(pair)) for pair, here in there.items() if here != engine(pair)} == {}
    for pair in one:
        if there[pair] == "merged":
            assert verdict(pair[::-1]) == "merged", pair


@pytest.mark.parametrize("kind", ["never", "opposite"])
def test_the_room_merges_nothing_that_must_stay_apart(kind, verdict, capsys):
    told = all_pairs(kind)
    verdicts = {pair: verdict(pair) for pair in told}
    with capsys.disabled():
        merged, proposed = (list(verdicts.values()).count(which) for which in ("merged", "proposed"))
        print(f"\nkeywords in a room: of {len(told)} ({kind}) {merged} are merged, {proposed} proposed")  # noqa: T201
    assert "merged" not in verdicts.values()
    assert {pair: here for pair, here in verdicts.items() if here != engine(pair)} == {}


def test_no_pair_meets_through_a_third(room):
    """All that must stay apart in one dictionary, with all that is one."""
    for word in [word for kind in ("one", "never", "opposite") for pair in all_pairs(kind) for word in pair]:
        term_for(word)
    never = all_pairs("never") + all_pairs("opposite")
    assert [pair for pair in never if concept_for(pair[0]) == concept_for(pair[1])] == []
