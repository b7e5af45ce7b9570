"""What people find most important: three dots each, put on notes."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Side


def ballot_of(key):
    """What a browser's secret key (bytes) is called beside the dots that it puts."""
    return hashlib.sha256(b"samspel dots " + key).hexdigest()


def claim_of(key):
    """What the same key is called beside the registration that it was used for. Neither name can be
    found from the other without the key, which only the browser has (decisions/0172)."""
    return hashlib.sha256(b"samspel claim " + key).hexdigest()


class DotQuerySet(models.QuerySet):
    def of_ballot(self, ballot):
        return self.filter(ballot=ballot)

    def of_group_work(self, group_work):
        return self.filter(note__question__group_work=group_work)

    def on_shown_notes(self):
        return self.filter(note__hidden_at=None)

    def people(self):
        """How many people have put any."""
        return self.values("ballot").distinct().count()


class Dot(models.Model):
    """One of a person's three dots. `ballot` holds them together without telling whose they are."""

    MOST = 3

    group_work = models.ForeignKey("forums.GroupWork", models.CASCADE, related_name="dots")
    note = models.ForeignKey("forums.Note", models.CASCADE, related_name="dots")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    ballot = models.CharField(max_length=64, editable=False)
    place = models.PositiveSmallIntegerField(editable=False)

    objects = DotQuerySet.as_manager()

    class Meta:
        verbose_name = _("dot")
        verbose_name_plural = _("dots")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "note"], name="one_dot_of_a_person_on_a_note"),
            # With the places 1, 2 and 3, nobody has a fourth, whatever arrives at once.
            models.UniqueConstraint(fields=["group_work", "ballot", "place"], name="a_dot_has_a_place"),
            models.CheckConstraint(
                condition=models.Q(place__gte=1, place__lte=3), name="a_person_has_three_dots"
            ),
        ]

    def __str__(self):
        return f"{self.note}"
