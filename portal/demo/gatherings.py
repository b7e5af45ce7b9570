"""Pictures of people together: the orchestra, the round tables, the council."""

from .brush import (
    CREAM,
    DUSK,
    FALUN,
    HONEY,
    INK,
    LAKE,
    MIST,
    MOSS,
    OCHRE,
    ROSE,
    RUST,
    SNOW,
    SPRUCE,
    STONE,
    WATER,
    WOOD,
    Canvas,
    around,
    blend,
)
from .trees import seen_from_above

HAIR = (INK, "#6b4a2f", "#d8b56a", "#9a938a", "#3a2a24", "#b5673c", "#c9c2b6")


def orchestra():
    """The orchestra's seats from above: chairs, stands and notes around the conductor."""
    canvas = Canvas("#c99a63", seed=3)
    for plank in range(26):
        tone = blend("#d3a56e", "#bd8c56", canvas.chance.random())
        canvas.rect(0, plank * 40, 1600, 38, tone)
        for _joint in range(3):
            canvas.rect(canvas.chance.uniform(0, 1600), plank * 40, 2, 38, "#a97c4a")
    for step, radius in enumerate((1000, 840, 670, 500)):
        tone = blend("#dcb27c", "#b78450", step / 4)
        canvas.disc(800, 985, radius + 9, blend(tone, INK, 0.22))
        canvas.disc(800, 985, radius, tone)
    rows = ((330, 7, 32), (470, 11, 24), (610, 15, 18), (755, 19, 14))
    coats = (LAKE, RUST, SPRUCE, DUSK)
    for row, (radius, seats, _) in enumerate(rows):
        for seat in range(seats):
            angle = 196 + seat * (148 / (seats - 1))
            x, y = around(800, 985, radius, angle)
            stand = around(800, 985, radius - 66, angle)
            _stand(canvas, *stand, angle)
            canvas.disc(x + 5, y + 7, 31, INK, alpha=60)
            canvas.disc(x, y, 29, blend(coats[row], INK, 0.35))
            if canvas.chance.random() < 0.72:
                hair = HAIR[(seat * 3 + row) % len(HAIR)]
                seen_from_above(canvas, x, y, 44, coats[row], facing=angle + 180, hair=hair)
            else:
                canvas.disc(x, y, 22, blend(coats[row], SNOW, 0.2))
    canvas.rect(714, 880, 172, 120, blend(FALUN, INK, 0.2), radius=14)
    canvas.rect(722, 888, 156, 112, [FALUN, blend(FALUN, INK, 0.2)], radius=10)
    seen_from_above(canvas, 800, 950, 62, INK, facing=270, hair="#9a938a")
    canvas.line([around(800, 950, 46, 305), around(800, 950, 120, 292)], SNOW, 4)
    canvas.glow(800, 560, 520, "#fff0c9", 70)
    return canvas.finished()


def _stand(canvas, x, y, angle):
    """A music stand at (x, y) with two pages of notes, turned away from the conductor."""

    def corner(across, along):
        px, py = around(x, y, across, angle + 90)
        return around(px, py, along, angle)

    canvas.shape([corner(-27, -15), corner(27, -15), corner(27, 17), corner(-27, 17)], blend(INK, WOOD, 0.2))
    for side in (-1, 1):
        canvas.shape(
            [corner(side * 1, -12), corner(side * 23, -12), corner(side * 23, 13), corner(side * 1, 13)],
            CREAM,
        )
        for line in range(3):
            canvas.line([corner(side * 4, -6 + line * 7), corner(side * 20, -6 + line * 7)], STONE, 1.6)


def round_tables():
    """Round tables from above; elected members and officials side by side, notes between them."""
    canvas = Canvas("#e9dfcb", seed=13)
    for row in range(8):
        for column in range(13):
            shade = "#e4d8c1" if (row + column) % 2 else "#ece3d1"
            canvas.rect(column * 128 - 20, row * 128 - 10, 128, 128, shade)
    places = ((300, 270), (800, 215), (1300, 270), (300, 780), (800, 725), (1300, 780))
    for table, (x, y) in enumerate(places):
        _table_with_people(canvas, x, y, table)
    canvas.glow(800, 470, 760, "#fff6dd", 60)
    return canvas.finished()


def _table_with_people(canvas, x, y, table):
    canvas.disc(x + 10, y + 16, 146, INK, alpha=45)
    for seat in range(8):
        angle = seat * 45 + table * 17
        sx, sy = around(x, y, 186, angle)
        canvas.disc(sx + 5, sy + 8, 44, INK, alpha=40)
        canvas.disc(*around(x, y, 198, angle), 38, blend(WOOD, INK, 0.25))
    canvas.disc(x, y, 142, blend(WOOD, INK, 0.2))
    canvas.disc(x, y, 138, ["#f6e7c8", "#e6cfa2"])
    for seat in range(8):
        angle = seat * 45 + table * 17
        coat = (LAKE, OCHRE)[seat % 2]
        coat = blend(coat, (SNOW, INK)[(seat + table) % 2], 0.14)
        seen_from_above(
            canvas, *around(x, y, 184, angle), 66, coat, facing=angle + 180, hair=HAIR[(seat * 2 + table) % 7]
        )
        if seat % 3 == 0:
            cup = around(x, y, 104, angle + 20)
            canvas.disc(*cup, 16, SNOW)
            canvas.disc(*cup, 10, "#6b4429")
    for note in range(7):
        nx, ny = around(x, y, 58 if note else 0, note * 60 + table * 23)
        turn = canvas.chance.uniform(0, 90)
        colour = (HONEY, MIST, ROSE, "#cfdca6")[(note + table) % 4]
        corners = [around(nx, ny, 30, turn + quarter * 90) for quarter in range(4)]
        canvas.shape([(px + 3, py + 4) for px, py in corners], blend("#e6cfa2", INK, 0.2))
        canvas.shape(corners, colour)
        for line in (-7, 3):
            start = around(*around(nx, ny, 12, turn + 135 + 90), line, turn + 135)
            canvas.line([start, around(*start, 24, turn + 45)], blend(colour, INK, 0.45), 2)


def council_chamber():
    """The council chamber: benches in half circles under a great window to the lake."""
    canvas = Canvas(seed=29)
    canvas.sky("#7d5b45", "#9c7553", bottom=620)
    for x in range(0, 1600, 64):
        canvas.rect(x, 0, 3, 620, "#6f4f3b")
    canvas.rect(420, 50, 760, 420, CREAM, radius=10)
    canvas.rect(440, 70, 720, 380, ["#8cbccb", "#f3dfb8"])
    for y, tone in ((300, blend(LAKE, MIST, 0.5)), (330, blend(SPRUCE, MIST, 0.3))):
        crest = [(440 + step * 72, y - (step * 37 % 41)) for step in range(11)]
        canvas.shape([(440, 400), *crest, (1160, 400)], tone)
    canvas.rect(440, 372, 720, 78, [WATER, LAKE])
    canvas.sun(980, 210, 34)
    for x in (616, 796, 976):
        canvas.rect(x, 60, 10, 400, CREAM)
    canvas.rect(430, 250, 740, 8, CREAM)
    for x, tone in ((150, FALUN), (1330, LAKE)):
        canvas.rect(x, 80, 120, 380, [tone, blend(tone, INK, 0.25)], radius=6)
        canvas.disc(x + 60, 230, 44, OCHRE)
        canvas.disc(x + 60, 230, 30, blend(tone, INK, 0.1))
        for wave in range(3):
            canvas.ring(x + 60, 330 + wave * 24, 34, HONEY, 6, start=200, end=340)
    canvas.rect(0, 610, 1600, 390, ["#5e3b30", "#45291f"])
    canvas.rect(560, 470, 480, 160, ["#c08a57", "#93643b"], radius=12)
    canvas.rect(545, 462, 510, 22, "#d7a76e", radius=8)
    for x, coat, hair in ((660, LAKE, HAIR[3]), (800, FALUN, HAIR[0]), (940, SPRUCE, HAIR[2])):
        _bust(canvas, x, 466, 66, coat, hair=hair, facing=True)
    canvas.rect(770, 520, 60, 66, HONEY, radius=30)
    coats = (LAKE, RUST, SPRUCE, DUSK, OCHRE, FALUN, WATER, MOSS)
    for row, (y, seats, size) in enumerate(((680, 9, 62), (790, 9, 80), (920, 8, 102))):
        for seat in range(seats):
            across = (seat - (seats - 1) / 2) / ((seats - 1) / 2)
            x = 800 + across * (520 + row * 130)
            lift = y - across * across * (54 + row * 10)
            if (seat * 5 + row * 3) % 11 != 4:
                _bust(canvas, x, lift, size, coats[(seat + row * 3) % 8], hair=HAIR[(seat * 3 + row) % 7])
        bench = [(800 + step * (640 + row * 180), y - step * step * (80 + row * 16)) for step in
                 (-1.1, -0.8, -0.5, -0.25, 0, 0.25, 0.5, 0.8, 1.1)]  # fmt: skip
        tall = 74 + row * 24
        canvas.shape(
            [*bench, *[(x, py + tall) for x, py in reversed(bench)]], blend("#b67f4e", INK, row * 0.08)
        )
        canvas.line(bench, "#dcae76", 11 + row * 2)
    return canvas.finished()


def _bust(canvas, x, y, size, coat, *, hair, facing=False):
    """Head and shoulders above a bench whose top is y."""
    canvas.rect(x - size * 0.55, y - size * 0.62, size * 1.1, size * 0.9, coat, radius=size * 0.34)
    canvas.disc(x, y - size * 0.92, size * 0.34, hair)
    if facing:
        canvas.disc(x, y - size * 0.86, size * 0.28, "#c98f6b")


MOTIFS = {
    "orkester": orchestra,
    "rundabord": round_tables,
    "sessionssal": council_chamber,
}
