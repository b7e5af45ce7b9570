"""Names of units and of the two sides, where there is little room."""

import re

from django import template

from forums.sizing import JOINT

from .wall_words import SOFT_HYPHEN

register = template.Library()

# From this length a word may be wider than a seat card or a column on paper.
LONG = 11
# What the names of units, and of the two sides, end in. Many a browser has no Swedish hyphenation of its own.
BEFORE_ENDING = re.compile(
    r"(?<=\w{3})(?=förvaltning|avdelning|ledning|verksamhet|utveckling|planering|utbildning|(?<!ut)bildning|kontor"
    r"|nämnd|styrelse|utskott|beredning|fullmäktige|bolag|förbund|grupp|omsorg|tjänst|stöd|skola|skolor"
    r"|bibliotek|service|enhet|central|område|valda|personer)"
)
# The -s of "kommun|styrelse" and "tjänste|person" is no joint.
SEAMS = re.compile(rf"{BEFORE_ENDING.pattern}|(?!tyrelse|töd|kol[ao]|tepers){JOINT.pattern}")


@register.filter
def parted(name):
    """The name of a unit, whose long words may be parted between the parts of a compound, with a hyphen."""
    words = str(name).split(" ")
    return " ".join(SEAMS.sub(SOFT_HYPHEN, word) if len(word) >= LONG else word for word in words)
