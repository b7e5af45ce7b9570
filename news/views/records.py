"""Records: what was live at a moment, and a version to take along."""

from importlib import import_module
from importlib.util import find_spec
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.archiving import last_shown, moment_of, pack, version_at
from news.forms.records import MomentForm
from news.models import Article
from news.recalling import recall
from news.referring import at_moment

# The extra requirements-pdf.in: without it there is no link, and no such address.
MAKES_PDF = find_spec("weasyprint") is not None


def record(request, slug, kinds, *, as_shown):
    """What readers saw at an article's address at the moment `?vid=` names, for those who have it on
    their desk, also from the trash; for others the address is as one that is not there. `as_shown` makes
    the context in which a version's text is shown."""
    articles = Article.objects.all_on_desk_of(request.user).with_unit_and_audience()
    article = get_object_or_404(articles, slug=slug, kind__in=kinds)
    at = moment_of(request.GET["vid"])
    form = MomentForm(request.GET if at is None else None, initial={"vid": at})
    if at is None:
        form.add_error("vid", _("Write a day and a time, such as 2026-03-01T12:00."))
    version = version_at(article, at) if at else None
    context = {"article": article, "at": at, "form": form, "version": version, "makes_pdf": MAKES_PDF}
    if version:
        recalled = recall(article, at)
        context |= as_shown(version, recalled)
        context |= {
            "body": at_moment(context["body"], at),
            "vid": f"vid={quote(at.isoformat())}",
            "unsure": recalled.in_words(),
            "renamed": recalled.renamed,
        }
    return render(request, "news/record.html", context, status=200 if at else 400)


@require_safe
def archive(request, pk, number):
    """A version as JSON with its files, in a ZIP: as it stood at `?vid=`, else as it was shown last."""
    version, at = _version(request, pk, number)
    return _download(pack(version, at), "application/zip", f"{version.article.slug}-{number}.zip")


@require_safe
def pdf(request, pk, number):
    """A version as PDF/A: as it stood at `?vid=`, else as it was shown last."""
    version, at = _version(request, pk, number)
    if not MAKES_PDF:
        raise Http404
    content = import_module("news.typesetting").typeset(version, recall(version.article, at))
    return _download(content, "application/pdf", f"{version.article.slug}-{number}.pdf")


def _version(request, pk, number):
    """(a version, the moment as which it is taken along). There is none of a moment at which readers did
    not see it."""
    article = get_object_or_404(Article.objects.all_on_desk_of(request.user), pk=pk)
    version = get_object_or_404(article.versions.for_reading().select_related("written_by"), number=number)
    if "vid" not in request.GET:
        return version, last_shown(version)
    at = moment_of(request.GET["vid"])
    if at is None or version_at(article, at) != version:
        raise Http404
    return version, at


def _download(content, content_type, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
