"""Calling: what the dictionary calls a concept and its words, and nothing that only hidden notes said."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from forums.lettering import lettered, letters_in, plainness
from forums.models import Term
from forums.veiling import veiled_words
from forums.wording import normalise


def name_fully(concepts, *, veiled=None):
    """Give each Concept `told`, the Terms of it that may be told, each `called` as most people wrote it, and
    `called`: the label that somebody chose, or its commonest word in shown notes. No name is told of a
    concept without any word to tell.

    Three queries, some more where notes are hidden, and one where the terms aren't fetched.

    Args:
        veiled: what `veiling.veiled_words` tells of all words, where it is known already.
    """
    prefetch_related_objects(concepts, "terms")
    words = [term for concept in concepts for term in concept.terms.all()]
    veiled = veiled_words(words) if veiled is None and words else veiled or set()
    letters = letters_in(words) if words else {}
    for concept in concepts:
        concept.told = [term for term in concept.terms.all() if term.pk not in veiled]
        written = {term.text: letters[term.pk] for term in concept.told if term.pk in letters}
        for term in concept.told:
            term.called = lettered({term.text: written.get(term.text, {"": 0})} | written)
        concept.called = _name_of(concept, written)


def _name_of(concept, written):
    if not concept.told:
        return _("hidden word")
    label, told = normalise(concept.label), {term.text for term in concept.told}
    # The first word that was met, and the name that somebody chose, may be what is hidden since.
    is_hidden = label in {term.text for term in concept.terms.all()} - told
    if concept.is_curated and not is_hidden:
        return concept.label
    return _commonest(written) or (concept.label if label in told else concept.told[0].called)


def _commonest(written):
    """The word that most people wrote, as they wrote it; empty where nobody wrote any."""
    ranked = sorted(written, key=lambda word: (-written[word].total(), *plainness(word)))
    return lettered({word: written[word] for word in ranked}) if ranked else ""


def called_without(concept, term):
    """What a Concept that is named (`name_fully`) would be called without one of its words: as it is, unless
    the word is its name. One query, and none then."""
    if normalise(concept.called) != term.text:
        return concept.called
    rest = [one for one in concept.told if one != term]
    letters = letters_in(rest)
    written = {one.text: letters[one.pk] for one in rest if one.pk in letters}
    return _commonest(written) or (rest[0].called if rest else _("hidden word"))


def told_as(names):
    """{name: itself, or what stands in its place where it is a word that is not told}, of names that the
    dictionary has had, as they stand in the log."""
    words = {normalise(name) for name in names}
    found = list(Term.objects.filter(text__in=words)) if words else []
    veiled = veiled_words(found) if found else set()
    hidden = {term.text for term in found if term.pk in veiled}
    return {name: _("hidden word") if normalise(name) in hidden else name for name in names}
