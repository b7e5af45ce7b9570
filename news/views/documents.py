"""The bytes of documents, to those who may see them."""

import logging
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from news.archiving import moment_of
from news.examining import CONTENT_TYPES
from news.models import Document

logger = logging.getLogger(__name__)

# The only kind that a browser shows in a room of its own, where it can't touch the portal.
SHOWN_INLINE = {"pdf"}


@require_safe
def document(request, pk, name=None):
    """Send the newest file; its name in the address is for people and may be an older one's. `?vid=` asks
    for the file of a moment: it belongs to the record of a text, for those who have it on their desk.

    Whoever may not see the document gets the 404 of one that isn't there."""
    if "vid" in request.GET:
        at = moment_of(request.GET["vid"])
        of_record = get_object_or_404(Document.objects.in_records_of(request.user), pk=pk)
        if at is None:
            raise Http404
        return send_file(of_record.file_at(at))
    newest = get_object_or_404(Document.objects.visible_to(request.user), pk=pk).newest_file
    if newest is None:
        raise Http404
    return send_file(newest)


def send_file(kept):
    """The answer that sends a kept file: anything with `file`, `name` and `extension`, as
    `news.examining` found them. Whoever asks has been let in already."""
    response = _send(kept)
    response["Content-Type"] = CONTENT_TYPES[kept.extension]
    response["Content-Disposition"] = content_disposition_header(
        kept.extension not in SHOWN_INLINE, kept.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    # Asked for anew each time: the file may be replaced, and so may the right to see it.
    response["Cache-Control"] = "private, no-cache"
    return response


def _send(kept):
    """Stream the file or, behind nginx, name it for an internal redirect (X-Accel-Redirect)."""
    if settings.MEDIA_ACCEL_PREFIX:
        address = f"{settings.MEDIA_ACCEL_PREFIX.rstrip('/')}/{quote(kept.file.name)}"
        return HttpResponse(headers={"X-Accel-Redirect": address})
    try:
        return FileResponse(kept.file.storage.open(kept.file.name))
    except FileNotFoundError as missing:
        logger.error("the file of a document is missing: %s", kept.file.name)  # noqa: TRY400 - the name says it all
        raise Http404 from missing
