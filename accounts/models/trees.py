"""Trees of rows that point at what stands above them."""


def walk_tree(below, above=None, depth=0):
    """Yield the rows below `above` in the order of the tree, each with `depth`, counted from there.

    Args:
        below: {id of the row above: [the rows below it]}; None for what has nothing above.
    """
    for row in below.get(above, ()):
        row.depth = depth
        yield row
        yield from walk_tree(below, row.pk, depth + 1)
