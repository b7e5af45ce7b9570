"""The key by which this browser's dots are its own, kept in the browser alone (decisions/0172)."""

import secrets

from django.conf import settings
from django.core.signing import BadSignature
from django.urls import reverse

SECONDS = 3 * 24 * 60 * 60
BYTES = 32


def dots_key(request, forum):
    """The secret of whoever is signed in here, in bytes; a new one where there is none."""
    try:
        value = request.get_signed_cookie(_name(forum), default="", salt=_salt(request), max_age=SECONDS)
    except BadSignature:
        value = ""
    return bytes.fromhex(value) or secrets.token_bytes(BYTES)


def remember_key(request, response, forum, key):
    """Let the browser keep its key."""
    response.set_signed_cookie(
        _name(forum),
        key.hex(),
        salt=_salt(request),
        max_age=SECONDS,
        path=reverse("forums:group_work", args=[forum.slug]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _name(forum):
    return f"samspel_dots_{forum.pk}"


def _salt(request):
    """Signed for one person, so that the next one at a shared screen can't put these dots."""
    return f"dots.{request.user.pk}"
