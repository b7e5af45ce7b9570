"""Saying that two concepts are one."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from accounts.models import LogEntry
from forums.merging import CannotMerge, merge, unmerge
from forums.models import Concept
from forums.wording import concept_for, term_for
from tests.cast import make_cast


@pytest.fixture
def words(cast):
    return [term_for(word).concept for word in ("tillit", "förtroende", "mod")]


def test_merged_words_count_for_the_other_until_it_is_undone(cast, words):
    trust, confidence, courage = words
    merge(confidence, into=trust, by=cast.karin)
    merge(courage, into=confidence, by=cast.karin)
    merge(courage, into=confidence, by=cast.karin)
    assert concept_for("mod") == trust
    unmerge(confidence, by=cast.karin)
    unmerge(confidence, by=cast.karin)
    assert concept_for("mod") == confidence
    events = LogEntry.objects.filter(event__startswith="concept.").order_by("pk")
    assert [entry.event for entry in events] == ["concept.merged", "concept.merged", "concept.unmerged"]


def test_a_concept_is_merged_neither_twice_nor_into_itself(cast, words):
    trust, confidence, courage = words
    merge(confidence, into=trust, by=cast.karin)
    merge(trust, into=courage, by=cast.karin)
    for one, other in [(trust, trust), (courage, confidence), (courage, courage), (confidence, courage)]:
        with pytest.raises(CannotMerge):
            merge(one, into=other, by=cast.karin)
    assert concept_for("förtroende") == courage


@pytest.mark.django_db(transaction=True)
def test_merges_towards_each_other_make_no_ring():
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: SQLite lets one writer in at a time")
    cast = make_cast()
    for number in range(10):
        ring = [Concept.objects.create(label=f"{number} {place}") for place in range(3)]
        together = threading.Barrier(len(ring))

        def join(one, other, together=together):
            together.wait(60)
            try:
                merge(one, into=other, by=cast.karin)
            except CannotMerge:
                pass
            finally:
                connections.close_all()

        pairs = zip(ring, ring[1:] + ring[:1], strict=True)
        with ThreadPoolExecutor(len(ring)) as threads:
            list(threads.map(join, *zip(*pairs, strict=True), timeout=60))  # raises what a thread raised
        made = Concept.objects.filter(pk__in=[concept.pk for concept in ring])
        assert made.filter(merged_into=None).count() == 1
