"""Kinds of forums: what they are called, and what a new forum of the kind begins with. Data, not code."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .programme import ProgrammeItem

# The kind of a forum of which nothing else is said.
FIRST = "forum"


class ForumKindQuerySet(models.QuerySet):
    def offered(self):
        """Kinds that a new forum may be of."""
        return self.filter(is_offered=True)


class ForumKind(models.Model):
    """What a new forum of the kind begins with; nothing of it binds the forum afterwards."""

    key = models.SlugField(primary_key=True, max_length=60, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_in_english = models.CharField(_("name in English"), max_length=60, blank=True)
    used_for = models.CharField(_("used for"), max_length=200, blank=True)
    is_offered = models.BooleanField(_("offered for new forums"), default=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    audience = models.ForeignKey(
        "accounts.Audience",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited"),
    )
    restricted = models.BooleanField(_("only for the invited"), default=False)
    allows_deputies = models.BooleanField(_("deputies are welcome"), default=False)
    asks_diet = models.BooleanField(_("ask what people eat"), default=False)
    asks_access = models.BooleanField(_("ask what people need in the room"), default=False)

    # How many times it has been saved, so that nobody overwrites what they have not seen.
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ForumKindQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("kind of forum")
        verbose_name_plural = _("kinds of forums")

    def __str__(self):
        """Its name in the reader's language."""
        return (get_language() == "en" and self.name_in_english) or self.name


class KindItem(models.Model):
    """A programme item with which forums of a kind begin, at a time of day that moves with the forum."""

    forum_kind = models.ForeignKey(ForumKind, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=ProgrammeItem.Kind, default=ProgrammeItem.Kind.TALK)
    starts = models.TimeField()
    ends = models.TimeField()
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name = _("programme item of a kind")
        verbose_name_plural = _("programme items of kinds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="a_kinds_item_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return self.title
