"""Bringing files over to the desk."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news.forms.imports import ImportForm
from news.importing import BadPage, import_file
from news.importing.reporting import recognised
from news.permissions import may_write


@require_http_methods(["GET", "POST"])
def import_files(request):
    """Each file becomes a draft, once; the page tells what was recognised in it and what was not. Where none
    could be brought over, what is wrong stands beside the field."""
    if not may_write(request.user):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = ImportForm(*([request.POST, request.FILES] if is_sent else []), writer=request.user)
    reports = []
    if is_sent and form.is_valid():
        choices = form.cleaned_data
        files = choices.pop("files")
        reports = [_import(file, by=request.user, **choices) for file in files]
        if all("refused" in report for report in reports):
            for report in reports:
                form.add_error("files", f"{report['source']}: {report['refused']}")
            reports = []
    return render(request, "news/import.html", {"form": form, "reports": reports})


def _import(file, **choices):
    """What came of one file, as the template tells it."""
    try:
        report = import_file(file, source=file.name, **choices)
    except BadPage as bad:
        return {"source": file.name, "refused": str(bad)}
    return {
        "source": file.name,
        "outcome": report.outcome,
        "article": report.article,
        "title": report.page.title or _("without a title"),
        "recognised": list(recognised(report.page)),
        "left_out": report.page.left_out,
    }
