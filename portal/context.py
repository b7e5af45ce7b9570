"""What every page's frame shows."""

from django.conf import settings


def portal(request):
    """Add the municipality's name. The person's rights come from `request.user.reach`."""
    return {"municipality": settings.MUNICIPALITY}
