"""A drawing is one plan: by day as PNG, and as SVG that goes over to the night with its page."""

import re

from django.conf import settings

from forums import drawing
from forums.drawing import NIGHT, Plan, Rect, Words, as_png, as_svg

TOKENS = {
    "PAPER": "surface",
    "INK": "ink",
    "QUIET": "ink-quiet",
    "LINE": "line",
    "ELECTED": "elected",
    "OFFICIAL": "official",
    "ROOM": "spruce",
}


def test_the_colours_are_the_portals_own_by_day_and_by_night():
    css = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    pairs = dict(re.findall(r"--([\w-]+): light-dark\((#\w+), #\w+\)", css))
    nights = dict(re.findall(r"--([\w-]+): light-dark\(#\w+, (#\w+)\)", css))
    for name, token in TOKENS.items():
        day = getattr(drawing, name)
        assert (day, NIGHT[day]) == (pairs[token], nights[token]), name
    assert len(NIGHT) == len(TOKENS)


def test_nothing_that_is_drawn_keeps_its_colour_by_night():
    shapes = [Rect(0, 0, 90, 20, day, striped=True) for day in NIGHT] + [Words(0, 9, "å & ä", fill="#1c2826")]
    svg = as_svg(Plan(100, title="Två & tre", description="En bild", height=30, shapes=shapes))
    used = set(re.findall(r'(?:fill|stroke)="(#\w+)"', re.sub(r"<style>.*?</style>", "", svg)))
    assert used == set(NIGHT)
    for day in used:
        assert f'[fill="{day}"]{{fill:{NIGHT[day]}}}' in svg
        assert f'[stroke="{day}"]{{stroke:{NIGHT[day]}}}' in svg
    assert "Två &amp; tre" in svg


def test_the_png_is_by_day():
    assert as_png(Plan(20, title="", description="", height=10)).startswith(b"\x89PNG")
