"""Taking a picture in: what was sent is decoded, and only what we encode ourselves is kept.

So nothing rides along: no camera position, no second file hidden in the first, no name of a
person's choosing on the disk.
"""

import logging
import os
import struct
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import PurePath
from uuid import uuid4, uuid5

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from accounts.recording import record
from accounts.refusals import Refusal

from .models import Picture
from .models.pictures import widths_of

logger = logging.getLogger(__name__)

# Told by the first bytes, never by the name.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# What a browser offers to choose from: HEIC by its name too, since Windows knows no type of it.
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
# The longer side, in pixels, of what is kept as the original.
LONGEST_SIDE = 2400
# Modes that scale well and whose colour profile can be read; the rest become RGB first.
PLAIN_MODES = ("L", "RGB", "RGBA", "CMYK")
# How many times larger than needed a picture is left by the averaging that goes before the fine scaling. From
# 2.3 times on that takes half the time, and looks as what a JPEG's own decoder does (decisions/0680).
LEFT_TO_SCALE = 1.15
# Method 4 takes two and a half times as long for a fiftieth to a twentieth fewer bytes, of which few are
# sent: browsers that know AVIF take that.
WEBP = {"quality": 82, "method": 2}
# As good to the eye as that, and a third lighter. The slower speeds take many times as long for a few
# bytes less (decisions/0111).
AVIF = {"quality": 60, "speed": 9}
# Pillow's codecs raise these on a file that is cut short, broken or not what it says.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error)

register_heif_opener(thumbnails=False)


class BadPicture(Refusal):
    """The file can't be taken in as a picture; `str()` says why, in the reader's language."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


def add_picture(file, *, by, name="", in_library=False, key=None, **words):
    """Take in an uploaded file as a Picture with all its renditions, and return it.

    Args:
        file: an UploadedFile or other Django File; JPEG, PNG, WebP or HEIC.
        by: the Person who adds it.
        name: what people call it; the file's own name if empty. Never a name on the disk.
        in_library: whether others who write find it before a text shows it.
        key: a new UUID from the form; the same form sent twice finds the first one's picture.
        words: `alt`, `credit`, `is_decoration`, for texts to begin with.

    Raises:
        BadPicture: too many bytes or pixels (settings.PICTURE_MAX_BYTES, PICTURE_MAX_PIXELS; told
            from the header, before anything is decoded), not a picture, or a broken one.
    """
    pk = uuid5(key or uuid4(), str(by.pk))
    if key and (made := Picture.objects.filter(pk=pk).first()):
        return made
    image = _decode(file)
    picture = Picture(
        pk=pk,
        name=_plain_name(name or file.name),
        width=image.width,
        height=image.height,
        uploaded_by=by,
        in_library=in_library,
        has_avif=True,
        **words,
    )
    picture.found_by = findable_words(picture)
    # Encoded before a file or a row is written: a failure up to here leaves nothing behind.
    files = _encoded(image)
    storage = picture.file.storage
    written = []
    try:
        with transaction.atomic():
            # The row first: of two that are sent at once, the second stops here, before it writes a file.
            picture.file.name = f"pictures/{pk}/original.webp"
            picture.save(force_insert=True)
            record("picture.added", about=picture, by=by)
            for written_name, content in files.items():
                written.append(storage.save(f"pictures/{pk}/{written_name}", ContentFile(content)))
    except IntegrityError:
        if made := Picture.objects.filter(pk=pk).first():
            return made
        raise
    except BaseException:
        for written_name in written:
            storage.delete(written_name)
        raise
    return picture


@transaction.atomic
def replace_image(picture, file):
    """Show another image, as wide as it was, at the addresses of a Picture that we have drawn.

    Raises:
        BadPicture: as `add_picture`.
    """
    image = _decode(file)
    Picture.objects.filter(pk=picture.pk).update(width=image.width, height=image.height)
    for name, content in _encoded(image).items():
        put(picture.file.storage, f"pictures/{picture.pk}/{name}", content)


def put(storage, name, content):
    """Keep `content` (bytes) under `name`, in place of what is there."""
    storage.delete(name)
    storage.save(name, ContentFile(content))


def findable_words(picture):
    """Return what the library's search looks in, in small letters."""
    return f"{picture.name} {picture.alt} {picture.credit}".casefold()


def _plain_name(name):
    """The last part of a name as somebody's computer gave it, without control characters."""
    last = PurePath((name or "").replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[:160]


def _decode(file):
    """Return the upright sRGB image in `file`, at most LONGEST_SIDE on its longer side."""
    if file.size > settings.PICTURE_MAX_BYTES:
        raise BadPicture(
            _("The picture is larger than %(most)s. Save it smaller and try again.")
            % {"most": filesizeformat(settings.PICTURE_MAX_BYTES)}
        )
    try:
        image = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise _too_many_pixels() from bomb
    except BROKEN as error:
        raise BadPicture(
            _("The file is not a picture that we can read. Choose a JPEG, PNG, WebP or HEIC picture.")
        ) from error
    if image.width * image.height > settings.PICTURE_MAX_PIXELS:
        raise _too_many_pixels()
    try:
        return _prepare(image)
    except BROKEN as error:
        raise BadPicture(_("The picture is damaged: it could not be read to its end.")) from error


def _too_many_pixels():
    most = settings.PICTURE_MAX_PIXELS // 1_000_000
    return BadPicture(
        _("The picture has more than %(most)s million pixels. Scale it down and try again.") % {"most": most}
    )


def _prepare(image):
    """Decode, turn upright, scale down, convert to sRGB and drop every piece of metadata."""
    profile = image.info.get("icc_profile")
    scale = max(image.size) / LONGEST_SIDE
    if scale > 1:
        # JPEG decodes at a half, a quarter or an eighth for a fraction of the time; others ignore it.
        image.draft(None, (int(image.width / scale), int(image.height / scale)))
    image.load()
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode.startswith("I"):
        # 16 bits to 8: `convert` alone would turn everything above 255 white.
        image = image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    elif image.mode not in PLAIN_MODES:
        image = image.convert(mode)
    # Turned when it is small.
    image = ImageOps.exif_transpose(_scaled_down(image))
    image = _as_srgb(image, profile).convert(mode)
    image.info.clear()
    return image


def _scaled_down(image):
    """Return `image` at most LONGEST_SIDE on its longer side."""
    fraction = int(max(image.size) / LONGEST_SIDE / LEFT_TO_SCALE)
    if fraction > 1:
        # `thumbnail` can do it by itself, but not where something is transparent.
        image = image.reduce(fraction)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return image


def _as_srgb(image, profile):
    """Return `image` in sRGB where it carries a colour profile that fits it, else as it was."""
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError) as error:
        # A broken or foreign profile is common and harmless: the colours are then read as sRGB.
        logger.info("a picture's colour profile was not usable: %s", error)
        return image


def _encoded(image):
    """Return name -> bytes: the original, and each of Picture's widths as WebP and AVIF.

    One encoder for each processor: whoever sends a picture waits for the slowest and not for their sum.
    They run without the interpreter, so that threads are enough.
    """
    with ThreadPoolExecutor(os.cpu_count()) as encoders:
        original = encoders.submit(_encode, image)
        files = {"original.webp": original}
        for each in _scaled(image):
            webp = original if each is image else encoders.submit(_encode, each)
            # A copy: Pillow keeps what it is asked to save by at the picture itself.
            avif = encoders.submit(_encode, each.copy(), "AVIF", AVIF)
            files |= {f"{each.width}.webp": webp, f"{each.width}.avif": avif}
        return {name: encoded.result() for name, encoded in files.items()}


def _scaled(image):
    """The image in each of Picture's widths, each scaled from the one above; itself where it is as wide."""
    for width in reversed(widths_of(image.width)):
        if width != image.width:
            height = max(1, round(image.height * width / image.width))
            image = image.resize((width, height), Image.Resampling.LANCZOS)
        yield image


def _encode(image, form="WEBP", options=WEBP):
    encoded = BytesIO()
    image.save(encoded, form, exif=b"", icc_profile=b"", xmp=b"", **options)
    return encoded.getvalue()
