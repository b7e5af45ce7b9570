"""Confirming that one has read what must be read, and seeing how many have."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from news.confirming import ask_for_confirmation, confirm, remind_the_rest, stop_asking
from news.forms.readings import ReadingForm
from news.models import Article, ReadingReminder, Version
from news.permissions import may_edit
from news.tallying import tally

# What each button does, and what is said when it is done.
DEEDS = {
    "ask": (ask_for_confirmation, gettext_lazy("Those whom the text is meant for are asked to confirm it.")),
    "stop": (stop_asking, gettext_lazy("Nobody is asked any more. What has been confirmed is kept.")),
    "remind": (remind_the_rest, gettext_lazy("Those who have not confirmed are reminded.")),
}


@require_POST
def confirm_reading(request, pk):
    """Note that the reader has read the text."""
    versions = Version.objects.live().visible_to(request.user).select_related("article")
    version = get_object_or_404(versions, article__pk=pk)
    try:
        confirm(version, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Thank you. It is noted that you have read it."))
    return redirect(version.article)


@require_http_methods(["GET", "HEAD", "POST"])
def readings(request, pk):
    """Whether a text must be read, how many have confirmed that they have, and a reminder to the rest."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user).with_unit_and_audience(), pk=pk)
    if not may_edit(request.user, article):
        raise PermissionDenied
    form = ReadingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _do(request, article, *DEEDS[form.cleaned_data["do"]])
        return redirect("news:readings", pk=pk)
    live = article.live_version()
    context = {
        "article": article,
        "version": live or article.newest_version,
        "live": live,
        "tally": tally(live) if live and article.must_read else None,
        "reminder": ReadingReminder.objects.of_text(live).select_related("by").first(),
    }
    return render(request, "news/readings.html", context)


def _do(request, article, verb, said):
    try:
        verb(article, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
