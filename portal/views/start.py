"""The start page: what comes next for the person who reads it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from news.keeping import render_kept
from news.models import Article, Feed, ReviewStep
from portal.models import Agenda

STORY = "portal/start/story.html"
NEWS_SHOWN = 6
COMMITMENTS_SHOWN = 4
STEPS_SHOWN = 5


@require_safe
def start(request):
    """Show the next forum, what waits for the reader, news aimed at them, the blog, commitments."""
    me = request.user
    news = Feed(me, Article.Kind.NEWS, Article.Kind.SUMMARY)[:NEWS_SHOWN]
    posts = Feed(me, Article.Kind.BLOG)[:1]
    stories = render_kept(STORY, news + posts)
    steps = ReviewStep.objects.waiting_for(me).select_related("version__article__unit", "version__written_by")
    context = {
        "agenda": Agenda.of(me),
        "steps": steps[:STEPS_SHOWN],
        "news": stories[: len(news)],
        "posts": stories[len(news) :],
        "commitments": me.commitments.unfinished().select_related("forum")[:COMMITMENTS_SHOWN],
    }
    return render(request, "portal/start.html", context)
