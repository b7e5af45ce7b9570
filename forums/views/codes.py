"""QR codes as a page holds them."""

import segno
from django.utils.safestring import mark_safe


def qr_of(address):
    """The QR code of an address, as SVG without style (CSP)."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))
