"""Words on the wall."""

from django import template

from forums.sizing import pieces_of

register = template.Library()

SOFT_HYPHEN = "\u00ad"


@register.filter
def breakable(label):
    """A label whose long words may be parted between the parts of a compound, with a hyphen."""
    return " ".join(SOFT_HYPHEN.join(pieces_of(word)) for word in label.split(" "))
