"""The component page: every repeated part of our markup, shown once."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import reach_of
from portal.components import gallery


@require_safe
def components(request):
    """Show every component, to administrators; for others the page does not exist."""
    if not reach_of(request.user).is_administrator:
        raise Http404
    return render(request, "portal/components.html", gallery())
