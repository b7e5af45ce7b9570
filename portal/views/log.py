"""The log, for administrators."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.forms import LogForm
from portal.tracing import entries_for

PER_PAGE = 50


@require_safe
def log(request):
    """Who did what, newest first; narrowed by words, person, kind of event and days."""
    if not request.user.reach.is_administrator:
        raise PermissionDenied
    form = LogForm(request.GET)
    found = entries_for(request.user, **form.cleaned_data) if form.is_valid() else entries_for(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/log.html", {"form": form, "page": page, "entries": found.told(page)})
