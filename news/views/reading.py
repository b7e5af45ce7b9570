"""What readers open: the live version, and only that."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.attributing import byline_of
from news.boxing import box_tables
from news.confirming import asks
from news.forms.talk import CommentForm, VerdictForm
from news.illustrating import illustrate
from news.keeping import render_kept
from news.models import Article, Blog, Confirmation, Feed, Version, around, beside, text_at
from news.outlining import outline
from news.permissions import may_edit, may_keep_blogs, may_moderate, may_write
from news.referring import in_order_of_text
from news.tying import changed_figures, mark_figures
from news.views.records import record

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


@require_safe
def by_number(request, pk):
    """Lead on to where an article is: what the links in texts lead to."""
    return redirect(get_object_or_404(Article.objects.visible_to(request.user), pk=pk))


def _list(request, *kinds, title):
    page = Paginator(Feed(request.user, *kinds), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": render_kept("news/parts/row.html", page.object_list),
        "title": title,
        "is_blog": Kind.BLOG in kinds,
        "may_write": may_write(request.user),
    }
    if Kind.BLOG in kinds:
        context |= {
            "blogs": Blog.objects.select_related("unit"),
            "may_keep": may_keep_blogs(request.user),
        }
    return render(request, "news/list.html", context)


def _read(request, slug, *kinds):
    if "vid" in request.GET:
        return record(request, slug, kinds, as_shown=as_shown)
    found = text_at(slug, *kinds, user=request.user)
    if found is None:
        raise Http404
    return show(request, *found)


def show(request, mark, comments, *, status=200, comment_form=None, verdict_form=None):
    """The page of a live text that the reader may read, with what readers say beneath it."""
    (text,) = render_kept(
        "news/parts/article_text.html", [mark], fetched=Version.objects.for_reading, context_of=as_shown
    )
    context = {
        "title": mark.title,
        "text": text,
        "article_pk": mark.article_id,
        "may_edit": may_edit(request.user, mark),
        "verdict_form": verdict_form or VerdictForm(),
        "talk": mark.talk,
        "may_moderate": may_moderate(request.user, mark),
    }
    if asks(mark, request.user):
        # Nothing leads away from what is to be read to its end.
        confirmed = Confirmation.objects.of_text(mark).filter(person=request.user).first()
        context |= {"asks_to_confirm": True, "confirmed": confirmed}
    else:
        context["beside"] = beside(mark.slug, user=request.user)
    if mark.talk != Article.Talk.NONE:
        context |= {
            "comments": comments,
            "comment_form": comment_form or CommentForm(),
        }
    return render(request, "news/article.html", context, status=status)


def as_shown(version, recalled=None):
    """The context in which news/parts/article_text.html shows a version to anybody: today, or as it was
    `recalled`."""
    article = recalled.article if recalled else version.article
    stands = recalled.around(version) if recalled else around(version)
    day = recalled.day if recalled else timezone.localdate()
    body, headings = outline(box_tables(illustrate(version, stands.pictures)))
    return {
        "version": version,
        "article": article,
        "mandate": version.mandate_before(day),
        "body": body,
        "headings": headings,
        "documents": in_order_of_text(stands.documents, version.body),
        "topics": stands.topics,
        "byline": byline_of(version, stands, article=article),
    }


def as_read(request, version):
    """The context in which news/article.html shows a version that is not kept, live or not."""
    shown, changed = as_shown(version), changed_figures(version)
    return shown | {
        "body": mark_figures(shown["body"], changed),
        "unmarked_body": shown["body"],
        "changed_figures": changed,
        "title": version.title,
        "article_pk": version.article_id,
        "may_edit": may_edit(request.user, version.article),
    }
