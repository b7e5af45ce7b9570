"""Taking in a picture that we have drawn ourselves, as SVG and as PNG."""

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.recording import record
from news.models import Picture
from news.picturing import add_picture, put, replace_image
from news.referring import pictures_in


@transaction.atomic
def add_drawing(*, svg, png, name, alt, credit, by):
    """Keep a drawing as a Picture: pages show the SVG, mails the PNG, archives the renditions of it.

    Args:
        svg: a str of our own making, never anything that somebody sent.
        png: the same picture as bytes.
    """
    picture = add_picture(ContentFile(png, name=f"{name}.png"), name=name, alt=alt, credit=credit, by=by)
    storage = picture.file.storage
    storage.save(picture.drawing_name, ContentFile(svg.encode()))
    storage.save(picture.mail_name, ContentFile(png))
    picture.is_drawn = True
    Picture.objects.filter(pk=picture.pk).update(is_drawn=True)
    return picture


def drawing_of(picture):
    """The SVG of a drawn Picture, as a str."""
    with picture.file.storage.open(picture.drawing_name) as file:
        return file.read().decode()


@transaction.atomic
def redraw(picture, *, svg, png):
    """Let a drawn Picture show another drawing wherever it stands, also in texts that are out, and log it.
    Args as for `add_drawing`."""
    storage = picture.file.storage
    record("picture.redrawn", about=picture, by=None)
    replace_image(picture, ContentFile(png, name="drawing.png"))
    put(storage, picture.mail_name, png)
    put(storage, picture.drawing_name, svg.encode())


def first_drawing(version):
    """The first Picture of a version's text that we drew, or None."""
    drawn = version.pictures_in_text.filter(is_drawn=True).in_bulk()
    return next((drawn[pk] for pk in pictures_in(version.body) if pk in drawn), None)
