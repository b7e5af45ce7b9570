"""The start page: what comes next for the person who reads it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from news.models import Article, ReviewStep, Version
from portal.models import Agenda

NEWS_SHOWN = 6
COMMITMENTS_SHOWN = 4
STEPS_SHOWN = 5


@require_safe
def start(request):
    """Show the next forum, what waits for the reader, news aimed at them, the blog, commitments."""
    me = request.user
    live = Version.objects.live().visible_to(me).for_reading()
    steps = ReviewStep.objects.waiting_for(me).select_related("version__article__unit", "version__written_by")
    context = {
        "agenda": Agenda.of(me),
        "steps": steps[:STEPS_SHOWN],
        "news": live.of_kinds(Article.Kind.NEWS, Article.Kind.SUMMARY).aimed_first(me)[:NEWS_SHOWN],
        "post": live.of_kinds(Article.Kind.BLOG).aimed_first(me).first(),
        "commitments": me.commitments.unfinished().select_related("forum")[:COMMITMENTS_SHOWN],
    }
    return render(request, "portal/start.html", context)
