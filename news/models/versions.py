"""What was written, by whom, when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from accounts.models import Mandate, reach_of

from .around import gathered_around
from .asked import asked_of
from .confirmations import Confirmation
from .marks import MARKED
from .topics import Topic

# What a list or a page shows of a version's article, fetched along with it.
READ_ALONG = (
    "article__owner",
    "article__author",
    "article__unit",
    "article__blog",
    "article__audience",
    "picture",
)


class VersionQuerySet(models.QuerySet):
    def live(self, at=None):
        """The version that governs each article at `at` (an aware datetime; now if not given).

        The newest approved version whose time has come governs. Once its own time has passed
        the article is silent: an older text never comes back by itself (decisions/0003).
        """
        at = at or timezone.now()
        return self._governing(at).filter(article__trashed_at=None)

    def was_live(self, at):
        """The version that governed each article at `at`, as far as the versions tell: whether the
        article lay in the trash then is in the log."""
        return self._governing(at).filter(approved_at__lte=at)

    def _governing(self, at):
        return self.filter(
            models.Q(live_until=None) | models.Q(live_until__gt=at),
            models.Q(superseded_at=None) | models.Q(superseded_at__gt=at),
            state=Version.State.APPROVED,
            live_from__lte=at,
        )

    def supersede(self, article):
        """Write down when each approved version of an article is taken over from: the earliest time of
        any newer approved one."""
        newer = Version.objects.approved().filter(
            article=models.OuterRef("article"), number__gt=models.OuterRef("number")
        )
        first = newer.order_by("live_from").values("live_from")[:1]
        self.approved().filter(article=article).update(superseded_at=models.Subquery(first))

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

    def silent(self, at=None):
        """The newest version of each article that is no longer published: it was approved, and has been
        withdrawn or has expired at `at` (an aware datetime; now if not given)."""
        ended = models.Q(live_until__lte=at or timezone.now()) | models.Q(live_until=models.F("live_from"))
        return self.newest().filter(ended, live_until__isnull=False, state=Version.State.APPROVED)

    def ever_out_by(self, at):
        """Approved versions whose time came at `at` or before, newest first. One cancelled before
        it came out (it ends where it begins) was never out."""
        return self.filter(
            models.Q(live_until=None) | models.Q(live_until__gt=models.F("live_from")),
            state=Version.State.APPROVED,
            live_from__lte=at,
        ).order_by("-number")

    def been_out(self):
        """Versions whose time has come by now, and not while their article lay in the trash."""
        in_time = models.Q(article__trashed_at=None) | models.Q(article__trashed_at__gt=models.F("live_from"))
        return self.ever_out_by(timezone.now()).filter(in_time).order_by()

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

    def to_confirm_by(self, person, at=None):
        """The live versions that ask `person` to confirm that they have read them, and have not heard it."""
        confirmed = Confirmation.objects.filter(
            article=models.OuterRef("article"), of=models.OuterRef("updated_at"), person=person.pk
        )
        asking = self.live(at).filter(
            article__must_read=True, article__audience__in=reach_of(person).audiences
        )
        return asking.filter(~models.Exists(confirmed))

    def of_kinds(self, *kinds):
        return self.filter(article__kind__in=kinds)

    def about(self, topic):
        """Versions of articles about a topic, or about what is below it in the tree."""
        articles = self.model.article.field.related_model
        found = articles.topics.through.objects.filter(topic__in=Topic.objects.within(topic).values("pk"))
        return self.filter(article__in=found.values("article_id"))

    def owned_by(self, person):
        return self.filter(article__owner=person)

    def being_written(self):
        """The newest version of each article where that is a draft, or was returned."""
        return self.newest().filter(state__in=[Version.State.DRAFT, Version.State.RETURNED])

    def newest(self):
        """The newest version of each article, whatever became of it."""
        articles = self.model.article.field.related_model.objects.order_by()
        newest = Version.objects.filter(article=models.OuterRef("pk")).order_by("-number").values("pk")[:1]
        return self.filter(pk__in=articles.annotate(newest=models.Subquery(newest)).values("newest"))

    def titled(self, words):
        """Versions in whose title every one of `words` (a string) stands. SQLite knows nothing of Å and
        å being the same letter, so a word is looked for as it may begin."""
        found = self
        for word in words.split():
            ways = {word, word.lower(), word.upper(), word.capitalize()}
            found = found.filter(models.Q(*[("title__icontains", way) for way in ways], _connector="OR"))
        return found

    def in_review(self):
        return self.filter(state=Version.State.SUBMITTED)

    def approved(self):
        return self.filter(state=Version.State.APPROVED)

    def due_for_review(self, on):
        """Versions whose article is to be looked through on the date `on`, or was by then."""
        return self.filter(article__review_on__lte=on)

    def ever_submitted(self):
        """Versions that were sent to review once, whatever came of it."""
        return self.exclude(submitted_at=None)

    def sent_before(self, version, *, since=None):
        """The version that was sent to review last before this one of its article, if that was after
        the version `since`; None if none was."""
        earlier = self.ever_submitted().filter(article=version.article_id, number__lt=version.number)
        if since:
            earlier = earlier.filter(number__gt=since.number)
        return earlier.select_related("picture").order_by("-number").first()

    def asking(self, user):
        """Versions in review that ask `user` for a yes, now or when it is their turn."""
        return self.in_review().filter(asked_of(user, step="steps__", unit="article__unit_id"))

    def marked(self):
        """What a Mark is made of, as rows of values."""
        return self.values_list(*MARKED.values())

    def for_lists(self):
        """Fetch what a row of a list shows; the body is left where it is."""
        return self.select_related(*READ_ALONG).defer("body")

    def for_desk(self):
        """Fetch what a row on the desk shows, and whether its article `is_secret`."""
        out = Version.objects.been_out().filter(article=models.OuterRef("article"))
        secret = models.Q(article__embargoed=True) & ~models.Exists(out)
        rows = self.annotate(is_secret=models.ExpressionWrapper(secret, models.BooleanField()))
        return rows.select_related("article__unit", "article__owner", "written_by").defer("body", "lead")

    def for_reading(self):
        """Fetch what an article page shows of each version along with it, what stands around it too."""
        return self.select_related(*READ_ALONG).annotate(**gathered_around(self.model))


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
