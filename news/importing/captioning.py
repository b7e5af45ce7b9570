"""Recognising what stood below a picture."""

import re
from dataclasses import dataclass

from .quoting import CAPITAL

STARTS = re.compile(
    r"(?i:från vänster|fr\.? ?v\.?|från höger|till vänster|till höger|överst|nederst)"
    r"\s*(?i:i bild(?:en)?)?\s*:"
    rf"|(?i:från vänster|fr\.? ?v\.?)\s*(?i:i bild(?:en)?)?,?\s+[{CAPITAL}][\w-]+\s+[{CAPITAL}]"
    r"|(?i:på bilden)\s*(?::|syns\b|ses\b)|(?i:bildtext|bild|illustration|fotomontage)\s*:\s*\S"
)
CREDIT = re.compile(r"(?:^|[\s(])foto(?:graf(?:i|er)?)?\s*:\s*(?P<credit>\S.*?)\)?\.?$", re.I)
# A caption with its credit is a sentence or two, not a paragraph.
LONGEST_WITH_CREDIT = 400


@dataclass(frozen=True)
class Caption:
    """What stood below a picture. `alt` where the page gave the picture's alternative text too."""

    text: str
    alt: str = ""
    credit: str = ""

    @property
    def is_credit_only(self):
        return bool(self.credit) and not self.text


def is_caption(line):
    return caption_of(line) is not None


def caption_of(line):
    """Return the Caption that `line` is, or None where it is another line.

    Known by how captions begin, by a credit at the end, or by saying everything twice: first as the
    picture's alternative text, then below it.
    """
    if said_twice := _half(line):
        return Caption(said_twice, alt=said_twice)
    if credit := len(line) <= LONGEST_WITH_CREDIT and CREDIT.search(line):
        text = line[: credit.start()].strip()
        half = _half(text)
        return Caption(half or text, alt=half, credit=credit["credit"])
    if STARTS.match(line):
        return Caption(line)
    return None


def _half(line):
    """The first half of a line that says the same thing twice, of two words or more; else ""."""
    words = line.split()
    half = len(words) // 2
    if len(words) >= 4 and len(words) % 2 == 0 and words[:half] == words[half:]:
        return " ".join(words[:half])
    return ""
