"""Files that the editor takes in while somebody writes, and the JSON by which it knows them."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from news.documenting import add_document
from news.models import Document
from news.permissions import may_use_library
from news.picturing import add_picture


@require_POST
def upload_picture(request):
    """Take in a picture for a text; not for the library, since the text may be secret.

    Answers as JSON: the picture as `picture_as_json` says it, or {"refused": why}.
    """
    return _upload(request, _add_picture)


@require_POST
def upload_document(request):
    """The same for a document, as `document_as_json` says it."""
    return _upload(request, _add_document)


def picture_as_json(picture, *, may_change):
    """{"id", "name", "url", "thumb", "about", "width", "height", "alt", "is_decoration", "credit"}; `url` is
    what an image in a text has as its `src`, `about` the page on which it is changed, "" for others."""
    words = {name: getattr(picture, name) for name in ("name", "alt", "is_decoration", "credit")}
    size = {"width": picture.width, "height": picture.height}
    addresses = {
        "url": picture.get_absolute_url(),
        "thumb": picture.url_at(picture.widths[0]),
        "about": reverse("news:edit_picture", args=[picture.pk]) if may_change else "",
    }
    return {"id": str(picture.pk), **words, **size, **addresses}


def document_as_json(document):
    """{"id", "title", "url", "name", "extension", "size", "detail"} of a document with its newest file."""
    return {
        "id": str(document.pk),
        "title": document.title,
        "url": document.get_absolute_url(),
        "name": document.name,
        "extension": document.extension,
        "size": document.size,
        "detail": f"{document.extension.upper()}, {filesizeformat(document.size)}",
    }


def _upload(request, add):
    if not may_use_library(request.user):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"refused": _("Choose a file.")}, status=422)
    try:
        return JsonResponse(add(file, by=request.user, key=uuid_of(request.POST.get("key"))))
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=422)


def _add_picture(file, **kwargs):
    return picture_as_json(add_picture(file, **kwargs), may_change=True)


def _add_document(file, **kwargs):
    document = add_document(file, in_library=False, **kwargs)
    return document_as_json(Document.objects.with_newest_file().get(pk=document.pk))


def uuid_of(value):
    """What a browser sent, as a UUID; None if it is none."""
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return None
