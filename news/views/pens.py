"""What the page of a draft sends while somebody writes in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from news import penning
from news.autosaving import autosave
from news.forms.drafts import AutosaveForm
from news.models import Article
from news.permissions import may_edit
from news.refusals import NotEditable, StaleDraft


@require_POST
def autosaved(request, pk):
    """Save what has been written so far and answer as JSON: {saved, revision, time}, or {refused, told}.

    `leaves` says that the window is being closed, so that others may write.
    """
    article = _to_write_in(request, pk)
    version = article.newest_version
    if not version.is_editable:
        return _refused(NotEditable())
    form = AutosaveForm(request.POST, instance=version, writer=request.user, is_update=version.number > 1)
    if not form.is_valid():
        return _refused(form.first_fault, status=422)
    try:
        saved = autosave(version, by=request.user, **form.words)
    except Refusal as refusal:
        return _refused(refusal)
    if "leaves" in request.POST:
        penning.let_go_of_pen(saved, by=request.user)
    time = date_format(timezone.localtime(saved.saved_at), "TIME_FORMAT")
    return JsonResponse({"saved": True, "revision": saved.revision, "time": time})


@require_POST
def take_pen(request, pk):
    """Write on where somebody else is writing."""
    article = _to_write_in(request, pk)
    try:
        penning.take_pen(article.newest_version, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("You are writing now. Whoever wrote before you is told so."))
    return redirect("news:edit", pk=pk)


def _to_write_in(request, pk):
    article = get_object_or_404(Article.objects.on_desk_of(request.user), pk=pk)
    if not may_edit(request.user, article):
        raise PermissionDenied
    return article


def _refused(why, *, status=409):
    is_stale = isinstance(why, StaleDraft)
    return JsonResponse({"refused": "stale" if is_stale else "no", "told": str(why)}, status=status)
