"""Pictures for the tests, drawn on the spot."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def draw(width=640, height=400, *, mode="RGB", colour=None):
    """An image whose left half has one colour and whose right half another."""
    image = Image.new(mode, (width, height), colour or ("#c0392b" if mode == "RGB" else 0))
    if mode == "RGB" and colour is None:
        image.paste("#1f618d", (width // 2, 0, width, height))
    return image


def encode(image, kind="PNG", **options):
    encoded = BytesIO()
    image.save(encoded, kind, **options)
    return encoded.getvalue()


def turned_on_its_side(heic):
    """The same HEIC, to be shown turned a quarter clockwise as telephones say it: by HEIF's own box (irot,
    ISO/IEC 23008-12, 6.5.10), which takes the place of the one that tells how deep the colours are."""
    before, box, after = heic.partition(b"pixi")
    assert box
    return before + b"irot" + bytes([3]) + after[1:]


def upload(content=None, name="bild.png"):
    """An uploaded file; a small drawn PNG where no bytes are given."""
    return SimpleUploadedFile(name, encode(draw()) if content is None else content)


def png_header(width, height):
    """A PNG that says how large it is and then hardly anything: a few bytes that claim gigabytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def pdf(name="bilaga.pdf", words=b"Hej"):
    """An uploaded PDF of hardly anything."""
    return SimpleUploadedFile(name, b"%PDF-1.7\n% " + words + b"\n%%EOF\n")
