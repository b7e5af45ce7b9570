"""Fetching a forum with its group work, for those who may see it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from forums.following import STREAMING, address_of_stream
from forums.models import Forum
from forums.permissions import may_lead
from forums.views.fetching import refuse_unless


def group_work_or_404(request, slug):
    """The group work of the forum at this address, with forum, leaders and result along."""
    forums = Forum.objects.visible_to(request.user).select_related(
        "unit",
        "group_work__leader_official",
        "group_work__leader_elected",
        "group_work__result",
        "group_work__thinning",
    )
    forum = get_object_or_404(forums, slug=slug)
    if not hasattr(forum, "group_work"):
        raise Http404
    return forum.group_work


def group_work_to_lead(request, slug):
    """The same, for those who run it."""
    work = group_work_or_404(request, slug)
    refuse_unless(may_lead(request.user, work.forum))
    return work


def stream_for(request, topic):
    """The address at which this reader's page may follow `topic`, or "" where nothing streams."""
    if not request.META.get(STREAMING):
        return ""
    return address_of_stream(topic, session_key=request.session.session_key)


def unless_seen(request, stamp, render, *, topic=None):
    """Answer 304 where the browser has seen what `stamp` names, else what `render()` returns.

    The stamp goes out as the ETag (RFC 9110, section 8.8.3), in the reader's language; beside it, where
    a `topic` is named, a new address at which to follow it (static/js/follow.js).
    """
    etag = quote_etag(f"{request.LANGUAGE_CODE}.{stamp}")
    response = get_conditional_response(request, etag=etag) or render()
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    if topic and (stream := stream_for(request, topic)):
        response.headers["Samspel-Stream"] = stream
    return response
