"""The frozen count of a closed group work."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .forums import Forum


class ResultQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The results of the forums that `user` may find: figures, never a word of what was written."""
        return self.filter(group_work__forum__in=Forum.objects.visible_to(user).values("pk"))

    def in_order(self):
        """By when their forums were held, oldest first."""
        return self.order_by("group_work__forum__starts_at", "pk")


class Result(models.Model):
    """What a group work came to, counted once by SQL when it was closed; its figures never change.

    `unsaid` holds the ids of the Terms that no shown note of the work says any longer, of those whose notes
    were hidden after that (`veiling.note_unsaid`).

    `figures` holds (schema 3):
        {"schema": 3,
         "participants": {"elected": int | None, "official": int | None, "total": int},
         "tables": int,                         # that wrote
         "notes": {"elected": int | None, "official": int | None, "total": int},
         "sides_shown": bool,                   # False where a side has fewer than 5 people
         "concepts": [{"id": int, "label": str, "label_en": str,
                       "elected": int | None,   # tables where the elected members said it
                       "official": int | None,  # tables where the officials did
                       "elected_people": int | None,   # elected members seated at those tables
                       "official_people": int | None,  # officials seated at those tables
                       "tables": int,           # tables where anybody did
                       "notes": int,
                       "terms": [int, ...]},    # the words counted, commonest first
                      ...],                     # most tables first
         "priorities": None | {"people": int,   # who put dots
                               "dots": int,     # that they put
                               "notes": [{"note": str,   # its handle
                                          "dots": int},
                                         ...]}}          # most dots first, ten at most
    None stands where a split isn't to be told (`withholding`, decisions/0060 and 0190), or no dots are
    (decisions/0270). Schema 1 had no people behind a concept, schema 2 no priorities.
    """

    group_work = models.OneToOneField("forums.GroupWork", models.PROTECT, related_name="result")
    figures = models.JSONField()
    unsaid = models.JSONField(default=list)
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")

    def __str__(self):
        return f"{self.group_work}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A result is frozen.")
        super().save(*args, **kwargs)
