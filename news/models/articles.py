"""What the portal publishes: one address, one owner, many versions."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import OpenToQuerySet, Role, reach_of

from .versions import Version


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

    def on_desk_of(self, user):
        """Kept articles whose drafts `user` may see: as an author, as somebody asked to review, or as
        a communicator or approver of the unit. An embargoed draft is for the first two only."""
        return self.all_on_desk_of(user).kept()

    def trashed_on_desk_of(self, user):
        """The same in the trash, latest first."""
        return self.all_on_desk_of(user).exclude(trashed_at=None).order_by("-trashed_at")

    def all_on_desk_of(self, user):
        """The same, kept or in the trash."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        involved = (
            models.Q(owner=user)
            | models.Q(pk__in=Article.signatories.through.objects.filter(person=user).values("article_id"))
            | models.Q(pk__in=Version.objects.filter(writers=user).values("article_id"))
            | models.Q(pk__in=Version.objects.filter(steps__reviewer=user).values("article_id"))
        )
        edits = self._of_units_as(reach, Role.COMMUNICATOR) | self._of_units_as(reach, Role.APPROVER)
        to_approve = Version.objects.in_review().filter(steps__role=Role.APPROVER).values("article_id")
        asked = models.Q(pk__in=to_approve) & self._of_units_as(reach, Role.APPROVER)
        return self.filter(involved | (edits & models.Q(embargoed=False)) | asked)

    def with_unit_and_audience(self):
        return self.select_related("unit", "audience", "owner")

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

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEWS)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="owned_articles", verbose_name=_("owner")
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="articles", verbose_name=_("on behalf of")
    )
    audience = models.ForeignKey(
        "accounts.Audience", models.PROTECT, related_name="articles", verbose_name=_("audience")
    )
    restricted = models.BooleanField(_("only for the audience"), default=False)
    embargoed = models.BooleanField(
        _("keep the draft to its authors and reviewers until it is published"), default=False
    )
    # Everyone who must sign a version off before an approver sees it: the leaders of a group work.
    signatories = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="articles_to_sign", verbose_name=_("sign-off by")
    )
    # Where an imported article came from: a second import of the same source finds it here.
    source_key = models.CharField(max_length=120, null=True, blank=True, unique=True, editable=False)
    # The day an imported page itself says that it was last updated; readers are shown it.
    source_updated_on = models.DateField(_("originally updated"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self):
        """The address; of an embargoed article its number, since the address is made of the title, and
        this stands in the log and in the back office."""
        return f"article {self.pk}" if self.embargoed else self.slug

    def get_absolute_url(self):
        name = {self.Kind.BLOG: "news:blog_post", self.Kind.PAGE: "news:page"}.get(self.kind, "news:article")
        return reverse(name, args=[self.slug])

    @property
    def newest_version(self):
        return self.versions.order_by("-number").first()

    def live_version(self, at=None):
        """The version that readers see at `at` (now if not given), or None."""
        return Version.objects.live(at).filter(article=self).first() if self.trashed_at is None else None
