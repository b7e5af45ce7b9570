"""Showing pictures in templates: `{% load pictures %}`."""

from django import template

register = template.Library()


@register.inclusion_tag("components/picture.html")
def picture(version, *, sizes="100vw", loading="lazy"):
    """Show the picture of a version, or nothing where it has none. No query if the picture is fetched.

    Args:
        version: a Version fetched `for_reading()`.
        sizes: how wide the picture stands on the page, as `sizes` of <img> says it.
        loading: "eager" for what is seen first, otherwise "lazy".
    """
    shown = version.picture if version.picture_id else None
    if shown is None:
        return {"picture": None}
    return {
        "picture": shown,
        "alt": version.picture_alt,
        "srcsets": shown.srcsets,
        "sizes": sizes,
        "loading": loading,
    }
