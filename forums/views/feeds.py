"""The calendar to which a person subscribes, at an address of their own."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.keying import holder_of
from accounts.models import PersonalKey
from forums.calendars import feed_of
from forums.models import Forum


@login_not_required
@require_safe
def feed(request, token):
    """Send the forums of whoever holds this address; 304 where nothing is new (RFC 9110, 15.4.5)."""
    person = holder_of(token, PersonalKey.Purpose.CALENDAR)
    if person is None:
        raise Http404
    forums = Forum.objects.in_calendar_of(person).select_related("organiser")
    with translation.override(person.language):
        text = feed_of(person, forums)
    etag = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag)
    response = response or HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
