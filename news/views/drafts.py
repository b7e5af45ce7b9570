"""Starting an article, writing its draft, looking at any version of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from news import writing
from news.boxing import box_tables
from news.comparing import compare
from news.forms.drafts import DraftForm, NewArticleForm
from news.models import Article, Blog, Remark, ReviewStep, Version
from news.overtaking import savers_since
from news.penning import pen_of_another
from news.permissions import may_begin, may_edit, may_withdraw
from news.refusals import NotEditable, StaleDraft
from news.sanitising import clean_html, holds_what_runs
from news.tying import changed_figures
from news.views.uploads import uuid_of

State = Version.State


@require_http_methods(["GET", "POST"])
def new(request):
    if not may_begin(request.user):
        raise PermissionDenied
    wanted = {"kind": Article.Kind.BLOG} if "blogg" in request.GET else {}
    form = NewArticleForm(
        request.POST if request.method == "POST" else None,
        writer=request.user,
        blog=Blog.objects.filter(slug=request.GET.get("blogg", "")).first(),
        initial=wanted,
    )
    if request.method == "POST" and form.is_valid():
        choices = form.cleaned_data
        # One per person and form, so that a second click finds the first one's article.
        source_key = f"form:{request.user.pk}:{choices.pop('form_key')}"
        article = writing.start_article(**choices, by=request.user, source_key=source_key)
        return redirect("news:edit", pk=article.pk)
    return render(request, "news/new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """The article on the desk: its draft to write in, or where its newest version stands."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user).with_unit_and_audience(), pk=pk)
    version = article.newest_version
    if version.state != State.DRAFT or not may_edit(request.user, article):
        return _standing_page(request, article, version)
    pen = pen_of_another(version, by=request.user)
    if pen and request.method == "GET":
        return render(request, "news/held.html", _standing(request, article, version) | {"pen": pen})
    form = DraftForm(
        *([request.POST, request.FILES] if request.method == "POST" else []),
        instance=version,
        writer=request.user,
        is_update=version.number > 1,
        picked=uuid_of(request.GET.get("bild")),
    )
    current, savers = None, []
    if request.method == "POST" and form.is_valid():
        try:
            writing.save_draft(version, by=request.user, **form.words)
        except StaleDraft as stale:
            current = stale.current
            savers = savers_since(current, form.cleaned_data["revision"])
            form.based_on(current.revision)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, article, form)
    return _draft_page(request, article, form, current=current, savers=savers)


def _draft_page(request, article, form, *, current, savers):
    context = _standing(request, article, form.instance) | {
        "form": form,
        "current": current,
        "changed_figures": changed_figures(form.instance),
    }
    if current:
        theirs = current
        mine = Version(**{name: form.cleaned_data.get(name) for name in writing.WORDS})
        context |= {
            "mine": mine,
            "changes": compare(theirs, mine),
            "savers": savers,
            "current_body": box_tables(theirs.body),
        }
    return render(request, "news/edit.html", context, status=409 if current else 200)


def _saved(request, article, form):
    if holds_what_runs(form.cleaned_data["body"]):
        messages.warning(
            request, _("Scripts and embedded parts are never kept in a text. They were taken away.")
        )
    if "submit" in request.POST:
        return redirect("news:submit", pk=article.pk)
    if "choose_picture" in request.POST:
        return redirect(f"{reverse('news:pictures')}?till={article.pk}")
    if "preview" in request.POST:
        return redirect("news:preview", pk=article.pk, number=form.instance.number)
    messages.success(request, _("The draft is saved."))
    return redirect("news:edit", pk=article.pk)


def _standing_page(request, article, version):
    """Where the newest version stands. What somebody typed while it was submitted is shown, to be kept."""
    context = _standing(request, article, version)
    context["given_up"] = version.times_given_up(article.newest_approved)
    if request.method == "POST":
        if not may_edit(request.user, article):
            raise PermissionDenied
        typed = {name: request.POST.get(name, "") for name in ("title", "lead", "body")}
        context["unsaved"] = typed | {"body": _as_shown(typed["body"])}
        messages.warning(request, str(NotEditable()))
    return render(request, "news/standing.html", context, status=409 if "unsaved" in context else 200)


def _as_shown(body):
    """A posted text to copy from: what is too much for the sanitiser, as the characters that it is."""
    try:
        return box_tables(clean_html(body))
    except Refusal:
        return linebreaks(body, autoescape=True)


def _standing(request, article, version):
    live = article.live_version()
    return {
        "article": article,
        "version": version,
        "live": live,
        "scheduled": article.versions.scheduled().order_by("live_from").first(),
        "versions": article.versions.select_related("written_by").defer("body", "lead"),
        "steps": version.steps.select_related("reviewer", "decided_by"),
        "remarks": Remark.objects.open().to_see_beside(version).with_people(),
        "returned": ReviewStep.objects.why_returned(version),
        "may_edit": may_edit(request.user, article),
        "may_withdraw": may_withdraw(request.user, article),
    }


@require_POST
def open_version(request, pk):
    """Begin a new version beside the newest one."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user), pk=pk)
    if not may_edit(request.user, article):
        raise PermissionDenied
    try:
        writing.open_draft(article, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("news:edit", pk=pk)
