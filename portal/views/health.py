"""What machines ask: is the portal well?"""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.checking import check_health


@login_not_required
@never_cache
@require_safe
def health(request):
    """Answer 200, or 503 when the database is down; a degraded portal still serves."""
    report = check_health()
    return JsonResponse(report, status=503 if report["status"] == "down" else 200)
