"""What reviewers and writers say to one another about a passage of a text."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .articles import Article


class RemarkQuerySet(models.QuerySet):
    def open(self):
        """Remarks that nobody has said are seen to."""
        return self.filter(resolved_at=None)

    def on_desk_of(self, user):
        """Remarks on texts that `user` may see on the desk."""
        return self.filter(version__article__in=Article.objects.on_desk_of(user).values("pk"))

    def to_see_beside(self, version):
        """Those made on this version, and those on earlier ones that are still open."""
        of_article = self.filter(version__article=version.article_id, version__number__lte=version.number)
        return of_article.filter(models.Q(version=version) | models.Q(resolved_at=None))

    def with_people(self):
        return self.select_related("by", "resolved_by", "version__article")


class Remark(models.Model):
    """A comment on some words of a version under review. `quote` holds the words as they stand there,
    with single spaces; empty for the text as a whole."""

    version = models.ForeignKey("news.Version", models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    quote = models.CharField(_("passage"), max_length=400, blank=True)
    # In which part of the text they were marked (`annotating.parts_of`), and how many times they stand in it
    # before that; without a part, as of a quote copied by hand, they are taken to be the first.
    part = models.CharField(max_length=10, blank=True, editable=False)
    occurrence = models.PositiveSmallIntegerField(default=0, editable=False)
    text = models.TextField(_("comment"), max_length=1000)
    made_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("review comment")
        verbose_name_plural = _("review comments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resolved_at=None, resolved_by=None)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="a_resolved_remark_says_by_whom",
            )
        ]

    def __str__(self):
        return f"remark {self.pk}"
