"""Records: what was live at a moment, and a version to take along."""

from importlib import import_module
from importlib.util import find_spec

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.archiving import moment_of, pack, version_at
from news.forms.records import MomentForm
from news.models import Article

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
        context |= as_shown(version)
    return render(request, "news/record.html", context, status=200 if at else 400)


@require_safe
def archive(request, pk, number):
    """A version as JSON with its files, in a ZIP."""
    version = _version(request, pk, number)
    return _download(pack(version), "application/zip", f"{version.article.slug}-{number}.zip")


@require_safe
def pdf(request, pk, number):
    """A version as PDF/A."""
    version = _version(request, pk, number)
    if not MAKES_PDF:
        raise Http404
    content = import_module("news.typesetting").typeset(version)
    return _download(content, "application/pdf", f"{version.article.slug}-{number}.pdf")


def _version(request, pk, number):
    article = get_object_or_404(Article.objects.all_on_desk_of(request.user), pk=pk)
    return get_object_or_404(article.versions.for_reading().select_related("written_by"), number=number)


def _download(content, content_type, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
