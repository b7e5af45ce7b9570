"""Who must say yes, and what they said."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, Person, Role, Side, reach_of

from .articles import Article
from .asked import asked_of
from .versions import Version


class ReviewStepQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(decision=ReviewStep.Decision.PENDING)

    def in_turn(self):
        """Pending steps of versions in review, all of whose earlier stages are answered."""
        earlier = ReviewStep.objects.pending().filter(
            version=models.OuterRef("version"), stage__lt=models.OuterRef("stage")
        )
        return self.pending().filter(~models.Exists(earlier), version__state="submitted")

    def with_someone_away(self):
        """Steps of which somebody who may be asked is away today and has a stand-in; of those that ask
        a role, all, if anybody at all is."""
        away = Absence.objects.current().values("person")
        return self.filter(models.Q(reviewer__in=away) | models.Q(models.Exists(away), reviewer=None))

    def with_version(self):
        """Fetch what a list of steps shows of each version along with it."""
        return self.select_related("version__article__unit", "version__written_by", "reviewer").defer(
            "version__body"
        )

    def for_review(self):
        """Fetch what the review page shows of the version along with it."""
        article = "version__article"
        return self.select_related(
            f"{article}__unit",
            f"{article}__owner",
            f"{article}__audience",
            "version__written_by",
            "version__picture",
            "decided_by",
        )

    def why_returned(self, version):
        """The step that returned this version, or the one that it was opened to mend; None if neither."""
        returned = self.filter(decision=ReviewStep.Decision.RETURNED, version__article=version.article_id)
        numbers = [version.number - 1, version.number]
        return returned.filter(version__number__in=numbers).select_related("decided_by").last()

    def on_desk_of(self, user):
        """Steps of versions that `user` may see on the desk, and of those that `user` was asked about and
        that have their answer."""
        on_desk = models.Q(version__article__in=Article.objects.on_desk_of(user).values("pk"))
        # One by one, for the few steps that are looked for: of all that were ever answered there are many.
        answered = Version.objects.answered_for(user).filter(pk=models.OuterRef("version"))
        return self.filter(on_desk | models.Exists(answered))

    def waiting_for(self, user):
        """Steps whose turn it is and that `user` may answer, also for somebody who is away: four eyes,
        so never on own text."""
        if not reach_of(user).in_service:
            return self.none()
        asked = self.in_turn().filter(asked_of(user), version__article__trashed_at=None)
        beside = ReviewStep.objects.filter(
            version=models.OuterRef("version"), stage=models.OuterRef("stage"), decided_by=user
        )
        return asked.filter(~models.Exists(beside)).exclude(version__writers=user)


class ReviewStep(models.Model):
    """One yes that a version needs, from a named person or from anyone with a role for the unit.

    Steps of the same stage are asked in parallel; a stage begins when the one before is answered.
    """

    class Decision(models.TextChoices):
        PENDING = "pending", _("waiting")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")

    version = models.ForeignKey("news.Version", models.CASCADE, related_name="steps")
    stage = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="review_steps"
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    # The side that a named reviewer signs for, where it is for one.
    side = models.CharField(max_length=10, choices=Side, blank=True)
    # Days to answer, counted from the day on which its turn comes.
    days = models.PositiveSmallIntegerField(default=5)
    asked_on = models.DateField(null=True, blank=True, editable=False)
    # Until its turn comes, no more than the day that the writers wished for.
    due_on = models.DateField(_("answer by"), null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="review_decisions"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    objects = ReviewStepQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "pk"]
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")
        indexes = [
            # Few of all the steps there have been wait at any time, and every start page asks for them.
            models.Index(fields=["version"], condition=models.Q(decision="pending"), name="steps_that_wait")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewer=None, role__gt="") | models.Q(reviewer__isnull=False, role=""),
                name="a_step_asks_a_person_or_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="pending", decided_by=None)
                | (~models.Q(decision="pending") & models.Q(decided_by__isnull=False)),
                name="a_decision_has_its_decider",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="returned") | ~models.Q(reason=""),
                name="a_return_has_a_reason",
            ),
        ]

    def __str__(self):
        return str(self.reviewer or self.get_role_display())

    @property
    def has_lost_its_reviewer(self):
        """Whether it asks somebody by name who cannot answer: they have left service, or the side that they
        were to sign for, or have words of their own in the text."""
        if self.reviewer_id is None:
            return False
        return not self._asked_by_post().exclude(versions_with_own_words=self.version_id).exists()

    def ask_approvers(self):
        """Ask whoever approves for the unit instead of somebody by name; unsaved."""
        self.reviewer, self.role, self.side = None, Role.APPROVER, ""

    def asked(self):
        """The people who may answer it by their post today, and the stand-ins of those who are away;
        whether they wrote it is not asked here."""
        asked = self._asked_by_post()
        away = Absence.objects.current().filter(person__in=asked.values("pk"))
        stand_ins = Person.objects.in_service().filter(pk__in=away.values("stand_in"))
        return (asked | self._of_the_side(stand_ins)).distinct()

    def _asked_by_post(self):
        if self.reviewer_id:
            return self._of_the_side(Person.objects.in_service().filter(pk=self.reviewer_id))
        return Person.objects.holding(self.role, self.version.article.unit_id)

    def _of_the_side(self, people):
        return people.filter(pk__in=Person.objects.on_side(self.side).values("pk")) if self.side else people
