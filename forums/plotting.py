"""Plotting: a concept's shares over the forums as lines, drawn by the server."""

from django.utils.translation import gettext as _

WIDTH, HEIGHT = 320, 150
LEFT, RIGHT, TOP, BOTTOM = 12, 12, 14, 12
SIDES = ("elected", "official")


def plot(trend):
    """Return what the template draws of a Trend, in the units of a WIDTH by HEIGHT picture.

    `lines` holds (class, points of a polyline) for every stretch that is told, `circles` and `squares` the
    places of what the elected members and the officials said, and `levels` the heights of 0, 50 and 100 %.
    Numbers are texts, since a template would write them with a Swedish comma.
    """
    xs = _across(len(trend.points))
    rows = {name: [getattr(point, name) for point in trend.points] for name in ("room", *SIDES)}
    elected, official = ([*_places(xs, rows[side])] for side in SIDES)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "lines": [(name, points) for name, shares in rows.items() for points in _stretches(xs, shares)],
        "circles": [_texts(x, y) for x, y in elected],
        "squares": [_texts(x - 5, y - 5) for x, y in official],
        "levels": _texts(*map(_height, (0, 0.5, 1))),
    }


def percent(share):
    """A share in words for a table."""
    return _("not told") if share is None else _("%(number)d%%") % {"number": round(100 * share)}


def _across(number):
    """Evenly from left to right; one alone in the middle."""
    if number == 1:
        return [WIDTH / 2]
    return [round(LEFT + place * (WIDTH - LEFT - RIGHT) / (number - 1), 1) for place in range(number)]


def _height(share):
    return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)


def _places(xs, shares):
    return ((x, _height(share)) for x, share in zip(xs, shares, strict=True) if share is not None)


def _stretches(xs, shares):
    """The points of each polyline: a line breaks where a share is not told."""
    stretch, found = [], []
    for x, share in zip(xs, shares, strict=True):
        if share is None:
            stretch = []
        elif not stretch:
            found.append(stretch := [(x, _height(share))])
        else:
            stretch.append((x, _height(share)))
    return [" ".join(f"{x},{y}" for x, y in points) for points in found if len(points) > 1]


def _texts(*numbers):
    return [f"{number:g}" for number in numbers]
