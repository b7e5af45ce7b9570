"""Other times for what has been approved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from news.forms.reviews import RescheduleForm
from news.models import Article
from news.permissions import may_withdraw
from news.rescheduling import NothingToCome, reschedule


@require_http_methods(["GET", "HEAD", "POST"])
def times(request, pk, number):
    """When a version that is out or scheduled comes out, and until when."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user).with_unit_and_audience(), pk=pk)
    version = get_object_or_404(article.versions, number=number)
    if not may_withdraw(request.user, article):
        raise PermissionDenied
    is_out = article.versions.live().filter(pk=version.pk).exists()
    if not is_out and not article.versions.scheduled().filter(pk=version.pk).exists():
        messages.info(request, str(NothingToCome()))
        return redirect("news:edit", pk=pk)
    data = request.POST if request.method == "POST" else None
    form = RescheduleForm(data, version=version, is_out=is_out)
    if data is not None and form.is_valid() and _moved(request, version, form, is_out):
        return redirect("news:edit", pk=pk)
    context = {"article": article, "version": version, "form": form, "is_out": is_out}
    return render(request, "news/times.html", context)


def _moved(request, version, form, is_out):
    """Let the form's times be the version's and return whether they are; else the form says why not."""
    said = form.cleaned_data
    begins = version.live_from if is_out else said["live_from"] or timezone.now()
    try:
        reschedule(version, by=request.user, live_from=begins, live_until=said["live_until"])
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("The times are changed."))
    return True
