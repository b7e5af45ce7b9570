"""Lettering: with which capitals a concept is shown, of all the ways in which people wrote it.

Words are compared without capitals (`wording.normalise`), so each mention keeps its word as it was typed.
Most people's letters are shown: "AI", "Samhällsbyggnad AB". A capital that only begins a sentence is no part
of the word, nor is a word shouted in capitals; "Microsoft" keeps its own (decisions/0440).
"""

from collections import Counter
from functools import lru_cache

from django.db.models import Count

from accounts.models.people import swedish_sort_key
from forums.keywords.stemming import stems_of
from forums.keywords.swedish import EVERYDAY, EVERYDAY_ENDINGS
from forums.models import Mention

# A longer word all in capitals is shouted.
LONGEST_ABBREVIATION = 5
GENITIVES = ("s", ":s")


def name_concepts(rows):
    """Return {concept: (what it is called, the ids of its terms, the commonest first)}.

    Args:
        rows: as `counting.Notes.words` tells them.
    """
    times, written, terms = Counter(), {}, {}
    for concept, term, text, form, number in rows:
        times[concept, text] += number
        written.setdefault((concept, text), Counter())[form] += number
        terms.setdefault(concept, {})[text] = term
    named = {}
    for concept, texts in terms.items():
        ranked = sorted(texts, key=lambda text: (-times[concept, text], *plainness(text)))
        label = lettered({text: written[concept, text] for text in ranked})
        named[concept] = label, [texts[text] for text in ranked]
    return named


def letters_in(terms):
    """{id of a Term: {as it was written: times}} of those of these (or of their ids) that a shown note says.
    One query."""
    said = Mention.objects.filter(term__in=terms, note__hidden_at=None)
    written = {}
    for term, form, times in said.values_list("term_id", "written").annotate(times=Count("pk")):
        written.setdefault(term, Counter())[form] = times
    return written


def plainness(word):
    """Sorts words that are as common as each other: the noun that names a quality, then the shortest."""
    return not word.endswith("het"), len(word), swedish_sort_key(word)


def lettered(words):
    """The first of a concept's words, with the capitals that most people gave it.

    Args:
        words: {word: {as it was written: times}}, normalised, the commonest first. What was written is empty
            where it had no capitals.
    """
    word, written = next(iter(words.items()))
    votes = Counter()
    for form, times in written.items():
        votes[_meant(form or word)] += times
    # As many as wrote "ai" wrote "AI": whoever took the trouble meant it.
    chosen = max(votes, key=lambda form: (votes[form], _capitals_within(form), not form[0].isupper(), form))
    if chosen == word or " " in chosen:
        return chosen
    is_begun_only = not _capitals_within(chosen)
    if is_everyday(word) or (is_begun_only and _was_written_small(words)):
        return word if is_begun_only or chosen.isupper() else chosen
    return chosen


@lru_cache(maxsize=10_000)
def is_everyday(word):
    """Whether a normalised word is known to be no name: "tillit", "medborgardialogen", "kunskap"."""
    return any(stem.endswith(EVERYDAY) for stem in (word, *stems_of(word))) or word.endswith(EVERYDAY_ENDINGS)


@lru_cache(maxsize=10_000)
def _meant(form):
    """What was written, without the capital of a sentence's first word and without shouting."""
    first, *others = form.split(" ")
    if form.isupper() and max(map(len, (first, *others))) > LONGEST_ABBREVIATION:
        return form.casefold()
    is_sentence = any(word[0].islower() for word in others) and not any(map(_is_begun, others))
    if is_sentence and _is_begun(first):
        return form[0].lower() + form[1:]
    return form


def _is_begun(word):
    """Whether its first letter alone is a capital."""
    return word[0].isupper() and not _capitals_within(word)


def _capitals_within(form):
    return sum(map(str.isupper, form[1:]))


def _was_written_small(words):
    """Whether somebody wrote one of a concept's words without a capital, or in another form than a name
    takes: "tilliten"."""
    shortest = min(words, key=len)
    if any(word not in {shortest, *(shortest + ending for ending in GENITIVES)} for word in words):
        return True
    return any(not (form or word)[0].isupper() for word, written in words.items() for form in written)
