"""An article's own history: who did what, its versions, and what differs between any two."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from news import targeting
from news.comparing import compare
from news.forms.records import CompareForm, MomentForm
from news.forms.routes import MeantForForm
from news.models import Article
from news.permissions import may_edit, may_withdraw
from news.recounting import log_of, recount, tell_changes

PER_PAGE = 50


@require_safe
def history(request, pk):
    """The log of one article; `?fran=` and `?till=` compare two of its versions."""
    article = get_object_or_404(Article.objects.all_on_desk_of(request.user).with_unit_and_audience(), pk=pk)
    versions = list(article.versions.select_related("written_by").defer("body", "lead"))
    form = CompareForm(request.GET if "fran" in request.GET else None, versions=versions)
    page = Paginator(log_of(article), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "article": article,
        "version": versions[0],
        "versions": versions,
        "form": form,
        "moment_form": MomentForm(),
        "page": page,
        "entries": tell_changes(recount(page)),
    }
    if form.is_bound and form.is_valid():
        old, new = (article.versions.get(number=form.cleaned_data[name]) for name in ("fran", "till"))
        context |= {"old": old, "new": new, "changes": compare(old, new)}
    return render(request, "news/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meant_for(request, pk):
    """Whom the article is meant for, its secrecy, its owner."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user).with_unit_and_audience(), pk=pk)
    if not may_withdraw(request.user, article):
        raise PermissionDenied
    form = MeantForForm(request.POST if request.method == "POST" else None, article=article)
    if request.method == "POST" and form.is_valid():
        try:
            targeting.retarget(article, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It is changed."))
            return redirect("news:edit", pk=pk)
    context = {"article": article, "version": article.newest_version, "form": form}
    return render(request, "news/meant_for.html", context | {"may_edit": may_edit(request.user, article)})
