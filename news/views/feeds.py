"""Feeds of what is published, at addresses of one's own."""

import hashlib
from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.keying import holder_of
from accounts.models import PersonalKey
from news.models import Topic
from news.syndicating import KINDS, feed_of_kind, feed_of_topic


@login_not_required
@require_safe
def feed(request, token, kind):
    """Send what whoever holds this address may read of one kind, newest first."""
    if kind not in KINDS:
        raise Http404
    return _answer(request, token, partial(feed_of_kind, kind=kind))


@login_not_required
@require_safe
def topic_feed(request, token, slug):
    """The same about one topic."""
    return _answer(request, token, partial(feed_of_topic, topic=get_object_or_404(Topic, slug=slug)))


def _answer(request, token, write):
    """Send the feed; 304 where nothing is new (RFC 9110, 15.4.5)."""
    person = holder_of(token, PersonalKey.Purpose.FEED)
    if person is None:
        raise Http404
    with translation.override(person.language):
        text = write(person, path=request.path)
    etag = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag)
    response = response or HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
