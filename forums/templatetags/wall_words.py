"""Words on the wall."""

import re

from django import template

register = template.Library()

# From this length a word may be wider than its column.
LONG = 20
SOFT_HYPHEN = "\u00ad"
# Where the parts of a compound are joined by an -s: "samhälls|byggnads|förvaltningen", each part of four
# letters or more.
JOINT = re.compile(r"(?<=\w{3}[bcdfghjklmnpqrtvxz]s)(?=[bcdfghjklmnprtv]\w{3})")


@register.filter
def breakable(label):
    """A label whose long words may be parted between the parts of a compound, with a hyphen."""
    return " ".join(JOINT.sub(SOFT_HYPHEN, word) if len(word) >= LONG else word for word in label.split(" "))
