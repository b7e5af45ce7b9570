"""What forums have said over time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.attending import turnout_of
from forums.exporting import Sheet, as_csv
from forums.models import ForumKind
from forums.plotting import percent, plot
from forums.trending import trends_for

SHOWN_AT_FIRST, MOST_SHOWN, MOST_OFFERED = 6, 12, 40


@require_safe
def trends(request):
    """Show the largest concepts over the forums, or those asked for (`?begrepp=`), of one kind (`?slag=`)."""
    found, kind = _trends(request)
    asked = set(request.GET.getlist("begrepp"))
    chosen = [trend for trend in found.concepts if str(trend.pk) in asked][:MOST_SHOWN]
    chosen = chosen or found.concepts[:SHOWN_AT_FIRST]
    for trend in chosen:
        trend.plot = plot(trend)
        trend.rows = [
            (forum, [percent(share) for share in (point.elected, point.official, point.room)])
            for forum, point in zip(found.forums, trend.points, strict=True)
        ]
    held = next((one for one in found.forums if one.slug == request.GET.get("forum")), None)
    held = held or (found.forums[-1] if found.forums else None)
    context = {
        "trends": found,
        "chosen": chosen,
        "offered": found.concepts[:MOST_OFFERED],
        "kinds": ForumKind.objects.filter(forums__group_work__result__isnull=False).distinct(),
        "kind": kind,
        "held": held,
        "turnout": turnout_of(held) if held else None,
    }
    return render(request, "forums/trends.html", context)


@require_safe
def trends_csv(request):
    """All concepts over all the forums, as a spreadsheet opens it: a row for each that a forum said."""
    found, _kind = _trends(request)
    headings = [
        ("forum", _("Forum")),
        ("date", _("Date")),
        ("concept", _("Concept")),
        ("tables", _("Share of the tables")),
        ("elected", _("Share of the elected members")),
        ("official", _("Share of the officials")),
    ]
    rows = [
        [forum.title, timezone.localdate(forum.starts_at).isoformat(), trend.label, *_shares(point)]
        for trend in found.concepts
        for forum, point in zip(found.forums, trend.points, strict=True)
        if point.room
    ]
    return _as_file(Sheet(_("Trends"), headings, rows), "trender")


@require_safe
def turnout_csv(request):
    """How the units took part in every forum, as a spreadsheet opens it."""
    found, _kind = _trends(request)
    headings = [
        ("forum", _("Forum")),
        ("units", _("Units")),
        ("invited", _("Invited")),
        ("registered", _("Registered")),
    ]
    rows = [
        [forum.title, ", ".join(row.units), row.invited, str(row.registered)]
        for forum in found.forums
        if (turnout := turnout_of(forum))
        for row in turnout.rows
    ]
    return _as_file(Sheet(_("How the units took part"), headings, rows), "deltagande")


def _trends(request):
    kind = request.GET.get("slag", "")[:60]
    return trends_for(request.user, kind=kind or None, language=get_language()), kind


def _shares(point):
    """Percent with one decimal; empty where it is not told."""
    return [
        None if share is None else round(100 * share, 1)
        for share in (point.room, point.elected, point.official)
    ]


def _as_file(sheet, name):
    response = HttpResponse(as_csv(sheet), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
