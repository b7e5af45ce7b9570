"""Parting: words that look alike and are known to be two, so that nobody is asked about them.

What the lists of `swedish` say is not one word is no question for a room either: "myndig" and "myndighet",
"laget" and "lagar", "hög" and "högen"; nor are a person and what they do, "brukare" and "bruka".
"""

import re

from forums.keywords import swedish
from forums.keywords.inflecting import ADJECTIVE_OF, ASKED_ADJECTIVE_OF

NEUTER, COMMON = ("et",), ("en", "er", "erna", "ar", "arna")
QUALITY = ("het", "heten", "heter", "heterna")
# Whoever does what the verb says; "arna" may be the plural of another noun.
DOES_IT = re.compile(r"(.{3,})are(s|ns)?$")
OF_VERB = ("", "a", "ar", "ade", "at")
# Whoever knows the field: "politiker", "ekonom", "pedagog"; and the field, or what is of it.
# A "kliniker" may be that, or several of "klinik".
KNOWS_IT = re.compile(r"(.{2,}(?<!klin)ik)er(n|s|ns|na|nas)?$")
FIELD = ("", "en", "ens")
LEARNED = re.compile(r"(.{2,}(?:nom|teg|krat|log|graf|gog))(en|ens|er|ers|erna|ernas)?$")
OF_LEARNED = ("i", "in", "ier", "ierna", "ik", "iken")
# What comes of a verb: "klassning" is no form of "klass", nor "stamning" of "stammen".
OF_NOUN = ("", "en", "er", "erna", "et")
DEED = re.compile(r"(.{3,})ning(en|ar|arna)?$")
# "bönor" are no "böner".
PLURAL_IN_OR = re.compile(r"(.{3,})or(na)?$")
PLURAL_IN_ER = ("er", "erna")


def are_two(word, other):
    """Whether two normalised words are two, whatever they have in common. Of phrases nothing is known."""
    return any(_is_known(*pair) for pair in ((word, other), (other, word)))


def _is_known(word, other):
    return (
        _is_neuter_of_common(word, other)
        or _is_name_of_quality(word, other)
        or _is_noun_of_adjective(word, other)
        or _is_verb_of_neuter(word, other)
        or _is_deed(word, other)
        or _is_other_plural(word, other)
        or _is_person(word, other)
    )


def _is_neuter_of_common(word, other):
    """A Swedish noun has one gender: "laget" is no form of the same word as "lagen" and "lagar"."""
    stem = word.removesuffix("et")
    return stem != word and stem in swedish.AMBIGUOUS and _ends(stem, other, COMMON)


def _is_name_of_quality(word, other):
    return any(
        word in (stem, f"{stem}t", f"{stem}a") and _ends(stem, other, QUALITY)
        for stem in {word, word.removesuffix("t"), word.removesuffix("a")} & swedish.NO_QUALITIES
    )


def _is_noun_of_adjective(word, other):
    """An adjective and the noun that would be its definite form: "rik" and "riket"."""
    is_adjective = ADJECTIVE_OF.get(word, ASKED_ADJECTIVE_OF.get(word)) == word
    return is_adjective and word in swedish.AMBIGUOUS and _ends(word, other, ("et", "en"))


def _is_verb_of_neuter(word, other):
    """A neuter noun of no plural ending takes none: "målar" is no form of "mål"."""
    return word in swedish.SAFE["råd"] and _ends(word, other, ("a", "ar", "er"))


def _is_deed(word, other):
    return bool(found := DEED.match(word)) and _ends(found[1], other, OF_NOUN)


def _is_other_plural(word, other):
    return bool(found := PLURAL_IN_OR.match(word)) and _ends(found[1], other, PLURAL_IN_ER)


def _is_person(word, other):
    """A person, and what they do or know."""
    if (found := DOES_IT.match(word)) and not found[1].endswith(swedish.ADJECTIVES):
        return found[1] not in ADJECTIVE_OF and _ends(found[1], other, OF_VERB)
    if found := KNOWS_IT.match(word):
        return _ends(found[1], other, FIELD) or _ends(f"{found[1][:-1]}sk", other, ("", "a", "t"))
    return bool(found := LEARNED.match(word)) and _ends(found[1], other, OF_LEARNED)


def _ends(stem, word, endings):
    """Whether a word is the stem with one of these endings."""
    return word.startswith(stem) and word[len(stem) :] in endings
