"""What people promised at a forum."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import reach_of

from .forums import Forum


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Commitments of forums that `user` may find, and the user's own."""
        if not reach_of(user).in_service:
            return self.none()
        forums = Forum.objects.visible_to(user).values("pk")
        return self.filter(models.Q(forum__in=forums) | models.Q(owner_id=user.pk))

    def of_forums_before(self, forum):
        """Commitments of the forum that `forum` follows, and of those before it."""
        earlier = Forum.objects.chain_of(forum).values("pk")
        return self.filter(forum__in=earlier).select_related("owner", "unit", "forum")

    def unfinished(self):
        return self.filter(state__in=[Commitment.State.PROMISED, Commitment.State.UNDER_WAY])

    def kept(self):
        """Promises that were kept, latest first."""
        return self.filter(state=Commitment.State.KEPT).order_by("-due_on")

    def with_latest_update(self):
        return self.select_related("owner", "unit", "forum").prefetch_related("updates__by")


class Commitment(models.Model):
    """A promise: who, what, by when, and how it goes."""

    class State(models.TextChoices):
        PROMISED = "promised", _("promised")
        UNDER_WAY = "under_way", _("under way")
        KEPT = "kept", _("kept")
        DROPPED = "dropped", _("dropped")

    forum = models.ForeignKey("forums.Forum", models.CASCADE, related_name="commitments")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="commitments", verbose_name=_("owner")
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="commitments", verbose_name=_("unit")
    )
    text = models.CharField(_("commitment"), max_length=300)
    due_on = models.DateField(_("by"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROMISED)
    notes = models.ManyToManyField(
        "forums.Note", blank=True, related_name="commitments", verbose_name=_("answers the notes")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.UniqueConstraint(fields=["forum", "owner", "text"], name="a_promise_is_written_once")
        ]

    def __str__(self):
        return self.text

    @property
    def is_overdue(self):
        return (
            self.state in (self.State.PROMISED, self.State.UNDER_WAY) and self.due_on < timezone.localdate()
        )


class CommitmentUpdate(models.Model):
    """A word about how a commitment goes, and the state it was in then."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="updates")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("how is it going?"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=Commitment.State)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("update")
        verbose_name_plural = _("updates")

    def __str__(self):
        return self.text[:60]
