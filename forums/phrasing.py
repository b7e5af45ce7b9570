"""Swedish sentences from figures: number words, gender and lists.

A forum's summary is written in Swedish whatever language its communicator reads the portal in, so
these words are the text itself and no translations.
"""

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

# Up to twelve in words, above that in figures (Svenska skrivregler, section 13).
NUMBERS = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]

# What is counted: one, several, and whether one of them is "ett".
TABLES = ("bord", "bord", True)
NOTES = ("anteckning", "anteckningar", False)
ELECTED = ("förtroendevald", "förtroendevalda", False)
OFFICIALS = ("tjänsteperson", "tjänstepersoner", False)
PEOPLE = ("person", "personer", False)


def in_words(number, *, neuter=False):
    """Return a number as it stands in a text: "en", "ett", "två", "13"."""
    if number == 1:
        return "ett" if neuter else "en"
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def counted(number, noun):
    """Return "ett bord", "två bord", "13 bord", "en anteckning"."""
    one, several, neuter = noun
    return f"{in_words(number, neuter=neuter)} {one if number == 1 else several}"


def listed(items):
    """Join HTML-safe or plain pieces as a Swedish list: "a, b och c"."""
    *first, last = items
    if not first:
        return format_html("{}", last)
    return format_html("{} och {}", format_html_join(", ", "{}", ((item,) for item in first)), last)


def capital(sentence):
    """Return `sentence` with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def day(moment):
    """Return the day of a date or an aware datetime as "21 november 2026"."""
    if hasattr(moment, "hour"):
        moment = timezone.localtime(moment)
    with translation.override("sv"):
        return date_format(moment, "j F Y")


def clock(moment):
    """Return the time of an aware datetime as "13.30"."""
    return timezone.localtime(moment).strftime("%H.%M")
