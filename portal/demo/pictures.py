"""The demo's pictures: drawn by us in code, 1600 x 1000, the same every time."""

from io import BytesIO

from . import gatherings, landscapes, outskirts, rooms, town

MOTIFS = {
    **landscapes.MOTIFS,
    **town.MOTIFS,
    **outskirts.MOTIFS,
    **rooms.MOTIFS,
    **gatherings.MOTIFS,
}


def drawn(name):
    """The picture `name` as the bytes of a WebP file, near enough lossless to be encoded once more."""
    file = BytesIO()
    MOTIFS[name]().save(file, "WEBP", quality=92, method=0)
    return file.getvalue()
