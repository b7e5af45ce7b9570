"""Reading the day that a page says it was last updated."""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("januari jan", "februari feb", "mars mar", "april apr", "maj", "juni jun", "juli jul"),
            *("augusti aug", "september sep sept", "oktober okt", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
# What a label means, the most telling first: a page with several is dated by the first of these.
LABELS = {
    "updated": r"(?:(?:sidan|innehållet|texten)\s+)?(?:är\s+)?(?:senast\s+)?(?:uppdaterad|ändrad)(?:es)?"
    r"(?:\s+(?:senast|den))?|senaste?\s+(?:uppdatering|ändring)(?:en)?",
    "reviewed": r"(?:(?:sidan|innehållet|texten)\s+)?(?:senast\s+)?(?:fakta)?granskad(?:es)?(?:\s+senast)?",
    "published": r"(?:(?:sidan|nyheten|artikeln)\s+)?(?:(?:först|senast)\s+)?(?:publicerad(?:es)?|skapad)"
    r"|publiceringsdatum",
}
DAY = (
    r"(?:(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})"
    rf"|(?P<d2>\d{{1,2}})\.?\s+(?P<m2>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?\s+(?P<y2>\d{{4}})"
    r"|(?P<d3>\d{1,2})[/.]\s?(?P<m3>\d{1,2})[\s./-]\s?(?P<y3>\d{4}))"
)
WEEKDAY = r"(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?(?:\s+den)?\s+|den\s+)?"
TIME = r"(?:,?\s*(?:kl\.?|klockan)?\s*\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)?"
LABELLED = {
    kind: re.compile(
        rf"(?:{label})(?:\s*:\s*|\s+|$)(?:{WEEKDAY}{DAY}{TIME}(?P<rest>(?:,?\s+av\s+.*|\s*[|,].*)?)\.?)?$",
        re.I,
    )
    for kind, label in LABELS.items()
}
BARE = re.compile(rf"{WEEKDAY}{DAY}{TIME}$", re.I)


@dataclass(frozen=True)
class DateLine:
    """A line that dates the page. `day` is None where only the label stands there."""

    kind: str
    day: date | None


def date_line(text):
    """Return the DateLine that `text` is, or None where it is another line or no day of the calendar."""
    for kind, pattern in LABELLED.items():
        if match := pattern.match(text):
            is_label = not any(match.groupdict().values()) and re.search(r":$|senast", text, re.I)
            day = _day(match)
            return DateLine(kind, day) if day or is_label else None
    return None


def bare_day(text):
    """Return the date where `text` is a day and nothing else, otherwise None."""
    match = BARE.match(text)
    return _day(match) if match else None


def _day(match):
    found = match.groupdict()
    for form in "123":
        if found[f"y{form}"]:
            month = found[f"m{form}"]
            number = int(month) if month.isdigit() else MONTHS[month.casefold()]
            try:
                return date(int(found[f"y{form}"]), number, int(found[f"d{form}"]))
            except ValueError:  # the 31st of February: an ordinary line then
                return None
    return None
