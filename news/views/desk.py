"""The desk: what waits for me, and where everything stands."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from news.models import Article, ReviewStep, Version
from news.permissions import may_see_desk, may_withdraw, may_write

AT_A_GLANCE = 8
PER_PAGE = 25

# What the desk shows of each section, by its name in the address.
SECTIONS = {
    "utkast": (gettext_lazy("Drafts"), lambda of_desk: of_desk.being_written().order_by("-saved_at")),
    "granskning": (gettext_lazy("In review"), lambda of_desk: of_desk.in_review().order_by("submitted_at")),
    "schemalagt": (gettext_lazy("Scheduled"), lambda of_desk: of_desk.scheduled().order_by("live_from")),
    "publicerat": (gettext_lazy("Published"), lambda of_desk: of_desk.live().order_by("-live_from")),
}


@require_safe
def desk(request):
    """Every section at a glance; `?visa=utkast` and its kin show one in full."""
    articles = Article.objects.on_desk_of(request.user)
    if not may_see_desk(request.user) and not articles.exists():
        raise PermissionDenied
    versions = Version.objects.filter(article__in=articles.values("pk")).for_desk()
    chosen = request.GET.get("visa")
    if chosen in SECTIONS:
        return _section(request, chosen, versions)
    if chosen == "papperskorg":
        return _trash(request)
    waiting = ReviewStep.objects.waiting_for(request.user).with_version()
    sections = [
        {"name": name, "title": title, "versions": list(of(versions)[: AT_A_GLANCE + 1])}
        for name, (title, of) in SECTIONS.items()
    ]
    context = {"waiting": waiting, "sections": sections, "may_write": may_write(request.user)}
    return render(request, "news/desk.html", context | {"at_a_glance": AT_A_GLANCE})


def _section(request, name, versions):
    title, of = SECTIONS[name]
    page = Paginator(of(versions), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "news/desk_section.html", {"name": name, "title": title, "page": page})


def _trash(request):
    articles = Article.objects.trashed_on_desk_of(request.user).with_newest_title()
    page = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
    for article in page:
        article.may_restore = may_withdraw(request.user, article)
    return render(request, "news/trash.html", {"title": _("Trash"), "page": page})
