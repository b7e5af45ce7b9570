"""Drawing a picture twice from one plan: as SVG for pages, as PNG for mail and paper.

A plan is a list of shapes, in pixels from the upper left corner, in the portal's own colours by day, on paper
of its own. The PNG is the same wherever it is seen; the SVG goes over to the colours by night with the page.
"""

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

from django.contrib.staticfiles import finders
from django.utils.html import escape
from PIL import Image, ImageDraw, ImageFont

# As in static/css/tokens.css, by day.
PAPER, INK, QUIET, LINE = "#fffdf8", "#1c2826", "#515c58", "#d8d0bf"
ELECTED, OFFICIAL, ROOM = "#6f1f55", "#07596f", "#14493f"
# The same, by night.
NIGHT = {
    PAPER: "#172422",
    INK: "#eee9dd",
    QUIET: "#b3bdb6",
    LINE: "#33453f",
    ELECTED: "#eba9d6",
    OFFICIAL: "#7fcbe6",
    ROOM: "#8fd3bf",
}
# A presentation attribute gives way to a rule. Where no style is let in, as when the picture is opened by
# itself (CSP), it stays as by day.
STYLE = "@media (prefers-color-scheme: dark) {{{}}}".format(
    "".join(
        f'[fill="{day}"]{{fill:{night}}}[stroke="{day}"]{{stroke:{night}}}' for day, night in NIGHT.items()
    )
)
STRIPE = 9  # pixels between the stripes of what is hatched
SHARPER = 2  # the PNG's pixels for one of the plan
FONT = "vendor/fonts/source-sans-3-latin.woff2"
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str
    striped: bool = False

    @property
    def stripes(self):
        """The light lines across it, as (x1, y1, x2, y2), each cut off at its edges."""
        start, lines = STRIPE - self.height, []
        while start < self.width:
            first, last = max(0, -start / self.height), min(1, (self.width - start) / self.height)
            if self.striped and last > first:
                lines.append(
                    (
                        self.x + start + first * self.height,
                        self.y + self.height * (1 - first),
                        self.x + start + last * self.height,
                        self.y + self.height * (1 - last),
                    )
                )
            start += STRIPE
        return lines


@dataclass(frozen=True)
class Words:
    """A line of text; `y` is its base line, `anchor` start, middle or end."""

    x: float
    y: float
    text: str
    size: int = 20
    weight: int = 400
    fill: str = INK
    anchor: str = "start"


@dataclass
class Plan:
    """A picture to draw. `title` and `description` are for those who hear it."""

    width: int
    title: str
    description: str
    height: int = 0
    shapes: list = field(default_factory=list)


def as_svg(plan):
    """Return the plan as an SVG document with a title and a description (WCAG 2.2, 1.1.1)."""
    shapes = "".join(
        _svg_rect(shape) if isinstance(shape, Rect) else _svg_words(shape) for shape in plan.shapes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plan.width} {plan.height}" '
        f'width="{plan.width}" height="{plan.height}" role="img" aria-labelledby="title desc" lang="sv">'
        f'<title id="title">{escape(plan.title)}</title><desc id="desc">{escape(plan.description)}</desc>'
        f"<style>{STYLE}</style>"
        f'<rect width="{plan.width}" height="{plan.height}" fill="{PAPER}"/>{shapes}</svg>'
    )


def as_png(plan):
    """Return the plan as a PNG, in bytes, twice as wide as it says."""
    image = Image.new("RGB", (plan.width * SHARPER, plan.height * SHARPER), PAPER)
    pen = ImageDraw.Draw(image)
    for shape in plan.shapes:
        if isinstance(shape, Rect):
            _paint_rect(pen, shape)
        else:
            place = (shape.x * SHARPER, shape.y * SHARPER)
            font = _font(shape.size * SHARPER, shape.weight)
            pen.text(place, _drawable(shape.text), shape.fill, font, anchor=ANCHORS[shape.anchor])
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _svg_rect(rect):
    stripes = "".join(
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{PAPER}" '
        'stroke-width="2.5" stroke-opacity=".55"/>'
        for x1, y1, x2, y2 in rect.stripes
    )
    box = f'x="{rect.x:.1f}" y="{rect.y:.1f}" width="{rect.width:.1f}" height="{rect.height:.1f}"'
    return f'<rect {box} fill="{rect.fill}"/>{stripes}'


def _svg_words(words):
    return (
        f'<text x="{words.x:.1f}" y="{words.y:.1f}" font-size="{words.size}" font-weight="{words.weight}" '
        f"font-family=\"'Source Sans 3','Segoe UI',Helvetica,Arial,sans-serif\" "
        f'fill="{words.fill}" text-anchor="{words.anchor}">{escape(words.text)}</text>'
    )


def _paint_rect(pen, rect):
    x, y = rect.x * SHARPER, rect.y * SHARPER
    if rect.width and rect.height:
        pen.rectangle((x, y, x + rect.width * SHARPER - 1, y + rect.height * SHARPER - 1), rect.fill)
    for line in rect.stripes:
        pen.line([number * SHARPER for number in line], _mixed(rect.fill), 2 * SHARPER)


def _mixed(colour):
    """The colour with paper shining through."""
    parts = zip(bytes.fromhex(colour[1:]), bytes.fromhex(PAPER[1:]), strict=True)
    return "#" + bytes(round(0.45 * own + 0.55 * paper) for own, paper in parts).hex()


@lru_cache(maxsize=16)
def _font(size, weight):
    font = ImageFont.truetype(finders.find(FONT), size)
    font.set_variation_by_axes([weight])
    return font


def _drawable(text):
    """The text in the letters that the font has: å, ä, ö and é are, š becomes s, and an emoji goes."""
    return "".join(letter if _has(letter) else _plainest(letter) for letter in text)


def _has(letter):
    return ord(letter) <= 0xFF or 0x2000 <= ord(letter) <= 0x206F


def _plainest(letter):
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() else ""
