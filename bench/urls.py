"""The portal's addresses and the floor: a constant page behind the same middleware and sign-in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.decorators.http import require_POST, require_safe


@require_safe
def floor(request, size):
    """Answer `size` bytes that cost nothing to make."""
    return HttpResponse("x" * size)


@require_POST
def floor_of_answers(request):
    """Answer a form with the way to the next page, having done nothing."""
    return redirect("portal:start")


urlpatterns = [
    path("golv/svar/", floor_of_answers),
    path("golv/<int:size>/", floor),
    path("", include("portal.urls")),
]
