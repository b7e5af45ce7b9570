"""The desk: what waits for me, and where everything stands."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from news.forms.desk import DeskSearchForm
from news.models import Article, ReviewStep, Version
from news.permissions import may_see_desk, may_withdraw, may_write
from news.removing import TRASH_KEPT

AT_A_GLANCE = 8
PER_PAGE = 25

# Whom a version in review waits for just now.
ASKED_NOW = Prefetch("steps", ReviewStep.objects.in_turn().select_related("reviewer"), to_attr="asked_now")

# What the desk shows of each section, by its name in the address.
SECTIONS = {
    "utkast": (gettext_lazy("Drafts"), lambda of_desk: of_desk.being_written().order_by("-saved_at")),
    "granskning": (
        gettext_lazy("In review"),
        lambda of_desk: of_desk.in_review().prefetch_related(ASKED_NOW).order_by("submitted_at"),
    ),
    "schemalagt": (gettext_lazy("Scheduled"), lambda of_desk: of_desk.scheduled().order_by("live_from")),
    "publicerat": (gettext_lazy("Published"), lambda of_desk: of_desk.live().order_by("-live_from")),
    "se-over": (
        gettext_lazy("To look through"),
        lambda of_desk: of_desk.live().due_for_review(timezone.localdate()).order_by("article__review_on"),
    ),
    "avslutat": (
        gettext_lazy("No longer published"),
        lambda of_desk: of_desk.silent().order_by("-live_until"),
    ),
}


@require_safe
def desk(request):
    """Every section at a glance; `?visa=utkast` and its kin show one in full, `?visa=alla` whatever is
    looked for."""
    articles = Article.objects.on_desk_of(request.user)
    if not may_see_desk(request.user) and not articles.exists():
        raise PermissionDenied
    versions = Version.objects.filter(article__in=articles.values("pk")).for_desk()
    chosen = request.GET.get("visa")
    if chosen in SECTIONS:
        return _section(request, chosen, versions)
    if chosen == "alla":
        return _all(request, versions)
    if chosen in ("papperskorg", "arkiv"):
        return _trash(request, is_archive=chosen == "arkiv")
    waiting = ReviewStep.objects.waiting_for(request.user).with_version()
    sections = [
        {"name": name, "title": title, "versions": list(of(versions)[: AT_A_GLANCE + 1])}
        for name, (title, of) in SECTIONS.items()
    ]
    context = {
        "waiting": waiting,
        "sections": sections,
        "may_write": may_write(request.user),
        "may_see_calendar": may_see_desk(request.user),
        "at_a_glance": AT_A_GLANCE,
        "search_form": DeskSearchForm(),
        "today": timezone.localdate(),
    }
    return render(request, "news/desk.html", context)


def _section(request, name, versions):
    title, of = SECTIONS[name]
    page = Paginator(of(versions), PER_PAGE).get_page(request.GET.get("page"))
    context = {"name": name, "title": title, "page": page, "today": timezone.localdate()}
    return render(request, "news/desk_section.html", context)


def _all(request, versions):
    """Every text of the desk in its newest version, by words of its title, kind and owner."""
    form = DeskSearchForm(request.GET)
    found = versions.newest().order_by("-saved_at", "-pk")
    if form.is_valid():
        found = form.found_in(found, owner=request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"name": "alla", "title": _("All texts"), "page": page, "search_form": form}
    return render(request, "news/desk_section.html", context | {"today": timezone.localdate()})


def _trash(request, *, is_archive):
    """The trash; or the archive, where what was once submitted lies after its days in the trash."""
    articles = Article.objects.trashed_on_desk_of(request.user).with_newest_title()
    beginning = timezone.now() - TRASH_KEPT
    articles = articles.trashed_before(beginning) if is_archive else articles.trashed_since(beginning)
    page = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
    for article in page:
        article.may_restore = may_withdraw(request.user, article)
    title = _("Archive") if is_archive else _("Trash")
    context = {"title": title, "page": page, "is_archive": is_archive, "days": TRASH_KEPT.days}
    return render(request, "news/trash.html", context)
