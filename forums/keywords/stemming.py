"""Stemming: what a word may have in common with its relatives. Guesswork, for proposals only."""

import re
from functools import lru_cache

from forums.keywords.inflecting import ADJECTIVE_OF, ASKED_ADJECTIVE_OF, LEMMA_OF
from forums.keywords.swedish import PLURAL_IN_AR

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
# Where the lemma of a word is looked for, the surest first.
LEMMAS = (LEMMA_OF, ADJECTIVE_OF, ASKED_ADJECTIVE_OF)
ROMANCE = re.compile(r"(.{4,})er(a|ar|ade|at|ing)$")
PERSONS = re.compile(r"(.{3,}?)(are|aren|arens|arna|arnas|ares|ast|aste)$")


def stem_of(word):
    """Cut a word to what it may have in common with its relatives."""
    return stems_of(word)[0]


@lru_cache(maxsize=200_000)
def stems_of(word):
    """Return what is left of a word when its endings are cut one after the other, shortest first."""
    base = next((known[word] for known in LEMMAS if word in known), word)
    if base.endswith(("ens", "ets", "nas", "rs")) and len(base) > 6:
        base = base[:-1]
    if found := PERSONS.match(base):
        # "ledarna" of "ledare", but "utmaningarna" of "utmaning" and "tydligare" of "tydlig".
        base = found[1] if found[1].endswith((*PLURAL_IN_AR, "ig")) else f"{found[1]}ar"
        inflected = base
    else:
        inflected = _cut(base, INFLECTIONS)
    stems = {base, inflected, _cut(inflected, DERIVATIONS), _cut(base, DERIVATIONS)}
    if found := ROMANCE.match(word):
        # "motivera" and "motivation", "reflektera" and "reflektion", "engagera" and "engagemang".
        stems |= {f"{found[1]}{noun}" for noun in ("ation", "ion", "emang")}
    if inflected.endswith("ell"):
        stems.add(f"{inflected[:-3]}al")  # "professionell" and "professionalitet"
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
