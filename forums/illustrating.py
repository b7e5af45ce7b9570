"""The pictures of a summary, each with its table: the two-sided chart and what got most dots."""

from django.utils.html import format_html, format_html_join

from forums.charting import ROWS_DRAWN, priorities_plan, two_sided_plan
from forums.drawing import as_png, as_svg
from forums.models import Dot
from forums.phrasing import DOTS, PEOPLE, day, tied
from forums.quoting import told_by
from forums.showing import ranked_notes
from forums.veiling import figures_named
from news.drawing import add_drawing

NOTES_DRAWN = 5


def side_by_side(result, themes, contrast, *, by):
    """Return the two-sided chart and its table as HTML; "" where no split is told."""
    plan = two_sided_plan(figures_named(result), contrast.places)
    if plan is None:
        return ""
    told = [theme for theme in themes if theme["side"] != "room"][:ROWS_DRAWN]
    several = contrast.places.noun[1]
    alt = f"Stapeldiagram: antal {several} där de förtroendevalda och tjänstepersonerna skrev om varje tema."
    rows = (
        (contrast.link(theme, begins=True), _cell(theme, "elected"), _cell(theme, "official"))
        for theme in told
    )
    return format_html(
        "<h2>Sida vid sida</h2>{}<table><tbody>"
        # Soft hyphens: a phone breaks the words where Swedish does.
        "<tr><th>Tema</th><th>Förtroende\u00advalda</th><th>Tjänste\u00adpersoner</th></tr>{}</tbody></table>",
        _figure(plan, alt, f"Antal {several} där varje sida skrev om temat.", result, by=by),
        format_html_join("", "<tr><th>{}</th><td>{}</td><td>{}</td></tr>", rows),
    )


def most_dots(result, *, by):
    """Return what got most dots as HTML, sentence, picture and table; "" where that isn't told."""
    priorities, work = result.figures.get("priorities"), result.group_work
    ranked = ranked_notes(result)[:NOTES_DRAWN]
    if not ranked:
        return ""
    ones = "den egna gruppens" if work.dots_on == work.Scope.TABLE else "alla"
    alt = "Stapeldiagram över de anteckningar som fick flest prickar."
    rows = (
        (note.text, told_by(note), format_html('<data value="note.{}.dots">{}</data>', note.handle, dots))
        for note, dots in ranked
    )
    return format_html(
        "<h2>Det här vägde tyngst</h2><p>Till sist fick var och en sätta {} bland {} anteckningar. "
        "Sammanlagt satte {} {}.</p>{}"
        "<table><tbody><tr><th>Anteckning</th><th>Från</th><th>Prickar</th></tr>{}</tbody></table>",
        tied("each.dots", Dot.MOST, DOTS),
        ones,
        tied("priorities.people", priorities["people"], PEOPLE),
        tied("priorities.dots", priorities["dots"], DOTS),
        _figure(
            priorities_plan([(note.text, dots) for note, dots in ranked]),
            alt,
            "Antal prickar.",
            result,
            by=by,
        ),
        format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", rows),
    )


def _cell(theme, side):
    return format_html('<data value="concept.{}.{}">{}</data>', theme["id"], side, theme[side])


def _figure(plan, alt, caption, result, *, by):
    name = f"{plan.title}, {result.group_work.forum.title}"[:160]
    picture = add_drawing(svg=as_svg(plan), png=as_png(plan), name=name, alt=alt, credit="", by=by)
    counted_on = f"Räknat ur grupparbetet den {day(result.frozen_at)}."
    return format_html(
        '<figure><img src="{}" alt="{}"><figcaption>{} {}</figcaption></figure>',
        picture.get_absolute_url(),
        alt,
        caption,
        counted_on,
    )
