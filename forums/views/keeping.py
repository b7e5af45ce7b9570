"""The script that lets the door and the group work open without network."""

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def worker(request):
    """Send the service worker, a static file like others, from where it may stand before a forum's pages.

    Without another header that is below /forum/ (W3C Service Workers, "path restriction"), and at one
    address for all its versions: the browser then asks there for a newer one by itself.
    """
    return HttpResponse(
        _script(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


@cache
def _script():
    return (settings.BASE_DIR / "static" / "js" / "keep_pages_worker.js").read_bytes()
