"""Redrawing: the pictures of a summary, without what has been hidden since they were drawn (decisions/0582).

The texts of a summary are its writers', who are shown what is hidden in them (`retracting`). A picture nobody
can mend by hand, so it is drawn anew, where it stands.
"""

from django.utils.html import escape
from django_tasks import task

from forums.charting import MOST_DOTS, empty_plan, note_aloud, priorities_plan, theme_aloud, two_sided_plan
from forums.contrasting import Contrast
from forums.drawing import as_png, as_svg
from forums.models import Result
from forums.showing import ranked_notes
from forums.veiling import figures_named, veiled_in
from news.drawing import drawing_of, redraw
from news.models import Picture


def redraw_pictures(work):
    """Leave a task for each picture of the summary of a closed group work; called inside the transaction that
    hides one of its notes."""
    result = Result.objects.filter(group_work=work).select_related("group_work__forum").first()
    if result is None or not result.group_work.forum.summary_id:
        return
    drawn = Picture.objects.filter(
        is_drawn=True, versions_in_text__article=result.group_work.forum.summary_id
    ).distinct()
    for picture in drawn:
        draw_anew.enqueue(str(picture.pk), result.pk)


@task()
def draw_anew(picture_id, result_id):
    """Draw one picture of a summary as it may be shown now; done twice, it is done once."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return
    result = Result.objects.select_related("group_work__forum").get(pk=result_id)
    before = drawing_of(picture)
    plan = _most_dots(result, before) if MOST_DOTS in before else _side_by_side(result, before)
    if (svg := as_svg(plan)) != before:
        redraw(picture, svg=svg, png=as_png(plan))


def _most_dots(result, before):
    ranked = [(note.text, dots) for note, dots in ranked_notes(result)]
    left = [row for row in ranked if escape(note_aloud(*row)) in before]
    return priorities_plan(left) if left else empty_plan(MOST_DOTS)


def _side_by_side(result, before):
    """The rows that it had, each by the name that its theme has now."""
    figures, places = figures_named(result), Contrast(result, []).places
    frozen = {concept["id"]: concept for concept, _told in veiled_in(result)}
    left = [
        concept
        for concept in figures["concepts"]
        if any(
            escape(theme_aloud(named)) in before for named in (concept, frozen.get(concept["id"], concept))
        )
    ]
    plan = two_sided_plan({**figures, "concepts": left}, places)
    return plan or empty_plan(f"Så många {places.noun[1]} skrev om varje tema")
