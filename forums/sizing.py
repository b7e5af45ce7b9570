"""Sizing the words of the wall: as large as the columns allow, and by one scale, so that none is larger
than one that more tables said, and what most said is seen to be (decisions/0520).

Lengths are hundredths of the screen's width, `u` in static/css/wall.css.
"""

import re
from functools import lru_cache

# The eight sizes of static/css/wall.css and what none is smaller than.
SIZES = (1.9, 2.2, 2.6, 3.0, 3.5, 4.1, 4.8, 5.6)
LEAST = (1.9, 2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6)
# What all words grow by, or shrink.
GROWTHS = (0.7, 0.85, 1, 1.15, 1.3, 1.5, 1.75, 2, 2.3, 2.6)
# How wide the text of a column is, by how many there are (the middle one of three is wider), on a screen of
# 16:10; on one of 16:9 there is more.
WIDTHS, WIDTH_OF_MANY, WIDTH_OF_MIDDLE = {1: 90, 2: 43}, 25.5, 29.8
# How high it is where the notes below the words have two lines each and the question has one. Where that has
# two there is less: the words shrink by as much, but for what none is smaller than.
FILLED, FILLED_BY_HALF = 19.7, 7.2
LOW = 16.7 / FILLED
# The widths of letters in our serif, in their own height; measured in Chromium.
NARROW, WIDE = frozenset("fijlrt"), frozenset("mw")
OF_NARROW, OF_WIDE, OF_OTHERS, OF_SPACE = 0.33, 0.87, 0.56, 0.25
# The number beside a word, and what stands around each word and line.
NUMBER, LEAST_NUMBER, DIGIT = 0.42, 1.6, 0.6
BESIDE, PITCH, BETWEEN = 1.8, 1.1, 0.8
# The size of words that one table each said, where none was said by more.
MODEST = 4
# How many times as large as what one table said what most said is, at least. The last words of a full column
# are left out for it, as long as so many stay there, or one fewer where it is half a column; where words are
# too long for the first of these, the next will do.
CONTRASTS = (1.5, 1.25, 1)
FEWEST = 4
# From this length a word may be parted at its joints: where the parts of a compound are joined by an -s,
# "samhälls|byggnads|förvaltningen", each part of four letters or more. Before a vowel the -s may as well
# begin the next part, unless the one before ends as only whole words do: "verksamhets|utvecklings|ansvar".
# Before -kap it does: "ledar|skap".
LONG = 20
JOINT = re.compile(
    r"(?<=\w{3}[bcdfghjklmnpqrtvxz]s)(?!kap(?!ital|acit))(?=[bcdfghjklmnprtv]\w{3})"
    r"|(?:(?<=hets|ings|ions|doms)|(?<=skaps|ments))(?=[aeiouyåäö]\w{3})"
)


def size_words(columns):
    """Give each concept of all columns its `size`, 1 to 8, by the number of tables alone; return what the
    whole wall grows by, a place in `GROWTHS`. Where a column is full, its last words are taken out of it.

    Of the scales with which every column holds its own, the words have the one that makes them largest taken
    together. Where they fit in none, as with a long word that many said, the scale is lowered for them all:
    what most said then has a smaller size. A word too long for even the smallest breaks instead.

    Args:
        columns: dicts with `kind`, `concepts` (each with `label` and `tables`, the most said first), and
            `room`, how high its text may be.
    """
    most = max((concept["tables"] for column in columns for concept in column["concepts"]), default=1)
    for column in columns:
        column["width"] = _width_of(column, columns)
    scales = [(top, growth) for top in range(len(SIZES), 0, -1) for growth in range(len(GROWTHS) - 1, -1, -1)]
    wide_enough = [
        scale for scale in scales if all(_keeps_to_width(column, most, *scale) for column in columns)
    ]
    for contrast in CONTRASTS:
        clear = [scale for scale in wide_enough if most == 1 or _contrast(*scale) >= contrast]
        if not clear:
            continue
        smallest = min(clear, key=lambda scale: _height_of_all(columns, most, *scale))
        kept = [{**column, "concepts": _without_the_last(column, most, *smallest)} for column in columns]
        roomy = [scale for scale in clear if all(_has_room(column, most, scale, smallest) for column in kept)]
        if roomy:
            break
    else:
        kept, roomy = columns, [(min(MODEST, wide_enough[0][0]), 0)]
    top, growth = max(roomy, key=lambda scale: _height_of_all(kept, most, *scale))
    for column, of_kept in zip(columns, kept, strict=True):
        column["concepts"] = of_kept["concepts"]
        for concept in column["concepts"]:
            concept["size"] = _size(concept, most, top)
    return growth


def pieces_of(word):
    """The parts of a word between which it may be parted; the whole of a shorter one."""
    return JOINT.split(word) if len(word) >= LONG else [word]


def _contrast(top, growth):
    """How many times as large as the smallest words the largest are."""
    return max(GROWTHS[growth] * SIZES[top - 1], LEAST[top - 1]) / max(GROWTHS[growth] * SIZES[0], LEAST[0])


def _without_the_last(column, most, top, growth):
    """The first words of a column, so many that they have room, but so many at least as shall stay there."""
    fewest = FEWEST if column["room"] == FILLED else FEWEST - 1
    said = column["concepts"]
    while len(said) > fewest and _filled({**column, "concepts": said}, most, top, growth) > column["room"]:
        said = said[:-1]
    return said


def _width_of(column, columns):
    is_middle = len(columns) > 2 and column["kind"] in ("shared", "room")
    return WIDTH_OF_MIDDLE if is_middle else WIDTHS.get(len(columns), WIDTH_OF_MANY)


def _size(concept, most, top):
    if most == 1:
        return min(MODEST, top)
    return 1 + round((top - 1) * (concept["tables"] - 1) / (most - 1))


def _height(concept, most, top, growth, shrunk=1):
    place = _size(concept, most, top) - 1
    return max(shrunk * GROWTHS[growth] * SIZES[place], LEAST[place])


def _height_of_all(columns, most, top, growth):
    return sum(_height(concept, most, top, growth) for column in columns for concept in column["concepts"])


def _keeps_to_width(column, most, top, growth):
    return all(
        _width(piece, concept, _height(concept, most, top, growth)) <= column["width"] - BESIDE
        for concept in column["concepts"]
        for piece in [max(_pieces_of(concept["label"]), key=_letters)]
        if _width(piece, concept, LEAST[0]) <= column["width"] - BESIDE
    )


def _has_room(column, most, scale, smallest):
    """Whether the words fit in their column, and where it is low too, unless they would not by the smallest
    scale either: then the last ones are out of sight there."""
    if _filled(column, most, *scale) > column["room"]:
        return False
    low = LOW * column["room"]
    return _filled(column, most, *scale, LOW) <= low or _filled(column, most, *smallest, LOW) > low


def _filled(column, most, top, growth, shrunk=1):
    """How high the words of a column are together, set line by line."""
    filled = left = height_of_line = 0
    for concept in column["concepts"]:
        height = _height(concept, most, top, growth, shrunk)
        width = _width(concept["label"], concept, height) + BESIDE
        if width > left or not height_of_line:
            filled += PITCH * height_of_line + BETWEEN * bool(height_of_line)
            # A phrase longer than a line goes on in the next.
            more = int(width // column["width"])
            filled += more * PITCH * height
            left, height_of_line = column["width"], height
            width = width % column["width"] if more else width
        left -= width
        height_of_line = max(height_of_line, height)
    return filled + PITCH * height_of_line


def _width(words, concept, height):
    """Of words in letters of a height, and the number beside them."""
    number = max(NUMBER * height, LEAST_NUMBER) * DIGIT * len(str(concept["tables"]))
    return (_letters(words) + OF_SPACE) * height + number


@lru_cache(maxsize=10_000)
def _pieces_of(label):
    return [piece for word in label.split() for piece in pieces_of(word)]


@lru_cache(maxsize=10_000)
def _letters(words):
    """How wide words are, in their own height."""
    return sum(
        OF_SPACE
        if letter == " "
        else OF_NARROW
        if letter in NARROW
        else OF_WIDE
        if letter in WIDE
        else OF_OTHERS
        for letter in words
    )
