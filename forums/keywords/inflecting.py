"""Inflecting: which spellings are forms of one Swedish word, beyond doubt.

What is merged here is merged without anybody being asked, so it must be right. Swedish nouns are
read by their declensions: a word gets every *reading* (declension, stem) that its ending allows,
and two words are one where they share a reading. Snowball's Swedish stemmer was tried first: it
gives "styra" and "styrelse" one stem, and "leda" and "ledare" (decisions/0061).
"""

from collections import defaultdict
from functools import lru_cache
from itertools import product

from forums.keywords import swedish
from forums.keywords.bending import lemmas_of

# Declension -> endings. More conditions in `_fits`.
DECLENSIONS = {
    "skola": ("a", "an", "or", "orna"),
    "utmaning": ("", "en", "ar", "arna"),
    "dialog": ("", "en", "er", "erna"),
    "råd": ("", "et", "en"),
    "möte": ("e", "et", "en", "ena"),
    "granne": ("e", "en", "ar", "arna"),
    "styrelse": ("e", "en", "er", "erna"),
    "ledare": ("are", "aren", "arna"),
    "strategi": ("", "n", "er", "erna"),
    "parti": ("", "et", "er", "erna"),
    "museum": ("um", "et", "er", "erna"),
    "faktor": ("", "n", "er", "erna"),
    "program": ("", "met", "men", "mar", "marna"),
    "regel": ("el", "eln", "let", "len", "ler", "lerna"),
    "artikel": ("el", "eln", "lar", "larna"),
    "hinder": ("er", "ret", "ren"),
    "teater": ("er", "ern", "rar", "rarna"),
    "vikarie": ("", "n", "r", "rna"),
    "anmälan": ("an", "ningar", "ningarna"),
    "möjlighet": ("het", "heten", "heter", "heterna"),
    "politiker": ("iker", "ikern", "ikerna"),
    "tydlig": ("", "t", "a", "are", "ast", "aste", "het", "heten"),
    "relevant": ("", "a"),
    "medveten": ("en", "et", "na", "enhet", "enheten"),
    "gemensam": ("", "t", "ma", "het", "heten"),
    "flexibel": ("el", "elt", "la", "lare", "last"),
    "förtroendevald": ("", "a", "as"),
    "engagerad": ("ad", "at", "ade"),
    "planera": ("era", "erar", "erade", "erat", "eras"),
    "samarbeta": ("a", "ar", "ade", "at"),
    "stärka": ("a", "er", "t"),
}
BY_ENDING = {
    ending: [name for name, endings in DECLENSIONS.items() if ending in endings]
    for ending in {ending for endings in DECLENSIONS.values() for ending in endings}
}
LONGEST_ENDING = max(map(len, BY_ENDING))
GENITIVES = ("ens", "ets", "ans", "arnas", "ernas", "ornas", "enas", "ings", "hets", "skaps", "ions")
# From these lengths an -s is a genitive: "målens" but not "grens", "kommuns" but not "kurs".
LONG_ENOUGH_FOR_DEFINITE, LONG_ENOUGH_FOR_GENITIVE = 6, 7
# Where children are after school: no genitive of "fritid", the time off.
NO_GENITIVES = {"fritids"}
# What an abbreviation is given after a colon: "SKR:s", "IT:n".
COLON_ENDINGS = ("s", "n", "en", "et", "t", "ns", "ens", "er", "erna", "ar", "arna")
LONGEST_ABBREVIATION = 4
VOWELS = tuple("aeiouyåäöé")

PARADIGMS = {forms[0]: forms for line in swedish.PARADIGMS.strip().splitlines() if (forms := line.split())}
LEMMA_OF = {form: lemma for lemma, forms in PARADIGMS.items() for form in forms}
ADJECTIVE_OF = lemmas_of(swedish.SHORT_ADJECTIVES)
# Of adjectives with a form that is another word too: for proposals only.
ASKED_ADJECTIVE_OF = lemmas_of(swedish.ASKED_ADJECTIVES) | swedish.first_of_each(swedish.ODD_COMPARATIVES)
FORMS_OF_ADJECTIVE = defaultdict(set)
for _form, _adjective in ADJECTIVE_OF.items():
    FORMS_OF_ADJECTIVE[_adjective].add(_form)
LONGEST_FORM = max(map(len, LEMMA_OF))

# "fakta" is no kin of "faktor", nor "moderata" of "moderator".
NO_NOUNS_IN_A = (*swedish.NO_DEFINITE_IN_AN, *swedish.AGENTS_IN_OR)

# Conditions on the stem of a declension; where none is named, any stem will do.
CONDITIONS = {
    "skola": lambda stem: len(stem) > 3 and not stem.endswith(NO_NOUNS_IN_A),
    "utmaning": lambda stem: stem.endswith(swedish.PLURAL_IN_AR),
    # "politiker" is a person, not several of "politik", and "personligen" an adverb, not that of "personlig".
    "dialog": lambda stem: (
        stem.endswith(swedish.PLURAL_OF_IK)
        or not (_has_no_plural_in_er(stem) or stem.endswith(("ik", "lig", *VOWELS)))
    ),
    "råd": lambda stem: not stem.endswith(("lig", *VOWELS)),
    # "saknade" is no form of "saknaden".
    "möte": lambda stem: stem not in {"liv", "kund"} and not stem.endswith("ad"),
    "granne": lambda stem: stem.endswith(("grann", "tank", "pojk", "arving")),
    "styrelse": lambda stem: stem.endswith(("els", "linj")),
    "strategi": lambda stem: len(stem) > 3 and stem.endswith(("i", "yrå", "é", "y", "miljö", "oro", "varo")),
    "parti": lambda stem: len(stem) > 4 and stem.endswith("i"),
    "museum": lambda stem: len(stem) > 3 and stem.endswith(("i", "e")),
    "faktor": lambda stem: len(stem) > 4 and stem.endswith("or"),
    "program": lambda stem: stem.endswith("m") and not stem.endswith("sam"),
    # "stället" is a place, and "fallet" a case: neither puts nor falls.
    "regel": lambda stem: stem != "hand" and not stem.endswith(("stäl", "fal", "hål")),
    "artikel": lambda stem: len(stem) > 2 and stem not in swedish.NO_PLURAL_IN_LAR,
    "hinder": lambda stem: len(stem) > 3 and not stem.endswith(VOWELS) and stem[-2] not in VOWELS,
    "teater": lambda stem: stem.endswith(swedish.PLURAL_IN_RAR),
    "vikarie": lambda stem: len(stem) > 3 and stem.endswith(("ie", "io", "eo", "ilo")),
    "anmälan": lambda stem: stem.endswith(swedish.NINGAR_OF_AN),
    "tydlig": lambda stem: len(stem) > 4 and not stem.endswith("sam"),
    "relevant": lambda stem: len(stem) > 6 and stem.endswith(("ant", "ent")),
    "medveten": lambda stem: stem in swedish.QUALITIES_IN_EN,
    "gemensam": lambda stem: len(stem) > 4 and stem.endswith("sam"),
    "flexibel": lambda stem: len(stem) > 4 and stem.endswith(("ib", "ab")),
    "förtroendevald": lambda stem: stem.endswith(swedish.PARTICIPLES),
    # "småstat" is no form of "småstad", nor "tystnade" of "tystnad".
    "engagerad": lambda stem: len(stem) > 4 and not stem.endswith(("st", "gn", "kn", "ln", "sn", "tn", "vn")),
    "planera": lambda stem: len(stem) > 3 and stem != "kam",
    "samarbeta": lambda stem: stem in swedish.VERBS_IN_AR,
    "stärka": lambda stem: stem in swedish.VERBS_IN_ER,
}
MOST_WORDS_INFLECTED = 4
# A word with figures is inflected too where it ends in so many letters: "CO2-utsläppen".
SHORTEST_TAIL = 4
MOST_READINGS = 100
MOST_SPELLINGS = 3000


@lru_cache(maxsize=100_000)
def readings(text):
    """Return what a normalised word or phrase can be read as: for each of its words a (declension, stem).

    A word that no declension fits is read as itself, alone in the world.
    """
    words = text.split()
    if len(words) > MOST_WORDS_INFLECTED:
        return frozenset([(("", text),)])
    choices = [_readings_of_word(word) for word in words]
    if _product(map(len, choices)) > MOST_READINGS:
        return frozenset([(("", text),)])
    return frozenset(product(*choices))


def are_one(text, other):
    """Whether two normalised words or phrases are forms of one, beyond doubt."""
    return text == other or not readings(text).isdisjoint(readings(other))


def joined(text):
    """A normalised word or phrase as it is looked up: "e-tjänst" is read as "etjänst"."""
    return text.replace("-", "")


def kin_of(text):
    """Return the spellings, `joined`, that could be forms of the same as `text`, for one indexed look.

    What shares a reading with it is among them, except to a phrase with very many forms.
    """
    words = text.split()
    if len(words) <= MOST_WORDS_INFLECTED:
        for with_colons in (True, False):
            choices = [_kin_of_word(word, with_colons=with_colons) for word in words]
            if _product(map(len, choices)) <= MOST_SPELLINGS:
                return {" ".join(forms) for forms in product(*choices)} | {joined(text)}
    return {joined(text)}


def _readings_of_word(word):
    if word in swedish.LITTLE_WORDS:
        return {("", word)}
    found = set()
    for form in _without_genitive(_without_colon(joined(word))):
        found |= _readings_of_form(form)
    return found or {("", word)}


def _without_colon(word):
    head, _colon, ending = word.partition(":")
    return head if ending in COLON_ENDINGS else word


def _without_genitive(word):
    """The word, and what it may be the genitive of."""
    if word.endswith(GENITIVES) and len(word) >= LONG_ENOUGH_FOR_DEFINITE:
        return word, word[:-1]
    if (
        len(word) >= LONG_ENOUGH_FOR_GENITIVE
        and word.endswith("s")
        and (word.endswith("igas") or not word.endswith(("ss", "us", "is", "as")))
        and word not in NO_GENITIVES
    ):
        return word, word[:-1]
    return (word,)


def _readings_of_form(form):
    if lemma := LEMMA_OF.get(form):
        return {("word", lemma)}
    found = {("word", form)}
    if adjective := ADJECTIVE_OF.get(form):
        found.add(("adjective", adjective))
    if not (form.isalnum() and form[-SHORTEST_TAIL:].isalpha()):
        return found
    for length in range(min(LONGEST_ENDING, len(form) - 1) + 1):
        ending = form[len(form) - length :]
        stem = form[: len(form) - length]
        found |= {(name, stem) for name in BY_ENDING.get(ending, ()) if _fits(name, stem, ending)}
    # "handböcker" and "handbok": a compound is inflected as its last part.
    for length in range(3, min(LONGEST_FORM, len(form) - 3) + 1):
        if lemma := LEMMA_OF.get(form[-length:]):
            found.add(("word", form[:-length] + lemma))
    return found


def _fits(declension, stem, ending):
    """Whether a stem may be declined so. What is not sure is no."""
    if stem in swedish.SAFE.get(declension, ()):
        return True
    short = len(stem) == 3 and "" in DECLENSIONS[declension] and stem not in swedish.SHORT_NOUNS
    if len(stem) < 3 or short or stem in swedish.AMBIGUOUS:
        return False
    if declension == "tydlig" and not _fits_adjective(stem, ending):
        return False
    if declension in ("tydlig", "gemensam") and ending in ("het", "heten") and stem in swedish.NO_QUALITIES:
        return False
    return CONDITIONS.get(declension, bool)(stem)


def _has_no_plural_in_er(stem):
    """Also behind a beginning of verbs: "anfallet" and "infaller" as "fallet" and "faller"."""
    if stem.endswith(swedish.NO_PLURAL_IN_ER_AT_END):
        return True
    rests = (stem.removeprefix(prefix) for prefix in swedish.PREFIXES)
    return not swedish.NO_PLURAL_IN_ER.isdisjoint({stem, *rests})


def _fits_adjective(stem, ending):
    if ending in ("are", "ast", "aste"):
        return stem.endswith("ig")
    if ending in ("t", "a"):
        return stem.endswith(swedish.ADJECTIVES) or stem in swedish.SHORT_ADJECTIVES
    if stem.endswith("en") and ending:
        return stem.endswith(swedish.ADJECTIVES_IN_EN)
    return True


def _kin_of_word(word, *, with_colons):
    if word in swedish.LITTLE_WORDS:
        return {word}
    forms = set()
    for declension, stem in _readings_of_word(word):
        forms |= {stem + ending for ending in DECLENSIONS.get(declension, ("",))}
        forms |= FORMS_OF_ADJECTIVE.get(stem, set()) if declension == "adjective" else set()
        if declension == "word":
            forms |= {
                stem.removesuffix(lemma) + form
                for lemma, paradigm in PARADIGMS.items()
                if stem.endswith(lemma)
                for form in paradigm
            }
    forms |= {form + "s" for form in forms if form in _without_genitive(form + "s")}
    if with_colons and len(word.partition(":")[0]) <= LONGEST_ABBREVIATION:
        forms |= {f"{form}:{ending}" for form in forms for ending in COLON_ENDINGS}
    return forms | {joined(word)}


def _product(numbers):
    total = 1
    for number in numbers:
        total *= number
    return total
