"""What readers open: the live version, and only that."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Article, Version
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
    versions = Version.objects.live().visible_to(request.user).of_kinds(*kinds)
    versions = versions.aimed_first(request.user).for_lists()
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "title": title,
        "is_blog": Kind.BLOG in kinds,
        "may_write": may_write(request.user),
    }
    return render(request, "news/list.html", context)


def _read(request, slug, *kinds):
    versions = Version.objects.live().visible_to(request.user).of_kinds(*kinds).for_reading()
    version = get_object_or_404(versions, article__slug=slug)
    return render(request, "news/article.html", as_read(request, version))


def as_read(request, version):
    """The context in which news/article.html shows a version, live or not."""
    body, headings = outline(version.body)
    return {
        "version": version,
        "article": version.article,
        "body": body,
        "headings": headings,
        "may_edit": may_edit(request.user, version.article),
    }
