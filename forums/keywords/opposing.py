"""Opposing: two words or phrases that say the opposite of each other are never one concept, nor asked about.

"bristande tillit" and "ökad tillit" are about the same thing, and mean two.
"""

import re
from functools import lru_cache

from forums.keywords import swedish
from forums.keywords.inflecting import ADJECTIVE_OF, ASKED_ADJECTIVE_OF, LEMMA_OF

# A beginning that turns a word around leaves a word of at least so many letters.
SHORTEST_TURNED = 3
# So much of two words must be alike for one to be the other turned around: endings differ.
LONGEST_ENDING = 4
LACKS = ("brist", "bristen", "brister")
# A word begins with a vowel, or with the consonants that Swedish allows there.
BEGINS_A_WORD = re.compile(
    r"([bdfghjklmnprstv]?|[bfgp][lr]|[fbmp]j|[dtv]r|gn|k[lrnv]|s[klmnptv]|s[kpt]r|tv|dv)[aeiouyåäö]"
)
ADJECTIVE = re.compile(r".(ig|bar|sam|full)(t|a|ma|are|het|heten|heter)?$")
PAIRS = frozenset(
    frozenset(pair) for line in swedish.OPPOSITES.strip().splitlines() if (pair := tuple(line.split()))
)
OPPOSED = frozenset(word for pair in PAIRS for word in pair)


def are_opposite(text, other):
    """Whether one of two normalised texts is the other turned around: by a negation, an opposite, or "o-"."""
    if is_turned(text) != is_turned(other):
        return True
    words, others = _words(text), _words(other)
    mine, its = words - others, others - words
    if any(frozenset((word, another)) in PAIRS for word in mine & OPPOSED for another in its & OPPOSED):
        return True
    return any(
        _turns(word, another) or _turns(another, word) for word in text.split() for another in other.split()
    )


@lru_cache(maxsize=100_000)
def is_turned(text):
    """Whether a text says that something is missing, small or bad."""
    return any(
        word in swedish.NEGATIONS or word.endswith(LACKS) or _is_un_adjective(word) for word in text.split()
    )


def _is_un_adjective(word):
    """Whether a word is an adjective behind "o-": "otydliga", "oklart", but not "offentlig"."""
    rest = word.removeprefix("o")
    if rest == word or not BEGINS_A_WORD.match(rest):
        return False
    return rest in ADJECTIVE_OF or rest in ASKED_ADJECTIVE_OF or bool(ADJECTIVE.search(rest))


@lru_cache(maxsize=100_000)
def _words(text):
    return frozenset(_plain(word) for word in text.split())


def _plain(word):
    """The form of a word under which it stands among the opposites."""
    for known in (ADJECTIVE_OF, ASKED_ADJECTIVE_OF, LEMMA_OF):
        if lemma := known.get(word):
            return lemma
    return swedish.FORM_OF_OPPOSITE.get(word, word)


def _turns(word, other):
    """Whether `word` is `other`, in some form, behind a beginning that turns it around."""
    for beginning in swedish.TURNING:
        rest = word.removeprefix(beginning)
        if rest == word or len(rest) < SHORTEST_TURNED:
            continue
        alike = next(
            (at for at, (mine, its) in enumerate(zip(rest, other, strict=False)) if mine != its),
            min(len(rest), len(other)),
        )
        if alike >= SHORTEST_TURNED and max(len(rest), len(other)) - alike <= LONGEST_ENDING:
            return True
    return False
