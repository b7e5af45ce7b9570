"""Topics: the tree, and what stands under each."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.keeping import render_kept
from news.models import Topic
from news.permissions import may_curate_topics
from portal.collecting import HELD, PARTS, PROMISED, WRITTEN, Found

ROW = "news/parts/row.html"


@require_safe
def topics(request):
    """The tree of topics."""
    tree = list(Topic.objects.in_use().in_tree())
    context = {"topics": tree, "may_curate": may_curate_topics(request.user)}
    return render(request, "portal/topics.html", context)


@require_safe
def topic(request, slug):
    """What has been written, held and promised about a topic and what is below it; `?visa=` names one
    of the three to see in full."""
    topic = get_object_or_404(Topic.objects.with_path(), slug=slug)
    found, part = Found(topic, request.user), request.GET.get("visa")
    context = {"topic": topic, "may_curate": may_curate_topics(request.user)}
    if part in PARTS:
        page = found.page(part, request.GET.get("page"))
        rows = render_kept(ROW, page.object_list) if part == WRITTEN else page.object_list
        context |= {"part": part, "title": PARTS[part][0], "page": page, "rows": rows}
        return render(request, "portal/topic_part.html", context)
    written, more_written = found.glance(WRITTEN)
    held, more_held = found.glance(HELD)
    promised, more_promised = found.glance(PROMISED)
    context |= {
        "children": topic.children.in_use(),
        "written": render_kept(ROW, written),
        "held": held,
        "promised": promised,
        "tally": found.tally() if promised else [],
        "more": {WRITTEN: more_written, HELD: more_held, PROMISED: more_promised},
    }
    return render(request, "portal/topic.html", context)
