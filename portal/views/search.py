"""Searching articles, forums and people at once."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.highlighting import Highlighter
from portal.models import SearchEntry
from portal.models.search import sought_words

HITS_PER_PAGE = 20
LONGEST_QUESTION = 200


class CountedPaginator(Paginator):
    """A paginator that has been told how many there are."""

    def __init__(self, *args, count, **kwargs):
        super().__init__(*args, **kwargs)
        self.count = count


@require_safe
def search(request):
    """Answer `q`; `kind` narrows to articles, forums or people."""
    question = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUESTION]
    kind = request.GET.get("kind", "")
    found = SearchEntry.objects.matching(question).visible_to(request.user)
    counts = found.count_kinds()
    if kind in counts:
        found = found.of_kind(kind)
    total = counts.get(kind, sum(counts.values()))
    paginator = CountedPaginator(found.best_first().for_showing(), HITS_PER_PAGE, count=total)
    page = paginator.get_page(request.GET.get("page"))
    highlighter = Highlighter(sought_words(question))
    context = {
        "question": question,
        "kind": kind if kind in counts else "",
        "kinds": [(name, label, counts[name]) for name, label in SearchEntry.Kind.choices],
        "total": sum(counts.values()),
        "page": page,
        "hits": [highlighter.hit(entry) for entry in page],
    }
    return render(request, "portal/search.html", context)
