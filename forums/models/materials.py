"""Documents, links and recordings of a forum, for those whom it is meant for."""

import uuid
from collections import defaultdict

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .forums import Forum


def material_path(material, filename):
    """Where a file is kept: never under the name that somebody sent."""
    return f"materials/{material.forum_id}/{uuid.uuid4().hex}"


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Materials of the forums that `user` belongs to (`Forum.objects.belonging_to`)."""
        return self.filter(forum__in=Forum.objects.belonging_to(user).values("pk"))

    def recordings(self):
        return self.filter(kind=Material.Kind.RECORDING)


def lay_beside(items, materials):
    """Give each programme item in the list `items` its `shared` materials; return those of no item."""
    shared = defaultdict(list)
    for material in materials:
        shared[material.item_id].append(material)
    for item in items:
        item.shared = shared[item.pk]
    return shared[None]


class Material(models.Model):
    """Something to read or see: a file of ours or an address elsewhere, which no page tells."""

    class Kind(models.TextChoices):
        MATERIAL = "material", _("material")
        RECORDING = "recording", _("recording")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="materials")
    # The programme item that it belongs to; None for the forum as a whole.
    item = models.ForeignKey(
        "forums.ProgrammeItem", models.SET_NULL, null=True, blank=True, related_name="materials"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MATERIAL)
    title = models.CharField(_("title"), max_length=160)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=material_path, blank=True)
    # As `news.examining` found them; empty for a link.
    name = models.CharField(max_length=120, blank=True, editable=False)
    extension = models.CharField(max_length=5, blank=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file="") ^ models.Q(url=""), name="a_material_is_a_file_or_a_link"
            )
        ]

    def __str__(self):
        return f"material {self.pk}"

    def get_absolute_url(self):
        return reverse("forums:material", args=[self.pk])
