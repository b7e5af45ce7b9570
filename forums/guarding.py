"""Guarding what is shown: the list of insults, and finding them and people's names in what is written.

A word on the list stands for its inflected forms too, read as the keyword engine reads them
(`inflecting`). What is found holds a note back until a person has looked: it decides nothing.
"""

from functools import lru_cache

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.models.people import swedish_sort_key
from accounts.recording import record
from accounts.refusals import Refusal
from forums.keywords.inflecting import readings
from forums.models import Insult
from forums.wording import normalise

MOST_WORDS_OF_A_NAME = 5


class NoWord(Refusal):
    message, field = _("Write a word with at least one letter."), "text"


@transaction.atomic
def add_insult(text, *, by):
    """Put a word or phrase on the list and return it. Nothing happens where it is there already.

    Raises:
        NoWord: nothing is left of the text when it is normalised.
    """
    word = normalise(text)
    if not word:
        raise NoWord
    insult, is_new = Insult.objects.get_or_create(text=word)
    if is_new:
        record("insult.added", about=insult, by=by)
    return insult


@transaction.atomic
def remove_insult(insult, *, by):
    """Take a word off the list. Notes that it holds back still wait for somebody to look."""
    if Insult.objects.filter(pk=insult.pk).exists():
        record("insult.removed", about=insult, by=by)
        insult.delete()


def withheld_in(text, keywords):
    """Return what holds a note back: the insults in its text and keywords, and the names in its keywords.

    A keyword stands by itself on the wall, and may be read by everybody there; a name in a note's text has
    its sentence around it. Two queries, and one where no keyword has several words.
    """
    [withheld] = withheld_in_each([(text, keywords)])
    return withheld


def withheld_in_each(notes):
    """Return a set for each (text, keywords): what holds it back. Two queries, however many notes."""
    listed, named = _listed(), names_in({word for _text, keywords in notes for word in keywords})
    return [
        _insults_in(listed, text, *keywords).union(*(named.get(word, ()) for word in keywords))
        for text, keywords in notes
    ]


def tell_why_held(notes):
    """Give notes, fetched with their keywords, what holds each back, as whoever looks is told: `insults`, the
    words of the list that it holds, and `names`, its keywords with somebody's name. Both are empty where what
    it was held for has been taken off the list since. Two queries, however many notes."""
    keywords = {note: [str(mention) for mention in note.mentions.all()] for note in notes}
    listed = _listed() if notes else {}
    named = names_in({text for texts in keywords.values() for text in texts})
    for note, texts in keywords.items():
        note.insults = sorted(_insults_in(listed, note.text, *texts))
        note.names = [text for text in texts if text in named]


def names_in(texts):
    """{text: the names of people in the portal that it holds, "Given Family" or the other way around}, of
    those texts that hold any. One query, and none for single words."""
    keys = {text: _names_by_key(text) for text in texts}
    asked = {key for named in keys.values() for key in named}
    if not asked:
        return {}
    found = set(Person.objects.with_sort_name(asked).values_list("sort_name", flat=True))
    told = {text: {named[key] for key in found & named.keys()} for text, named in keys.items()}
    return {text: names for text, names in told.items() if names}


def _names_by_key(text):
    """{`sort_name` of whoever may be called so: the name as it stands in the text}."""
    named = {}
    for words in (normalise(text).split(), text.casefold().split()):
        for name in _runs(words):
            named |= dict.fromkeys(_sort_names(name), " ".join(name))
    return named


def _runs(words):
    """Every run of two words or more that may be a name."""
    for start in range(len(words) - 1):
        for end in range(start + 2, min(start + MOST_WORDS_OF_A_NAME, len(words)) + 1):
            yield words[start:end]


def _sort_names(words):
    """The `sort_name` of whoever is called so, wherever the given name ends; "Lind Anna" is one already, and
    "Anna Linds" is hers."""
    for last in {words[-1], words[-1].removesuffix("s")}:
        name = [*words[:-1], last]
        yield from (swedish_sort_key(" ".join(name[at:] + name[:at])) for at in range(len(name)))


def _insults_in(listed, *texts):
    """The words of the list that the texts hold, in whatever form."""
    longest = max((len(insult.split()) for insult in listed.values()), default=0)
    found = set()
    for text in texts:
        words = normalise(text).split()
        for length in range(1, longest + 1):
            for start in range(len(words) - length + 1):
                phrase = " ".join(words[start : start + length])
                found |= {listed[reading] for reading in readings(phrase) if reading in listed}
    return found


def _listed():
    """The word of the list that each reading belongs to, as the list is now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM forums_insult ORDER BY text")
        return _readings_of(tuple(text for (text,) in cursor.fetchall()))


@lru_cache(maxsize=4)
def _readings_of(insults):
    """The word of the list that each reading belongs to."""
    return {reading: insult for insult in insults for reading in readings(insult)}
