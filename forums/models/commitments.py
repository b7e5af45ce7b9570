"""What people promised at a forum."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, reach_of
from news.models import Topic

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

    def carried_to(self, forum):
        """What `forum` opens with: the commitments of the forum that it follows, and those of the forums
        before that which are still unfinished. The unfinished ones come first."""
        if forum.follows_id is None:
            return self.none()
        carried = models.Q(forum=forum.follows_id) | models.Q(state__in=Commitment.UNFINISHED)
        is_done = models.Case(models.When(state__in=Commitment.UNFINISHED, then=0), default=1)
        return self.of_forums_before(forum).filter(carried).order_by(is_done, "due_on", "pk")

    def to_answer_at(self, forum):
        """Those of them that its summary tells of: a restricted forum's are its own people's only."""
        same_people = models.Q(forum__restricted=False)
        if forum.restricted:
            same_people |= models.Q(forum__audience=forum.audience_id)
        return self.carried_to(forum).filter(same_people)

    def unanswered_at(self, forum):
        """Those of them that nobody has told how they go since the forum that `forum` follows."""
        if forum.follows_id is None:
            return self.none()
        told = CommitmentUpdate.objects.filter(commitment=models.OuterRef("pk")).exclude(state="")
        since = told.filter(at__gte=forum.follows.starts_at)
        return self.to_answer_at(forum).unfinished().filter(~models.Exists(since))

    def due_within(self, today, *, days):
        """Unfinished ones to be done from the date `today` to `days` later, with their forums."""
        until = today + timedelta(days=days)
        return self.unfinished().filter(due_on__range=(today, until)).select_related("forum", "unit")

    def of_owners_in_service(self):
        return self.filter(owner__in=Person.objects.in_service().values("pk"))

    def about(self, topic):
        """Commitments about a topic, or about what is below it in the tree."""
        found = Commitment.topics.through.objects.filter(topic__in=Topic.objects.within(topic).values("pk"))
        return self.filter(pk__in=found.values("commitment_id"))

    def unfinished(self):
        return self.filter(state__in=Commitment.UNFINISHED)

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

    UNFINISHED = (State.PROMISED, State.UNDER_WAY)

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
    topics = models.ManyToManyField(
        "news.Topic", blank=True, related_name="commitments", verbose_name=_("topics")
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
        return self.state in self.UNFINISHED and self.due_on < timezone.localdate()

    @property
    def is_over(self):
        """Whether it is kept or dropped: nobody waits for more."""
        return self.state not in self.UNFINISHED

    @property
    def latest_answer(self):
        """What its owner told last, or None; of updates fetched along, no query."""
        return next((update for update in self.updates.all() if update.state), None)


class CommitmentUpdate(models.Model):
    """A word about a commitment: its owner's, with the state it is in then; or, without one, somebody's
    question or thought."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="updates")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("how is it going?"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=Commitment.State, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("update")
        verbose_name_plural = _("updates")

    def __str__(self):
        return self.text[:60]
