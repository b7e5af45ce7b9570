"""The two-sided chart: elected members to the left, officials to the right."""

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
    label = concept["label"]
    return {
        "label": label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…",
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
