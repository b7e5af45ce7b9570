"""QR codes as a page holds them."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from forums.arriving import code_of


def qr_of(address):
    """The QR code of an address, as SVG without style (CSP)."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))


def qr_for_door(answer, forum):
    """The QR code of a registration: it leads an organiser's phone to the door with the person's code."""
    return qr_of(f"{settings.SITE_URL}{reverse('forums:door', args=[forum.slug])}?kod={code_of(answer)}")
