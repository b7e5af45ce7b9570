"""Taking a picture in: only what we encode ourselves is kept, and a bad file changes nothing."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat
from PIL.PngImagePlugin import PngInfo

from accounts.models import LogEntry
from news import picturing
from news.models import Picture
from news.picturing import BadPicture, add_picture

from .making import draw, encode, png_header, turned_on_its_side, upload

# One for each colour, so that a picture of them is nowhere even.
LIGHTS = (Image.radial_gradient, Image.linear_gradient, lambda mode: Image.linear_gradient(mode).rotate(90))


@pytest.fixture(autouse=True)
def empty_storage(settings):
    """Changing STORAGES makes Django forget the storage that other tests wrote to."""
    settings.STORAGES = {**settings.STORAGES}


def kept(picture, name="original", form="webp"):
    with default_storage.open(f"pictures/{picture.pk}/{name}.{form}") as file:
        return file.read()


def files():
    """Every file under pictures/ in the storage."""
    if not default_storage.exists("pictures"):
        return []
    folders, _ = default_storage.listdir("pictures")
    return [name for folder in folders for name in default_storage.listdir(f"pictures/{folder}")[1]]


def assert_nothing_kept():
    assert not Picture.objects.exists()
    assert files() == []
    assert not LogEntry.objects.filter(event="picture.added").exists()


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "b.png"), ("WEBP", "c.webp"), ("HEIF", "d.heic")]
)
def test_a_picture_is_kept_as_webp_in_every_width(cast, kind, name):
    picture = add_picture(upload(encode(draw(2000, 1000), kind), name), by=cast.karin)
    picture.refresh_from_db()
    assert (picture.width, picture.height) == (2000, 1000)
    assert (picture.name, picture.uploaded_by) == (name, cast.karin)
    assert picture.widths == [480, 960, 1600]
    for width in picture.widths:
        with Image.open(BytesIO(kept(picture, width))) as rendition:
            assert (rendition.format, rendition.size) == ("WEBP", (width, width // 2))
        with Image.open(BytesIO(kept(picture, width, "avif"))) as rendition:
            assert (rendition.format, rendition.size) == ("AVIF", (width, width // 2))
    assert LogEntry.objects.get(event="picture.added").about_id == str(picture.pk)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, [1]), (300, [300]), (480, [480]), (1000, [480, 960, 1000]), (1600, [480, 960, 1600])],
)
def test_a_picture_is_never_made_wider_than_it_is(cast, width, widths):
    picture = add_picture(upload(encode(draw(width, 3))), by=cast.karin)
    assert picture.widths == widths
    assert sorted(files()) == sorted(
        ["original.webp", *(f"{width}.{form}" for width in widths for form in ("avif", "webp"))]
    )


def test_what_is_kept_is_at_most_2400_pixels(cast):
    picture = add_picture(upload(encode(draw(3000, 4000), "JPEG"), "stor.jpg"), by=cast.karin)
    assert (picture.width, picture.height) == (1800, 2400)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_large_picture_is_averaged_before_it_is_scaled_and_turned(cast, monkeypatch, mode):
    """The fine scaling and the turning touch few pixels, transparent or not, and nobody sees a difference."""
    monkeypatch.setattr(picturing, "LONGEST_SIDE", 240)
    scaled, turned = [], []
    thumbnail, transpose = Image.Image.thumbnail, ImageOps.exif_transpose
    monkeypatch.setattr(
        Image.Image, "thumbnail", lambda image, *args: scaled.append(image.size) or thumbnail(image, *args)
    )
    monkeypatch.setattr(
        ImageOps, "exif_transpose", lambda image: turned.append(image.size) or transpose(image)
    )
    large = Image.merge("RGB", [light("L").resize((600, 400)) for light in LIGHTS]).convert(mode)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise to see it upright
    picture = add_picture(upload(encode(large, exif=exif)), by=cast.karin)
    assert (picture.width, picture.height) == (160, 240)
    assert (scaled, turned) == ([(300, 200)], [(240, 160)])
    finely = large.resize((240, 160), Image.Resampling.LANCZOS).transpose(Image.Transpose.ROTATE_270)
    with Image.open(BytesIO(kept(picture))) as image:
        apart = ImageChops.difference(image.convert("RGB"), finely.convert("RGB"))
    assert max(ImageStat.Stat(apart).mean) < 3


def taken_at(*, turned=1):
    """What a camera writes: where it stood, what it is, and how to turn the picture to see it upright."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x8825] = {1: "N", 2: (59.0, 30.0, 0.0), 3: "E", 4: (18.0, 4.0, 12.0)}
    exif[0x010F] = "Kamera"
    return exif


XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="59,30.0N"
exif:GPSLongitude="18,4.2E"/></rdf:RDF></x:xmpmeta>"""


def with_xmp(kind, xmp):
    """The options by which Pillow writes XMP into a picture of a kind."""
    if kind != "PNG":
        return {"xmp": xmp}
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return {"pnginfo": text}


def assert_says_nothing_of_its_making(picture):
    for name in ["original", *picture.widths]:
        for form in ["webp"] if name == "original" else ["webp", "avif"]:
            with Image.open(BytesIO(kept(picture, name, form))) as image:
                assert not image.getexif() and "xmp" not in image.info
            traces = (b"Exif", b"EXIF", b"XMP", b"xmpmeta", b"GPS", b"ICCP", b"Kamera", b"hemlig")
            assert not [trace for trace in traces if trace in kept(picture, name, form)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_is_turned_upright_and_says_nothing_of_where_it_was_taken(cast, kind):
    more = {"comment": b"hemlig kommentar"} if kind in ("JPEG", "WEBP") else {}
    sent = encode(draw(640, 400), kind, exif=taken_at(turned=6), **more)
    if kind == "HEIF":  # says it twice, and is turned once
        sent = turned_on_its_side(sent)
    with Image.open(BytesIO(sent)) as image:
        assert image.getexif().get_ifd(0x8825)[2] == (59.0, 30.0, 0.0)
    picture = add_picture(upload(sent, "staende.jpg"), by=cast.karin)
    assert (picture.width, picture.height) == (400, 640)
    with Image.open(BytesIO(kept(picture))) as image:
        red, _green, blue = image.convert("RGB").getpixel((200, 20))
        assert red > blue  # what was to the left is now on top
    assert_says_nothing_of_its_making(picture)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_position_in_the_words_about_a_picture_is_taken_away_too(cast, kind):
    """Programs that mend pictures write it as XMP beside, or in place of, the camera's own."""
    sent = encode(draw(), kind, **with_xmp(kind, XMP))
    assert b"GPSLatitude" in sent
    assert_says_nothing_of_its_making(add_picture(upload(sent, "bild"), by=cast.karin))


def test_colours_are_converted_from_the_profile_that_came_along(cast):
    """A profile with red and blue swapped: what it calls red is blue on every screen."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"xXYZ").replace(b"bXYZ", b"rXYZ").replace(b"xXYZ", b"bXYZ")
    sent = encode(draw(colour=(250, 0, 0)), icc_profile=swapped)
    with Image.open(BytesIO(kept(add_picture(upload(sent), by=cast.karin)))) as image:
        red, _green, blue = image.convert("RGB").getpixel((5, 5))
        assert (red < 50, blue > 200) == (True, True)
        assert "icc_profile" not in image.info


def test_a_broken_colour_profile_does_not_stop_a_picture(cast):
    assert add_picture(upload(encode(draw(), icc_profile=b"trasig profil" * 20)), by=cast.karin).pk


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_read(cast, mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert add_picture(upload(encode(draw(mode=mode), kind)), by=cast.karin).width == 640


def test_sixteen_bit_greys_keep_their_shade(cast):
    picture = add_picture(upload(encode(draw(mode="I;16", colour=128 * 256))), by=cast.karin)
    with Image.open(BytesIO(kept(picture))) as image:
        assert abs(image.convert("L").getpixel((5, 5)) - 128) < 4


def test_transparency_stays(cast):
    picture = add_picture(upload(encode(draw(mode="RGBA", colour=(200, 0, 0, 0)))), by=cast.karin)
    with Image.open(BytesIO(kept(picture))) as image:
        assert image.getpixel((5, 5))[3] == 0


def test_a_moving_picture_stands_still_on_its_first_frame(cast):
    frames = [draw(colour="#c0392b"), draw(colour="#1f618d")]
    sent = encode(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    picture = add_picture(upload(sent), by=cast.karin)
    with Image.open(BytesIO(kept(picture))) as image:
        assert image.n_frames == 1


def test_what_was_hidden_after_the_picture_is_gone(cast):
    """A polyglot: a picture to Pillow, a page with a script, or a zip, to others."""
    sent = encode(draw(), "JPEG") + b"<script>alert(1)</script>PK\x03\x04"
    picture = add_picture(upload(sent, "bild.jpg"), by=cast.karin)
    assert b"script" not in kept(picture)


def test_the_name_is_for_people_and_never_on_the_disk(cast):
    picture = add_picture(upload(name="bild.png"), name="../../etc/pass\x00wd\u202e.png", by=cast.karin)
    assert picture.name == "passwd.png"
    assert picture.file.name == f"pictures/{picture.pk}/original.webp"
    assert add_picture(upload(), name="å" * 400, by=cast.karin).name == "å" * 160


HEIC = encode(draw(1200, 900), "HEIF")
BAD = {
    "a text with a picture's name": (b"Hej! Jag ar en text.", "not a picture"),
    "nothing at all": (b"", "not a picture"),
    "a script": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a picture"),
    "another format": (encode(draw(), "GIF"), "not a picture"),
    "a JPEG cut short": (encode(draw(1200, 900), "JPEG")[:4000], "damaged"),
    "a PNG cut short": (encode(draw(1200, 900))[:900], "damaged"),
    "a HEIC cut short": (HEIC[:-400], "damaged"),
    "the head of a HEIC": (HEIC[:60], ""),
    "a WebP cut short": (encode(draw(1200, 900), "WEBP")[:400], ""),
    "a bomb": (png_header(20_000, 20_000), "more than 50 million pixels"),
    "a smaller bomb": (png_header(8_000, 8_000), "more than 50 million pixels"),
    "a thin bomb": (png_header(2_000_000_000, 1), "more than 50 million pixels"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_and_changes_nothing(cast, what):
    content, reason = BAD[what]
    with translation.override("en"), pytest.raises(BadPicture) as refusal:
        add_picture(upload(content), by=cast.karin)
    assert reason in str(refusal.value)
    assert_nothing_kept()


def test_a_heavy_file_is_refused_unread(cast, settings):
    settings.PICTURE_MAX_BYTES = 1024
    file = upload(encode(draw(1200, 900)) + b" " * 2000)
    with translation.override("en"), pytest.raises(BadPicture, match="larger than"):
        add_picture(file, by=cast.karin)
    assert file.tell() == 0
    assert_nothing_kept()


def test_files_do_not_outlive_a_failure(cast, monkeypatch):
    """The row can't be written after the files have been: the files go again."""

    def full(*_args, **_fields):
        raise OSError("no space left")

    monkeypatch.setattr(picturing, "record", full)
    with pytest.raises(OSError, match="no space"):
        add_picture(upload(), by=cast.karin)
    assert_nothing_kept()
