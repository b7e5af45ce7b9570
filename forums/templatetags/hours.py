"""From when to when, as one unbroken word."""

from django import template
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.timezone import localtime

register = template.Library()


@register.simple_tag(takes_context=True)
def hours(context, first, last):
    """The clock times of two moments, "09.00–12.00", that no line breaks at the dash; as mere text where the
    template is one (`autoescape off`)."""
    words = "–".join(time_format(localtime(moment)) for moment in (first, last))
    return format_html('<span class="hours">{}</span>', words) if context.autoescape else words
