"""What readers open: the live version, and only that."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.keeping import render_kept
from news.models import Article, Feed, mark_at
from news.outlining import outline
from news.permissions import may_edit, may_write

Kind = Article.Kind
PER_PAGE = 20


@require_safe
def news_list(request):
    """News and forum summaries: those meant for the reader lead."""
    return _list(request, Kind.NEWS, Kind.SUMMARY, title=_("News"))


@require_safe
def blog(request):
    return _list(request, Kind.BLOG, title=_("Blog"))


@require_safe
def article(request, slug):
    return _read(request, slug, Kind.NEWS, Kind.SUMMARY)


@require_safe
def blog_post(request, slug):
    return _read(request, slug, Kind.BLOG)


@require_safe
def page(request, slug):
    return _read(request, slug, Kind.PAGE)


def _list(request, *kinds, title):
    page = Paginator(Feed(request.user, *kinds), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": render_kept("news/parts/row.html", page.object_list),
        "title": title,
        "is_blog": Kind.BLOG in kinds,
        "may_write": may_write(request.user),
    }
    return render(request, "news/list.html", context)


def _read(request, slug, *kinds):
    mark = mark_at(slug, *kinds, user=request.user)
    if mark is None:
        raise Http404
    (text,) = render_kept("news/parts/article_text.html", [mark], context_of=as_shown)
    context = {
        "title": mark.title,
        "text": text,
        "article_pk": mark.article_id,
        "may_edit": may_edit(request.user, mark),
    }
    return render(request, "news/article.html", context)


def as_shown(version):
    """The context in which news/parts/article_text.html shows a version to anybody."""
    body, headings = outline(version.body)
    return {"version": version, "article": version.article, "body": body, "headings": headings}


def as_read(request, version):
    """The context in which news/article.html shows a version that is not kept, live or not."""
    return as_shown(version) | {
        "title": version.title,
        "article_pk": version.article_id,
        "may_edit": may_edit(request.user, version.article),
    }
