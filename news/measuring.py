"""How hard a text is to read: its sentences, and its LIX.

LIX (läsbarhetsindex) is the number of words a sentence plus the share of words of more than six letters
in per cent (C. H. Björnsson, Läsbarhet, Liber 1968). The bands are those in common use for Swedish,
after the same book: below 30 children's books, below 40 fiction, below 50 newspapers, below 60 official
texts, and above that the prose of authorities at its worst.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from news.sanitising import plain_text

WORD = re.compile(r"[^\W_]+(?:[-:’'][^\W_]+)*")
LONGEST_SHORT_WORD = 6  # letters
# Where a sentence may end: what follows begins another only if it begins with a capital or a quotation.
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»’)]*\s+(?=[\"”»’(–-]*\s*[A-ZÅÄÖÉ0-9])")
ABBREVIATION = re.compile(
    r"(?:^|\s|\()(?:t\.ex|t ex|bl\.a|bl a|d\.v\.s|dvs|f\.d|m\.fl|m\.m|o\.d|p\.g\.a|s\.k|fr\.o\.m|t\.o\.m"
    r"|ca|dr|jfr|kap|kl|max|min|mfl|nr|osv|prof|resp|s|st|tel|[A-ZÅÄÖ])\.$",
    re.IGNORECASE,
)
BANDS = (
    (30, _("very easy, as children's books")),
    (40, _("easy, as novels and magazines")),
    (50, _("of medium difficulty, as newspapers")),
    (60, _("difficult, as official texts")),
    (float("inf"), _("very difficult, as laws and investigations")),
)


@dataclass(frozen=True)
class Readability:
    """A LIX value, rounded, and what it means in words."""

    lix: int
    band: str


def sentences_of(body):
    """Return the sentences of a sanitised body. A heading, a list item and a table cell are one at least."""
    sentences = []
    for line in plain_text(body).splitlines():
        begun = ""
        for piece in SENTENCE_END.split(line):
            begun = f"{begun} {piece}".strip()
            if not ABBREVIATION.search(piece):
                sentences.append(begun)
                begun = ""
        if begun:
            sentences.append(begun)
    return sentences


def words_of(text):
    """Return the words of a text; "kommunstyrelse-ordförande" is one."""
    return WORD.findall(text)


def readability_of(body):
    """Return the Readability of a sanitised body; None where it has no words."""
    sentences = [words for sentence in sentences_of(body) if (words := words_of(sentence))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    long_words = sum(len(word) > LONGEST_SHORT_WORD for word in words)
    lix = round(len(words) / len(sentences) + 100 * long_words / len(words))
    return Readability(lix, next(words for below, words in BANDS if lix < below))
