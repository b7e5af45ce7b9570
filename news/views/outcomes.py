"""Taking back what is published, and the trash."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from news import overlooking, publishing, restoring
from news.models import Article
from news.permissions import may_edit, may_look_through, may_withdraw


@require_POST
def withdraw(request, pk):
    article = _to_decide(request, Article.objects.on_desk_of(request.user), pk)
    _do(
        request, publishing.withdraw, article, _("The article is withdrawn. Nobody but the desk can read it.")
    )
    return redirect("news:edit", pk=article.pk)


@require_POST
def trash(request, pk):
    article = _to_decide(request, Article.objects.all_on_desk_of(request.user), pk)
    _do(request, publishing.trash, article, _("The article is in the trash. You can restore it from there."))
    return redirect("news:desk")


@require_POST
def restore(request, pk):
    article = _to_decide(request, Article.objects.all_on_desk_of(request.user), pk)
    _do(request, publishing.restore, article, _("The article is restored, as it was."))
    return redirect("news:edit", pk=article.pk)


@require_POST
def restore_version(request, pk, number):
    """Begin a draft with the words of an earlier version."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user), pk=pk)
    version = get_object_or_404(article.versions, number=number)
    if not may_edit(request.user, article):
        raise PermissionDenied
    _do(
        request,
        restoring.restore_version,
        version,
        _("Here is a draft with the words of version %(number)s.") % {"number": number},
    )
    return redirect("news:edit", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def look_through(request, pk):
    """Whether what is published is still right: yes, or a new version."""
    articles = Article.objects.live().with_unit_and_audience()
    article = get_object_or_404(articles.found_by(request.user), pk=pk)
    if not may_look_through(request.user, article):
        raise PermissionDenied
    if request.method == "POST":
        _do(request, overlooking.confirm_still_right, article, _("Thank you. Its next day is set."))
        return redirect("news:look_through", pk=pk)
    context = {
        "article": article,
        "version": article.live_version(),
        "may_edit": may_edit(request.user, article),
        "today": timezone.localdate(),
    }
    return render(request, "news/look_through.html", context)


def _to_decide(request, articles, pk):
    article = get_object_or_404(articles, pk=pk)
    if not may_withdraw(request.user, article):
        raise PermissionDenied
    return article


def _do(request, verb, thing, done):
    try:
        verb(thing, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
