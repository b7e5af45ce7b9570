"""Cutting a saved page into lines: white space made even, hard-wrapped lines put together again."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

BULLET = re.compile(r"[·•●▪◦‣∙○\uf0b7]\s*|[*\-–—]\s+")
NUMBER = re.compile(r"(\d{1,3})[.)]\s+")
# "o" is the second-level bullet of word processors, told from a word by the gap after it.
WIDE_O = re.compile(r"^\s*o[ \t\xa0]{2,}")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Text wrapped by hand is not wider than this many characters, nor much narrower than that.
WIDEST_WRAP, NARROWEST_WRAP = 100, 50


@dataclass(frozen=True)
class Line:
    """One line of the page; `after_gap` where an empty line stands before it."""

    text: str
    after_gap: bool = True

    @cached_property
    def _match(self):
        return BULLET.match(self.text) or NUMBER.match(self.text)

    @property
    def mark(self):
        """What makes it a list item: "·", "–" or "3"; empty where nothing does."""
        return self._match[0].strip(" .)") if self._match else ""

    @property
    def words(self):
        """The text without its mark."""
        return self.text[self._match.end() :] if self._match else self.text


def lines_of(text):
    """Return the Lines of `text`, without the empty ones. No word of it is left out."""
    lines = []
    for chunk in _chunks(text):
        for number, words in enumerate(_unwrapped(chunk)):
            lines.append(Line(words, after_gap=number == 0))
    return lines


def even(text):
    """Return `text` with single spaces and without characters that nobody sees."""
    return " ".join(CONTROL.sub(" ", INVISIBLE.sub("", text)).split())


def _chunks(text):
    """Yield the lines that stand together without an empty line between."""
    chunk = []
    for raw in text.splitlines():
        if line := even(WIDE_O.sub("◦ ", raw)):
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _unwrapped(chunk):
    """Join the lines that were broken only because they were full."""
    width = max(len(line) for line in chunk)
    joined = [chunk[0]]
    for before, line in pairwise(chunk):
        was_full = len(before) + 1 + len(line.split()[0]) > width >= NARROWEST_WRAP
        goes_on = Line(joined[-1]).mark and line[0].islower()
        if not Line(line).mark and width <= WIDEST_WRAP and (was_full or goes_on):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined
