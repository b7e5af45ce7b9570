"""The wall during the work, and the result after it."""

import segno
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from forums.charting import two_sided
from forums.permissions import may_commit, may_draft_summary, may_lead, may_read_notes
from forums.showing import counts_of, themes_of, wall_of
from forums.stamping import stamp_of_wall
from forums.summarising import draft_summary
from forums.views.fetching import refuse_unless
from forums.views.group_works import group_work_or_404, unless_seen

NOTES_TO_A_THEME = 3
# Seconds. A person who changes their name is seen there after that.
WALL_KEPT_FOR = 60
NOTES_KEPT_FOR = 600


@require_safe
def wall(request, slug):
    """The projector's page: what the room says, as it is said."""
    work = _work_to_read(request, slug)
    context = {
        "forum": work.forum,
        "work": work,
        "content": _wall(work, stamp_of_wall(work)),
        "qr": _way_in(work.forum),
    }
    return render(request, "forums/wall.html", context)


@require_safe
def wall_data(request, slug):
    """The part of the wall that changes; asked for every other second, and mostly answered 304."""
    work = _work_to_read(request, slug)
    stamp = stamp_of_wall(work)
    return unless_seen(request, stamp, lambda: HttpResponse(_wall(work, stamp)))


@require_safe
def result(request, slug):
    """What came of it: figures, the two-sided chart and its table, and each theme with its notes.

    `?begrepp=<id>` shows all the notes of one theme. Who may not read the notes gets the rest.
    """
    work = _closed_or_404(request, slug)
    figures, me = work.result.figures, request.user
    may_read = may_read_notes(me, work.forum)
    themes = counts_of(work.result)
    only = [theme for theme in themes if str(theme["id"]) == request.GET.get("begrepp")] if may_read else []
    commits = may_commit(me, work.forum)
    only_id = only[0]["id"] if only else None
    context = {
        "forum": work.forum,
        "work": work,
        "figures": figures,
        "chart": two_sided(figures),
        "themes": only or themes,
        "only": only,
        "notes": _notes_behind(work, only=only_id, may_commit=commits) if may_read else "",
        "commitments": work.forum.commitments.visible_to(me).with_latest_update(),
        "may_draft": may_draft_summary(me, work.forum) and me not in work.leaders,
        "may_commit": commits,
        "may_lead": may_lead(me, work.forum),
        "may_read": may_read,
    }
    return render(request, "forums/result.html", context)


@require_safe
def result_json(request, slug):
    """The frozen figures as JSON, in the shape that `Result` tells."""
    work = _closed_or_404(request, slug)
    told = {
        "forum": work.forum.title,
        "theme": work.forum.theme,
        "frozen_at": work.result.frozen_at.isoformat(),
        **work.result.public_figures,
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


def _work_to_read(request, slug):
    """The group work, for those who may read its notes."""
    work = group_work_or_404(request, slug)
    refuse_unless(may_read_notes(request.user, work.forum))
    return work


def _closed_or_404(request, slug):
    work = group_work_or_404(request, slug)
    if not hasattr(work, "result"):
        raise Http404
    return work


def _wall(work, stamp):
    """What changes on the wall, as HTML: the same for all who watch, and made once for them."""

    def render_wall():
        context = {"forum": work.forum, "work": work, "round": work.current_round, **wall_of(work, stamp)}
        return render_to_string("forums/parts/wall_content.html", context)

    return cache.get_or_set(f"wall:{work.pk}:{get_language()}:{stamp}", render_wall, WALL_KEPT_FOR)


def _notes_behind(work, *, only, may_commit):
    """The notes behind every theme of a result, or all those behind the theme whose id is `only`, as
    HTML: the same for all who may read them, and made once for them until one is hidden."""

    def render_notes():
        themes = [theme for theme in themes_of(work.result) if only in (None, theme["id"])]
        context = {
            "forum": work.forum,
            "themes": themes,
            "only": only,
            "most": NOTES_TO_A_THEME,
            "shown": ":" if only else f":{NOTES_TO_A_THEME}",
            "may_commit": may_commit,
        }
        return render_to_string("forums/parts/notes_behind.html", context)

    key = f"notes:{work.pk}:{only}:{may_commit}:{get_language()}:{stamp_of_wall(work)}"
    return cache.get_or_set(key, render_notes, NOTES_KEPT_FOR)


def _way_in(forum):
    """The QR code that leads a phone to the group work, as SVG without style (CSP)."""
    address = settings.SITE_URL + reverse("forums:group_work", args=[forum.slug])
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))
