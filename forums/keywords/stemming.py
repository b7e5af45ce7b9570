"""Stemming: what a word may have in common with its relatives. Guesswork, for proposals only."""

import re
from functools import lru_cache

from forums.keywords.inflecting import ADJECTIVE_OF, ASKED_ADJECTIVE_OF, LEMMA_OF
from forums.keywords.swedish import ADJECTIVES_IN_EN, PLURAL_IN_AR

# Endings cut to find words that are near each other, (ending, letters that must remain); the first
# that fits. This is guesswork: nothing is merged by it.
PLAIN_INFLECTIONS = (
    *((ending, 3) for ending in ("erna", "orna", "ade", "ats", "ar", "er", "or", "en", "et", "na")),
    *((ending, 4) for ending in ("as", "es", "a")),
)
# The ending of "tydligt" is also that of "kontrakt".
INFLECTIONS = (*PLAIN_INFLECTIONS, *((ending, 5) for ending in ("e", "t", "n", "s")))
DERIVATIONS = (
    *((ending, 4) for ending in ("ighet", "itet", "ning", "ande", "ende")),
    *((ending, 3) for ending in ("enhet", "het")),
    ("isk", 4),
    ("era", 6),
    *((ending, 5) for ending in ("full", "ing", "and", "end", "ik", "ad", "an", "a")),
    ("ig", 4),
    ("i", 6),
)
ALIKE = [
    *(("iser", "isation"), ("icer", "ikation"), ("ducer", "duktion"), ("ibel", "ibil"), ("abel", "abil")),
    *(("rös", "ros"), ("iös", "ios"), ("vös", "vos")),
]
# Where the lemma of a word is looked for, the surest first.
LEMMAS = (LEMMA_OF, ADJECTIVE_OF, ASKED_ADJECTIVE_OF)
ROMANCE = re.compile(r"(.{4,})er(a|ar|ade|at|ing)$")
# "innovativ", but not "relativ".
OF_ATION = re.compile(r".{4,}ativ$")
PERSONS = re.compile(r"(.{3,}?)(are|aren|arens|arna|arnas|ares|ast|aste)$")


def stem_of(word):
    """Cut a word to what it may have in common with its relatives."""
    return stems_of(word)[0]


@lru_cache(maxsize=200_000)
def uninflected(word):
    """Cut a word to what its own forms have in common, where its ending is surely an ending."""
    return _inflected(word, PLAIN_INFLECTIONS)[1]


@lru_cache(maxsize=200_000)
def stems_of(word):
    """Return what is left of a word when its endings are cut one after the other, shortest first.

    Last come the nouns that would be of its kin: "reflektion" of "reflektera", "innovation" of "innovativ".
    """
    base, inflected = _inflected(word)
    stems = {base, inflected, _derived_from(inflected), _derived_from(base)}
    if inflected.endswith("ell"):
        stems.add(f"{inflected[:-3]}al")  # "professionell" and "professionalitet"
    shortest_first = sorted(map(_evened, stems), key=lambda stem: (len(stem), stem))
    return [*shortest_first, *_nouns_of_kin(word, inflected)]


def _nouns_of_kin(word, inflected):
    if found := ROMANCE.match(word):
        # "motivera" and "motivation", "reflektera" and "reflektion", "engagera" and "engagemang".
        return [f"{found[1]}{noun}" for noun in ("ation", "ion", "emang")]
    return [f"{inflected[:-2]}ion"] if OF_ATION.search(inflected) else []


def _inflected(word, endings=INFLECTIONS):
    """(the first form of a word where it is known, that or the word without the ending of its inflection)."""
    base = next((known[word] for known in LEMMAS if word in known), word)
    if base.endswith(("ens", "ets", "nas", "rs")) and len(base) > 6:
        base = base[:-1]
    if found := PERSONS.match(base):
        # "ledarna" of "ledare", but "utmaningarna" of "utmaning" and "tydligare" of "tydlig".
        base = found[1] if found[1].endswith((*PLURAL_IN_AR, "ig")) else f"{found[1]}ar"
        return base, base
    return base, _cut(base, endings)


def _derived_from(word):
    if word.endswith("enhet") and not word.removesuffix("het").endswith(ADJECTIVES_IN_EN):
        return word  # "vårdenhet" is a unit, and no quality of "vården"
    return _cut(word, DERIVATIONS)


def _evened(stem):
    for ending, other in ALIKE:
        if stem.endswith(ending):
            return stem.removesuffix(ending) + other
    return stem[:-1] if stem.endswith(("mm", "nn")) else stem


def _cut(word, endings):
    for ending, least in endings:
        # "trygghet" is no definite form.
        of_quality = ending == "et" and word.endswith("het")
        if word.endswith(ending) and len(word) - len(ending) >= least and not of_quality:
            return word.removesuffix(ending)
    return word
