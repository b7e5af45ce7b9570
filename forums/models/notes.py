"""What the tables write."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Side


def handle_of(note_id):
    """The name that pages give a note, from which its id can't be found."""
    return hashlib.sha256(b"samspel note " + note_id.bytes).hexdigest()[:20]


class NoteQuerySet(models.QuerySet):
    def shown(self):
        """Notes that nobody has taken down."""
        return self.filter(hidden_at=None)

    def of_forum(self, forum):
        return self.filter(question__group_work__forum=forum)

    def with_handle(self, handle):
        """The notes that pages name `handle`. Reads the ids of the notes it is asked of."""
        ids = [pk for pk in self.values_list("pk", flat=True) if handle_of(pk) == handle]
        return self.filter(pk__in=ids)


class Note(models.Model):
    """A short note from one table, in one side's voice. Its id is made by the writer's browser,
    so that the same note sent twice is one note, and is its writer's secret: whoever knows it may
    edit the note. Pages name a note by its `handle`. `author` stays empty in an anonymous group work."""

    MAX_LENGTH = 500

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey("forums.Question", models.CASCADE, related_name="notes")
    table = models.ForeignKey("forums.Table", models.CASCADE, related_name="notes")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    text = models.CharField(_("note"), max_length=MAX_LENGTH)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    written_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=250, blank=True)
    terms = models.ManyToManyField("forums.Term", through="forums.Mention", related_name="notes")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["question", "-written_at"])]

    def __str__(self):
        return self.text[:60]

    @property
    def handle(self):
        return handle_of(self.pk)


class Mention(models.Model):
    """A term given to a note."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    term = models.ForeignKey("forums.Term", models.PROTECT, related_name="mentions")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["note", "term"], name="a_note_mentions_a_term_once")]

    def __str__(self):
        return f"{self.term}"
