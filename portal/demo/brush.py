"""A flat brush over Pillow: coordinates in a 1600 x 1000 picture, painted at twice the size.

Everything is opaque or laid on through a mask, and the whole is scaled down at the end, which is
what makes the edges smooth. Chance comes from a `Random` with a fixed seed: the same picture every time.
"""

import math
from itertools import pairwise
from random import Random

from PIL import Image, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1000
SCALE = 2

# The portal's palette: lake, spruce, falun red, ochre, cream.
NIGHT, LAKE, WATER, MIST = "#16324a", "#2a6478", "#5f9fa8", "#cfe2df"
SPRUCE, MOSS, MEADOW, SPROUT = "#1d4a41", "#4f8161", "#9dbb74", "#cbd89a"
FALUN, RUST, OCHRE, HONEY = "#a63d2f", "#cf6a45", "#e2a63d", "#f3cf7a"
CREAM, SNOW, ROSE, DUSK = "#f8eedb", "#f5f7f3", "#eab3a0", "#574d7c"
INK, STONE, WOOD, COPPER = "#20303a", "#b9b7ab", "#b98555", "#6ea391"


def rgb(colour):
    return ImageColor.getrgb(colour) if isinstance(colour, str) else colour


def blend(first, second, share):
    """The colour `share` (0 to 1) of the way from `first` to `second`."""
    return tuple(round(a + (b - a) * share) for a, b in zip(rgb(first), rgb(second), strict=True))


def smooth(points, steps=14):
    """The points of a Catmull-Rom curve through `points`."""
    padded = [points[0], *points, points[-1]]
    curve = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                tuple(
                    0.5
                    * (
                        2 * b[axis]
                        + (c[axis] - a[axis]) * t
                        + (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t**2
                        + (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t**3
                    )
                    for axis in (0, 1)
                )
            )
    return [*curve, points[-1]]


def around(x, y, radius, degrees):
    """The point `radius` from (x, y) in the direction `degrees`, clockwise from the right."""
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


class Canvas:
    def __init__(self, ground=CREAM, seed=1):
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), rgb(ground))
        self.pen = ImageDraw.Draw(self.image)
        self.chance = Random(seed)  # noqa: S311 - a drawing, not a secret

    def finished(self):
        return self.image.reduce(SCALE)

    # Shapes

    def shape(self, points, fill, *, alpha=255):
        """A polygon; `fill` is a colour, or a pair of colours from its top to its bottom."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        if alpha == 255 and not isinstance(fill, list):
            self.pen.polygon(scaled, fill=rgb(fill))
        else:
            self._through_mask(scaled, fill, alpha, lambda pen, moved: pen.polygon(moved, fill=alpha))

    def rect(self, x, y, width, height, fill, *, radius=0, alpha=255):
        box = [(x * SCALE, y * SCALE), ((x + width) * SCALE, (y + height) * SCALE)]

        def draw(pen, corners, colour):
            pen.rounded_rectangle([*corners], radius=radius * SCALE, fill=colour)

        if alpha == 255 and not isinstance(fill, list):
            draw(self.pen, box, rgb(fill))
        else:
            self._through_mask(box, fill, alpha, lambda pen, moved: draw(pen, moved, alpha))

    def disc(self, x, y, radius, fill, *, flat=1.0, alpha=255):
        """A circle; `flat` below 1 presses it to an ellipse lying down."""
        box = [
            ((x - radius) * SCALE, (y - radius * flat) * SCALE),
            ((x + radius) * SCALE, (y + radius * flat) * SCALE),
        ]
        if alpha == 255 and not isinstance(fill, list):
            self.pen.ellipse(box, fill=rgb(fill))
        else:
            self._through_mask(box, fill, alpha, lambda pen, moved: pen.ellipse(moved, fill=alpha))

    def line(self, points, fill, width=4):
        """A line with round ends and joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=rgb(fill), width=round(width * SCALE), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            half = width * SCALE / 2
            self.pen.ellipse([x - half, y - half, x + half, y + half], fill=rgb(fill))

    def ring(self, x, y, radius, fill, width=4, *, start=0, end=360):
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.pen.arc(box, start, end, fill=rgb(fill), width=round(width * SCALE))

    def _through_mask(self, points, fill, alpha, draw):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        right = min(WIDTH * SCALE, math.ceil(max(xs)) + 1)
        bottom = min(HEIGHT * SCALE, math.ceil(max(ys)) + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        draw(ImageDraw.Draw(mask), [(x - left, y - top) for x, y in points])
        first, last = fill if isinstance(fill, list) else (fill, fill)
        self.image.paste(fading(first, last, mask.size), (left, top), mask)

    # Light and weather

    def sky(self, *colours, bottom=HEIGHT):
        """Colours from the top to `bottom`, evenly spread."""
        height = bottom / (len(colours) - 1)
        for place, (upper, lower) in enumerate(pairwise(colours)):
            band = fading(upper, lower, (WIDTH * SCALE, math.ceil(height * SCALE) + 1))
            self.image.paste(band, (0, round(place * height * SCALE)))

    def glow(self, x, y, radius, colour, strength=200):
        """A soft light; `strength` 0 to 255 in its middle."""
        size = radius * 2 * SCALE
        light = Image.radial_gradient("L").point(lambda value: max(0, 255 - round(value * 1.42)))
        light = light.point(lambda value: round(value * value / 255 * strength / 255)).resize((size, size))
        place = (round((x - radius) * SCALE), round((y - radius) * SCALE))
        self.image.paste(Image.new("RGB", light.size, rgb(colour)), place, light)

    def sun(self, x, y, radius, colour=HONEY):
        self.glow(x, y, radius * 4, colour, 170)
        self.disc(x, y, radius, blend(colour, "#ffffff", 0.45))

    def cloud(self, x, y, size, fill=SNOW, alpha=220):
        """A cloud with a flat underside, `size` wide."""
        layer = Image.new("L", (round(size * SCALE), round(size * 0.45 * SCALE)))
        pen = ImageDraw.Draw(layer)
        w, h = layer.size
        pen.rounded_rectangle([0, h * 0.62, w, h], radius=h * 0.19, fill=alpha)
        for middle, radius in ((0.27, 0.3), (0.5, 0.46), (0.73, 0.33)):
            reach = h * radius
            pen.ellipse(
                [w * middle - reach, h * 0.78 - 2 * reach * 0.85, w * middle + reach, h * 0.78 + reach * 0.3],
                fill=alpha,
            )
        pen.rectangle([0, h - 1, w, h], fill=0)
        self.image.paste(Image.new("RGB", layer.size, rgb(fill)), (round(x * SCALE), round(y * SCALE)), layer)

    def snowfall(self, flakes, bottom=HEIGHT):
        for _ in range(flakes):
            x, y = self.chance.uniform(0, WIDTH), self.chance.uniform(0, bottom)
            self.disc(x, y, self.chance.choice([1.5, 2, 2.5, 3.5]), SNOW)

    def stars(self, count, bottom):
        for _ in range(count):
            x, y = self.chance.uniform(0, WIDTH), self.chance.uniform(0, bottom)
            self.disc(x, y, self.chance.choice([1, 1.3, 1.8]), CREAM)

    def mist(self, y, height, colour=MIST, alpha=120):
        """A veil that is thickest at its lower edge."""
        veil = Image.linear_gradient("L").point(lambda value: round(value * alpha / 255))
        veil = veil.resize((WIDTH * SCALE, round(height * SCALE)), Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGB", veil.size, rgb(colour)), (0, round(y * SCALE)), veil)

    # Land and water

    def hills(self, y, rise, fill, *, bumps=6):
        """Rolling ground whose crest keeps within `rise` of `y`, down to the picture's foot."""
        crest = [
            (WIDTH * place / bumps, y + self.chance.uniform(-rise, rise)) for place in range(-1, bumps + 2)
        ]
        self.shape([(-200, HEIGHT), *smooth(crest), (WIDTH + 200, HEIGHT)], fill)

    def mirror(self, y, tint=LAKE, depth=0.45):
        """Water from `y` down, in which what stands above it is mirrored, tinted and drawn out."""
        shore, foot = round(y * SCALE), HEIGHT * SCALE
        height = foot - shore
        above = self.image.crop((0, max(0, shore - height), WIDTH * SCALE, shore))
        above = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((WIDTH * SCALE, height))
        water = Image.blend(above, fading(blend(tint, SNOW, 0.25), tint, above.size), depth)
        self.image.paste(water.filter(ImageFilter.BoxBlur(3)), (0, shore))
        self.ripples(y + 14, HEIGHT, blend(tint, SNOW, 0.55))

    def ripples(self, top, bottom, colour, count=46):
        for _ in range(count):
            depth = self.chance.random() ** 1.4
            y = top + depth * (bottom - top)
            length = self.chance.uniform(30, 90) * (0.5 + depth * 1.6)
            x = self.chance.uniform(-60, WIDTH)
            self.rect(x, y, length, 1.5 + depth * 2.5, colour, radius=2, alpha=90)


def fading(first, last, size):
    """A picture of `size` pixels going from one colour at the top to another at the bottom."""
    if first == last:
        return Image.new("RGB", size, rgb(first))
    # Mixed in a column one pixel wide and then drawn out: a hundredth of the work.
    column = (1, size[1])
    ramp = Image.linear_gradient("L").resize(column)
    mixed = Image.composite(Image.new("RGB", column, rgb(last)), Image.new("RGB", column, rgb(first)), ramp)
    return mixed.resize(size, Image.Resampling.NEAREST)
