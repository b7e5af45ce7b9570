"""Pictures from outside the town: lake, forest, meadow, winter and weather."""

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
    ROSE,
    RUST,
    SNOW,
    SPROUT,
    SPRUCE,
    STONE,
    WATER,
    Canvas,
    blend,
)
from .trees import birch, cottage, crown, forest, path, person, spruce, window

VERDIGRIS = "#7fb3a0"


def forest_lake():
    """Blue ridges behind one another, spruces and a still lake."""
    canvas = Canvas(seed=11)
    canvas.sky("#7fb0bd", "#cfdfd6", "#f6dfc0", bottom=640)
    canvas.sun(1080, 330, 52)
    for y, rise, tone in ((400, 46, 0.72), (455, 40, 0.5), (505, 30, 0.3)):
        canvas.hills(y, rise, blend(LAKE, MIST, tone), bumps=7)
        canvas.mist(y, 120, "#f3e3cc", 70)
    canvas.hills(570, 16, blend(SPRUCE, MIST, 0.28))
    forest(canvas, 592, 74, blend(SPRUCE, MIST, 0.25))
    forest(canvas, 622, 116, blend(SPRUCE, LAKE, 0.2), gap=0.34)
    canvas.rect(0, 608, 1600, 30, blend(SPRUCE, INK, 0.2))
    canvas.mirror(636, LAKE, 0.42)
    canvas.glow(1080, 780, 190, HONEY, 110)
    canvas.shape(
        [(0, 1000), (0, 850), (170, 862), (330, 920), (470, 1000)], [SPRUCE, blend(SPRUCE, INK, 0.5)]
    )
    for x, y, height in ((60, 900, 520), (190, 930, 380), (300, 965, 260)):
        spruce(canvas, x, y, height, blend(SPRUCE, INK, 0.25))
    canvas.rect(1080, 842, 520, 12, blend(STONE, INK, 0.35), radius=4)
    for x in range(1100, 1600, 90):
        canvas.rect(x, 850, 10, 78, blend(STONE, INK, 0.55))
    person(canvas, 1190, 842, 120, RUST)
    person(canvas, 1252, 842, 112, HONEY, hair="#6b4a2f")
    return canvas.finished()


def summer_meadow():
    """A meadow in bloom, a red barn and great clouds."""
    canvas = Canvas(seed=23)
    canvas.sky("#6fb0c9", "#b9dbe0", "#f3edd6", bottom=640)
    for x, y, size in ((120, 90, 420), (760, 40, 300), (1080, 150, 460), (520, 230, 240)):
        canvas.cloud(x, y, size)
    canvas.hills(520, 36, blend(MOSS, MIST, 0.55))
    forest(canvas, 560, 70, blend(SPRUCE, MIST, 0.3))
    canvas.hills(580, 24, [MEADOW, MOSS])
    cottage(canvas, 1010, 612, 250)
    canvas.rect(1290, 520, 120, 92, [FALUN, blend(FALUN, INK, 0.2)])
    canvas.shape([(1278, 522), (1350, 470), (1422, 522)], INK)
    birch(canvas, 930, 622, 230)
    birch(canvas, 1490, 628, 270)
    crown(canvas, 180, 620, 190, MOSS)
    canvas.hills(650, 18, [SPROUT, MEADOW])
    path(canvas, [(1110, 640), (1040, 700), (860, 790), (640, 1010)], 10, 190, "#e9d7ad")
    canvas.hills(880, 20, [MEADOW, MOSS], bumps=4)
    _flowers(canvas)
    return canvas.finished()


def _flowers(canvas):
    chance = canvas.chance
    for step in range(520):
        depth = (step / 520) ** 1.1
        x, y = chance.uniform(0, 1600), 672 + depth * 330
        size = 2.5 + depth * 9
        stalk = blend(MOSS, INK, 0.15 * chance.random())
        canvas.line([(x, y + size * 4), (x + chance.uniform(-2, 2), y)], stalk, 0.8 + depth * 1.6)
        kind = chance.random()
        if kind < 0.4:
            for petal in range(5):
                canvas.disc(x + size * (-0.7 + 0.35 * petal), y - size * 0.4 * (petal % 2), size * 0.5, SNOW)
            canvas.disc(x, y, size * 0.42, OCHRE)
        elif kind < 0.7:
            canvas.disc(x, y, size * 0.8, RUST)
            canvas.disc(x, y, size * 0.3, INK)
        else:
            for rise in range(4):
                canvas.disc(x, y - rise * size * 0.6, size * (0.55 - rise * 0.08), blend(DUSK, SNOW, 0.25))


def home_care():
    """A bicycle with a basket leans outside a red cottage in early summer."""
    canvas = Canvas(seed=5)
    canvas.sky("#9ccad0", "#e8ecd8", "#f8e7c6", bottom=640)
    canvas.cloud(1060, 90, 340)
    canvas.hills(500, 26, blend(MOSS, MIST, 0.45))
    forest(canvas, 545, 90, blend(SPRUCE, MIST, 0.3))
    canvas.hills(600, 10, [SPROUT, MEADOW])
    birch(canvas, 120, 720, 560)
    cottage(canvas, 300, 720, 620)
    for x in (405, 735):
        canvas.rect(x - 14, 584, 150, 22, CREAM, radius=4)
        for flower in range(6):
            canvas.disc(x + 4 + flower * 23, 580, 13, blend(RUST, ROSE, (flower % 3) / 2))
    crown(canvas, 1420, 724, 330, MOSS)
    crown(canvas, 1230, 716, 190, blend(MOSS, MEADOW, 0.4))
    path(canvas, [(630, 720), (650, 770), (760, 860), (900, 1010)], 70, 330, "#ecdcb6")
    for x in (*range(-20, 560, 44), *range(1010, 1640, 44)):
        canvas.shape([(x, 846), (x, 738), (x + 12, 722), (x + 24, 738), (x + 24, 846)], SNOW)
    for left, right in ((-20, 570), (1000, 1640)):
        for y in (758, 810):
            canvas.rect(left, y, right - left, 12, blend(SNOW, STONE, 0.3))
    canvas.hills(900, 8, [MEADOW, MOSS], bumps=5)
    _bicycle(canvas, 1010, 862)
    return canvas.finished()


def _bicycle(canvas, x, y):
    """A bicycle whose back wheel stands on (x, y), 330 wide."""
    front = x + 300
    for wheel in (x, front):
        canvas.ring(wheel, y - 92, 92, INK, 9)
        for spoke in range(0, 180, 20):
            canvas.ring(wheel, y - 92, 86, STONE, 80, start=spoke - 0.35, end=spoke + 0.35)
            canvas.ring(wheel, y - 92, 86, STONE, 80, start=spoke + 179.65, end=spoke + 180.35)
        canvas.disc(wheel, y - 92, 9, INK)
    hub, seat, head = (x + 118, y - 86), (x + 84, y - 222), (front - 36, y - 240)
    for start, end in (((x, y - 92), hub), (hub, seat), ((x, y - 92), (x + 92, y - 190)), (hub, head),
                       ((x + 94, y - 172), (front - 30, y - 214)), (head, (front, y - 92))):  # fmt: skip
        canvas.line([start, end], LAKE, 10)
    canvas.line([head, (front - 46, y - 280), (front - 92, y - 292)], INK, 9)
    canvas.shape([(x + 46, y - 246), (x + 128, y - 240), (x + 120, y - 222), (x + 62, y - 226)], INK)
    canvas.disc(*hub, 20, INK)
    canvas.line([(hub[0] - 22, hub[1] + 30), (hub[0] + 22, hub[1] - 30)], INK, 7)
    canvas.shape(
        [(front - 20, y - 276), (front + 108, y - 276), (front + 92, y - 188), (front - 6, y - 188)],
        ["#cda46b", "#a97c47"],
    )
    for row in range(3):
        canvas.line([(front - 14 + row * 4, y - 254 + row * 24), (front + 100 - row * 4, y - 254 + row * 24)],
                    "#8d6436", 3)  # fmt: skip
    canvas.rect(front + 4, y - 330, 76, 56, SNOW, radius=8)
    for lobe in (-9, 9):
        canvas.disc(front + 42 + lobe, y - 308, 11, FALUN)
    canvas.shape([(front + 22, y - 303), (front + 62, y - 303), (front + 42, y - 282)], FALUN)
    canvas.shape([(x - 60, y - 196), (x + 74, y - 196), (x + 60, y - 186), (x - 60, y - 186)], INK)
    canvas.rect(x - 56, y - 276, 104, 80, [DUSK, blend(DUSK, INK, 0.3)], radius=10)
    canvas.rect(x - 56, y - 250, 104, 12, HONEY)


def snow_plough():
    """A plough clears the street long before anybody is up."""
    canvas = Canvas(seed=31)
    canvas.sky("#0f2740", "#22476a", "#5f7a97", bottom=640)
    canvas.stars(120, 330)
    canvas.hills(500, 30, "#2f5573")
    forest(canvas, 560, 110, "#1c3b52")
    canvas.hills(590, 6, "#b9cbd9")
    for x, width, tone in ((40, 260, FALUN), (380, 220, OCHRE), (690, 240, "#4f7a86"), (1310, 270, FALUN)):
        cottage(canvas, x, 650, width, blend(tone, NIGHT, 0.25), lit=True, snow=True)
        canvas.glow(x + width // 2, 600, 170, HONEY, 60)
    for x, height in ((330, 230), (640, 190), (1010, 280), (1240, 210)):
        spruce(canvas, x, 662, height, "#2a5563")
        canvas.shape([(x, 662 - height), (x + 26, 700 - height), (x - 26, 700 - height)], SNOW)
    canvas.shape([(0, 650), (1600, 640), (1600, 1000), (0, 1000)], ["#d5e0e8", "#9fb6c9"])
    canvas.shape([(0, 780), (1600, 730), (1600, 925), (0, 985)], ["#7189a0", "#5b748d"])
    for x in (170, 800, 1450):
        canvas.rect(x, 360, 9, 380, INK)
        canvas.line([(x + 4, 362), (x + 66, 352)], INK, 7)
        canvas.glow(x + 66, 372, 190, HONEY, 190)
        canvas.disc(x + 66, 362, 13, "#fff3cf", flat=0.6)
    _plough(canvas)
    canvas.snowfall(330)
    return canvas.finished()


def _plough(canvas):
    canvas.glow(330, 830, 300, "#ffe9ad", 190)
    for wheel in (690, 900, 1005):
        canvas.disc(wheel, 880, 54, INK)
        canvas.disc(wheel, 880, 24, STONE)
    canvas.rect(610, 790, 470, 66, INK, radius=8)
    canvas.shape([(800, 660), (1090, 660), (1070, 810), (800, 810)], [OCHRE, "#b97b22"])
    canvas.shape([(600, 820), (600, 690), (640, 600), (780, 600), (780, 820)], [RUST, "#b14b30"])
    canvas.shape([(622, 694), (654, 622), (720, 622), (720, 694)], ["#fff1c9", "#e7cf94"])
    canvas.disc(668, 668, 20, INK)
    canvas.rect(650, 676, 38, 18, INK, radius=6)
    canvas.rect(730, 622, 36, 72, "#f2dfae")
    canvas.rect(664, 580, 46, 20, OCHRE, radius=6)
    canvas.glow(687, 584, 90, OCHRE, 210)
    canvas.disc(612, 770, 19, "#fff7dd")
    canvas.line([(600, 850), (520, 850)], INK, 16)
    canvas.shape([(440, 930), (420, 850), (450, 760), (508, 730), (486, 820), (520, 930)], [HONEY, OCHRE])
    for puff in range(26):
        x = 440 - puff * 13 + canvas.chance.uniform(-12, 12)
        y = 915 - (26 - puff) * 2 - canvas.chance.uniform(0, 60) * (1 - puff / 30)
        canvas.disc(x, y, canvas.chance.uniform(14, 34), SNOW, alpha=215)


def water_tower():
    """The water tower on its hill, a morning with birds of passage."""
    canvas = Canvas(seed=43)
    canvas.sky("#86b4c4", "#f2d8b8", "#f5c9a2", bottom=760)
    canvas.sun(360, 560, 70, "#f6b46a")
    canvas.hills(640, 40, blend(DUSK, ROSE, 0.6))
    canvas.hills(700, 34, blend(SPRUCE, ROSE, 0.45))
    canvas.shape([(932, 800), (962, 400), (1098, 400), (1128, 800)], ["#efe2cb", "#c9b79b"])
    for x in (980, 1012, 1044, 1076):
        canvas.rect(x - 2, 420, 4, 380, "#bba98c")
    canvas.shape([(962, 404), (790, 262), (1270, 262), (1098, 404)], ["#f6ead2", "#d8c4a1"])
    canvas.shape([(1040, 404), (1040, 262), (1270, 262), (1098, 404)], "#dccaa9")
    canvas.rect(776, 226, 508, 42, [VERDIGRIS, "#4f8a7b"], radius=12)
    canvas.disc(1030, 228, 232, VERDIGRIS, flat=0.2)
    canvas.rect(1022, 120, 10, 84, INK)
    canvas.shape([(1032, 124), (1112, 138), (1032, 154)], OCHRE)
    for x in range(800, 1270, 52):
        canvas.rect(x, 240, 26, 16, HONEY, radius=3)
    canvas.rect(1006, 720, 48, 80, FALUN, radius=4)
    canvas.hills(790, 24, [MOSS, SPRUCE], bumps=5)
    for x, y, size in ((820, 835, 190), (1240, 840, 240), (1390, 850, 180), (700, 850, 130)):
        crown(canvas, x, y, size, blend(OCHRE, RUST, canvas.chance.random()))
    path(canvas, [(1030, 802), (990, 850), (820, 900), (560, 1010)], 24, 230, "#e6d2ac")
    person(canvas, 872, 900, 92, LAKE)
    person(canvas, 918, 896, 60, FALUN)
    canvas.hills(950, 16, [SPRUCE, blend(SPRUCE, INK, 0.4)], bumps=4)
    for place in range(-4, 5):
        x, y = 470 + place * 44, 250 + abs(place) * 27
        canvas.line([(x - 17, y - 9), (x, y), (x + 17, y - 9)], blend(INK, DUSK, 0.4), 4)
    return canvas.finished()


def heat_plant():
    """The heat plant breathes white steam over a winter forest."""
    canvas = Canvas(seed=59)
    canvas.sky("#31487a", "#a87f9f", "#f1b78f", bottom=700)
    canvas.hills(600, 30, blend(DUSK, ROSE, 0.35))
    forest(canvas, 660, 120, blend(DUSK, NIGHT, 0.35))
    for puff in range(30):
        reach = 24 + puff * 4.6
        x = 1122 - puff * 26 + canvas.chance.uniform(-18, 18)
        y = 214 - puff * 5.4 + canvas.chance.uniform(-14, 14)
        canvas.disc(x, y, reach, blend(SNOW, ROSE, 0.12 + puff / 60), alpha=150)
    canvas.shape([(1082, 740), (1096, 220), (1148, 220), (1162, 740)], ["#e9dccd", "#b3a29c"])
    for y in (240, 300):
        canvas.rect(1094, y, 57, 26, FALUN)
    canvas.rect(610, 450, 420, 290, [LAKE, NIGHT])
    canvas.shape([(590, 452), (640, 400), (1050, 400), (1050, 452)], SNOW)
    canvas.rect(1030, 540, 330, 200, [RUST, "#83402f"])
    canvas.rect(1018, 524, 354, 22, SNOW, radius=6)
    for x in range(640, 1000, 62):
        canvas.rect(x, 486, 40, 190, [HONEY, OCHRE], radius=3)
        canvas.rect(x, 576, 40, 6, NIGHT)
    for x in range(1064, 1340, 70):
        window(canvas, x, 590, 40, 60, pane=HONEY, frame="#6d3426")
    canvas.glow(800, 620, 330, HONEY, 80)
    canvas.shape([(240, 745), (320, 650), (410, 612), (500, 660), (610, 745)], ["#c08a52", "#8f5f37"])
    for _ in range(160):
        x = canvas.chance.uniform(290, 560)
        y = 742 - canvas.chance.random() * (110 - abs(x - 415) * 0.6)
        canvas.rect(x, y, 12, 4, blend("#d9a668", "#7d5230", canvas.chance.random()))
    canvas.shape([(0, 738), (1600, 728), (1600, 1000), (0, 1000)], ["#e3e4ea", "#b4bdd2"])
    path(canvas, [(1180, 738), (1120, 800), (960, 880), (700, 1010)], 60, 300, "#9aa5c0")
    for x, y, height in ((90, 860, 420), (230, 900, 300), (1490, 880, 460), (1370, 930, 260), (30, 960, 330)):
        spruce(canvas, x, y, height, blend(SPRUCE, NIGHT, 0.35))
        canvas.shape(
            [(x, y - height), (x + height * 0.06, y - height * 0.83), (x - height * 0.06, y - height * 0.83)],
            SNOW,
        )
    canvas.snowfall(90, 700)
    return canvas.finished()


def harbour():
    """Sailing boats at the quay, boathouses and an evening wind."""
    canvas = Canvas(seed=67)
    canvas.sky("#8fc1c9", "#d9e6da", "#f9e2bd", bottom=600)
    canvas.cloud(240, 110, 300)
    canvas.cloud(1130, 70, 380)
    canvas.hills(470, 34, blend(LAKE, MIST, 0.5))
    forest(canvas, 530, 76, blend(SPRUCE, MIST, 0.2))
    canvas.rect(0, 530, 1600, 60, blend(MOSS, STONE, 0.4))
    for x, width, tone in ((60, 190, FALUN), (262, 170, OCHRE), (444, 190, FALUN), (646, 160, "#5d8791")):
        canvas.rect(x, 440, width, 148, [tone, blend(tone, INK, 0.25)])
        canvas.shape([(x - 10, 444), (x + width / 2, 358), (x + width + 10, 444)], blend(INK, tone, 0.2))
        canvas.rect(x + width * 0.3, 492, width * 0.4, 96, CREAM)
        canvas.rect(x + width * 0.33, 498, width * 0.34, 90, blend(tone, INK, 0.45))
    for x, height, tone in ((930, 360, RUST), (1130, 440, LAKE), (1370, 390, OCHRE)):
        canvas.rect(x - 3, 590 - height, 7, height, "#e7d9bf")
        canvas.shape([(x + 8, 600 - height), (x + height * 0.36, 560), (x + 8, 566)], [SNOW, CREAM])
        canvas.shape(
            [(x - 8, 630 - height), (x - 8, 566), (x - height * 0.24, 560)], [tone, blend(tone, INK, 0.1)]
        )
        canvas.shape([(x - 110, 574), (x + 130, 574), (x + 94, 612), (x - 84, 612)], [SNOW, STONE])
        canvas.shape([(x - 110, 574), (x + 130, 574), (x + 122, 584), (x - 102, 584)], tone)
    canvas.rect(0, 584, 840, 26, blend(STONE, INK, 0.3))
    canvas.mirror(608, WATER, 0.5)
    canvas.shape([(0, 900), (720, 860), (760, 884), (0, 1000)], ["#b98f62", "#8d6743"])
    for plank in range(12):
        canvas.line([(plank * 64, 897 - plank * 3.4), (plank * 64 - 30, 985 - plank * 9)], "#7a5836", 3)
    person(canvas, 410, 888, 190, RUST, hair="#d8b56a")
    person(canvas, 500, 884, 120, HONEY)
    canvas.line([(516, 806), (640, 740), (700, 920)], INK, 2.5)
    return canvas.finished()


MOTIFS = {
    "skogssjo": forest_lake,
    "sommarang": summer_meadow,
    "hemtjanst": home_care,
    "snorojning": snow_plough,
    "vattentorn": water_tower,
    "varmeverk": heat_plant,
    "hamn": harbour,
}
