"""Swedish sentences from figures: number words, gender and lists.

A forum's summary is written in Swedish whatever language its communicator reads the portal in, so
these words are the text itself and no translations.
"""

import re
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# Up to twelve in words, above that in figures (Svenska skrivregler, section 13).
NUMBERS = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
TEENS = ["tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"]
TENS = ["tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"]

# What is counted: one, several, and whether one of them is "ett".
TABLES = ("bord", "bord", True)
NOTES = ("anteckning", "anteckningar", False)
ELECTED = ("förtroendevald", "förtroendevalda", False)
OFFICIALS = ("tjänsteperson", "tjänstepersoner", False)
PEOPLE = ("person", "personer", False)
GROUPS = ("grupp", "grupper", False)
THEMES = ("tema", "teman", True)
DOTS = ("prick", "prickar", False)
# A number as it may stand in a text, in figures with or without spaces between thousands; or a word, which
# may be one.
NUMBER = re.compile(
    r"(?<!\w)(?<!\d[.,])(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:[.,]\d+)?|[^\W\d_]+)(?!\w)", re.IGNORECASE
)


def _number_words():
    """{"noll": 0, ...} up to 999 and a thousand, as they are read; "ett" beside "en"."""
    words = [*NUMBERS, *TEENS, *(ten + one for ten in TENS for one in ["", *NUMBERS[1:10]])]
    small = {word: number for number, word in enumerate(words)}
    small |= {
        f"{word[:-2]}ett": number for word, number in small.items() if number % 10 == 1 and number != 11
    }
    hundreds = {f"{word}hundra": 100 * number for word, number in small.items() if number in range(1, 10)}
    hundreds["hundra"] = 100
    large = {a + b: more + less for a, more in hundreds.items() for b, less in small.items() if less}
    return small | hundreds | large | {"tusen": 1000, "ettusen": 1000}


NUMBER_WORDS = _number_words()


@dataclass(frozen=True)
class Places:
    """What a room's groups are called: as counted, where they sit, all of them, and one alone."""

    noun: tuple
    at: str
    they: str
    the_one: str

    def called(self, number):
        """What `number` of them are called in a sentence about all: "borden", "bordet"."""
        return self.the_one if number == 1 else self.they


AT_TABLES = Places(TABLES, "vid", "borden", "bordet")
IN_GROUPS = Places(GROUPS, "i", "grupperna", "gruppen")


def in_words(number, *, neuter=False):
    """Return a number as it stands in a text: "en", "ett", "två", "13"."""
    if number == 1:
        return "ett" if neuter else "en"
    if number < len(NUMBERS):
        return NUMBERS[number]
    return f"{number:,}".replace(",", "\u00a0") if number >= 10_000 else str(number)


def numbers_in(text):
    """Return the numbers that stand in `text`, in words or in figures."""
    words = (re.sub(r"\s", "", found[0].lower()) for found in NUMBER.finditer(text))
    read = (
        float(word.replace(",", ".")) if word[0].isdecimal() else NUMBER_WORDS.get(word) for word in words
    )
    return [number for number in read if number is not None]


def number_in(text):
    """Return the first number that stands in `text`, in words or in figures; None where there is none."""
    return next(iter(numbers_in(text)), None)


def counted(number, noun):
    """Return "ett bord", "två bord", "13 bord", "en anteckning"."""
    one, several, neuter = noun
    return f"{in_words(number, neuter=neuter)} {one if number == 1 else several}"


def tied(key, number, noun=None, *, neuter=False):
    """Return a number, with what is counted if given, tied to the figure `key` (forums/vouching.py)."""
    words = in_words(number, neuter=noun[2] if noun else neuter)
    what = f" {noun[0] if number == 1 else noun[1]}" if noun else ""
    return format_html('<data value="{}">{}</data>{}', key, words, what)


def quoted(text):
    """Return `text` in Swedish quotation marks."""
    return f"”{text}”"


def ended(text):
    """Return `text` as a sentence: with a full stop, unless it ends in a mark of its own."""
    text = text.rstrip()
    return text if text.endswith((".", "?", "!", "…", "?”", "!”")) else f"{text}."


def listed(items):
    """Join HTML-safe or plain pieces as a Swedish list: "a, b och c"."""
    *first, last = items
    if not first:
        return format_html("{}", last)
    return format_html("{} och {}", format_html_join(", ", "{}", ((item,) for item in first)), last)


def capital(sentence):
    """Return `sentence` with its first letter large; HTML stays HTML."""
    made = sentence[:1].upper() + sentence[1:]
    return mark_safe(made) if isinstance(sentence, SafeString) else made


def day(moment):
    """Return the day of a date or an aware datetime as "21 november 2026"."""
    if hasattr(moment, "hour"):
        moment = timezone.localtime(moment)
    with translation.override("sv"):
        return date_format(moment, "j F Y")


def days(first, last):
    """Return the days of two aware datetimes as "26–27 november 2026" or "30 november – 1 december 2026"."""
    first, last = timezone.localtime(first), timezone.localtime(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    begins = day(first).removesuffix(f" {first.year}") if first.year == last.year else day(first)
    return f"{begins} – {day(last)}"


def clock(moment):
    """Return the time of an aware datetime as "13.30"."""
    return timezone.localtime(moment).strftime("%H.%M")
