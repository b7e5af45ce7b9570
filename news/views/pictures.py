"""The bytes of pictures, to those who may see them."""

import logging
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from news.models import Picture

logger = logging.getLogger(__name__)

# Seconds that a reader's own browser may show a picture without asking again. What an address shows
# never changes, but for what we draw (news/drawing.py); whether one may see it does, so not for long.
MAX_AGE = 60 * 60


@require_safe
def picture(request, pk, width, form="webp"):
    """Send one rendition. Whoever may not see the picture gets the 404 of one that isn't there,
    also when their browser has it already and asks whether it has changed."""
    shown = get_object_or_404(Picture.objects.visible_to(request.user), pk=pk)
    if width not in shown.widths:
        raise Http404
    name = shown.rendition_name(width, form)
    etag = f'"{pk.hex}-{width}-{form}{_drawn_when(shown, name)}"'
    response = get_conditional_response(request, etag=etag) or _send(shown, name, form)
    response["ETag"] = etag
    response["Cache-Control"] = _kept_by_browsers(shown)
    return response


@require_safe
def drawing(request, pk):
    """Send the SVG of a drawn picture, under the same rule."""
    shown = get_object_or_404(Picture.objects.visible_to(request.user).filter(is_drawn=True), pk=pk)
    response = _send(shown, shown.drawing_name, "svg+xml")
    response["Cache-Control"] = _kept_by_browsers(shown)
    return response


def _drawn_when(shown, name):
    """What tells one drawing at an address from the next; "" of a picture that somebody sent."""
    if not shown.is_drawn or not shown.file.storage.exists(name):
        return ""
    return f"-{shown.file.storage.get_modified_time(name).timestamp():.6f}"


def _kept_by_browsers(shown):
    return "private, no-cache" if shown.is_drawn else f"private, max-age={MAX_AGE}, immutable"


def _send(shown, name, form):
    """Stream the file or, behind nginx, name it for an internal redirect (X-Accel-Redirect)."""
    if settings.MEDIA_ACCEL_PREFIX:
        address = f"{settings.MEDIA_ACCEL_PREFIX.rstrip('/')}/{quote(name)}"
        return HttpResponse(headers={"X-Accel-Redirect": address, "Content-Type": f"image/{form}"})
    try:
        return FileResponse(shown.file.storage.open(name), content_type=f"image/{form}")
    except FileNotFoundError as missing:
        logger.error("the file of a picture is missing: %s", name)  # noqa: TRY400 - the name says it all
        raise Http404 from missing
