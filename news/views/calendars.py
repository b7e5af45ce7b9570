"""The desk's calendar."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from news.permissions import may_see_desk
from news.scheduling import Month


@require_safe
def calendar(request):
    """One month of what comes, expires and is to be looked through; `?manad=2026-11` names another."""
    if not may_see_desk(request.user):
        raise PermissionDenied
    month = Month.named(request.GET.get("manad", ""))
    events = month.events_for(request.user)
    context = {
        "month": month,
        "days": [(day, events.get(day, []) if day.month == month.first.month else []) for day in month.days],
        "is_empty": not events,
        "today": timezone.localdate(),
    }
    return render(request, "news/calendar.html", context)
