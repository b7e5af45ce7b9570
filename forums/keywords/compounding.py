"""Compounding: a compound and the phrase that says the same, "medborgardialog" and "dialog med medborgare".

Both parts must be found in both, the head last in the compound: then somebody is asked.
"""

from collections import defaultdict

from forums.keywords.inflecting import LEMMA_OF
from forums.keywords.swedish import LITTLE_WORDS, PREPOSITIONS

# What is cut to find the root of a part; what stays of it has at least so many letters.
ENDINGS = (
    *("arna", "erna", "orna", "ena", "ande", "ende", "ning", "ing", "en", "et", "an", "ar", "er", "or"),
    *("na", "n", "t", "a", "e"),
)
SHORTEST_ROOT = 3
SHORTEST_PART = 3
SHORTEST_ABBREVIATION = 2
VOWELS = "aeiouyåäöé"


def phrases_and_compounds(groups):
    """The pairs of places of a phrase of two words and a compound that say the same, in any order."""
    phrases = defaultdict(set)
    for place, group in enumerate(groups):
        for text in group:
            if parts := _parts_of_phrase(text):
                for first in _roots(parts[0]):
                    for head in _roots(parts[1]):
                        phrases[first, head].add(place)
    firsts = {first for first, _head in phrases}
    for place, group in enumerate(groups):
        for text in group:
            for first, head in _parts_of_compound(text, firsts):
                for other in phrases.get((first, head), ()):
                    if other != place:
                        yield tuple(sorted((place, other)))


def _parts_of_phrase(text):
    """(first part, head) of "dialog med medborgare" or "medborgarnas dialog"; None of another text."""
    words = text.split()
    if len(words) == 3 and words[1] in PREPOSITIONS:
        parts = words[2], words[0]
    elif len(words) == 2:
        parts = words[0], words[1]
    else:
        return None
    return None if not LITTLE_WORDS.isdisjoint(parts) else parts


def _parts_of_compound(text, firsts):
    """The roots of the two parts of a word wherever it may be parted, where the first is among `firsts`."""
    if " " in text:
        return
    head, hyphen, last = text.partition("-")
    if hyphen:
        if len(head) >= SHORTEST_ABBREVIATION:
            places = [(head, last)]
        else:
            return
    else:
        places = [(text[:at], text[at:]) for at in range(SHORTEST_PART, len(text) - SHORTEST_PART + 1)]
    for first, last in places:
        for root in _roots_of_first(first) & firsts:
            for head in _roots(last):
                yield root, head


def _roots_of_first(part):
    """A first part without what joins it: "budget", "ansvars", "medborgar", "föräldra"."""
    return {_bare(part), _bare(part.removesuffix("s"))}


def _roots(word):
    """What may be left of a word when its ending is cut: all that it may have in common with a part."""
    found = set()
    for form in {word, word.removesuffix("s")}:
        for spelling in {form, LEMMA_OF.get(form, form)}:
            found.add(_bare(spelling))
            found |= {
                _bare(spelling.removesuffix(ending))
                for ending in ENDINGS
                if spelling.endswith(ending) and len(spelling) - len(ending) >= SHORTEST_ROOT
            }
    return found


def _bare(part):
    """A part without its last vowels and doubled letter: "skola" and "skol", "förälder" and "föräldr"."""
    bare = part.rstrip(VOWELS) or part
    if len(bare) > SHORTEST_ROOT and bare[-2:] in ("er", "el") and bare[-3] not in VOWELS:
        bare = bare[:-2] + bare[-1]
    return bare[:-1] if bare[-1:] == bare[-2:-1] else bare
