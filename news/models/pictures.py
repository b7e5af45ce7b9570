"""Pictures that articles show."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import reach_of

from .articles import Article
from .versions import Version


def picture_path(picture, filename):
    """Where a picture's file is kept: never under the name that somebody sent."""
    return f"pictures/{picture.pk}/original.webp"


def widths_of(width):
    """The widths, in pixels, that a picture `width` pixels wide is made ready in, rising.

    Never wider than itself, and as wide as itself where that is less than the widest.
    """
    return sorted({min(width, ready) for ready in Picture.WIDTHS})


class PictureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pictures of live versions that `user` may read, own pictures, and for those who write
        or review: pictures of drafts on their desk."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        read = Version.objects.live().visible_to(user).filter(picture=models.OuterRef("pk"))
        condition = models.Q(uploaded_by=user) | models.Exists(read)
        desk = Version.objects.filter(
            picture=models.OuterRef("pk"), article__in=Article.objects.on_desk_of(user).values("pk")
        )
        condition |= models.Exists(desk)
        return self.filter(condition)


class Picture(models.Model):
    """An uploaded picture: turned upright, freed of metadata, kept as WebP with its renditions."""

    # Widths in pixels at which a picture is made ready; pages choose with `srcset`.
    WIDTHS = (480, 960, 1600)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(_("file"), upload_to=picture_path)
    # Pixels of the kept original; written with it, so that no page opens a file to know them.
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    name = models.CharField(_("name"), max_length=160, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pictures")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        """Not its name: this stands in the log, and a file may be named after a text still secret."""
        return f"picture {self.pk}"

    def get_absolute_url(self):
        return self.url_at(self.widest)

    def url_at(self, width):
        """The address of the rendition that is `width` pixels wide (one of `widths`)."""
        return reverse("news:picture", args=[self.pk, width])

    def rendition_name(self, width):
        """Where the rendition is kept in the storage: beside the original."""
        return f"pictures/{self.pk}/{width}.webp"

    @property
    def widths(self):
        """The widths, in pixels, that renditions of this picture exist in, rising."""
        return widths_of(self.width)

    @property
    def widest(self):
        return self.widths[-1]
