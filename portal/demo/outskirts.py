"""Pictures from around town: the bridge, the bus home, the allotments."""

from .brush import (
    DUSK,
    FALUN,
    HONEY,
    INK,
    LAKE,
    MEADOW,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    ROSE,
    RUST,
    SNOW,
    SPRUCE,
    STONE,
    WATER,
    Canvas,
    around,
    blend,
    smooth,
)
from .trees import birch, cottage, forest, path, person, spruce

PLANK = "#c0905c"


def bridge():
    """The stone bridge over the river Alman, in spring."""
    canvas = Canvas(seed=37)
    canvas.sky("#8cc0cc", "#dcebdd", "#fbeccb", bottom=560)
    canvas.cloud(220, 80, 380)
    canvas.cloud(1140, 150, 280)
    canvas.hills(430, 40, blend(MOSS, MIST, 0.5))
    forest(canvas, 490, 70, blend(SPRUCE, MIST, 0.35))
    canvas.hills(500, 14, [MEADOW, MOSS])
    for x, width, tone in ((1180, 150, FALUN), (1370, 130, OCHRE), (110, 140, FALUN)):
        cottage(canvas, x, 530, width, tone)
    deck = smooth([(-60, 560), (400, 470), (800, 440), (1200, 470), (1660, 560)])
    canvas.shape([*deck, (1660, 720), (-60, 720)], ["#d5c3a5", "#a8967a"])
    for row in range(7):
        for stone in range(30):
            x = stone * 56 + (row % 2) * 28
            canvas.rect(
                x,
                486 + row * 32,
                52,
                28,
                blend("#cbb896", "#93826a", canvas.chance.random()),
                radius=5,
                alpha=110,
            )
    _spans(canvas)
    canvas.line(deck, "#8f7d63", 16)
    canvas.line([(x, y - 30) for x, y in deck], "#c8b797", 12)
    for x, y in deck[::3]:
        canvas.rect(x - 5, y - 32, 10, 30, "#b3a182")
    canvas.mirror(706, WATER, 0.52)
    for x, y, height, coat in ((560, 440, 92, RUST), (604, 437, 84, LAKE), (1010, 436, 92, FALUN)):
        person(canvas, x, y, height, coat)
    for left, flip in ((-40, 1), (1640, -1)):
        bank = smooth(
            [(left, 690), (left + flip * 210, 730), (left + flip * 330, 830), (left + flip * 300, 1010)]
        )
        canvas.shape([*bank, (left, 1010)], [MEADOW, SPRUCE])
    birch(canvas, 120, 800, 470)
    birch(canvas, 1500, 830, 520, "#b4cb84")
    for _ in range(90):
        side = canvas.chance.choice([0, 1])
        x = canvas.chance.uniform(0, 230) if side else canvas.chance.uniform(1370, 1600)
        canvas.disc(
            x,
            canvas.chance.uniform(790, 990),
            canvas.chance.uniform(4, 7),
            canvas.chance.choice([SNOW, HONEY, ROSE]),
        )
    return canvas.finished()


def _spans(canvas):
    """The three arches, through which the far bank is seen."""
    for x, radius, top in ((360, 150, 706), (800, 200, 706), (1240, 150, 706)):
        arch = [around(x, top, radius, angle) for angle in range(180, 361, 4)]
        rim = [around(x, top, radius + 20, angle) for angle in range(180, 361, 4)]
        canvas.shape(rim, "#e2d3b6")
        for angle in range(180, 361, 15):
            canvas.line([around(x, top, radius, angle), around(x, top, radius + 20, angle)], "#9c8a6e", 2)
        canvas.shape(arch, [blend(MOSS, MIST, 0.5), blend(MEADOW, MIST, 0.3)])
        canvas.shape([point for point in arch if point[1] > 640], [blend(SPRUCE, MIST, 0.4), MOSS])


def bus_at_dusk():
    """The last bus home, its windows lit, along the lake."""
    canvas = Canvas(seed=71)
    canvas.sky("#2c3568", "#8c6390", "#e98f75", "#f6c583", bottom=620)
    canvas.stars(60, 240)
    canvas.sun(1220, 560, 64, "#f8b35c")
    canvas.hills(520, 34, blend(DUSK, RUST, 0.25))
    canvas.hills(580, 18, blend(DUSK, NIGHT, 0.35))
    canvas.rect(0, 610, 1600, 90, blend(ROSE, DUSK, 0.45))
    canvas.ripples(618, 700, HONEY, count=26)
    forest(canvas, 700, 190, blend(NIGHT, DUSK, 0.2), spread=0.45, gap=0.7, left=-30, right=520)
    birch(canvas, 1480, 720, 430, blend(NIGHT, DUSK, 0.5))
    canvas.rect(0, 690, 1600, 40, "#2a3350")
    canvas.shape([(0, 720), (1600, 720), (1600, 1000), (0, 1000)], ["#4a4a6d", "#2b3050"])
    canvas.rect(0, 716, 1600, 10, "#7d7596")
    for x in range(-60, 1600, 240):
        canvas.shape([(x, 916), (x + 130, 916), (x + 118, 930), (x - 14, 930)], "#c9bfd0")
    canvas.glow(1400, 830, 260, "#ffe6a6", 150)
    canvas.rect(360, 860, 920, 26, INK, alpha=120, radius=13)
    canvas.rect(340, 480, 950, 372, [LAKE, "#1d5062"], radius=34)
    canvas.rect(340, 732, 950, 26, HONEY)
    canvas.rect(366, 522, 896, 166, "#183a4c", radius=18)
    for place in range(7):
        canvas.rect(378 + place * 116, 532, 104, 146, ["#ffeab0", "#f3bd68"], radius=8)
    for x, coat, hair in (
        (440, RUST, INK),
        (556, DUSK, "#8a5a34"),
        (852, SPRUCE, "#d8b56a"),
        (1010, FALUN, INK),
    ):
        canvas.rect(x - 26, 628, 52, 50, coat, radius=18)
        canvas.disc(x, 606, 22, hair)
        canvas.disc(x + 4, 611, 18, "#c98f6b")
    canvas.rect(1190, 532, 80, 176, ["#fff1c9", "#f3cf8a"], radius=10)
    for x in (690, 742):
        canvas.rect(x, 532, 48, 290, ["#fff1c9", "#e9b860"], radius=6)
    canvas.rect(1200, 494, 70, 26, "#20303a", radius=6)
    canvas.rect(1208, 501, 54, 12, HONEY, radius=4)
    for wheel in (520, 1100):
        canvas.disc(wheel, 852, 66, "#1a2230")
        canvas.disc(wheel, 852, 30, STONE)
        canvas.disc(wheel, 852, 12, INK)
    canvas.disc(1278, 800, 18, "#fff7dd")
    canvas.rect(340, 784, 20, 34, FALUN, radius=6)
    canvas.rect(180, 520, 10, 330, INK)
    canvas.rect(150, 500, 70, 70, HONEY, radius=10)
    canvas.rect(164, 520, 42, 24, INK, radius=6)
    person(canvas, 250, 858, 200, ROSE, hair="#6b4a2f")
    return canvas.finished()


def greenhouse():
    """The allotments: a greenhouse, raised beds, and neighbours who share a watering can."""
    canvas = Canvas(seed=83)
    canvas.sky("#9bcbd1", "#eaf0dc", bottom=600)
    canvas.cloud(820, 70, 420)
    canvas.hills(500, 26, blend(MOSS, MIST, 0.45))
    forest(canvas, 560, 84, blend(SPRUCE, MIST, 0.3))
    canvas.hills(580, 8, [MEADOW, blend(MEADOW, MOSS, 0.6)])
    canvas.shape(
        [(820, 700), (820, 420), (1100, 250), (1380, 420), (1380, 700)], [blend(MIST, SNOW, 0.4), MIST]
    )
    for place in range(9):
        x = 846 + place * 62
        for leaf in range(7):
            canvas.disc(
                x + 12 * (-1) ** leaf, 690 - leaf * 26, 20 - leaf, blend(MOSS, MEADOW, (leaf + place) % 3 / 2)
            )
        for fruit in range(3):
            canvas.disc(x - 8 + fruit * 9, 672 - fruit * 48, 9, (RUST, FALUN, HONEY)[(fruit + place) % 3])
    for x in range(820, 1381, 70):
        top = 420 - (280 - abs(x - 1100)) * 170 / 280
        canvas.rect(x - 3, top, 6, 700 - top, SNOW)
    for y in (420, 560):
        canvas.rect(820, y, 560, 6, SNOW)
    canvas.line([(820, 420), (1100, 250), (1380, 420)], SNOW, 12)
    canvas.rect(808, 690, 584, 22, STONE)
    path(canvas, [(760, 700), (740, 770), (720, 860), (690, 1010)], 90, 240, "#e6d6b0")
    for x, y, width in ((80, 760, 520), (30, 910, 560), (980, 810, 560), (960, 950, 640)):
        for plant in range(round(width / 34)):
            middle = x + 20 + plant * 34
            tone = blend(MOSS, MEADOW, plant % 3 / 2)
            for leaf in (-1, 0, 1):
                canvas.disc(
                    middle + leaf * 11, y - 10 - (leaf == 0) * 14, 15, blend(tone, SPRUCE, 0.15 * (leaf + 1))
                )
            if plant % 4 == 0:
                canvas.disc(middle, y - 30, 10, (RUST, HONEY, ROSE, SNOW)[plant // 4 % 4])
        canvas.rect(x, y, width, 44, [PLANK, "#8d6743"], radius=4)
    for x, y, height, coat, hair in ((650, 800, 230, RUST, "#b9b0a5"), (800, 830, 236, LAKE, INK)):
        canvas.disc(x, y, 46, blend(MOSS, INK, 0.3), flat=0.2, alpha=140)
        person(canvas, x, y, height, coat, hair=hair)
    canvas.shape([(700, 720), (750, 720), (756, 776), (694, 776)], OCHRE)
    canvas.line([(752, 764), (790, 726)], OCHRE, 8)
    canvas.ring(724, 716, 24, OCHRE, 7, start=180, end=360)
    spruce(canvas, 90, 650, 210)
    cottage(canvas, 180, 640, 190)
    return canvas.finished()


MOTIFS = {
    "bron": bridge,
    "buss": bus_at_dusk,
    "odling": greenhouse,
}
