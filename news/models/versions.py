"""What was written, by whom, when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from accounts.models import Mandate

from .version_queries import VersionQuerySet


class Version(models.Model):
    """One text of one article. Its words never change once it has been submitted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("in review")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        # Its writers took it out of review, or began anew from an older text. Nobody said yes or no.
        SET_ASIDE = "set_aside", _("set aside")

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
    # Said by its writer: the picture tells nothing, so those who can't see it miss nothing.
    picture_is_decoration = models.BooleanField(_("the picture is only decoration"), default=False)
    picture_credit = models.CharField(_("credit"), max_length=120, blank=True)

    # What the body links to and shows, found at each save (`news.referring`).
    documents = models.ManyToManyField(
        "news.Document", through="news.VersionDocument", related_name="versions"
    )
    pictures_in_text = models.ManyToManyField(
        "news.Picture", through="news.VersionPicture", related_name="versions_in_text"
    )

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

    # What its writers wish for; whoever gives the last yes decides.
    wished_from = models.DateTimeField(_("wished to be published from"), null=True, blank=True)
    wished_until = models.DateTimeField(_("wished to be published until"), null=True, blank=True)
    live_from = models.DateTimeField(_("published from"), null=True, blank=True)
    live_until = models.DateTimeField(_("published until"), null=True, blank=True)
    # When a newer version takes over, kept by `supersede`: so a list need not compare each version
    # with all others of its article (decisions/0012).
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Carried from version to version by `publishing.date_version`: when the article first came
    # out, and when readers were last told that it changed.
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        indexes = [
            # All that says which versions are live is in them, so that of fifty versions of an article
            # the one that is has to be fetched, and no other.
            models.Index(
                fields=["state", "-published_at", "-id", "superseded_at", "live_from", "live_until"],
                name="versions_in_a_feed",
            ),
            models.Index(
                fields=["article", "state", "superseded_at", "live_from", "live_until"],
                name="versions_of_an_article",
            ),
            # Few versions are given an end before another takes over.
            models.Index(
                fields=["live_until"],
                condition=models.Q(live_until__isnull=False),
                name="versions_that_end",
            ),
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
    def times_to_come(self):
        """When an approved version comes out and when it ends, None for each that has passed or was never
        set; of one that was cancelled (it ends where it begins) there is neither."""
        if self.live_from == self.live_until:
            return None, None
        now = timezone.now()
        return tuple(at if at and at > now else None for at in (self.live_from, self.live_until))

    def times_given_up(self, approved):
        """The times to come of `approved`, the version approved before this one (or None), that this one does
        not wish to keep: it comes out as soon as it is approved, or stays for good. None for each other."""
        if approved is None or approved.number >= self.number:
            return None, None
        now, wishes = timezone.now(), (self.wished_from, self.wished_until)
        decided = zip(approved.times_to_come, wishes, strict=True)
        return tuple(None if wish and wish > now else at for at, wish in decided)

    @property
    def was_updated(self):
        """Whether readers are shown a "last updated" beside the day it came out."""
        return bool(self.updated_at and self.published_at and self.updated_at > self.published_at)

    @property
    def earlier_mandate(self):
        """The Mandate in which readers were last told that it changed; None where that is today's."""
        return self.mandate_before(timezone.localdate())

    def mandate_before(self, today):
        """The same, for whoever reads it on the date `today`."""
        told = self.updated_at or self.published_at
        day = timezone.localdate(told) if told else today
        if not self.was_updated and self.article.source_updated_on:
            day = min(day, self.article.source_updated_on)
        mandate = Mandate.on(day)
        return None if mandate == Mandate.on(today) else mandate

    @cached_property
    def plain_text(self):
        """The body without its markup, for search and for word counts."""
        return strip_tags(self.body.replace("><", "> <"))
