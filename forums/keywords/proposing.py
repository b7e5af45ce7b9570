"""Proposing: which concepts may be one. A person decides; a needless proposal costs them a look.

The kinds of likeness, the likeliest first: forms of one word that stand apart all the same, written
alike but for spaces or an accent, a slip of one letter in a long word, a common stem, a phrase that says
little more ("ökad tillit"), one whose head is the other ("dialog med invånarna"), one that holds the other,
a compound of the other or of its words. Opposites are never asked about, nor what is known
to be two (`parting`).
"""

import re
from collections import defaultdict
from enum import IntEnum
from itertools import combinations, product

from forums.keywords.compounding import phrases_and_compounds
from forums.keywords.inflecting import readings
from forums.keywords.opposing import are_opposite
from forums.keywords.parting import are_two
from forums.keywords.stemming import stem_of, stems_of, uninflected
from forums.keywords.swedish import CARRIERS, NEGATIONS, PARTICLES, PREFIXES, PREPOSITIONS


class Likeness(IntEnum):
    ONE_WORD = 0
    SPELT_ALIKE = 1
    SLIP = 2
    STEM = 3
    SAME_IDEA = 4
    HEAD = 5
    PHRASE = 6
    COMPOUND = 7


# What is longer is no keyword (`wording.MAX_KEYWORD_LENGTH`), and to look for its slips takes a time that
# grows with the square of its length.
LONGEST_KEYWORD = 80
# A slip is looked for in words of this length; the other may be a letter shorter.
LONG_WORD = 6
SHORTEST_PART = 4
# In a crowd of words alike, each is proposed with the commonest only.
CROWD = 8
MOST_IDEAS = 5
# Of a longer phrase not every stem of every word is tried.
MOST_WORDS_STEMMED = 3
# "kvalité" for "kvalitet", and what is left of "idéer" without its accent and ending.
ACCENTED = re.compile(r"é(n|ns|er|ers|erna|ernas)?$")
UNACCENTED = re.compile(r"(itet(?=(en|er|erna)?$)|e(?=(en|er|erna)$))")
# First letters that a hasty finger mistakes for each other.
ACCENTS = (set("aåä"), set("oö"), set("eé"))
# Letters of their own, which nobody takes for one another: "vården" and "värden".
DOTTED = set("åäöü")


def proposals(groups, apart=frozenset(), *, also_implied=False):
    """Return the pairs of places in `groups` that may be one concept, the likeliest first.

    Each group holds the normalised words of a concept, its commonest first; groups come with the
    commonest concept first. The pairs in `apart` are left out, and unless they too are wanted those that
    follow from likelier ones: with "dialog" beside "mer dialog" and "tidig dialog", nobody need be asked
    about the latter two. Nothing longer than LONGEST_KEYWORD is in any pair.
    """
    groups = [[word for word in group if len(word) <= LONGEST_KEYWORD] for group in groups]
    pairs = {}
    for likeness, found in (
        (Likeness.ONE_WORD, _by(readings, groups)),
        (Likeness.SPELT_ALIKE, _by(_spellings, groups)),
        (Likeness.SLIP, _slips(groups)),
        (Likeness.STEM, _by(_stems, groups)),
        *_about_one_thing(groups),
        (Likeness.COMPOUND, phrases_and_compounds(groups)),
    ):
        for pair in found:
            pairs.setdefault(pair, likeness)
    found = {
        (first, second): likeness
        for (first, second), likeness in pairs.items()
        if (first, second) not in apart
        and (likeness is Likeness.ONE_WORD or not _are_apart(groups[first][0], groups[second][0]))
    }
    kept = found if also_implied else _not_implied(found, groups)
    return sorted(kept, key=lambda pair: (found[pair], *pair))


def _not_implied(pairs, groups):
    """The pairs but those whose two are both, by likelier pairs that stay, beside one word."""
    beside = defaultdict(set)

    def order(pair):
        return pairs[pair], sum(" " in groups[place][0] for place in pair), *pair

    for pair in sorted(pairs, key=order):
        first, second = pair
        hubs = beside[first] & beside[second]
        if pairs[pair] >= Likeness.SAME_IDEA and any(" " not in groups[hub][0] for hub in hubs):
            continue
        beside[first].add(second)
        beside[second].add(first)
        yield pair


def _are_apart(text, other):
    return are_opposite(text, other) or are_two(text, other)


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
    """A text without spaces, hyphens and accents, and with -itet for -ité: "kvalitén" is "kvalitet"."""
    joined = text.replace(" ", "").replace("-", "")
    if not joined.isalpha():
        return set()
    found = {joined.replace("é", "e").replace("ca", "ka").replace("co", "ko")}
    if accented := ACCENTED.search(joined):
        head = joined[: accented.start()]
        found.add(f"{head}et" if head.endswith("it") else f"{head}e")
    elif unaccented := UNACCENTED.search(joined):
        found.add(joined[: unaccented.end(1)])
    return found


def _stems(text):
    words = text.replace("-", "").split()
    if len(words) == 1:
        return stems_of(words[0])
    if len(words) == 2 and words[1] in PARTICLES:
        return [words[1] + stem_of(words[0])]
    if len(words) > MOST_WORDS_STEMMED:
        return [" ".join(map(stem_of, words))]
    return {" ".join(stems) for stems in product(*map(stems_of, words))}


def _slips(groups):
    """Pairs with long words, or long words without their endings, one letter apart.

    "kommunikationen" may be a slip's neighbour, "skicklig" is none of "skick": what makes another word
    of it is not cut.

    Words one letter apart have a spelling in common once each has lost a letter (or none).
    """
    spellings = defaultdict(set)
    for place, group in enumerate(groups):
        for word in group:
            if len(word) >= LONG_WORD - 1 and word.replace(" ", "").replace("-", "").isalpha():
                spellings[word].add(place)
                if len(stem := uninflected(word)) >= LONG_WORD - 1:
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
    if at == 0 and (others == f"o{rest}" or not _start_alike(word, other)):
        return False  # "otydlig" is the opposite
    if _begin_differently(word, other):
        return False
    if len(word) == len(other) and at < len(word) and {word[at], other[at]} <= DOTTED:
        return False
    if len(word) < len(other):
        return rest == others[1:]
    return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])


def _start_alike(word, other):
    """Nobody mistakes the first letter: "votering" and "notering" are two. An accent, or a swap, may be."""
    if len(word) < len(other) or word[:2] == other[1::-1]:
        return True
    return any({word[0], other[0]} <= letters for letters in ACCENTS)


def _begin_differently(word, other):
    """Whether two words part in the beginnings of verbs only: "avslag" and "anslag"."""
    return any(
        word != other and word[len(one) :] == other[len(another) :]
        for one in PREFIXES
        if word.startswith(one)
        for another in PREFIXES
        if one != another and other.startswith(another)
    )


def _about_one_thing(groups):
    """Phrases with what they are about, and compounds with their last part, as (likeness, pairs)."""
    ideas = [{(_ideas(word), _head(word)) for word in group} for group in groups]
    about = defaultdict(list)
    for place, sets in enumerate(ideas):
        for found in {ideas_of_it for ideas_of_it, _head_of_it in sets}:
            about[found].append(place)
    pairs = defaultdict(list)
    for place, sets in enumerate(ideas):
        for found, head in sets:
            for fewer in _parts(found):
                pairs[_likeness_of(fewer, found, head)] += _near(place, about.get(fewer, ()))
            (stem, *more) = found
            if not more and " " not in stem:
                for parts in _splits(stem, about):
                    pairs[Likeness.COMPOUND] += _near(place, about[parts])
    return sorted(pairs.items())


def _likeness_of(fewer, ideas, head):
    """How near a phrase with these ideas and this head is to what holds `fewer` of them."""
    if fewer == ideas:
        return Likeness.SAME_IDEA
    return Likeness.HEAD if fewer == {head} else Likeness.PHRASE


def _near(place, others):
    return _across([place], others[:CROWD])


def _ideas(text):
    """The stems of the words in a text that carry an idea."""
    if not NEGATIONS.isdisjoint(text.split()):
        return frozenset([text])
    words = [word for word in text.split() if word not in CARRIERS] or text.split()
    return frozenset(stem_of(word.replace("-", "")) for word in words)


def _head(text):
    """The stem of the word that a phrase is about: "dialog" in "tidig dialog" and in "dialog med invånarna".

    "mål och budget" is about two.
    """
    words = text.split()
    if "och" in words:
        return ""
    at = next((at for at, word in enumerate(words) if word in PREPOSITIONS and at > 0), len(words))
    return stem_of(words[at - 1].replace("-", ""))


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
