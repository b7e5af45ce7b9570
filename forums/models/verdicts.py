"""What people thought of a forum: a few grades and a word, and nothing about who gave them."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

WORST, BEST = 1, 5


def grade(words):
    """A field for how far somebody agrees with `words`, from not at all to completely."""
    return models.PositiveSmallIntegerField(
        words, validators=[MinValueValidator(WORST), MaxValueValidator(BEST)]
    )


class Verdict(models.Model):
    """One person's verdict on a forum. Anonymous by construction: there is no column that leads to
    anybody, no time, and a random id; and the row is written anew with each that comes, so that neither its
    place nor its transaction tells in which order they came (decisions/0250 and 0510)."""

    GRADES = ("worth", "heard", "useful")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="verdicts")
    worth = grade(_("The forum was worth my time"))
    heard = grade(_("I could say what I wanted to say"))
    useful = grade(_("I take something with me that I will use"))
    words = models.TextField(_("What should we do in another way next time?"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    worth__range=(WORST, BEST), heard__range=(WORST, BEST), useful__range=(WORST, BEST)
                ),
                name="grades_go_from_one_to_five",
            )
        ]

    def __str__(self):
        return f"{self.forum}"
