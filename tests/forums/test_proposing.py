"""What the room is asked: which of its concepts may be one."""

import pytest

from forums.gathering import proposals_for
from forums.keywords.proposing import one_letter_apart
from forums.merging import merge, unmerge
from forums.models import Concept, Note
from forums.moderating import hide_note
from forums.settling import settle
from forums.wording import concept_for

from .room import E, make_room


@pytest.fixture
def room(cast):
    room = make_room(cast)
    room.open(E)
    room.write(1, E, "Dialog.", "dialog", "mandat")
    room.write(1, E, "Mer dialog.", "Dialogen", "tillit")
    room.write(2, E, "Och.", "möjlighet till dialog", "tilit")
    return room


def labels(pairs):
    return [(first.label, second.label) for first, second in pairs]


def test_what_the_room_said_is_proposed_the_likeliest_first(room, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = proposals_for(room.forum)
    assert labels(found) == [("tillit", "tilit"), ("dialog", "möjlighet till dialog")]


def test_what_is_merged_is_proposed_no_more_and_again_when_it_is_undone(room):
    slip = concept_for("tilit")
    merge(slip, into=concept_for("tillit"), by=room.cast.fatima)
    assert labels(proposals_for(room.forum)) == [("dialog", "möjlighet till dialog")]
    unmerge(slip, by=room.cast.fatima)
    assert ("tillit", "tilit") in labels(proposals_for(room.forum))


def test_a_merged_concept_speaks_through_the_one_it_counts_for(room):
    concept = concept_for("mandat")
    merge(concept, into=concept_for("samtal"), by=room.cast.fatima)
    merge(concept_for("samtal"), into=concept_for("dialog"), by=room.cast.fatima)
    assert Concept.objects.roots_of([concept.pk])[concept.pk].label == "dialog"
    assert ("dialog", "möjlighet till dialog") in labels(proposals_for(room.forum))


def test_what_a_pair_kept_apart_hid_is_asked_about(room):
    """ "mer dialog" and "tidig dialog" are asked about once nobody takes both for "dialog"."""
    room.write(2, E, "Två.", "mer dialog", "tidig dialog")
    hidden = ("mer dialog", "tidig dialog")
    assert hidden not in labels(proposals_for(room.forum))
    dialog, early = concept_for("dialog"), concept_for("tidig dialog")
    settle(room.forum, first=dialog.pk, second=early.pk, same=False, by=room.cast.fatima)
    found = labels(proposals_for(room.forum))
    assert hidden in found
    assert ("dialog", "tidig dialog") not in found


def test_a_note_taken_down_proposes_nothing(room):
    hide_note(Note.objects.get(text="Och."), reason="Prov", by=room.cast.fatima)
    assert proposals_for(room.forum) == []


def test_nothing_said_proposes_nothing(cast):
    assert proposals_for(make_room(cast).forum) == []


@pytest.mark.parametrize("other", ["samtale", "smtal", "samtel", "smatal", "samtla", "ssamtal", "amtal"])
def test_one_letter(other):
    assert one_letter_apart("samtal", other)
    assert one_letter_apart(other, "samtal")


@pytest.mark.parametrize("other", ["samalt", "mastal", "samtalen", "osamtal", "tal"])
def test_more_than_a_letter_or_the_opposite(other):
    assert not one_letter_apart("samtal", other)
    assert not one_letter_apart(other, "samtal")
