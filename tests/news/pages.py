"""Saved pages for the tests of the import: our own, and the real ones where they are at hand.

The real pages belong to others, so nothing of their words stands here: only how many of each thing
a careful reader counts in them.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from news.importing.drafting import body_of, picture_words
from news.importing.splitting import lines_of
from news.sanitising import plain_text

OWN = Path(__file__).parent / "fixtures" / "pages"
REAL = settings.BASE_DIR.parent / "shared" / "pages"


@dataclass(frozen=True)
class Facts:
    """What a reader finds in a page. `named` counts the quotations whose speaker is known."""

    headings: int = 0
    lists: tuple[int, ...] = ()
    quotes: int = 0
    named: int = 0
    captions: int = 0
    updated_on: date | None = None
    left_out: int = 0
    has_title: bool = True


FACTS = {
    "chefsforum-om-tillit": Facts(
        headings=1, lists=(4,), quotes=4, named=4, captions=1, updated_on=date(2019, 3, 14), left_out=2
    ),
    "studiebesok-pa-ekbacken": Facts(headings=2, quotes=3, named=3, captions=1, left_out=3),
    "ny-simhall-vid-almsjon": Facts(
        headings=8, lists=(3,), captions=2, updated_on=date(2021, 5, 4), left_out=26
    ),
    "radgivning-for-foretag": Facts(headings=2, lists=(3, 3), quotes=1, named=1, updated_on=date(2018, 9, 3)),
    "utan-rubrik": Facts(captions=1, has_title=False),
    "gislaved-besok": Facts(headings=2, quotes=3, named=3, captions=1, left_out=3),
    "haninge-chefsforum": Facts(
        lists=(4,), quotes=4, named=4, captions=1, updated_on=date(2020, 7, 23), left_out=2
    ),
    "haninge-stora-chefsforum": Facts(headings=4, captions=1, updated_on=date(2020, 7, 23), left_out=2),
}


def saved_pages():
    """The paths of our own pages and of every real one in the folder beside the project."""
    return sorted(OWN.glob("*.txt")) + sorted(REAL.glob("*.txt"))


def everything(page):
    """All the words that a draft made of `page` shows somewhere, and those told of in the report."""
    picture = picture_words(page)
    credit = picture.get("picture_credit")
    parts = [page.title, page.lead, plain_text(body_of(page)), picture.get("picture_alt", "")]
    parts += [picture.get("picture_caption", ""), f"Foto: {credit}" if credit else ""]
    return words_of(" ".join([*parts, page.date_line, *(line.text for line in page.left_out)]))


def lost_lines(text, page):
    """The lines of `text` whose words, in their order, stand nowhere in what was made of it. What a
    line says twice (alternative text and caption) need only stand there once."""
    found = everything(page)
    return [line.text for line in lines_of(text) if words_of(said_once(line.words)) not in found]


def said_once(line):
    words = line.split()
    half = len(words) // 2
    return " ".join(words[:half]) if words[:half] == words[half:] else line


def words_of(text):
    """The words of a text with single spaces between and around; a label of a credit is "foto"."""
    words = re.sub(r"\bfotograf(?:i|er)?\s*:", "foto:", text, flags=re.IGNORECASE)
    return " ".join(["", *re.findall(r"\w+", words.casefold()), ""])
