"""The kinds of forums: which there are, and what a new forum of each begins with."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums import patterning
from forums.models import ForumKind
from forums.permissions import may_shape_kinds
from forums.views.fetching import refuse_unless
from forums.views.plan_page import KindPage


@require_safe
def kinds(request):
    """Show every kind."""
    refuse_unless(may_shape_kinds(request.user))
    return render(request, "forums/kinds.html", {"kinds": ForumKind.objects.select_related("audience")})


@require_http_methods(["GET", "HEAD", "POST"])
def new_kind(request):
    """Make a kind."""
    refuse_unless(may_shape_kinds(request.user))
    return _edit(request, KindPage(request))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_kind(request, pk):
    """Change a kind, and the programme that its forums begin with."""
    refuse_unless(may_shape_kinds(request.user))
    return _edit(request, KindPage(request, pk))


def _edit(request, page):
    def save(kind, revision):
        page.thing = patterning.shape_kind(kind, **page.form.fields, revision=revision, by=request.user)

    if page.saves(save):
        messages.success(request, _("The kind is saved, for forums that are planned from now on."))
        return redirect("forums:edit_kind", pk=page.thing.pk)
    plan = page.form
    return page.render("forums/edit_kind.html", kind=page.thing, form=plan.form, formset=plan.items)
