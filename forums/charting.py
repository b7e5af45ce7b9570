"""Charts: the two-sided one, elected members to the left, officials to the right; and what got most dots."""

from textwrap import wrap

from forums.drawing import ELECTED, LINE, OFFICIAL, PAPER, QUIET, ROOM, Plan, Rect, Words

ROWS = 12
ROW_HEIGHT = 56
LONGEST_LABEL = 34
# Percent of the picture's width that the longest bar takes on its side.
WIDEST = 44


def two_sided(figures):
    """Return the chart's height in pixels and its rows, or None where no split is told.

    Widths and positions are percent of the width, so that the letters keep their size on a phone.
    """
    told = [concept for concept in figures["concepts"] if concept["elected"] is not None][:ROWS]
    if not (figures["sides_shown"] and told):
        return None
    most = max(max(concept["elected"], concept["official"]) for concept in told)
    rows = [_row(concept, number, most) for number, concept in enumerate(told)]
    return {"height": len(rows) * ROW_HEIGHT, "rows": rows}


def _row(concept, number, most):
    left = round(WIDEST * concept["elected"] / most, 2)
    right = round(WIDEST * concept["official"] / most, 2)
    return {
        "label": _shortened(concept["label"], LONGEST_LABEL),
        "elected": concept["elected"],
        "official": concept["official"],
        "left": f"{left}%",
        "left_from": f"{round(50 - left, 2)}%",
        "right": f"{right}%",
        "left_end": f"{round(49 - left, 2)}%",
        "right_end": f"{round(51 + right, 2)}%",
        "text_y": number * ROW_HEIGHT + 18,
        "bar_y": number * ROW_HEIGHT + 25,
        "number_y": number * ROW_HEIGHT + 40,
    }


# The wall's: so large that it is read from the last row, each word between its two bars.
WALL_ROWS, WALL_ROW, WALL_BAR = 8, 92, 60
WALL_WIDTH, WALL_WORD, WALL_NUMBER = 1800, 520, 60
WALL_LETTERS = 22


def on_the_wall(figures):
    """Return the two-sided chart in the units of its picture, or None where no split is told."""
    told = [concept for concept in figures["concepts"] if concept["elected"] is not None][:WALL_ROWS]
    if not (figures["sides_shown"] and told):
        return None
    most = max(max(concept["elected"], concept["official"]) for concept in told)
    longest = (WALL_WIDTH - WALL_WORD) / 2 - 2 * WALL_NUMBER
    rows = []
    for number, concept in enumerate(told):
        left, right = (round(longest * concept[side] / most) for side in ("elected", "official"))
        begins, ends = (WALL_WIDTH - WALL_WORD) // 2, (WALL_WIDTH + WALL_WORD) // 2
        rows.append(
            {
                **{side: concept[side] for side in ("elected", "official")},
                "label": _shortened(concept["label"], WALL_LETTERS),
                "left": left,
                "left_from": begins - left,
                "left_number": begins - left - 18,
                "right": right,
                "right_from": ends,
                "right_number": ends + right + 18,
                "bar_y": number * WALL_ROW + (WALL_ROW - WALL_BAR) // 2,
                "text_y": number * WALL_ROW + WALL_ROW // 2,
            }
        )
    return {
        "width": WALL_WIDTH,
        "middle": WALL_WIDTH // 2,
        "height": len(rows) * WALL_ROW,
        "bar": WALL_BAR,
        "rows": rows,
    }


# The pictures of a summary, drawn once (`drawing`), and anew where a note is hidden (`redrawing`). Narrow, so
# that their letters can be read on a phone.
WIDTH, EDGE = 640, 20
ROWS_DRAWN = 10
ROW_DRAWN, BAR = 74, 24
HALF = WIDTH / 2 - EDGE - 36  # the longest bar of a side; a number stands outside it
LETTERS, MOST_LINES = 56, 2
LINE_HEIGHT = 25
MOST_DOTS = "Det som fick flest prickar"


def two_sided_plan(figures, places):
    """The Plan of the two-sided chart, in Swedish; None where no split is told.

    Args:
        places: what the room's groups are called (`phrasing.Places`).
    """
    told = [concept for concept in figures["concepts"] if concept["elected"] is not None][:ROWS_DRAWN]
    if not (figures["sides_shown"] and told):
        return None
    several = places.noun[1]
    plan = Plan(
        WIDTH,
        title=f"Så många {several} skrev om varje tema",
        description=(
            f"Staplar åt vänster visar de förtroendevaldas {several}, randiga staplar åt höger "
            f"tjänstepersonernas. {_told_aloud(told)}"
        ),
    )
    top = 58
    plan.height = top + ROW_DRAWN * len(told) + 4
    plan.shapes += [
        Rect(WIDTH / 2 - 0.5, top, 1, plan.height - top - 14, LINE),
        Rect(EDGE, 18, 20, 20, ELECTED),
        Words(EDGE + 30, 35, "Förtroendevalda", weight=600),
        Rect(WIDTH - EDGE - 20, 18, 20, 20, OFFICIAL, striped=True),
        Words(WIDTH - EDGE - 30, 35, "Tjänstepersoner", weight=600, anchor="end"),
    ]
    most = max(max(concept["elected"], concept["official"]) for concept in told)
    for number, concept in enumerate(told):
        plan.shapes += _two_bars(concept, top + number * ROW_DRAWN, most)
    return plan


def _two_bars(concept, top, most):
    left, right = (HALF * concept[side] / most for side in ("elected", "official"))
    middle, bar = WIDTH / 2, top + 30
    return [
        Rect(middle - 190, top, 380, 27, PAPER),
        Words(middle, top + 22, _shortened(concept["label"], LONGEST_LABEL), 22, 600, anchor="middle"),
        Rect(middle - left, bar, left, BAR, ELECTED),
        Rect(middle, bar, right, BAR, OFFICIAL, striped=True),
        Words(middle - left - 8, bar + 19, str(concept["elected"]), anchor="end"),
        Words(middle + right + 8, bar + 19, str(concept["official"])),
    ]


def _told_aloud(told):
    return "; ".join(map(theme_aloud, told)) + "."


def theme_aloud(concept):
    """A row of the two-sided chart, as its description tells it."""
    return f"{concept['label']}: {concept['elected']} och {concept['official']}"


def note_aloud(text, dots):
    """A row of what got most dots, as its description tells it."""
    return f"{_shortened(text, 80)}: {dots}"


def priorities_plan(ranked):
    """The Plan of what got most dots, in Swedish.

    Args:
        ranked: pairs of (what a note says, its dots), most first.
    """
    plan = Plan(
        WIDTH,
        title=MOST_DOTS,
        description="; ".join(note_aloud(text, dots) for text, dots in ranked) + ".",
    )
    top, most = 14, ranked[0][1]
    for text, dots in ranked:
        for line in wrap(" ".join(text.split()), LETTERS, max_lines=MOST_LINES, placeholder=" …"):
            top += LINE_HEIGHT
            plan.shapes.append(Words(EDGE, top - 4, line))
        length = (WIDTH - 2 * EDGE - 60) * dots / most
        plan.shapes += [
            Rect(EDGE, top + 4, length, BAR, ROOM),
            Words(EDGE + length + 8, top + 23, str(dots), weight=600),
        ]
        top += BAR + 22
    plan.height = top
    return plan


def empty_plan(title):
    """The Plan of a picture of which nothing is left to show, in Swedish."""
    words = "Det som bilden visade är dolt."
    return Plan(WIDTH, title=title, description=words, height=60, shapes=[Words(EDGE, 37, words, fill=QUIET)])


def _shortened(text, longest):
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
