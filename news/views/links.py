"""What the link dialog of the editor asks, and the search for articles to read beside one."""

from dataclasses import asdict

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from news.linking import ARTICLES, LINKABLES, find_targets

LONGEST_QUESTION = 100


@require_safe
def targets(request):
    """Answer `q` as JSON: {results: [{kind, name, detail, href}]}, of what the person may see; with
    `texter`, of articles alone."""
    among = [ARTICLES] if "texter" in request.GET else LINKABLES
    found = find_targets(request.GET.get("q", "")[:LONGEST_QUESTION], user=request.user, among=among)
    return JsonResponse({"results": [asdict(target) for target in found]})
