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
        """Articles whose drafts `user` may see: as an author, as somebody asked to review, or as a
        communicator or approver of the unit. An embargoed draft is for the first two only."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        involved = (
            models.Q(owner=user)
            | models.Q(signatories=user)
            | models.Q(pk__in=Version.objects.filter(written_by=user).values("article_id"))
            | models.Q(pk__in=Version.objects.filter(steps__reviewer=user).values("article_id"))
        )
        editors = models.Q(pk__in=[])
        for role in (Role.COMMUNICATOR, Role.APPROVER):
            units = reach.units_as(role)
            editors |= models.Q() if None in units else models.Q(unit_id__in=units)
        asked = models.Q(pk__in=[])
        approves = reach.units_as(Role.APPROVER)
        if approves:
            in_review = Version.objects.filter(
                state=Version.State.SUBMITTED, steps__role=Role.APPROVER
            ).values("article_id")
            asked = models.Q(pk__in=in_review)
            if None not in approves:
                asked &= models.Q(unit_id__in=approves)
        mine = self.filter(involved | (editors & models.Q(embargoed=False)) | asked).values("pk")
        return self.kept().filter(pk__in=mine)


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
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    trashed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        name = {self.Kind.BLOG: "news:blog_post", self.Kind.PAGE: "news:page"}.get(self.kind, "news:article")
        return reverse(name, args=[self.slug])

    @property
    def newest_version(self):
        return self.versions.order_by("-number").first()

    def live_version(self, at=None):
        """The version that readers see at `at` (now if not given), or None."""
        return Version.objects.live(at).filter(article=self).first() if self.trashed_at is None else None
