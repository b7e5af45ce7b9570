"""Showing why something was found: the words sought, marked in the text they stand in."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.models import SearchEntry
from portal.swedish import as_seen, stem

# Characters of text shown before the first word found, and in all.
BEFORE = 80
SNIPPET_LENGTH = 240


@dataclass(frozen=True)
class Hit:
    """One row of a search page. `title` and `snippet` are escaped, with <mark> around the words found."""

    entry: SearchEntry
    thing: object
    title: SafeString
    snippet: SafeString


class Highlighter:
    """Marks words in texts.

    Args:
        words: words in lower case, whole but for the last, which may be the beginning of a word.
    """

    def __init__(self, words):
        self.stems = {stem(word) for word in words}
        self.beginning = words[-1] if words else ""
        # An inflected word begins with its stem: Swedish inflection is at the end.
        starts = sorted({*self.stems, *words}, key=len, reverse=True)
        self.pattern = (
            re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, starts))})[^\W_]*", re.IGNORECASE)
            if words
            else None
        )

    def hit(self, entry):
        """Return the Hit that shows a SearchEntry."""
        thing = entry.version or entry.forum or entry.person
        return Hit(entry, thing, self.mark(as_seen(str(thing))), self.snippet(entry.text))

    def mark(self, text):
        """Return `text` escaped, with the words found in <mark>."""
        parts, at = [], 0
        for begin, end in self._finds(text):
            parts += [escape(text[at:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
            at = end
        return mark_safe("".join([*parts, escape(text[at:])]))

    def snippet(self, text):
        """Return the piece of `text` around the first word found, or its beginning, marked."""
        first = next(self._finds(text), (0, 0))[0]
        begin = text.rfind(" ", 0, first - BEFORE) + 1 if first > BEFORE else 0
        end = len(text)
        if end > begin + SNIPPET_LENGTH:
            end = max(text.rfind(" ", begin, begin + SNIPPET_LENGTH), begin + SNIPPET_LENGTH // 2)
        piece = self.mark(text[begin:end].strip())
        return mark_safe(f"{'… ' if begin else ''}{piece}{' …' if end < len(text) else ''}")

    def _finds(self, text):
        if self.pattern is None:
            return
        for found in self.pattern.finditer(text):
            word = found.group().lower()
            if stem(word) in self.stems or word.startswith(self.beginning):
                yield found.span()
