"""Documents that articles refer to: one address, one newest file, the older ones kept."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, reach_of

from .articles import Article
from .versions import Version


def document_path(file, filename):
    """Where a document's file is kept: never under the name that somebody sent."""
    return f"documents/{file.document_id}/{uuid.uuid4().hex}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Documents that live versions which `user` may read refer to, own ones, those of drafts on
        their desk and of what they were asked about, and for those who write or approve: those of the
        library."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        refers = models.Q(documents=models.OuterRef("pk"))
        read = Version.objects.live().visible_to(user).filter(refers)
        desk = Version.objects.filter(refers, article__in=Article.objects.on_desk_of(user).values("pk"))
        asked = Version.objects.answered_for(user).filter(refers)
        condition = models.Q(uploaded_by=user)
        for versions in (read, desk, asked):
            condition |= models.Exists(versions)
        if reach.has(Role.COMMUNICATOR) or reach.has(Role.APPROVER):
            condition |= models.Q(in_library=True)
        return self.filter(condition)

    def in_records_of(self, user):
        """Documents that a version of a text on the desk of `user`, also in the trash, refers to."""
        kept = Article.objects.all_on_desk_of(user).values("pk")
        refers = Version.objects.filter(documents=models.OuterRef("pk"), article__in=kept)
        return self.filter(models.Exists(refers))

    def matching(self, words):
        """Documents in whose title or newest file's name every one of `words` (a string) stands."""
        matching = self
        for word in words.casefold().split():
            matching = matching.filter(found_by__contains=word)
        return matching

    def with_newest_file(self):
        """Annotate each with what a list shows of its newest file: `name`, `extension`, `size`,
        `replaced_at` and `number`."""
        newest = DocumentFile.objects.filter(document=models.OuterRef("pk")).order_by("-number")
        fields = {
            name: models.Subquery(newest.values(field)[:1])
            for name, field in {
                "name": "name",
                "extension": "extension",
                "size": "size",
                "number": "number",
                "replaced_at": "uploaded_at",
            }.items()
        }
        return self.annotate(**fields)


class Document(models.Model):
    """An address that leads to a file, which may be replaced by a newer one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=160)
    # Title and newest name in small letters: SQLite's own comparison knows no å, ä and ö.
    found_by = models.TextField(blank=True, editable=False)
    in_library = models.BooleanField(
        _("others who write may find it in the library"),
        default=True,
        help_text=_("Uncheck it for what must stay secret until it is published."),
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="documents")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self):
        """Not its title: this stands in the log, and a file may be named after a text still secret."""
        return f"document {self.pk}"

    def get_absolute_url(self):
        """The address that texts link to; it leads to the newest file."""
        return reverse("news:document", args=[self.pk])

    @property
    def newest_file(self):
        return self.files.order_by("-number").first()

    def file_at(self, at):
        """The file to which its address led at `at` (an aware datetime); before there was any, its first."""
        files = self.files.order_by("-number")
        return files.filter(uploaded_at__lte=at).first() or files.last()


class DocumentFile(models.Model):
    """One file of a document, as it came; never changed."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    file = models.FileField(_("file"), upload_to=document_path)
    # As `news.examining` found them: a name fit for any disk, and the extension of the content.
    name = models.CharField(max_length=120, editable=False)
    extension = models.CharField(max_length=5, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    # SHA-256 of the content, as hexadecimal digits: the same file sent twice is kept once.
    digest = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="a_documents_files_are_numbered")
        ]

    def __str__(self):
        return f"file {self.number} of {self.document_id}"


class VersionDocument(models.Model):
    """A version's text links to a document: found at each save, asked for access and where-used."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "document"], name="a_version_names_a_document_once")
        ]

    def __str__(self):
        return f"{self.document_id} in version {self.version_id}"


class VersionPicture(models.Model):
    """A version's text shows a picture: found at each save, asked for access and where-used."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    picture = models.ForeignKey("news.Picture", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "picture"], name="a_version_names_a_picture_once")
        ]

    def __str__(self):
        return f"{self.picture_id} in version {self.version_id}"
