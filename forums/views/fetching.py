"""Fetching a forum for those who run it: 404 for what one may not see, 403 for what one may not do."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from forums.models import Forum
from forums.permissions import may_organise


def refuse_unless(may):
    """Answer 403 where the right is lacking."""
    if not may:
        raise PermissionDenied


def forum_to_organise(request, slug):
    """The forum at this address, for an organiser of its unit."""
    forums = Forum.objects.visible_to(request.user).select_related(
        "audience", "unit", "organiser", "group_work"
    )
    forum = get_object_or_404(forums, slug=slug)
    refuse_unless(may_organise(request.user, forum))
    return forum
