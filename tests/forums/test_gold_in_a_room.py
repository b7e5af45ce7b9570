"""The gold set as a room meets it: written in notes, asked of the database, one after the other."""

import pytest
from django.db import transaction

from forums.gathering import make_of, proposals_for
from forums.models import Mention
from forums.wording import concept_for, term_for

from .keyword_gold import PARTS, all_pairs, pairs
from .room import E, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast)
    room.open(E)
    return room


def is_one(pair):
    """Whether the room takes both words for one concept, the first of them written first."""
    with transaction.atomic():
        merged = len({concept_for(word) for word in pair}) == 1
        transaction.set_rollback(True)
    return merged


@pytest.fixture
def is_proposed(room):
    """A function that tells whether the room proposes two words to those who lead it, said at two tables."""
    notes = [room.write(table, E, f"Bord {table}") for table in (1, 2)]

    def told(pair):
        with transaction.atomic():
            said = zip(notes, pair, strict=True)
            Mention.objects.bulk_create([Mention(note=note, term=term_for(word)) for note, word in said])
            proposed = bool(proposals_for(room.forum))
            transaction.set_rollback(True)
        return proposed

    return told


@pytest.mark.parametrize("part", PARTS)
def test_the_room_finds_what_the_command_finds(part, is_proposed, tell):
    """As many are merged and proposed whichever word is written first, and the same as of a file."""
    one = pairs(f"{PARTS[part]}one")
    merged = {pair for pair in one if is_one(pair)}
    proposed = {pair for pair in one if pair not in merged and is_proposed(pair)}
    tell(
        f"keywords in a room, {part.replace('_', ' ')}: of {len(one)} pairs that are one "
        f"{100 * (len(merged) + len(proposed)) / len(one):.1f} % are found ({len(merged)} merged, "
        f"{len(proposed)} proposed)"
    )
    assert len(merged) + len(proposed) >= 0.95 * len(one)
    made = {pair: make_of(pair) for pair in one}
    assert merged == {pair for pair in one if len(made[pair].concepts) == 1}
    assert proposed == {pair for pair in one if made[pair].proposed} - merged
    assert [pair for pair in merged if not is_one(pair[::-1])] == []


@pytest.mark.parametrize("kind", ["never", "opposite"])
def test_the_room_merges_nothing_that_must_stay_apart(kind):
    assert [pair for pair in all_pairs(kind) if is_one(pair)] == []


def test_no_pair_meets_through_a_third(room):
    """All that must stay apart in one dictionary, with all that is one."""
    for word in [word for kind in ("one", "never", "opposite") for pair in all_pairs(kind) for word in pair]:
        term_for(word)
    never = all_pairs("never") + all_pairs("opposite")
    assert [pair for pair in never if concept_for(pair[0]) == concept_for(pair[1])] == []
