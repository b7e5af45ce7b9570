"""What was written, by whom, when."""

from collections import namedtuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from accounts.models import reach_of

# Everything in which one rendering of a published version can differ from another of it, beside its
# words, which never change.
MARKED = {
    "pk": "pk",
    "title": "title",
    "saved_at": "saved_at",
    "approved_at": "approved_at",
    "published_at": "published_at",
    "updated_at": "updated_at",
    "article_id": "article_id",
    "slug": "article__slug",
    "kind": "article__kind",
    "owner_id": "article__owner_id",
    "unit_id": "article__unit_id",
    "audience_id": "article__audience_id",
    "restricted": "article__restricted",
}
Mark = namedtuple("Mark", [*MARKED, "aimed"])


class VersionQuerySet(models.QuerySet):
    def live(self, at=None):
        """The version that governs each article at `at` (an aware datetime; now if not given).

        The newest approved version whose time has come governs. Once its own time has passed
        the article is silent: an older text never comes back by itself (decisions/0003).
        """
        at = at or timezone.now()
        return self.filter(
            models.Q(live_until=None) | models.Q(live_until__gt=at),
            models.Q(superseded_at=None) | models.Q(superseded_at__gt=at),
            state=Version.State.APPROVED,
            live_from__lte=at,
            article__trashed_at=None,
        )

    def supersede(self, version):
        """Write down when an approved version takes over from each older one of its article, and
        each newer one from it: the earliest time of any newer approved version."""
        siblings = self.filter(article=version.article_id, state=Version.State.APPROVED)
        later = models.Q(superseded_at=None) | models.Q(superseded_at__gt=version.live_from)
        siblings.filter(later, number__lt=version.number).update(superseded_at=version.live_from)
        newer = siblings.filter(number__gt=version.number).aggregate(at=models.Min("live_from"))
        siblings.filter(number=version.number).update(superseded_at=newer["at"])

    def scheduled(self, at=None):
        """Approved versions that are to come out after `at` (an aware datetime; now if not given):
        neither cancelled nor overtaken by a newer one."""
        overtaking = Version.objects.filter(
            article=models.OuterRef("article"),
            state=Version.State.APPROVED,
            live_from__lte=models.OuterRef("live_from"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(
            models.Q(live_until=None) | models.Q(live_until__gt=models.F("live_from")),
            ~models.Exists(overtaking),
            state=Version.State.APPROVED,
            live_from__gt=at or timezone.now(),
            article__trashed_at=None,
        )

    def ever_out_by(self, at):
        """Approved versions whose time came at `at` or before, newest first. One cancelled before
        it came out (it ends where it begins) was never out."""
        return self.filter(
            models.Q(live_until=None) | models.Q(live_until__gt=models.F("live_from")),
            state=Version.State.APPROVED,
            live_from__lte=at,
        ).order_by("-number")

    def locked(self, pk):
        """Fetch one version; its row and its article's are held until the transaction ends."""
        return self.select_for_update().select_related("article").get(pk=pk)

    def visible_to(self, user):
        """Versions of articles that are not restricted to others. Says nothing of what is live."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        return self.filter(
            models.Q(article__restricted=False) | models.Q(article__audience__in=reach.audiences)
        )

    def of_kinds(self, *kinds):
        return self.filter(article__kind__in=kinds)

    def being_written(self):
        """The newest version of each article where that is a draft, or was returned."""
        newer = Version.objects.filter(
            article=models.OuterRef("article"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer), state__in=[Version.State.DRAFT, Version.State.RETURNED])

    def in_review(self):
        return self.filter(state=Version.State.SUBMITTED)

    def marked(self):
        """What a Mark is made of, as rows of values."""
        return self.values_list(*MARKED.values())

    def for_lists(self):
        """Fetch what a row of a list shows; the body is left where it is."""
        return self.select_related("article__owner", "article__unit", "article__audience", "picture").defer(
            "body"
        )

    def for_desk(self):
        """Fetch what a row on the desk shows."""
        return self.select_related("article__unit", "written_by").defer("body")

    def for_reading(self):
        """Fetch what a list or an article page shows of each version along with it."""
        return self.select_related("article__owner", "article__unit", "article__audience", "picture")


class Version(models.Model):
    """One text of one article. Its words never change once it has been submitted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("in review")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")

    EDITABLE = (State.DRAFT,)

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    # Counts the saves, on from version to version: whoever saves on top of another count is shown both
    # texts, also where what they opened was an earlier version.
    revision = models.PositiveIntegerField(default=0)

    title = models.CharField(_("title"), max_length=160)
    lead = models.TextField(_("lead"), max_length=600, blank=True)
    body = models.TextField(_("text"), blank=True)
    picture = models.ForeignKey(
        "news.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("picture"),
    )
    picture_caption = models.CharField(_("caption"), max_length=500, blank=True)
    picture_alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    picture_credit = models.CharField(_("credit"), max_length=120, blank=True)

    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="versions_written",
        verbose_name=_("written by"),
    )
    # Everyone with words in it that nobody has approved yet: none of them may review it.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="versions_with_own_words")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    # A small correction leaves "last updated" as it was and tells nobody.
    is_minor = models.BooleanField(_("small correction"), default=False)

    live_from = models.DateTimeField(_("published from"), null=True, blank=True)
    live_until = models.DateTimeField(_("published until"), null=True, blank=True)
    # When a newer version takes over, kept by `supersede`: so a list need not compare each version
    # with all others of its article (decisions/0012).
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Carried from version to version by `publishing.approve_version`: when the article first came
    # out, and when readers were last told that it changed.
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"]),
            models.Index(fields=["article", "state", "number"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="an_articles_versions_are_numbered"),
            models.UniqueConstraint(
                fields=["article"],
                condition=models.Q(state__in=["draft", "submitted"]),
                name="an_article_has_one_version_in_the_works",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(live_from__isnull=False),
                name="an_approved_version_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(live_until=None) | models.Q(live_until__gte=models.F("live_from")),
                name="a_version_does_not_end_before_it_begins",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_editable(self):
        return self.state in self.EDITABLE

    @property
    def was_updated(self):
        """Whether readers are shown a "last updated" beside the day it came out."""
        return bool(self.updated_at and self.published_at and self.updated_at > self.published_at)

    @cached_property
    def plain_text(self):
        """The body without its markup, for search and for word counts."""
        return strip_tags(self.body.replace("><", "> <"))
