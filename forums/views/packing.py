"""Taking a group work along, for those who may read its notes, and its summary, for its readers."""

import json
from importlib import import_module

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from forums import packing
from forums.exporting import as_xlsx
from forums.permissions import may_read_notes
from forums.views.fetching import refuse_unless
from forums.views.group_works import group_work_or_404
from news.lettering import as_docx
from news.models import Article
from news.recalling import recall
from news.views.records import MAKES_PDF

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def group_work(request, slug, form):
    """The closed group work as JSON or as a workbook."""
    work = group_work_or_404(request, slug)
    refuse_unless(may_read_notes(request.user, work.forum))
    if not hasattr(work, "result"):
        raise Http404
    if form == "xlsx":
        return _download(as_xlsx(*packing.sheets_of(work)), EXCEL, f"{slug}-grupparbete.xlsx")
    content = json.dumps(packing.describe(work), ensure_ascii=False, indent=2)
    return _download(content, "application/json", f"{slug}-grupparbete.json")


@require_safe
def summary(request, slug, form):
    """The summary as a Word document or as PDF: what readers read, or on the desk what is written now."""
    version = _summary_for(request.user, group_work_or_404(request, slug).forum)
    if version is None or (form == "pdf" and not MAKES_PDF):
        raise Http404
    if form == "docx":
        return _download(as_docx(version), WORD, f"{slug}.docx")
    content = import_module("news.typesetting").typeset(version, recall(version.article, timezone.now()))
    return _download(content, "application/pdf", f"{slug}.pdf")


def _summary_for(person, forum):
    if Article.objects.on_desk_of(person).filter(pk=forum.summary_id).exists():
        return forum.summary.newest_version
    if Article.objects.visible_to(person).filter(pk=forum.summary_id).exists():
        return forum.summary.live_version()
    return None


def _download(content, content_type, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
