"""Sizing the words of the wall: by one scale, so that none is larger than one that more tables said."""

# The eight sizes of static/css/wall.css and what none is smaller than, in hundredths of the screen's width.
SIZES = (1.9, 2.2, 2.6, 3.0, 3.5, 4.1, 4.8, 5.6)
LEAST = (1.9, 2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6)
# What all words grow by, or shrink.
GROWTHS = (0.7, 0.85, 1, 1.25, 1.5, 1.75, 2)
# How wide a column is, by how many there are (the middle one of three is wider), and how much of it words may
# fill, in squares of a hundredth.
WIDTHS, WIDTH_OF_MANY, WIDTH_OF_MIDDLE = {1: 86, 2: 38}, 24, 27
FILLED, FILLED_BY_HALF, FILLED_BY_ALL = 340, 140, 1300
LETTER = 0.48  # an average letter's width, in its own height
# The size of words that one table each said, where none was said by more; and of what most said, where there
# is no room for all of them: the last words of a column are left out then.
MODEST = 4


def size_words(columns):
    """Give each concept of all columns its `size`, 1 to 8, by the number of tables alone; return what the
    whole wall grows by, a place in `GROWTHS`.

    The words have all the size with which every column holds its own. Where they fit in none, as with a
    long word that many said, the scale is lowered for them all: what most said then has a smaller size.
    A word too long for even the smallest breaks instead.

    Args:
        columns: dicts with `kind`, `concepts` (each with `label` and `tables`), and `room`, how much fits.
    """
    most = max((concept["tables"] for column in columns for concept in column["concepts"]), default=1)
    for column in columns:
        column["width"] = _width_of(column, columns)
    tops, growths = range(len(SIZES), 0, -1), range(len(GROWTHS) - 1, -1, -1)
    wide_enough = [
        (top, growth)
        for top in tops
        for growth in growths
        if all(_keeps_to_width(column, most, top, growth) for column in columns)
    ]
    roomy = (scale for scale in wide_enough if all(_has_room(column, most, *scale) for column in columns))
    top, growth = next(roomy, None) or (min(MODEST, wide_enough[0][0]), 0)
    for column in columns:
        for concept in column["concepts"]:
            concept["size"] = _size(concept, most, top)
    return growth


def _width_of(column, columns):
    is_middle = len(columns) > 2 and column["kind"] in ("shared", "room")
    return WIDTH_OF_MIDDLE if is_middle else WIDTHS.get(len(columns), WIDTH_OF_MANY)


def _size(concept, most, top):
    if most == 1:
        return min(MODEST, top)
    return 1 + round((top - 1) * (concept["tables"] - 1) / (most - 1))


def _height(concept, most, top, growth):
    place = _size(concept, most, top) - 1
    return max(GROWTHS[growth] * SIZES[place], LEAST[place])


def _keeps_to_width(column, most, top, growth):
    return all(
        _height(concept, most, top, growth) * width <= column["width"]
        for concept in column["concepts"]
        if LEAST[0] * (width := _width(concept)) <= column["width"]
    )


def _width(concept):
    """Of a concept's longest word and the number beside it, in its own height."""
    return LETTER * (max(map(len, concept["label"].split())) + 1.5)


def _has_room(column, most, top, growth):
    heights = [_height(concept, most, top, growth) for concept in column["concepts"]]
    areas = [
        1.3 * height * height * LETTER * (len(concept["label"]) + 2.5)
        for height, concept in zip(heights, column["concepts"], strict=True)
    ]
    return sum(areas) <= column["room"]
