"""For administrators: who is asked about texts of each kind."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from news import routing
from news.forms.routes import RouteForm, StepFormSet, rows_of
from news.models import Article, Route
from news.permissions import may_route


@require_safe
def routes(request):
    """Every kind's route at a glance."""
    if not may_route(request.user):
        raise PermissionDenied
    kept = [Route.objects.of(kind) for kind in Article.Kind]
    return render(request, "news/routes.html", {"routes": [(route, route.asks()) for route in kept]})


@require_http_methods(["GET", "HEAD", "POST"])
def route(request, kind):
    """One kind's route, to change."""
    if not may_route(request.user):
        raise PermissionDenied
    if kind not in Article.Kind.values:
        raise Http404
    kept = Route.objects.of(kind)
    data = request.POST if request.method == "POST" else None
    form, rows = RouteForm(data, route=kept), StepFormSet(data, initial=rows_of(kept), prefix="step")
    if data is not None and form.is_valid() and rows.is_valid():
        steps = [row.step for row in rows if row.step]
        try:
            routing.lay_out(kind, steps=steps, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The route is saved. What is in review goes on as it began."))
            return redirect("news:route", kind=kind)
    context = {"form": form, "rows": rows, "route": kept, "title": capfirst(kept.get_kind_display())}
    return render(request, "news/route.html", context | {"is_summary": kind == Article.Kind.SUMMARY})
