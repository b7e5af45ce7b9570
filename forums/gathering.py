"""Gathering: what a pile of words and phrases makes.

`make_of(texts)` gives the concepts and the pairs that somebody should look at, without asking the
database, and the same of the same words in whatever order they come. `proposals_for(forum)` gives the
pairs among the concepts that a room has said.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from unicodedata import normalize

from django.db.models import Count

from accounts.models.people import swedish_sort_key
from forums.keywords.inflecting import readings
from forums.keywords.proposing import proposals, shared
from forums.lettering import lettered, plainness
from forums.models import Concept, KeptApart, Mention, Note
from forums.wording import normalise, spelt


@dataclass(frozen=True)
class Gathered:
    """One concept: `label` is its commonest word as most people wrote it, `words` its words as they are
    compared, `terms` what was written."""

    label: str
    words: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """`proposed` holds the pairs of labels that may be one, the likeliest first."""

    concepts: list[Gathered]
    proposed: list[tuple[str, str]]


def make_of(texts):
    """Gather words and phrases as they were written, repetitions too, into concepts.

    Texts in which nothing is left when they are normalised are in none. The commonest concept
    comes first, and each term once, its spaces normalised.
    """
    written = defaultdict(Counter)
    for text in texts:
        if word := normalise(text):
            written[word][" ".join(normalize("NFC", text).split())] += 1
    times = {word: surfaces.total() for word, surfaces in written.items()}
    groups = [sorted(group, key=lambda word: (-times[word], *plainness(word))) for group in gather(times)]
    groups.sort(key=lambda group: (-sum(map(times.get, group)), swedish_sort_key(group[0])))
    labels = [lettered({word: _letters_of(written[word]) for word in group}) for group in groups]
    return Made(
        concepts=[
            Gathered(label, tuple(group), tuple(text for word in group for text in _commonest(written[word])))
            for label, group in zip(labels, groups, strict=True)
        ],
        proposed=[(labels[first], labels[second]) for first, second in proposals(groups)],
    )


def proposals_for(forum, *, also_implied=False):
    """Return the pairs of concepts said in a forum's group work that may be one, the likeliest first.

    Only what shown notes say counts, merges followed: a merged pair is proposed no more, nor one that
    somebody has kept apart. The first of a pair is the one said more often; each is `called` as the room
    shows it. Pairs that follow from likelier ones come where they too are wanted. Three queries, and one for
    each step that concepts are merged.
    """
    said = (
        Mention.objects.filter(note__in=Note.objects.shown().of_forum(forum))
        .values_list("term__text", "term__concept_id", "written")
        .annotate(times=Count("pk"))
    )
    times, written, concept_of = Counter(), defaultdict(Counter), {}
    for text, concept, form, count in said:
        times[text] += count
        written[text][form] += count
        concept_of[text] = concept
    roots = Concept.objects.roots_of(concept_of.values())
    words = defaultdict(list)
    for text in sorted(times, key=lambda word: (-times[word], *plainness(word))):
        words[roots[concept_of[text]]].append(text)
    concepts = sorted(words, key=lambda concept: (-sum(map(times.get, words[concept])), concept.pk))
    for concept in concepts:
        said_so = {word: written[word] for word in words[concept]}
        concept.called = concept.label if concept.is_curated else lettered(said_so)
    place_of = {concept.pk: place for place, concept in enumerate(concepts)}
    kept = KeptApart.objects.filter(first__in=concepts, second__in=concepts).values_list("first", "second")
    apart = {tuple(sorted((place_of[first], place_of[second]))) for first, second in kept}
    pairs = proposals([words[concept] for concept in concepts], apart, also_implied=also_implied)
    return [(concepts[first], concepts[second]) for first, second in pairs]


def ordered(one, other):
    """The ids of two concepts as a KeptApart holds them."""
    return min(one.pk, other.pk), max(one.pk, other.pk)


def gather(words):
    """Part different normalised words into sets whose words are forms of one: one reading fits them all.

    The reading that fits most words takes them first, so that "lag" never brings "lagar" and
    "laget" together.
    """
    fitting = shared((reading, word) for word in sorted(words) for reading in readings(word))
    left = set(words)
    heap = [(-len(fit), reading) for reading, fit in fitting.items()]
    heapify(heap)
    groups = []
    while heap:
        size, reading = heappop(heap)
        fit = [word for word in fitting[reading] if word in left]
        if len(fit) == -size:
            groups.append(fit)
            left.difference_update(fit)
        elif len(fit) > 1:
            heappush(heap, (-len(fit), reading))
    return groups + [[word] for word in sorted(left)]


def _letters_of(surfaces):
    """How often a word was written with which capitals."""
    forms = Counter()
    for text, times in surfaces.items():
        forms[spelt(text)] += times
    return forms


def _commonest(surfaces):
    return sorted(surfaces, key=lambda text: (-surfaces[text], swedish_sort_key(text), text))
