"""Pictures from within: the library, the instruments, the school kitchen."""

from .brush import (
    CREAM,
    DUSK,
    FALUN,
    HONEY,
    INK,
    LAKE,
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
)
from .trees import person


def library():
    """The library: shelves to the ceiling, a tall window and a reader in an armchair."""
    canvas = Canvas("#40302c", seed=19)
    canvas.sky("#4a3733", "#6a4d40", bottom=840)
    canvas.rect(0, 820, 1600, 180, ["#a0714a", "#7a5336"])
    for plank in range(9):
        canvas.line([(plank * 200 - 60, 820), (plank * 260 - 260, 1000)], "#6b482f", 3)
    _shelf(canvas, 40, 560)
    _shelf(canvas, 1010, 560)
    canvas.rect(640, 110, 330, 640, CREAM, radius=160)
    canvas.rect(640, 440, 330, 310, CREAM)
    canvas.rect(660, 132, 290, 600, ["#8cc0cc", "#f7e3bb"], radius=142)
    canvas.rect(660, 460, 290, 276, ["#cfe0cf", "#f7e3bb"])
    for x, y, r, tone in (
        (720, 700, 90, MOSS),
        (850, 690, 110, SPRUCE),
        (910, 720, 70, MOSS),
        (780, 730, 80, SPRUCE),
    ):
        canvas.disc(x, y, r, blend(tone, MIST, 0.35))
    canvas.rect(640, 736, 330, 110, "#6a4d40")
    canvas.rect(620, 736, 370, 18, CREAM, radius=5)
    canvas.rect(800, 132, 10, 604, CREAM)
    for y in (300, 450, 600):
        canvas.rect(660, y, 290, 9, CREAM)
    canvas.shape([(700, 840), (930, 840), (1190, 1000), (620, 1000)], "#ffdf9e", alpha=50)
    canvas.disc(770, 930, 430, FALUN, flat=0.15)
    canvas.disc(770, 930, 400, "#c2604a", flat=0.14)
    canvas.disc(770, 930, 340, FALUN, flat=0.12)
    _armchair(canvas, 560, 920)
    canvas.rect(1012, 560, 9, 340, INK)
    canvas.disc(1016, 902, 56, INK, flat=0.2)
    canvas.glow(1016, 590, 270, "#ffd98c", 190)
    canvas.shape([(966, 470), (1066, 470), (1100, 580), (932, 580)], ["#ffe9b8", HONEY])
    for stack, tone in enumerate((LAKE, OCHRE, SPRUCE, RUST)):
        canvas.rect(860 + stack * 5, 892 - stack * 20, 110 - stack * 8, 18, tone, radius=4)
        canvas.rect(864 + stack * 5, 896 - stack * 20, 60, 3, CREAM)
    return canvas.finished()


def _shelf(canvas, x, width):
    """A bookcase from floor to ceiling."""
    canvas.rect(x - 16, 30, width + 32, 830, "#5a4030", radius=6)
    tones = (FALUN, LAKE, OCHRE, SPRUCE, RUST, DUSK, CREAM, WATER, MOSS, ROSE)
    for shelf in range(6):
        foot = 160 + shelf * 132
        canvas.rect(x, foot - 116, width, 116, "#33241f")
        left = x + 6
        while left < x + width - 30:
            thick = canvas.chance.uniform(13, 32)
            tall = canvas.chance.uniform(66, 106)
            tone = blend(canvas.chance.choice(tones), INK, canvas.chance.uniform(0.05, 0.3))
            if canvas.chance.random() < 0.06:
                canvas.shape(
                    [
                        (left + 22, foot),
                        (left + 22 + thick, foot),
                        (left + thick, foot - tall),
                        (left, foot - tall + 4),
                    ],
                    tone,
                )
                left += thick + 26
                continue
            canvas.rect(left, foot - tall, thick, tall, tone, radius=2)
            canvas.rect(left, foot - tall * 0.82, thick, 4, blend(tone, CREAM, 0.55))
            canvas.rect(left, foot - tall * 0.24, thick, 3, blend(tone, CREAM, 0.4))
            left += thick + 2
        canvas.rect(x - 4, foot, width + 8, 14, "#7b5a43")


def _armchair(canvas, x, y):
    """A green armchair with somebody deep in a book."""
    for leg in (x - 90, x + 96):
        canvas.rect(leg, y - 40, 14, 54, "#3a2a24")
    canvas.rect(x - 130, y - 330, 210, 300, [MOSS, SPRUCE], radius=70)
    canvas.rect(x - 60, y - 250, 120, 190, RUST, radius=46)
    canvas.disc(x + 4, y - 286, 48, "#3a2a24")
    canvas.disc(x + 14, y - 276, 40, "#c98f6b")
    canvas.rect(x - 30, y - 120, 210, 66, LAKE, radius=32)
    canvas.rect(x + 120, y - 112, 58, 126, LAKE, radius=26)
    canvas.rect(x + 116, y - 8, 96, 28, INK, radius=13)
    canvas.rect(x - 140, y - 170, 70, 160, SPRUCE, radius=32)
    canvas.rect(x - 120, y - 84, 220, 66, blend(SPRUCE, MOSS, 0.4), radius=26)
    canvas.shape([(x + 60, y - 210), (x + 118, y - 190), (x + 118, y - 120), (x + 60, y - 142)], CREAM)
    canvas.shape([(x + 118, y - 190), (x + 176, y - 214), (x + 176, y - 146), (x + 118, y - 120)], SNOW)
    canvas.line([(x + 118, y - 190), (x + 118, y - 120)], STONE, 3)
    canvas.line([(x - 6, y - 200), (x + 30, y - 146), (x + 76, y - 150)], blend(RUST, INK, 0.14), 30)
    canvas.disc(x + 82, y - 150, 17, "#c98f6b")


def winds():
    """Horn, clarinet and flute, with a few notes on their way."""
    canvas = Canvas("#21505f", seed=47)
    canvas.disc(1180, 430, 620, "#285c6b")
    canvas.disc(1180, 430, 470, "#30687a")
    canvas.disc(1180, 430, 320, "#3a7586")
    for line in range(5):
        points = [(x, 170 + line * 34 + 56 * ((x - 500) / 800) ** 2 - x * 0.05) for x in range(-20, 1660, 40)]
        canvas.line(points, "#cfe2df", 3)
    for x, y in ((180, 250), (330, 196), (500, 240), (690, 186), (860, 150)):
        canvas.disc(x, y, 25, CREAM, flat=0.76)
        canvas.rect(x + 18, y - 112, 6, 112, CREAM)
        canvas.line([(x + 21, y - 110), (x + 52, y - 84), (x + 46, y - 56)], CREAM, 7)
    _horn(canvas, 1110, 520)
    _clarinet(canvas)
    _flute(canvas)
    return canvas.finished()


def _horn(canvas, x, y):
    brass, dark, light = "#e0a742", "#b27a28", "#f6d68a"
    canvas.shape(
        [(x + 70, y + 120), (x + 120, y + 40), (x + 380, y + 60), (x + 400, y + 330), (x + 300, y + 400)],
        dark,
    )
    for radius, width in ((250, 44), (188, 34), (132, 26)):
        canvas.ring(x, y, radius, dark, width)
        canvas.ring(x - 2, y - 3, radius - 3, brass, width - 10)
        canvas.ring(x - 4, y - 6, radius - 8, light, 6, start=190, end=290)
    canvas.line([(x - 240, y - 20), (x - 330, y - 120), (x - 420, y - 168)], dark, 22)
    canvas.line([(x - 240, y - 22), (x - 330, y - 123), (x - 420, y - 171)], brass, 14)
    canvas.line([(x - 410, y - 166), (x - 446, y - 182)], STONE, 26)
    for valve in range(3):
        vx, vy = x - 60 + valve * 56, y - 30 + valve * 14
        canvas.rect(vx - 22, vy - 40, 44, 128, dark, radius=16)
        canvas.rect(vx - 18, vy - 38, 36, 120, [light, brass], radius=14)
        canvas.line([(vx, vy - 40), (vx, vy - 66)], STONE, 6)
        canvas.disc(vx, vy - 70, 17, SNOW, flat=0.5)
    canvas.disc(x + 262, y + 262, 178, dark)
    canvas.disc(x + 256, y + 256, 170, brass)
    canvas.disc(x + 252, y + 252, 150, [light, brass])
    canvas.disc(x + 262, y + 262, 118, ["#7d5218", "#b27a28"])
    canvas.disc(x + 272, y + 272, 70, "#5b3a10")
    canvas.ring(x + 256, y + 256, 168, light, 5, start=160, end=300)


def _clarinet(canvas):
    """From the lower left upwards: bell, body with keys, barrel, mouthpiece."""

    def place(along, across=0):
        px, py = around(150, 900, along, -33)
        return around(px, py, across, 57)

    def piece(start, end, half_start, half_end, fill):
        canvas.shape(
            [
                place(start, -half_start),
                place(end, -half_end),
                place(end, half_end),
                place(start, half_start),
            ],
            fill,
        )

    piece(-40, 90, 66, 28, "#1b242b")
    piece(-46, -30, 70, 64, STONE)
    piece(90, 620, 28, 25, "#1b242b")
    piece(90, 620, 6, 5, "#2f3d47")
    piece(620, 700, 29, 27, "#27323a")
    piece(700, 800, 24, 10, "#1b242b")
    for ring in (92, 350, 616, 700):
        piece(ring, ring + 13, 31, 31, STONE)
    for key in range(7):
        along = 150 + key * 62
        canvas.disc(*place(along, -4), 17, STONE)
        canvas.disc(*place(along, -5), 11, SNOW)
        canvas.line([place(along, 24), place(along + 34, 30)], STONE, 6)


def _flute(canvas):
    def place(along, across=0):
        px, py = around(70, 620, along, -19)
        return around(px, py, across, 71)

    for half, tone in ((21, "#9fb2b8"), (17, "#d5dfe0"), (6, SNOW)):
        canvas.line([place(0, half * 0.1), place(640, half * 0.1)], tone, half * 2 if half > 6 else 8)
    for key in range(8):
        canvas.disc(*place(190 + key * 52), 21, "#9fb2b8")
        canvas.disc(*place(190 + key * 52, -2), 15, SNOW)
    canvas.disc(*place(64), 24, "#9fb2b8", flat=0.7)
    canvas.disc(*place(64), 11, NIGHT, flat=0.7)
    for ring in (120, 610):
        canvas.line([place(ring, -20), place(ring, 20)], OCHRE, 9)


def school_kitchen():
    """A school kitchen: soup on the stove, bread and vegetables on the bench."""
    canvas = Canvas(seed=53)
    canvas.sky("#e9efe6", "#dbe6dc", bottom=640)
    for row in range(8):
        for column in range(17):
            canvas.rect(
                column * 98 - 20,
                row * 74 + 20,
                92,
                68,
                blend("#d3e2da", SNOW, canvas.chance.random() * 0.7),
                radius=4,
            )
    canvas.rect(90, 90, 420, 250, "#8a6038", radius=8)
    canvas.rect(104, 104, 392, 222, ["#8cc0cc", "#f7e6c0"])
    canvas.rect(296, 104, 9, 222, CREAM)
    for x, y, r in ((180, 318, 60), (260, 330, 50), (420, 320, 64)):
        canvas.disc(x, y - 10, r * 0.7, MOSS)
    canvas.rect(80, 326, 440, 22, CREAM, radius=5)
    canvas.rect(640, 150, 880, 16, "#8a6038", radius=4)
    for place in range(9):
        x = 670 + place * 94
        tone = (RUST, OCHRE, MOSS, FALUN, HONEY, SPRUCE)[place % 6]
        canvas.rect(x, 76, 54, 74, blend(tone, SNOW, 0.15), radius=10)
        canvas.rect(x + 4, 62, 46, 18, "#8a6038", radius=5)
        canvas.rect(x + 8, 100, 38, 26, CREAM, radius=3)
    canvas.line([(650, 220), (1500, 220)], STONE, 8)
    for place, length in enumerate((130, 160, 120, 150, 140)):
        x = 720 + place * 170
        canvas.line([(x, 222), (x, 222 + length)], "#8a7a68", 8)
        canvas.disc(x, 240 + length, 34 if place % 2 else 26, ("#8a7a68", STONE)[place % 2])
    canvas.rect(0, 700, 1600, 300, ["#c7945f", "#8f633b"])
    canvas.rect(0, 680, 1600, 40, "#e3bd8a")
    for x in (60, 460, 860, 1260):
        canvas.rect(x, 760, 330, 240, "#a87748", radius=8)
        canvas.rect(x + 140, 780, 50, 12, "#5d4030", radius=6)
    _pot(canvas, 640, 684)
    _vegetables(canvas)
    for loaf, x in enumerate((150, 250, 350)):
        canvas.disc(x, 656, 66, ["#d9a05b", "#a8703a"], flat=0.5)
        for cut in (-26, 0, 26):
            canvas.line([(x + cut - 8, 640 + loaf % 2), (x + cut + 10, 650)], "#f0cf9a", 6)
    canvas.rect(70, 676, 380, 14, "#8a6038", radius=6)
    person(canvas, 930, 1020, 640, SNOW, hair="#3a2a24")
    canvas.rect(846, 366, 168, 66, SNOW, radius=30)
    canvas.rect(866, 418, 128, 22, SNOW)
    canvas.rect(866, 560, 128, 300, LAKE, radius=22)
    canvas.line([(852, 560), (790, 620), (720, 588)], SNOW, 52)
    canvas.disc(712, 582, 30, "#c98f6b")
    canvas.line([(700, 470), (716, 600)], "#8a6038", 12)
    canvas.line([(1010, 560), (1062, 640), (1096, 676)], SNOW, 52)
    canvas.disc(1104, 672, 28, "#c98f6b")
    canvas.rect(0, 680, 820, 40, "#e3bd8a")
    canvas.rect(1030, 690, 570, 30, "#e3bd8a")
    return canvas.finished()


def _pot(canvas, x, y):
    for puff in range(12):
        canvas.disc(
            x + 30 * (-1) ** puff * (puff % 3) / 2, y - 210 - puff * 22, 30 + puff * 3, SNOW, alpha=46
        )
    canvas.rect(x - 130, y - 180, 260, 180, ["#9fb2b8", "#6d8288"], radius=22)
    canvas.rect(x - 146, y - 190, 292, 24, "#c3d0d3", radius=10)
    canvas.disc(x, y - 180, 118, OCHRE, flat=0.1)
    for handle in (-166, 130):
        canvas.rect(x + handle, y - 140, 36, 22, INK, radius=9)


def _vegetables(canvas):
    canvas.shape([(1130, 640), (1500, 640), (1450, 690), (1180, 690)], LAKE)
    canvas.rect(1120, 628, 390, 20, blend(LAKE, SNOW, 0.2), radius=9)
    for x, y, r, tone in (
        (1190, 606, 46, FALUN), (1280, 590, 52, MOSS), (1372, 604, 48, OCHRE), (1448, 612, 38, RUST),
        (1236, 560, 40, HONEY), (1330, 546, 42, FALUN),
    ):  # fmt: skip
        canvas.disc(x, y, r, tone)
        canvas.disc(x - r * 0.3, y - r * 0.35, r * 0.24, blend(tone, SNOW, 0.35))
        canvas.line([(x, y - r), (x + 6, y - r - 14)], SPRUCE, 6)
    canvas.rect(1110, 628, 400, 20, blend(LAKE, SNOW, 0.2), radius=9)


MOTIFS = {
    "bibliotek": library,
    "blasare": winds,
    "skolkok": school_kitchen,
}
