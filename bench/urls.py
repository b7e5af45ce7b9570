"""The portal's addresses and the floor: a constant page behind the same middleware and sign-in."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe


@require_safe
def floor(request, size):
    """Answer `size` bytes that cost nothing to make."""
    return HttpResponse("x" * size)


urlpatterns = [
    path("golv/<int:size>/", floor),
    path("", include("portal.urls")),
]
