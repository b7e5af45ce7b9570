"""Words: what people write becomes terms, and a term of a known word joins that word's concept.

Which spellings are one word is told in `inflecting`; what may be one, in `proposing`.
"""

import re
import unicodedata

from django.db import IntegrityError, connection, transaction

from forums.keywords.inflecting import COLON_ENDINGS, kin_of, readings
from forums.lettering import lettered
from forums.models import Concept, Term

MAX_KEYWORD_LENGTH = 60

# A colon stays where an abbreviation is inflected: "SKR:s".
NOT_OF_A_WORD = re.compile(rf"(?!(?<=[^\W\d_]):(?:{'|'.join(COLON_ENDINGS)})\b)[^\w\s&+%/-]|_", re.IGNORECASE)
# "A.I." is "AI"; "bl.a." is no row of initials.
INITIALS = re.compile(r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)")
# Soft hyphens, zero-width characters and the variants of emoji, pasted in with the words; and the
# hyphens and dashes that a word processor makes.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"))
CLEANED = UNSEEN | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")


def normalise(text):
    """Return `text` as it is compared: NFC, lower case, no quotes or punctuation, single spaces.

    The dots of initials go without a space: "A.I." is "ai". å, ä, ö and é stay letters of their own, and
    "&" is "och". Empty where no letter and no digit is left.
    """
    return _words_of(unicodedata.normalize("NFC", _composed(text).casefold()))


def spelt(text):
    """Return `text` normalised, but with the capitals that it was written with; empty where that is none."""
    if text.islower():
        return ""
    word, written = normalise(text), _words_of(_composed(text))
    return written if written != word == written.casefold() else ""


def _composed(text):
    composed = unicodedata.normalize("NFC", text.translate(CLEANED))
    if "." not in composed:
        return composed
    return unicodedata.normalize("NFC", INITIALS.sub(lambda found: found[0].replace(".", ""), composed))


def _words_of(text):
    if not any(map(str.isalnum, text)):
        return ""
    words = (word.strip("-/:") for word in NOT_OF_A_WORD.sub(" ", text).split())
    return " ".join("och" if word == "&" else word for word in words if word)


def term_for(text):
    """Find or make the Term for what somebody wrote.

    A new word joins the one concept whose words are all forms of it; otherwise it is a concept of
    its own. Two people who first write "tillit" and "tilliten" in the same instant can make two
    concepts; a merge mends that, also for the forms that are written later.

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
            concept = _concept_of_kin(word) or Concept.objects.create(
                label=lettered({word: {spelt(text): 1}})
            )
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
    written = {word: text for text in texts if (word := normalise(text))}
    words = sorted(written)
    known = {term.text: term for term in _known(words)}
    return [known.get(word) or term_for(written[word]) for word in words]


def letters_of(texts):
    """{word, normalised: as it was `spelt`} of several texts; where one stands twice, the last."""
    return {word: spelt(text) for text in texts if (word := normalise(text))}


def _known(words):
    """The Terms that there are of a few words. Every note asks, and to build the question took longer
    than to answer it."""
    if not words:
        return []
    places = ", ".join(["%s"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, concept_id, text FROM forums_term WHERE text IN ({places})", words)  # noqa: S608
        rows = cursor.fetchall()
    return [Term.from_db(connection.alias, ("id", "concept_id", "text"), row) for row in rows]


def _concept_of_kin(word):
    """The only concept all of whose words share a reading with `word`, or None.

    Several that count for one are one: of these the word joins the one that the others count for, or the
    oldest.
    """
    concepts = Term.objects.filter(joined__in=kin_of(word)).values("concept_id")
    shared = {}
    for term in Term.objects.filter(concept_id__in=concepts).select_related("concept"):
        shared[term.concept] = shared.get(term.concept, readings(word)) & readings(term.text)
    fitting = [concept for concept, common in shared.items() if common]
    if len(fitting) < 2:
        return next(iter(fitting), None)
    root, *others = set(Concept.objects.roots_of([concept.pk for concept in fitting]).values())
    if others:
        return None
    return root if root in fitting else min(fitting, key=lambda concept: concept.pk)
