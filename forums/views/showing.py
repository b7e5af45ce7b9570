"""The wall during the work, and the result after it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from forums.caching import recall_or_make
from forums.charting import two_sided
from forums.counting import in_language, label_of
from forums.following import STREAMING, wall_topic
from forums.permissions import (
    may_choose_notes,
    may_commit,
    may_draft_summary,
    may_read_notes,
    may_watch_wall,
)
from forums.quoting import MOST_MARKED, marked_notes
from forums.ranking import priorities_of
from forums.relaying import way_of
from forums.showing import counts_of, ranked_notes, themes_of, wall_as_of_late, wall_html, wordless_notes
from forums.stamping import stamp_of_marks, stamp_of_wall
from forums.summarising import draft_summary
from forums.thinning import thinned_on
from forums.veiling import figures_told, public_figures
from forums.views.codes import qr_of
from forums.views.fetching import refuse_unless
from forums.views.group_works import group_work_or_404, stream_for, unless_seen
from news.models import Article
from news.views.records import MAKES_PDF

NOTES_TO_A_THEME = 3
# The largest themes; the rest are links to their notes.
THEMES_WITH_NOTES = 40
NOTES_KEPT_FOR = 600  # seconds
WORDLESS = 0  # in place of the id of a theme: the notes without keywords
VIEWS = {"ord": "words", "diagram": "chart", "kod": "code", "prickar": "dots"}  # by the wall's address


@require_safe
def wall(request, slug):
    """The projector's page: what the room says, as it is said."""
    work, with_notes = _work_to_watch(request, slug)
    _stamp, content = _wall_for(request, work, with_notes)
    context = {
        "forum": work.forum,
        "work": work,
        "content": content,
        "qr": qr_of(_way_in(work.forum)),
        "way_in": _way_in(work.forum).partition("://")[2].rstrip("/"),
        "view": _view_for(request, work, with_notes),
        "with_notes": with_notes,
        "stream": stream_for(request, wall_topic(work, with_notes=with_notes)),
    }
    return render(request, "forums/wall.html", context)


@require_safe
def wall_data(request, slug):
    """The part of the wall that changes, for a page that follows it by no stream just now."""
    work, with_notes = _work_to_watch(request, slug)
    stamp, content = _wall_for(request, work, with_notes)
    topic = wall_topic(work, with_notes=with_notes)
    return unless_seen(request, stamp, lambda: HttpResponse(content), topic=topic)


@require_safe
def result(request, slug):
    """What came of it: figures, the two-sided chart and its table, and each theme with its notes.

    `?begrepp=<id>` shows all the notes of one theme, `?begrepp=0` those without keywords. Who may not read
    the notes gets the rest.
    """
    work = _closed_or_404(request, slug)
    figures, me = in_language(figures_told(work.result), get_language()), request.user
    may_read = may_read_notes(me, work.forum)
    themes = counts_of(figures)
    only_id = _asked_for(request, themes) if may_read else None
    commits = may_commit(me, work.forum)
    # Once the summary is drafted, what is chosen here would go nowhere.
    chooses = may_choose_notes(me, work.forum) and not work.forum.summary_id
    context = {
        "forum": work.forum,
        "work": work,
        "figures": figures,
        "chart": two_sided(figures),
        "themes": themes,
        "only": only_id is not None,
        "notes": _notes_behind(work, only_id, may_commit=commits, may_choose=chooses) if may_read else "",
        "commitments": work.forum.commitments.visible_to(me).with_latest_update(),
        "may_draft": may_draft_summary(me, work.forum) and me not in work.leaders,
        "way": way_of(work) if only_id is None and may_choose_notes(me, work.forum) else None,
        "may_commit": commits,
        "may_read": may_read,
    }
    context |= _singled_out(work, may_read=may_read and only_id is None, may_choose=chooses)
    return render(request, "forums/result.html", context | _kept_of(work, me))


@require_safe
def result_json(request, slug):
    """The frozen figures as JSON, in the shape that `Result` tells."""
    work = _closed_or_404(request, slug)
    told = {
        "forum": work.forum.title,
        "theme": work.forum.theme,
        "frozen_at": work.result.frozen_at.isoformat(),
        **public_figures(work.result),
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_POST
def draft(request, slug):
    """Turn the result into a draft article, or go to the one that there is."""
    work = group_work_or_404(request, slug)
    refuse_unless(may_draft_summary(request.user, work.forum))
    try:
        article = draft_summary(work.forum, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(work.forum)
    return redirect("news:edit", pk=article.pk)


def _wall_for(request, work, with_notes):
    """The stamp and the HTML of the wall; a moment old where a stream tells at once what has come since."""
    if request.META.get(STREAMING):
        return wall_as_of_late(work, with_notes=with_notes)
    stamp = stamp_of_wall(work)
    return stamp, wall_html(work, stamp, with_notes=with_notes)


def _view_for(request, work, with_notes):
    """What the wall shows: what is chosen, else the words or, when the dots are counted, what got most. To
    spectators nothing but words and the chart."""
    asked = VIEWS.get(request.GET.get("vy"))
    if not with_notes:
        return asked if asked == "chart" else "words"
    has_dots = priorities_of(work) and not work.is_thinned and not work.current_round
    return asked or ("dots" if has_dots else "words")


def _asked_for(request, themes):
    """The id of the theme that alone is asked for; None for all."""
    ids = [WORDLESS, *(theme["id"] for theme in themes)]
    return next((pk for pk in ids if str(pk) == request.GET.get("begrepp")), None)


def _singled_out(work, *, may_read, may_choose):
    """The notes that stand out: by the dots that they got, and by being chosen for the summary."""
    return {
        "priorities": work.result.figures.get("priorities"),
        "ranked": ranked_notes(work.result) if may_read else [],
        "may_choose": may_choose,
        "chosen": marked_notes(work.result) if may_choose else [],
        "most_chosen": MOST_MARKED,
    }


def _kept_of(work, person):
    """What can be taken along of a closed group work, and how long its notes are kept."""
    summary = work.forum.summary_id
    return {
        "thinning": getattr(work, "thinning", None),
        "thinned_on": thinned_on(work),
        "has_summary": summary and Article.objects.found_by(person).filter(pk=summary).exists(),
        "makes_pdf": MAKES_PDF,
    }


def _work_to_watch(request, slug):
    """The group work, and whether its notes are shown on the wall: to those who may read them."""
    work = group_work_or_404(request, slug)
    with_notes = may_read_notes(request.user, work.forum)
    refuse_unless(with_notes or may_watch_wall(request.user, work.forum))
    return work, with_notes


def _closed_or_404(request, slug):
    work = group_work_or_404(request, slug)
    if not hasattr(work, "result"):
        raise Http404
    return work


def _notes_behind(work, only, *, may_commit, may_choose):
    """The notes behind every theme of a result, or all those behind the theme whose id is `only`, as
    HTML: the same for all who may do the same with them, and made once for them until one is hidden or,
    where they may choose, marked."""

    def render_notes():
        context = {"may_commit": may_commit, "may_choose": may_choose, **_themes_with_notes(work, only)}
        return render_to_string("forums/parts/notes_behind.html", context)

    marks = stamp_of_marks(work) if may_choose else ""
    key = f"notes:{work.pk}:{only}:{may_commit}:{get_language()}:{stamp_of_wall(work)}:{marks}"
    return recall_or_make(key, render_notes, NOTES_KEPT_FOR)


def _themes_with_notes(work, only):
    """What the part of the page with the notes is made of; `only` as above."""
    themes = [
        {**theme, "label": label_of(theme, get_language())}
        for theme in themes_of(work.result)
        if only in (None, theme["id"])
    ]
    wordless = wordless_notes(work.result) if only in (None, WORDLESS) else []
    return {
        "forum": work.forum,
        "work": work,
        "themes": themes[:THEMES_WITH_NOTES],
        "smaller": themes[THEMES_WITH_NOTES:],
        "wordless": {"id": WORDLESS, "notes_said": wordless},
        "only": only,
        "most": NOTES_TO_A_THEME,
        "shown": ":" if only is not None else f":{NOTES_TO_A_THEME}",
    }


def _way_in(forum):
    """The address that leads a phone to the group work."""
    return settings.SITE_URL + reverse("forums:group_work", args=[forum.slug])
