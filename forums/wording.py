"""Words: which of the things people write are one and the same concept.

What is merged here is merged without anybody being asked, so it must be right. Swedish nouns are
read by their declensions: a word gets every *reading* (declension, stem) that its ending allows,
and joins a concept only where one reading fits all the words that the concept holds already. So
"lagar" and "laget" never meet, although "lag" could be either. Snowball's Swedish stemmer was
tried first: it gives "styra" and "styrelse" one stem, and "leda" and "ledare" (decisions/0061).
"""

import re
import unicodedata

from django.db import IntegrityError, transaction

from forums.models import Concept, Term

MAX_KEYWORD_LENGTH = 60

NOT_OF_A_WORD = re.compile(r"[^\w\s&+%/-]|_")


def _set_of(words):
    return frozenset(words.split())


# Declension -> endings. Stems have at least three letters, and more conditions in `_fits`.
DECLENSIONS = {
    "skola": ("a", "an", "or", "orna"),
    "utmaning": ("", "en", "ar", "arna"),
    "dialog": ("", "en", "er", "erna"),
    "råd": ("", "et", "en"),
    "möte": ("e", "et", "en", "ena"),
    "styrelse": ("e", "en", "er", "erna"),
    "ledare": ("are", "aren", "arna"),
    "strategi": ("", "n", "er", "erna"),
    "program": ("", "met", "men", "mar", "marna"),
    "regel": ("el", "eln", "let", "len", "ler", "lerna"),
    "möjlighet": ("het", "heten", "heter", "heterna"),
    "tydlig": ("", "t", "a", "het", "heten"),
    "gemensam": ("", "t", "ma", "het", "heten"),
}
GENITIVES = ("ens", "ets", "ans", "arnas", "ernas", "ornas", "enas", "ings", "hets", "skaps", "ions")

# Plurals that change the stem, put back on it.
VOWEL_CHANGES = {
    "böcker": "bok",
    "händer": "hand",
    "länder": "land",
    "städer": "stad",
    "ledamöter": "ledamot",
}

# Stems of two words at once, or nouns whose would-be inflection is another word ("plan", "planet"):
# nothing is merged by itself there ...
AMBIGUOUS = _set_of("lag led rätt värd plan fall sätt dam tro mod mål tal val form bok rad rum tid stad mot")
# ... but these are safe all the same.
SAFE = {
    "skola": {"res"},
    "dialog": {"plan", "tid", "bok", "stad", "form", "rad"},
    "råd": {"mål", "val", "mod"},
    "möte": {"värd"},
    "ledare": {"led"},
    "strategi": {"idé"},
    "program": {"rum"},
}
# Nouns that look like a verb with -er: "tryck" is no kin of "trycker".
NO_PLURAL_IN_ER = _set_of(
    "stöd tryck drag bud krav svar råd ljud köp besök uttryck spel steg liv lek hopp kast ansvar"
)
VOWELS = tuple("aeiouyåäöé")
# Conditions on the stem of a declension; where none is named, any stem will do.
CONDITIONS = {
    "skola": lambda stem: len(stem) > 3 and not stem.endswith(("verk", "önsk")),
    "utmaning": lambda stem: stem.endswith(("ing", "dom", "väg", "dag", "park", "skog", "gård")),
    # "politiker" is a person, not several of "politik".
    "dialog": lambda stem: stem not in NO_PLURAL_IN_ER and not stem.endswith(("ik", *VOWELS)),
    "råd": lambda stem: not stem.endswith(VOWELS),
    "styrelse": lambda stem: stem.endswith("els"),
    "strategi": lambda stem: len(stem) > 3 and stem.endswith(("i", "å", "é", "y")),
    "program": lambda stem: stem.endswith("m"),
    "regel": lambda stem: stem != "hand",
    "tydlig": lambda stem: len(stem) > 4 and not stem.endswith("sam") and stem not in NO_QUALITIES,
    "gemensam": lambda stem: len(stem) > 4 and stem.endswith("sam") and stem not in NO_QUALITIES,
}
ADJECTIVES = ("ig", "bar", "isk", "tiv", "siv", "ell", "lös", "full")
SHORT_ADJECTIVES = _set_of("trygg öppen säker lyhörd jämlik jämställd nyfiken klok stolt enkel snabb")
# "myndighet" is an authority, "verksamhet" an operation, "nyhet" a piece of news.
NO_QUALITIES = _set_of("myndig verksam lägen enskild menig person härlig kunglig")


def normalise(text):
    """Return `text` as it is compared: NFC, lower case, no quotes or punctuation, single spaces.

    å, ä, ö and é stay letters of their own. Empty where nothing is left.
    """
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(NOT_OF_A_WORD.sub(" ", text).split()).strip("-/ ")


def readings(word):
    """Return the (declension, stem) pairs that a normalised word can be read as; none of a phrase."""
    if not word.isalpha():
        return frozenset()
    word = _without_vowel_change(word)
    forms = [word, word[:-1]] if word.endswith(GENITIVES) else [word]
    return frozenset(
        (declension, form.removesuffix(ending))
        for form in forms
        for declension, endings in DECLENSIONS.items()
        for ending in endings
        if form.endswith(ending) and _fits(declension, form.removesuffix(ending), ending)
    )


def are_one(word, other):
    """Whether two normalised words are forms of one word beyond doubt."""
    return word == other or bool(readings(word) & readings(other))


def _without_vowel_change(word):
    for plural, stem in VOWEL_CHANGES.items():
        if word in (plural, plural + "s", plural + "na", plural + "nas"):
            return f"{stem}er{word.removeprefix(plural)}"
    return word


def _fits(declension, stem, ending):
    """Whether a stem may be declined so. What is not sure is no."""
    if stem in SAFE.get(declension, ()):
        return True
    if len(stem) < 3 or stem in AMBIGUOUS or not CONDITIONS.get(declension, bool)(stem):
        return False
    if declension == "tydlig" and ending in ("t", "a"):
        return stem.endswith(ADJECTIVES) or stem in SHORT_ADJECTIVES
    return True


def kin_of(word):
    """Return every spelling that could be a form of the same word as `word`, for one indexed look."""
    forms = {stem + ending for declension, stem in readings(word) for ending in DECLENSIONS[declension]}
    forms |= {plural + rest for plural, stem in VOWEL_CHANGES.items() if stem in forms for rest in ("", "na")}
    return forms | {form + "s" for form in forms if (form + "s").endswith(GENITIVES)} | {word}


def term_for(text):
    """Find or make the Term for what somebody wrote.

    A new word joins the one concept whose words are all forms of it; otherwise it is a concept of
    its own. Two people who first write "tillit" and "tilliten" in the same instant can make two
    concepts; a merge mends that.

    Raises:
        ValueError: nothing is left of the text when it is normalised.
    """
    word = normalise(text)
    if not word:
        raise ValueError("A keyword needs a letter.")
    if term := Term.objects.filter(text=word).first():
        return term
    try:
        with transaction.atomic():
            concept = _concept_of_kin(word) or Concept.objects.create(label=word)
            return Term.objects.create(text=word, concept=concept)
    except IntegrityError:  # somebody else made it in the meantime
        return Term.objects.get(text=word)


def concept_for(text):
    """Find or make the Concept that a word now counts for, merges followed."""
    concept = term_for(text).concept
    while concept.merged_into_id:
        concept = concept.merged_into
    return concept


def terms_for(texts):
    """Find or make the Terms for several texts, each once, in the order of the alphabet.

    The order is the same for everybody, so that two writers never wait for each other's new words.
    """
    words = sorted({word for text in texts if (word := normalise(text))})
    known = {term.text: term for term in Term.objects.filter(text__in=words)}
    return [known.get(word) or term_for(word) for word in words]


def _concept_of_kin(word):
    """The only concept all of whose words share a reading with `word`, or None."""
    concepts = Term.objects.filter(text__in=kin_of(word)).values("concept_id")
    shared = {}
    for term in Term.objects.filter(concept_id__in=concepts).select_related("concept"):
        shared[term.concept] = shared.get(term.concept, readings(word)) & readings(term.text)
    fitting = [concept for concept, common in shared.items() if common]
    return fitting[0] if len(fitting) == 1 else None
