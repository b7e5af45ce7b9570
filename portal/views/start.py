"""The start page: what comes next for the person who reads it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from news.keeping import render_kept
from news.models import Article, Feed
from portal.models import Agenda, promised_by, steps_for, to_confirm_by, to_summarise_by

STORY = "portal/start/story.html"
NEWS_SHOWN = 6


@require_safe
def start(request):
    """Show the next forum, what waits for the reader, news aimed at them, the blog, commitments."""
    me = request.user
    news = Feed(me, Article.Kind.NEWS, Article.Kind.SUMMARY)[:NEWS_SHOWN]
    posts = Feed(me, Article.Kind.BLOG)[:1]
    stories = render_kept(STORY, news + posts)
    context = {
        "agenda": Agenda.of(me),
        "steps": steps_for(me),
        "to_confirm": to_confirm_by(me),
        "to_summarise": to_summarise_by(me),
        "news": stories[: len(news)],
        "posts": stories[len(news) :],
        "commitments": promised_by(me),
    }
    return render(request, "portal/start.html", context)
