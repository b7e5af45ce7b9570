"""Taking back what is published, and the trash."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from news import publishing
from news.models import Article
from news.permissions import may_withdraw


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


def _to_decide(request, articles, pk):
    article = get_object_or_404(articles, pk=pk)
    if not may_withdraw(request.user, article):
        raise PermissionDenied
    return article


def _do(request, verb, article, done):
    try:
        verb(article, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
