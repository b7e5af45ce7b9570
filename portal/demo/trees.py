"""What grows and stands in Almvik: trees, houses and people, for the pictures to share."""

from .brush import (
    CREAM,
    FALUN,
    HONEY,
    INK,
    MEADOW,
    MOSS,
    NIGHT,
    SNOW,
    SPRUCE,
    around,
    blend,
    smooth,
)


def spruce(canvas, x, y, height, colour=SPRUCE):
    """A spruce standing on (x, y): tiers that widen downwards, a shaded right half."""
    width = height * 0.36
    for shade, left, right in ((colour, -1, 1), (blend(colour, INK, 0.22), 0, 1)):
        for tier in range(4):
            top = y - height + tier * height * 0.2
            foot = top + height * (0.3 + tier * 0.035)
            reach = width * (0.3 + tier * 0.235)
            canvas.shape([(x, top), (x + right * reach, foot), (x + left * reach, foot)], shade)
    canvas.rect(x - height * 0.02, y - height * 0.06, height * 0.04, height * 0.06, blend(colour, INK, 0.5))


def forest(canvas, y, height, colour, *, spread=0.35, gap=0.3, left=-20, right=1620):
    """A row of spruces along `y`."""
    x = left
    while x < right:
        tall = height * canvas.chance.uniform(1 - spread, 1 + spread)
        spruce(canvas, x, y + canvas.chance.uniform(-4, 10), tall, colour)
        x += height * gap * canvas.chance.uniform(0.6, 1.4)


def crown(canvas, x, y, size, colour=MOSS, *, trunk=INK):
    """A round leafy tree standing on (x, y), `size` tall."""
    canvas.rect(x - size * 0.03, y - size * 0.5, size * 0.06, size * 0.5, trunk)
    for dx, dy, r, shade in (
        (0.13, 0.56, 0.23, 0.18),
        (-0.14, 0.58, 0.22, 0.1),
        (0, 0.72, 0.27, 0),
        (-0.07, 0.78, 0.13, -0.16),
    ):
        tone = blend(colour, INK, shade) if shade >= 0 else blend(colour, SNOW, -shade)
        canvas.disc(x + dx * size, y - dy * size, r * size, tone)


def birch(canvas, x, y, size, colour=MEADOW):
    """A birch standing on (x, y): a white trunk with dark marks and a light crown."""
    for dx, dy, r, shade in ((-0.1, 0.62, 0.17, 0.1), (0.11, 0.66, 0.17, 0.16), (0, 0.8, 0.2, 0)):
        canvas.disc(x + dx * size, y - dy * size, r * size, blend(colour, INK, shade), flat=1.25)
    canvas.shape(
        [(x - size * 0.026, y), (x - size * 0.012, y - size * 0.8), (x + size * 0.012, y - size * 0.8),
         (x + size * 0.026, y)],
        SNOW,
    )  # fmt: skip
    for mark in range(6):
        height = y - size * (0.07 + mark * 0.1)
        canvas.rect(x - size * 0.02, height, size * (0.014 + 0.006 * (mark % 2)), size * 0.012, INK)


def cottage(canvas, x, y, width, colour=FALUN, *, lit=False, roof=INK, snow=False):
    """A small gabled house whose wall stands on y."""
    height = width * 0.52
    pane = HONEY if lit else blend(NIGHT, SNOW, 0.35)
    canvas.rect(x, y - height, width, height, [colour, blend(colour, INK, 0.18)])
    canvas.rect(x + width * 0.72, y - height * 1.9, width * 0.09, height * 0.7, blend(colour, INK, 0.35))
    eaves = [
        (x - width * 0.06, y - height), (x + width * 0.2, y - height * 1.75),
        (x + width * 0.8, y - height * 1.75), (x + width * 1.06, y - height),
    ]  # fmt: skip
    canvas.shape(eaves, SNOW if snow else [blend(roof, SNOW, 0.12), roof])
    for place in (0.14, 0.66):
        window(canvas, x + width * place, y - height * 0.78, width * 0.2, height * 0.42, pane=pane)
    canvas.rect(x + width * 0.43, y - height * 0.72, width * 0.15, height * 0.72, CREAM)
    canvas.rect(x + width * 0.45, y - height * 0.68, width * 0.11, height * 0.68, blend(colour, INK, 0.4))


def window(canvas, x, y, width, height, *, pane, frame=CREAM):
    """A framed window with a cross in it."""
    edge = max(2, width * 0.09)
    canvas.rect(x - edge, y - edge, width + 2 * edge, height + 2 * edge, frame)
    canvas.rect(x, y, width, height, [pane, blend(pane, SNOW, 0.15)])
    canvas.rect(x + width / 2 - edge / 3, y, edge * 0.66, height, frame)
    canvas.rect(x, y + height * 0.42, width, edge * 0.66, frame)


def person(canvas, x, y, height, coat, *, skin="#c98f6b", hair=INK):
    """Somebody standing on (x, y), seen from afar."""
    canvas.rect(
        x - height * 0.09, y - height * 0.38, height * 0.075, height * 0.38, INK, radius=height * 0.03
    )
    canvas.rect(
        x + height * 0.015, y - height * 0.38, height * 0.075, height * 0.38, INK, radius=height * 0.03
    )
    canvas.rect(x - height * 0.15, y - height * 0.8, height * 0.3, height * 0.5, coat, radius=height * 0.11)
    canvas.disc(x, y - height * 0.9, height * 0.1, hair)
    canvas.disc(x, y - height * 0.88, height * 0.085, skin)


def seen_from_above(canvas, x, y, size, coat, *, facing, hair=INK):
    """Somebody sitting, seen from above: shoulders across the direction they face, and hair."""
    left, right = around(x, y, size * 0.5, facing - 90), around(x, y, size * 0.5, facing + 90)
    canvas.line([left, right], coat, size * 0.62)
    for side in (-1, 1):
        elbow = around(x, y, size * 0.52, facing + 80 * side)
        hand = around(x, y, size * 0.78, facing + 28 * side)
        canvas.line([elbow, hand], blend(coat, INK, 0.12), size * 0.24)
    canvas.disc(x, y, size * 0.36, hair)
    canvas.disc(*around(x, y, size * 0.1, facing + 180), size * 0.2, blend(hair, SNOW, 0.12))


def path(canvas, points, width_far, width_near, colour):
    """A road or path along `points` from far to near, widening towards us."""
    curve = smooth(points)
    left, right = [], []
    for place, (x, y) in enumerate(curve):
        half = (width_far + (width_near - width_far) * (place / (len(curve) - 1)) ** 1.6) / 2
        left.append((x - half, y))
        right.append((x + half, y))
    canvas.shape([*left, *reversed(right)], colour)
