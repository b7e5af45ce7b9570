"""The organisation tree."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models.tree import grow_tree


@require_safe
def organisation(request):
    """Show every unit, who leads it and how many it has."""
    return render(request, "accounts/organisation.html", {"roots": grow_tree(request.user)})
