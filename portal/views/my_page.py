"""My page: what is mine in the portal."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import PersonalKey
from news.models import Comment
from portal.models import Agenda

COMMITMENTS_SHOWN = 30
FORUMS_SHOWN = 10
NOTIFICATIONS_SHOWN = 5
COMMENTS_SHOWN = 5


@require_safe
def my_page(request):
    """Show the reader's commitments, answers, invitations, posts and settings."""
    me = request.user
    context = {
        "agenda": Agenda.of(me),
        "commitments": me.commitments.unfinished().select_related("forum")[:COMMITMENTS_SHOWN],
        "kept": me.commitments.kept().select_related("forum")[:COMMITMENTS_SHOWN],
        "been_at": me.registrations.been_at().select_related("forum")[:FORUMS_SHOWN],
        "notifications": me.notifications.shown()[:NOTIFICATIONS_SHOWN],
        "comments": Comment.objects.said_by(me)[:COMMENTS_SHOWN],
        "calendar_key": me.keys.filter(purpose=PersonalKey.Purpose.CALENDAR).first(),
        "site_url": settings.SITE_URL,
        "assignments": me.assignments.current().select_related("unit"),
    }
    return render(request, "portal/my_page.html", context)
