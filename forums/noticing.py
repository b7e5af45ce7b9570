"""Noticing: numbers in a summary that tell of the room though what they count isn't named beside them.

"I det deltog 250", "90 av dem höll med", "fyra från de förtroendevalda", and the cells of a table of themes.
A number is noticed only where the words around it leave little else to count: a date, a time, an address or
an amount of money has others.
"""

import re

from forums.phrasing import NUMBER

VERBS = (
    "deltog|deltar|deltagit|medverkade|samtalade|samlades|skrev|sade|sa|lyfte|nämnde|ansåg|tyckte|tycker|"
    r"svarade|valde|instämde|höll med|tog upp|pekade på|satte|var med|var överens"
)
# After one of these, or where a clause begins, a number is an amount; after "bord" or "den" it is a name.
LEADS = (
    "och|men|där|att|bara|endast|hela|nästan|omkring|ungefär|runt|drygt|knappt|cirka|ca|totalt|sammanlagt|"
    "minst|högst|alla|samtliga|de|dessa|varav"
)
ENDS = r"(?=\s*(?:[.,;:!?)]|$)|\s+(?:och|samt|men|varav|från|som)\b)"
OF_SIDE = r"(?:de\s+)?(?:förtroendevalda|tjänstepersoner(?:na)?|tjänstemän(?:nen)?|politiker(?:na)?)"
N = f"({NUMBER.pattern})"
PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:^|[.!?;:,]\s|\b(?:{LEADS})\s){N}(?=\s+(?:{VERBS})\b)",  # "250 deltog"
        # "deltog 250.", "samtalade 250 under temat"
        rf"\b(?:deltog|medverkade|samtalade|samlades)\s+{N}(?:{ENDS}|(?=\s+(?:under|om|i|vid|på)\b))",
        rf"\b(?:alla|samtliga|de|dessa|varav)\s+{N}{ENDS}",  # "de 250 som", "varav 90."
        rf"{N}(?=\s+av\s+(?:dem|oss|alla|de\s+som|de\s+närvarande)\b)",  # "90 av dem"
        rf"{N}(?=\s+från\s+{OF_SIDE}\b)",  # "fyra från de förtroendevalda"
        rf"\b{OF_SIDE}\s+(?:\w+\s+(?:om\s+)?(?:det\s+)?)?(?:vid|i)\s+{N}{ENDS}",  # "tjänstepersonerna vid 7."
    )
]
YEAR = re.compile(r"(?:19|20)\d\d")
# "2026-11-21", "13:30", "0455-30 30 00": a part of something longer.
PART_BEFORE, PART_AFTER = re.compile(r"[\d\w][-/:.+]\s?$|\d\s$"), re.compile(r"\s?[-/:]\s?\d|\s\d")
# After these a number is a name or a time.
NAMED = re.compile(
    r"\b(?:kl\.?|klockan|tel\.?|telefon|nummer|nr|rum|sal|bord|grupp|fråga|punkt|sidan?)\s$", re.IGNORECASE
)

ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<td>(?:<p>)?\s*(\d[\d \u00a0]*)\s*(?:</p>)?</td>")


def bare_numbers(text):
    """The matches in a plain paragraph whose first group is an amount of the room, without its name."""
    found = {
        match.start(1): match
        for pattern in PATTERNS
        for match in pattern.finditer(text)
        if not _is_something_else(text, match)
    }
    return [found[at] for at in sorted(found)]


def _is_something_else(text, match):
    before, after = text[: match.start(1)], text[match.end(1) :]
    return bool(
        YEAR.fullmatch(match[1])
        or PART_BEFORE.search(before)
        or PART_AFTER.match(after)
        or NAMED.search(before)
    )


def rows_with_numbers(body):
    """(row as HTML, [numbers as they stand alone in its cells, without a tie]) of each row that has some."""
    return [(row, cells) for row in ROW.findall(body) if (cells := CELL.findall(row))]
