"""Showing the pictures within a text: each image becomes one that fits the page and the screen.

In a text a picture is `<figure><img src="/bilder/<uuid>/<width>.webp" alt="..."><figcaption>caption
<cite>credit</cite></figcaption></figure>`. An empty `alt` says that it is decoration; a missing one that
nobody has said yet what it shows.
"""

import re
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from news.referring import PICTURE

IMAGE = re.compile(r'<img(?:\s[a-z]+="[^"]*")+>')
ALT = re.compile(r'\salt="([^"]*)"')
# An `alt` that is empty, which its writer chose, or says something; not one of spaces.
SAID_ALT = r'\salt="(?:"|(?:\s|&nbsp;)*(?!\s|&nbsp;)[^"])'
# How wide a picture stands within the text (--measure in static/css/tokens.css).
SIZES = "(min-width: 48rem) 42rem, 100vw"


def illustrate(version, pictures):
    """Return the body of a version as HTML with every picture in the forms and widths that it exists in.

    Args:
        pictures: those that the version may show (`Around.pictures`); others are left out.
    """
    pictures = {picture.pk: picture for picture in pictures}

    def shown(match):
        picture = pictures.get(UUID(PICTURE.search(match[0])[1]))
        if picture is None:
            return ""
        alt = ALT.search(match[0])
        context = {
            "picture": picture,
            # Sanitised, and so escaped already.
            "alt": mark_safe(alt[1] if alt else ""),
            "srcsets": picture.srcsets,
            "sizes": SIZES,
            "loading": "lazy",
        }
        return render_to_string("components/picture.html", context).strip()

    return IMAGE.sub(shown, version.body)


def lacks_alternative_text(version):
    """Return whether the version shows a picture of which nobody has said what it shows, nor that it is
    only decoration."""
    beside = version.picture_id and not version.picture_alt.strip() and not version.picture_is_decoration
    return bool(beside) or any(not re.search(SAID_ALT, image[0]) for image in IMAGE.finditer(version.body))
