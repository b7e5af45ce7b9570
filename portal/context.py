"""What every page is given."""

from functools import partial

from django.conf import settings

from portal.framing import footer_of, head_of, header_of


def portal(request):
    """Add the municipality's name, the frame's parts (rendered when a template shows them) and
    the nonce of the answer's content security policy."""
    return {
        "municipality": settings.MUNICIPALITY,
        "site_head": partial(head_of, request),
        "site_header": partial(header_of, request),
        "site_footer": partial(footer_of, request),
        "demo": settings.DEMO,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
