"""Suggesting: the words that a forum has already, offered to whoever types a keyword."""

import hashlib
from collections import Counter

from django.utils.html import format_html_join

from forums.caching import recall_or_make
from forums.lettering import name_concepts, plainness
from forums.tallying import tally_of

SUGGESTIONS = 40
# Seconds. So much older than the room may the words be: to count them costs more than to tell them.
KEPT_FOR = 10


def suggestions_for(group_work):
    """The concepts that shown notes of the forum say, each by its commonest word there, commonest first."""
    return recall_or_make(f"suggestions:{group_work.pk}", lambda: _count(group_work), KEPT_FOR)


def options_of(words):
    """The words as the options of a datalist."""
    return format_html_join("", '<option value="{}"></option>', ((word,) for word in words))


def stamp_of(words):
    """Differs where the words do; eight characters."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]


def _count(group_work):
    tally = tally_of(group_work.pk)  # costs what is new, where the notes are a hundred thousand
    tally.bring_up_to_date()
    said, times = tally.words(), Counter()
    for root, *_word, count in said:
        times[root] += count
    commonest = {root: label for root, (label, _terms) in name_concepts(said).items()}
    ranked = sorted(times, key=lambda root: (-times[root], plainness(commonest[root])))
    return [commonest[root] for root in ranked[:SUGGESTIONS]]
