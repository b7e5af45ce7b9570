"""The notes that this browser wrote, kept in the browser alone.

A signed cookie holds their ids. Nothing on the server connects them with a person, and the ids stand
in no address, so that no access log does either.
"""

import uuid

from django.conf import settings
from django.core.signing import BadSignature
from django.urls import reverse

MOST = 60  # 33 bytes each: well below the 4,096 of a cookie (RFC 6265, section 6.1)
SECONDS = 3 * 24 * 60 * 60


def own_notes(request, forum):
    """The ids of the notes written here by whoever is signed in, oldest first."""
    return [uuid.UUID(hex=known) for known in _kept(request, forum)]


def remember_notes(request, response, forum, note_ids):
    """Let the browser keep more ids."""
    new = [note_id.hex for note_id in note_ids]
    ids = [known for known in _kept(request, forum) if known not in new] + new
    response.set_signed_cookie(
        _name(forum),
        ".".join(ids[-MOST:]),
        salt=_salt(request),
        max_age=SECONDS,
        path=reverse("forums:group_work", args=[forum.slug]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _kept(request, forum):
    """The ids in the cookie, in hexadecimal digits."""
    try:
        value = request.get_signed_cookie(_name(forum), default="", salt=_salt(request), max_age=SECONDS)
    except BadSignature:
        return []
    return [known for known in value.split(".") if known]


def _name(forum):
    return f"samspel_notes_{forum.pk}"


def _salt(request):
    """Signed for one person, so that the next one at a shared screen can't change what it holds."""
    return f"notes.{request.user.pk}"
