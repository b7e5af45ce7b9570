"""What the portal publishes: one address, one owner, many versions."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OpenToQuerySet, Role, Side, reach_of

from .marks import address_of
from .versions import Version

# Of so many texts about the same topics some are shown beside one.
CANDIDATES = 40


class ArticleQuerySet(OpenToQuerySet):
    def kept(self):
        """Articles that are not in the trash."""
        return self.filter(trashed_at=None)

    def live(self, at=None):
        """Articles that have a live version at `at` (an aware datetime; now if not given)."""
        return self.kept().filter(
            models.Exists(Version.objects.live(at).filter(article=models.OuterRef("pk")))
        )

    def visible_to(self, user, at=None):
        """Articles that `user` may read: live, and not restricted to others."""
        return self.live(at).open_to(reach_of(user))

    def beside(self, slug, at):
        """Articles live at `at` to read beside the one at `slug`: those that it points to (annotated
        `chosen`), then the latest about the same topics; with the `title` and `out_at` of their text.

        The articles come first here, since SQLite would begin with all that is approved instead.
        """
        shares = Article.topics.through.objects
        topics = shares.filter(article__slug=slug).values("topic_id")
        # The latest to be sorted there are enough to choose from, and cost as little as few.
        latest = shares.filter(topic__in=topics).order_by("-pk").values("article_id")[:CANDIDATES]
        pointed = Article.related.through.objects.filter(from_article__slug=slug)
        chosen = models.Q(pk__in=pointed.values("to_article_id"))
        live = Version.objects.live(at).filter(article=models.OuterRef("pk"))
        return (
            self.kept()
            .filter(chosen | models.Q(pk__in=latest))
            .exclude(slug=slug)
            .annotate(
                chosen=models.Case(models.When(chosen, then=1), default=0),
                title=models.Subquery(live.values("title")[:1]),
                out_at=models.Subquery(live.values("published_at")[:1]),
            )
            .exclude(title=None)
            .order_by("-chosen", "-out_at", "-pk")
        )

    def on_desk_of(self, user):
        """Kept articles whose drafts `user` may see: as an author, as somebody asked to review or who has
        answered, or as a communicator or approver of the unit. What is embargoed is for the last two only
        once it has been out (decisions/0410)."""
        return self.all_on_desk_of(user).kept()

    def found_by(self, user):
        """Articles that `user` may open somewhere: read now, or have on the desk."""
        readable = Article.objects.visible_to(user).values("pk")
        return self.filter(
            models.Q(pk__in=readable) | models.Q(pk__in=Article.objects.on_desk_of(user).values("pk"))
        )

    def trashed_on_desk_of(self, user):
        """The same in the trash, latest first."""
        return self.all_on_desk_of(user).exclude(trashed_at=None).order_by("-trashed_at")

    def trashed_since(self, moment):
        """Those put in the trash after `moment`."""
        return self.filter(trashed_at__gt=moment)

    def trashed_before(self, moment):
        """Those that lay in the trash at `moment` already."""
        return self.filter(trashed_at__lte=moment)

    def all_on_desk_of(self, user):
        """The same, kept or in the trash."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        edits = self._of_units_as(reach, Role.COMMUNICATOR) | self._of_units_as(reach, Role.APPROVER)
        # The cheap condition first, which most of an editor's articles meet; of the rest they are asked one
        # by one who wrote them, since an editor's own versions are many. Others have written few.
        wrote = Version.objects.filter(writers=user)
        been_out = models.Exists(Version.objects.been_out().filter(article=models.OuterRef("pk")))
        if reach.has(Role.COMMUNICATOR) or reach.has(Role.APPROVER):
            has_written = models.Q(models.Exists(wrote.filter(article=models.OuterRef("pk"))))
        else:
            has_written = models.Q(pk__in=wrote.values("article_id"))
        return self.filter(
            (edits & (models.Q(embargoed=False) | been_out))
            | models.Q(owner=user)
            | models.Q(pk__in=Article.signatories.through.objects.filter(person=user).values("article_id"))
            | models.Q(pk__in=Version.objects.filter(steps__reviewer=user).values("article_id"))
            | models.Q(pk__in=Version.objects.filter(steps__decided_by=user).values("article_id"))
            | models.Q(pk__in=Version.objects.asking(user).values("article_id"))
            | has_written
        )

    def due_for_review(self, on):
        """Articles whose day to be looked through is the date `on`, or has passed by then."""
        return self.filter(review_on__lte=on)

    def never_submitted(self):
        """Articles that were never more than drafts: nobody was ever asked to review a word."""
        return self.filter(
            ~models.Exists(Version.objects.ever_submitted().filter(article=models.OuterRef("pk")))
        )

    def with_unit_and_audience(self):
        return self.select_related("unit", "audience", "owner")

    def with_title_to_show(self):
        """Annotate each article with the title that its readers see, or of one that is not out, that of its
        newest version, as `title`: only for those who may open it somewhere (`found_by`)."""
        own = Version.objects.filter(article=models.OuterRef("pk"))
        live = Version.objects.live().filter(article=models.OuterRef("pk"))
        newest = own.order_by("-number").values("title")[:1]
        return self.annotate(
            title=Coalesce(models.Subquery(live.values("title")[:1]), models.Subquery(newest))
        )

    def with_newest_title(self):
        """Annotate each article with the title of its newest version, as `title`."""
        newest = Version.objects.filter(article=models.OuterRef("pk")).order_by("-number")
        return self.annotate(title=models.Subquery(newest.values("title")[:1]))

    @staticmethod
    def _of_units_as(reach, role):
        units = reach.units_as(role)
        return models.Q(pk__isnull=False) if None in units else models.Q(unit_id__in=units)


class Article(models.Model):
    """An address with an owner and an audience. What it says is in its versions."""

    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        BLOG = "blog", _("blog post")
        PAGE = "page", _("page")
        SUMMARY = "summary", _("forum summary")

    class Talk(models.TextChoices):
        NONE = "none", _("no comments")
        OPEN = "open", _("comments and questions")
        CLOSED = "closed", _("closed for new comments")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEWS)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="owned_articles", verbose_name=_("owner")
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="articles", verbose_name=_("on behalf of")
    )
    # Whose words they are, where they are somebody's own; else it speaks on behalf of its unit. Stays,
    # whoever owns the text later.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authored_articles",
        verbose_name=_("author"),
    )
    blog = models.ForeignKey(
        "news.Blog", models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("blog")
    )
    audience = models.ForeignKey(
        "accounts.Audience", models.PROTECT, related_name="articles", verbose_name=_("audience")
    )
    restricted = models.BooleanField(_("only for the audience"), default=False)
    embargoed = models.BooleanField(
        _("keep the draft to its authors and reviewers until it is published"), default=False
    )
    # Those whom it is meant for are asked to confirm that they have read it (`Confirmation`).
    must_read = models.BooleanField(_("must be read"), default=False)
    # Everyone who must sign a version off before an approver sees it: the leaders of a group work.
    signatories = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        through="news.Signatory",
        related_name="articles_to_sign",
        verbose_name=_("sign-off by"),
    )
    # Where an imported article came from: a second import of the same source finds it here.
    source_key = models.CharField(max_length=120, null=True, blank=True, unique=True, editable=False)
    # The day an imported page itself says that it was last updated; readers are shown it.
    source_updated_on = models.DateField(_("originally updated"), null=True, blank=True, editable=False)
    # The day on which somebody should look whether what it says is still right; None for never.
    review_on = models.DateField(_("to be looked through"), null=True, blank=True)
    topics = models.ManyToManyField(
        "news.Topic", blank=True, related_name="articles", verbose_name=_("topics")
    )
    # What its writers point to beside it; readers see those that they may read.
    related = models.ManyToManyField("self", blank=True, symmetrical=False, related_name="+")
    talk = models.CharField(_("comments"), max_length=10, choices=Talk, default=Talk.NONE)
    # Counts the changes of what stands around its text, such as its topics: no page kept before one is
    # shown after it (`news.keeping`).
    edition = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            # Few of all the texts there are must be read, and every start page asks for them.
            models.Index(fields=["audience"], condition=models.Q(must_read=True), name="articles_to_read")
        ]

    def __str__(self):
        """The address; of an embargoed article its number, since the address is made of the title, and
        this stands in the log and in the back office."""
        return f"article {self.pk}" if self.embargoed else self.slug

    def get_absolute_url(self):
        return address_of(self.kind, self.slug)

    @property
    def is_secret(self):
        """Whether its embargo still holds: what has been out once is no secret (decisions/0410)."""
        return self.embargoed and not self.versions.been_out().exists()

    @property
    def newest_version(self):
        return self.versions.order_by("-number").first()

    @property
    def newest_approved(self):
        """The version that was approved last, whether it is out, to come or gone; None if none was."""
        return self.versions.approved().order_by("-number").first()

    def live_version(self, at=None):
        """The version that readers see at `at` (now if not given), or None."""
        return Version.objects.live(at).filter(article=self).first() if self.trashed_at is None else None


class Signatory(models.Model):
    """Somebody who must sign an article off. Where it is for a side, they do so only while they hold a
    post on that side."""

    article = models.ForeignKey(Article, models.CASCADE)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    side = models.CharField(_("side"), max_length=10, choices=Side, blank=True)

    class Meta:
        db_table = "news_article_signatories"
        unique_together = [("article", "person")]

    def __str__(self):
        return f"signatory {self.pk}"
