"""Pictures from the middle of town: the town hall, the school, the market square."""

from .brush import (
    CREAM,
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
    RUST,
    SNOW,
    SPRUCE,
    STONE,
    WATER,
    Canvas,
    blend,
    smooth,
)
from .trees import cottage, crown, forest, person, window

VERDIGRIS = "#6ea391"


def town_hall():
    """Almvik's town hall at the lake, early in the morning."""
    canvas = Canvas(seed=2)
    canvas.sky("#6fa3b8", "#d7dfd0", "#f9d9ae", bottom=640)
    canvas.sun(300, 470, 58)
    canvas.cloud(1130, 120, 360)
    canvas.hills(500, 36, blend(LAKE, MIST, 0.55))
    canvas.hills(560, 20, blend(SPRUCE, MIST, 0.35))
    forest(canvas, 600, 80, blend(SPRUCE, MIST, 0.2))
    canvas.rect(0, 596, 1600, 60, MOSS)
    for x, width, tone in ((70, 150, FALUN), (240, 130, OCHRE), (1240, 150, "#d9b48a"), (1420, 160, FALUN)):
        cottage(canvas, x, 630, width, tone)
    _town_hall_walls(canvas)
    for x, size, tone in ((430, 170, MOSS), (510, 130, MEADOW), (1100, 150, MEADOW), (1180, 190, MOSS)):
        crown(canvas, x, 638, size, tone)
    canvas.rect(0, 630, 1600, 18, [STONE, blend(STONE, INK, 0.4)])
    canvas.mirror(648, WATER, 0.46)
    for x in (560, 640, 1010):
        person(canvas, x, 634, 44, (RUST, LAKE, FALUN)[x % 3])
    canvas.shape([*smooth([(0, 930), (240, 902), (430, 940), (560, 1000)]), (0, 1000)], [SPRUCE, INK])
    for reed in range(40):
        x = 20 + reed * 13 + canvas.chance.uniform(-6, 6)
        tall = canvas.chance.uniform(60, 150) * (1 - reed / 70)
        canvas.line(
            [(x, 1000), (x + canvas.chance.uniform(-14, 14), 950 - tall)], blend(SPRUCE, MOSS, 0.4), 3
        )
    return canvas.finished()


def _town_hall_walls(canvas):
    wall = ["#f2cf93", "#d9a95f"]
    canvas.rect(590, 410, 470, 226, wall)
    canvas.shape([(566, 414), (622, 344), (1028, 344), (1084, 414)], ["#b2573f", "#8d3d2e"])
    for row, height in ((448, 58), (546, 66)):
        for place in range(8):
            x = 616 + place * 56
            if row > 500 and place in (3, 4):
                continue
            window(canvas, x, row, 26, height, pane=blend(NIGHT, WATER, 0.35))
    canvas.rect(768, 300, 114, 336, ["#f6d9a3", "#e0b36a"])
    canvas.shape([(752, 404), (825, 344), (898, 404)], CREAM)
    canvas.rect(786, 200, 78, 130, wall)
    canvas.shape([(774, 206), (788, 150), (862, 150), (876, 206)], [VERDIGRIS, "#4c8373"])
    canvas.rect(804, 112, 42, 42, CREAM)
    canvas.shape([(796, 116), (825, 34), (854, 116)], [VERDIGRIS, "#4c8373"])
    canvas.disc(825, 30, 7, OCHRE)
    canvas.disc(825, 252, 30, CREAM)
    canvas.ring(825, 252, 30, INK, 4)
    canvas.line([(825, 252), (825, 232)], INK, 4)
    canvas.line([(825, 252), (838, 260)], INK, 4)
    canvas.rect(806, 430, 38, 70, CREAM)
    canvas.rect(811, 436, 28, 58, blend(NIGHT, WATER, 0.35))
    canvas.rect(796, 556, 58, 80, CREAM, radius=26)
    canvas.rect(804, 566, 42, 70, "#5d3a2a", radius=20)
    canvas.rect(576, 628, 498, 12, STONE)


def school():
    """The yellow-brick school, autumn leaves and children on their way in."""
    canvas = Canvas(seed=8)
    canvas.sky("#93c4d0", "#dfe8d9", "#fbe6bf", bottom=660)
    canvas.cloud(180, 100, 330)
    canvas.cloud(1160, 60, 300)
    canvas.hills(560, 24, blend(MOSS, MIST, 0.4))
    canvas.rect(240, 300, 1120, 350, ["#e8bd6c", "#cf9a48"])
    for row in range(9):
        canvas.rect(240, 330 + row * 38, 1120, 2, "#c99848", alpha=120)
    canvas.shape([(214, 306), (262, 232), (1338, 232), (1386, 306)], ["#9c4634", "#7f3427"])
    canvas.rect(690, 220, 220, 430, ["#f0cb82", "#d9a653"])
    canvas.shape([(664, 226), (800, 130), (936, 226)], ["#9c4634", "#7f3427"])
    canvas.disc(800, 268, 34, CREAM)
    canvas.ring(800, 268, 34, FALUN, 5)
    canvas.line([(800, 268), (800, 246)], INK, 4)
    canvas.line([(800, 268), (816, 276)], INK, 4)
    for row in (352, 500):
        for place in range(5):
            for x in (282 + place * 80, 944 + place * 80):
                window(canvas, x, row, 46, 96, pane=blend(LAKE, SNOW, 0.4))
    for x in (716, 838):
        window(canvas, x, 340, 46, 96, pane=blend(LAKE, SNOW, 0.4))
    canvas.rect(742, 484, 116, 166, CREAM, radius=8)
    canvas.rect(752, 496, 46, 154, LAKE)
    canvas.rect(802, 496, 46, 154, LAKE)
    canvas.hills(664, 5, [blend(MEADOW, OCHRE, 0.3), MOSS])
    canvas.shape([(730, 650), (870, 650), (1180, 1000), (420, 1000)], ["#ead8b4", "#d9c096"])
    canvas.rect(1448, 200, 9, 470, SNOW)
    canvas.shape(smooth([(1457, 212), (1500, 204), (1540, 222), (1580, 214)]) + smooth(
        [(1580, 272), (1540, 282), (1500, 262), (1457, 272)]), LAKE)  # fmt: skip
    canvas.shape(smooth([(1457, 234), (1500, 226), (1540, 244), (1580, 236)]) + smooth(
        [(1580, 250), (1540, 258), (1500, 240), (1457, 248)]), HONEY)  # fmt: skip
    for x, y, size, tone in ((120, 720, 420, OCHRE), (330, 740, 250, RUST), (1400, 760, 330, OCHRE)):
        crown(canvas, x, y, size, tone, trunk="#5d4030")
    for _ in range(170):
        x, y = canvas.chance.uniform(0, 1600), canvas.chance.uniform(730, 1000)
        tone = blend(OCHRE, RUST, canvas.chance.random())
        canvas.disc(x, y, canvas.chance.uniform(3, 7), tone, flat=0.55)
    for x, y, height, coat, hair in (
        (700, 800, 130, RUST, INK), (762, 790, 122, HONEY, "#d8b56a"), (880, 850, 140, DUSK, INK),
        (960, 880, 150, FALUN, "#8a5a34"), (600, 900, 158, LAKE, INK), (1046, 760, 190, SPRUCE, "#9a938a"),
    ):  # fmt: skip
        person(canvas, x, y, height, coat, hair=hair)
        if height < 160:
            canvas.rect(x - 13, y - height * 0.74, 26, height * 0.28, blend(coat, INK, 0.35), radius=8)
    return canvas.finished()


def market_square():
    """The market square on a Saturday: awnings, bunting and people."""
    canvas = Canvas(seed=17)
    canvas.sky("#86bccb", "#f1ead2", bottom=600)
    canvas.cloud(980, 60, 330)
    tones = ("#d98f6c", "#e9c47c", "#8fb3ac", "#c9685a", "#efd9ac", "#7e93ad", "#dfae6b")
    for place, tone in enumerate(tones):
        x, top = place * 232 - 10, 250 + (place * 53) % 90
        canvas.rect(x, top, 234, 420, [tone, blend(tone, INK, 0.12)])
        if place % 2:
            canvas.shape([(x - 4, top + 2), (x + 117, top - 110), (x + 238, top + 2)], ["#a4503c", "#85392b"])
            window(canvas, x + 96, top - 54, 40, 44, pane=blend(NIGHT, WATER, 0.4))
        else:
            canvas.shape(
                [(x - 6, top + 2), (x + 24, top - 66), (x + 210, top - 66), (x + 240, top + 2)], "#4f4a4f"
            )
        for row in range(2):
            for column in range(3):
                window(
                    canvas, x + 26 + column * 68, top + 40 + row * 118, 40, 72, pane=blend(NIGHT, WATER, 0.4)
                )
    canvas.shape([(0, 640), (1600, 640), (1600, 1000), (0, 1000)], ["#d9c6a5", "#b79f7c"])
    for row in range(9):
        y = 652 + row * row * 4.4
        canvas.rect(0, y, 1600, 2, "#a58d6b", alpha=90)
    for line, tone in ((180, 0), (300, 3)):
        points = [(x, line + 70 - 70 * ((x - 800) / 800) ** 2) for x in range(-20, 1641, 20)]
        canvas.line(points, INK, 2)
        for flag, (x, y) in enumerate(points[1::3]):
            colour = (RUST, SNOW, LAKE, HONEY)[(flag + tone) % 4]
            canvas.shape([(x - 13, y), (x + 13, y), (x, y + 30)], colour)
    for x, colour in ((90, RUST), (620, LAKE), (1150, SPRUCE)):
        _stall(canvas, x, 860, colour)
    for x, y, height, coat, hair in (
        (520, 880, 200, DUSK, INK), (566, 880, 120, HONEY, "#8a5a34"), (1080, 900, 210, FALUN, "#d8b56a"),
        (1540, 880, 200, LAKE, INK), (468, 960, 220, SPRUCE, "#b9b0a5"), (1010, 960, 224, OCHRE, INK),
    ):  # fmt: skip
        canvas.disc(x, y, height * 0.2, blend("#b79f7c", INK, 0.25), flat=0.22)
        person(canvas, x, y, height, coat, hair=hair)
    return canvas.finished()


def _stall(canvas, x, y, colour):
    """A market stall 360 wide, its counter standing on y."""
    for post in (x + 8, x + 344):
        canvas.rect(post, y - 280, 9, 280, "#7a5836")
    person(canvas, x + 190, y - 40, 200, blend(colour, SNOW, 0.55), hair="#6b4a2f")
    canvas.rect(x, y - 110, 360, 110, ["#c79662", "#9a6d40"], radius=4)
    for plank in range(1, 5):
        canvas.rect(x, y - 110 + plank * 22, 360, 2, "#8a6038")
    fruits = ("#c4452f", "#e2a63d", "#6f9e4f", "#8c5a86", "#d9763a")
    for crate, tone in enumerate(fruits):
        left = x + 10 + crate * 69
        for fruit in range(11):
            canvas.disc(
                left + 6 + (fruit % 5) * 13,
                y - 122 - (fruit // 5) * 12,
                9,
                blend(tone, SNOW, fruit % 3 * 0.1),
            )
        canvas.rect(left - 4, y - 120, 66, 20, "#8a6038", radius=3)
    for stripe in range(8):
        left = x - 24 + stripe * 51
        tone = colour if stripe % 2 == 0 else CREAM
        canvas.shape(
            [
                (x + stripe * 45, y - 330),
                (x + (stripe + 1) * 45, y - 330),
                (left + 51, y - 250),
                (left, y - 250),
            ],
            tone,
        )
        canvas.disc(left + 25.5, y - 250, 25.5, tone, flat=0.7)
    canvas.shape(
        [(x, y - 330), (x + 360, y - 330), (x + 363, y - 322), (x - 3, y - 322)], blend(colour, INK, 0.3)
    )


MOTIFS = {
    "stadshuset": town_hall,
    "skola": school,
    "torget": market_square,
}
