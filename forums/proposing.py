"""Proposing: which concepts may be one. A person decides; a needless proposal costs them a look.

The kinds of likeness, the likeliest first: forms of one word that stand apart all the same, written
alike but for spaces or an accent, a slip of one letter in a long word, a common stem, a phrase about
the same thing, a compound of the other.
"""

import re
from collections import defaultdict
from enum import IntEnum
from functools import lru_cache
from itertools import combinations

from forums.inflecting import LEMMA_OF, readings
from forums.swedish import CARRIERS, NEGATIONS, PARTICLES, PLURAL_IN_AR


class Likeness(IntEnum):
    ONE_WORD = 0
    SPELT_ALIKE = 1
    SLIP = 2
    STEM = 3
    PHRASE = 4
    COMPOUND = 5


# A slip is looked for in words of this length; the other may be a letter shorter.
LONG_WORD = 6
SHORTEST_PART = 4
# In a crowd of words alike, each is proposed with the commonest only.
CROWD = 8
MOST_IDEAS = 5

# Endings cut to find words that are near each other, (ending, letters that must remain); the first
# that fits. This is guesswork: nothing is merged by it.
INFLECTIONS = (
    *((ending, 3) for ending in ("erna", "orna", "ade", "ats", "ar", "er", "or", "en", "et", "na")),
    *((ending, 4) for ending in ("as", "es", "a")),
    *((ending, 5) for ending in ("e", "t", "n", "s")),
)
DERIVATIONS = (
    *((ending, 4) for ending in ("ighet", "itet", "ning", "ande", "ende")),
    *((ending, 3) for ending in ("enhet", "het")),
    ("isk", 4),
    ("era", 6),
    *((ending, 5) for ending in ("full", "ing", "and", "end", "ik", "ad", "an", "a")),
    ("ig", 4),
    ("i", 6),
)
ALIKE = [("iser", "isation"), ("icer", "ikation")]
PERSONS = re.compile(r"(.{3,}?)(are|aren|arens|arna|arnas|ares|ast|aste)$")


def proposals(groups):
    """Return the pairs of places in `groups` that may be one concept, the likeliest first.

    Each group holds the normalised words of a concept, its commonest first; groups come with the
    commonest concept first.
    """
    pairs = {}
    for likeness, found in (
        (Likeness.ONE_WORD, _by(readings, groups)),
        (Likeness.SPELT_ALIKE, _by(_spellings, groups)),
        (Likeness.SLIP, _slips(groups)),
        (Likeness.STEM, _by(_stems, groups)),
        *_about_one_thing(groups),
    ):
        for pair in found:
            pairs.setdefault(pair, likeness)
    return sorted(pairs, key=lambda pair: (pairs[pair], *pair))


def stem_of(word):
    """Cut a word to what it may have in common with its relatives."""
    return stems_of(word)[0]


@lru_cache(maxsize=200_000)
def stems_of(word):
    """Return what is left of a word when its endings are cut one after the other, shortest first."""
    base = LEMMA_OF.get(word, word)
    if base.endswith(("ens", "ets", "nas", "rs")) and len(base) > 6:
        base = base[:-1]
    if found := PERSONS.match(base):
        # "ledarna" of "ledare", but "utmaningarna" of "utmaning" and "tydligare" of "tydlig".
        base = found[1] if found[1].endswith((*PLURAL_IN_AR, "ig")) else f"{found[1]}ar"
        inflected = base
    else:
        inflected = _cut(base, INFLECTIONS)
    stems = {base, inflected, _cut(inflected, DERIVATIONS), _cut(base, DERIVATIONS)}
    return sorted(map(_evened, stems), key=lambda stem: (len(stem), stem))


def _evened(stem):
    for ending, other in ALIKE:
        if stem.endswith(ending):
            return stem.removesuffix(ending) + other
    return stem[:-1] if stem.endswith(("mm", "nn")) else stem


def _cut(word, endings):
    for ending, least in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word.removesuffix(ending)
    return word


def _pairs(places):
    """The pairs among places; in a crowd, of each with the first."""
    places = sorted(set(places))
    if len(places) > CROWD:
        return [(places[0], other) for other in places[1:]]
    return list(combinations(places, 2))


def shared(pairs):
    """Return of (key, value) pairs the keys that have several values, with those values.

    Most keys have one value only, so a list is made for the others alone: half the time of a
    defaultdict of lists over a million keys.
    """
    first, several = {}, {}
    for key, value in pairs:
        if (one := first.setdefault(key, value)) != value:
            several.setdefault(key, [one]).append(value)
    return several


def _by(keys_of, groups):
    """The pairs of groups that have a key of their words in common."""
    keys = ((key, place) for place, group in enumerate(groups) for word in group for key in keys_of(word))
    return [pair for places in shared(keys).values() for pair in _pairs(places)]


def _spellings(text):
    joined = text.replace(" ", "").replace("-", "").replace("é", "e")
    return [joined] if joined.isalpha() else []


def _stems(text):
    words = text.replace("-", "").split()
    if len(words) == 1:
        return stems_of(words[0])
    if len(words) == 2 and words[1] in PARTICLES:
        return [words[1] + stem_of(words[0])]
    return [" ".join(map(stem_of, words))]


def _slips(groups):
    """Pairs with long words, or stems of long words, one letter apart.

    Words one letter apart have a spelling in common once each has lost a letter (or none).
    """
    spellings = defaultdict(set)
    for place, group in enumerate(groups):
        for word in group:
            if len(word) >= LONG_WORD - 1 and word.replace(" ", "").replace("-", "").isalpha():
                spellings[word].add(place)
                if len(stem := stem_of(word)) >= LONG_WORD - 1:
                    spellings[stem].add(place)
    lost = ((shorter, spelling) for spelling in spellings for shorter in _letter_lost(spelling))
    return [
        pair
        for alike in shared(lost).values()
        for word, other in combinations(alike, 2)
        if max(len(word), len(other)) >= LONG_WORD and one_letter_apart(word, other)
        for pair in _across(spellings[word], spellings[other])
    ]


def _letter_lost(word):
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _across(places, others):
    for first in places:
        for other in others:
            if first != other:
                yield (first, other) if first < other else (other, first)


def one_letter_apart(word, other):
    """Whether one letter too many, too few, mistaken or swapped with its neighbour is all that differs."""
    if len(word) > len(other):
        word, other = other, word
    at = next((i for i, (mine, its) in enumerate(zip(word, other, strict=False)) if mine != its), len(word))
    rest, others = word[at:], other[at:]
    if at == 0 and others == f"o{rest}":
        return False  # "otydlig" is the opposite
    if len(word) < len(other):
        return rest == others[1:]
    return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])


def _about_one_thing(groups):
    """Phrases with what they are about, and compounds with their last part, as (likeness, pairs)."""
    ideas = [{_ideas(word) for word in group} for group in groups]
    about = defaultdict(list)
    for place, sets in enumerate(ideas):
        for found in sets:
            about[found].append(place)
    phrases, compounds = [], []
    for place, sets in enumerate(ideas):
        for found in sets:
            for fewer in _parts(found):
                phrases += _near(place, about.get(fewer, ()))
            (stem, *more) = found
            if not more and " " not in stem:
                for parts in _splits(stem, about):
                    compounds += _near(place, about[parts])
    return (Likeness.PHRASE, phrases), (Likeness.COMPOUND, compounds)


def _near(place, others):
    return _across([place], others[:CROWD])


def _ideas(text):
    """The stems of the words in a text that carry an idea."""
    if not NEGATIONS.isdisjoint(text.split()):
        return frozenset([text])
    words = [word for word in text.split() if word not in CARRIERS] or text.split()
    return frozenset(stem_of(word.replace("-", "")) for word in words)


def _parts(ideas):
    """The sets of ideas that a phrase with these may be near: itself, and what it holds."""
    if len(ideas) > MOST_IDEAS:
        return [ideas, *(frozenset([idea]) for idea in ideas)]
    return [
        frozenset(part) for size in range(1, len(ideas) + 1) for part in combinations(sorted(ideas), size)
    ]


def _splits(stem, about):
    """The ideas that a compound may be near: its last part, or both."""
    for at in range(SHORTEST_PART, len(stem) - SHORTEST_PART + 1):
        last = stem[at:]
        if frozenset([last]) in about:
            yield frozenset([last])
        for first in {stem[:at], stem[:at].removesuffix("s")}:
            if frozenset([first, last]) in about:
                yield frozenset([first, last])
