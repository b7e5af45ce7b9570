"""Pictures that articles show."""

import uuid
from collections import defaultdict

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, reach_of

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
        or review: pictures of drafts on their desk, of what they were asked about, and those of the
        library."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        live = Version.objects.live().visible_to(user)
        desk = Version.objects.filter(article__in=Article.objects.on_desk_of(user).values("pk"))
        asked = Version.objects.answered_for(user)
        condition = models.Q(uploaded_by=user)
        # Apart, not as one condition with "or": so each is a look-up in an index.
        for shows in ({"picture": models.OuterRef("pk")}, {"pictures_in_text": models.OuterRef("pk")}):
            for versions in (live, desk, asked):
                condition |= models.Exists(versions.filter(**shows))
        if reach.has(Role.COMMUNICATOR) or reach.has(Role.APPROVER):
            condition |= models.Q(in_library=True)
        return self.filter(condition)

    def matching(self, words):
        """Pictures in whose name, alternative text or credit every one of `words` (a string) stands."""
        matching = self
        for word in words.casefold().split():
            matching = matching.filter(found_by__contains=word)
        return matching

    def units_showing(self):
        """{id of a picture: the ids of the units in whose texts some version shows it}."""
        above = Version.objects.order_by().filter(picture__in=self.values("pk"))
        within = Version.pictures_in_text.through.objects.filter(picture__in=self.values("pk"))
        units = defaultdict(set)
        shown = within.values_list("picture_id", "version__article__unit_id")
        for pk, unit in above.values_list("picture_id", "article__unit_id").union(shown):
            units[pk].add(unit)
        return units


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
    # What a text that takes the picture from the library begins with.
    alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    is_decoration = models.BooleanField(_("only decoration"), default=False)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    # Percent from the left and from the top: what stays in sight where a page crops the picture.
    focal_x = models.PositiveSmallIntegerField(_("from the left"), default=50)
    focal_y = models.PositiveSmallIntegerField(_("from the top"), default=50)
    in_library = models.BooleanField(_("others who write may find it in the library"), default=False)
    # Name, alternative text and credit in small letters: SQLite's own comparison knows no å, ä and ö.
    found_by = models.TextField(blank=True, editable=False)
    # Whether its renditions exist as AVIF too; those of pictures from before do not.
    has_avif = models.BooleanField(default=False, editable=False)
    # Whether it was drawn by us (news/drawing.py), and so kept as SVG, and as PNG for mail, too.
    is_drawn = models.BooleanField(default=False, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pictures")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100),
                name="a_pictures_focal_point_is_in_it",
            )
        ]

    def __str__(self):
        """Not its name: this stands in the log, and a file may be named after a text still secret."""
        return f"picture {self.pk}"

    def get_absolute_url(self):
        return self.url_at(self.widest)

    @property
    def all_versions(self):
        """Every version that shows it, in its place above the text or within the text."""
        in_text = self.versions_in_text.values("pk")
        return Version.objects.filter(models.Q(picture=self) | models.Q(pk__in=in_text))

    def url_at(self, width, form="webp"):
        """The address of the rendition that is `width` pixels wide (one of `widths`), "webp" or "avif"."""
        return reverse("news:picture" if form == "webp" else "news:picture_avif", args=[self.pk, width])

    def rendition_name(self, width, form="webp"):
        """Where the rendition is kept in the storage: beside the original."""
        return f"pictures/{self.pk}/{width}.{form}"

    @property
    def drawing_url(self):
        """The address of the SVG of a drawn picture; "" for others."""
        return reverse("news:drawing", args=[self.pk]) if self.is_drawn else ""

    @property
    def drawing_name(self):
        """Where the SVG is kept in the storage."""
        return f"pictures/{self.pk}/drawing.svg"

    @property
    def mail_name(self):
        """Where the PNG of a drawn picture is kept, for readers of mail."""
        return f"pictures/{self.pk}/mail.png"

    @property
    def srcsets(self):
        """`srcset` for each form that the picture is kept in, the lightest first: pairs of the two."""
        forms = ["avif", "webp"] if self.has_avif else ["webp"]
        return [
            (form, ", ".join(f"{self.url_at(width, form)} {width}w" for width in self.widths))
            for form in forms
        ]

    @property
    def focal_classes(self):
        """The classes that keep the focal point in sight in a crop, to the nearest tenth; none in the
        middle."""
        if (self.focal_x, self.focal_y) == (50, 50):
            return ""
        return f"focal-x-{round(self.focal_x / 10)} focal-y-{round(self.focal_y / 10)}"

    @property
    def widths(self):
        """The widths, in pixels, that renditions of this picture exist in, rising."""
        return widths_of(self.width)

    @property
    def widest(self):
        return self.widths[-1]
