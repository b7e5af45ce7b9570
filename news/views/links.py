"""What the link dialog of the editor asks."""

from dataclasses import asdict

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from news.linking import find_targets

LONGEST_QUESTION = 100


@require_safe
def targets(request):
    """Answer `q` as JSON: {results: [{kind, name, detail, href}]}, of what the person may see."""
    found = find_targets(request.GET.get("q", "")[:LONGEST_QUESTION], user=request.user)
    return JsonResponse({"results": [asdict(target) for target in found]})
