"""What the tables write."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Side


def handle_of(note_id):
    """The name that pages give a note, from which its id can't be found."""
    return hashlib.sha256(b"samspel note " + note_id.bytes).hexdigest()[:20]


class NoteQuerySet(models.QuerySet):
    def shown(self):
        """Notes that nobody has taken down."""
        return self.filter(hidden_at=None)

    def held(self):
        """Notes that wait for somebody to look at them."""
        return self.filter(is_held=True)

    def taken_down(self):
        """Notes that somebody has hidden, the latest hidden first."""
        return self.filter(hidden_at__isnull=False, is_held=False).order_by("-hidden_at", "pk")

    def shown_or_held(self, pks):
        """The shown notes, and those with these ids that wait for somebody to look."""
        return self.filter(models.Q(hidden_at=None) | models.Q(is_held=True, pk__in=list(pks)))

    def by_concept(self):
        """{id of a Concept: how many of these notes mention it}. One query."""
        said = self.filter(terms__isnull=False).order_by().values_list("terms__concept")
        return dict(said.annotate(notes=models.Count("pk", distinct=True)))

    def for_summary(self):
        """Notes that those who lead have marked for the summary."""
        return self.shown().filter(is_for_summary=True)

    def of_group_work(self, group_work):
        return self.filter(question__group_work=group_work)

    def priorities_of(self, group_work):
        """The shown notes of a group work that got dots, with the number of people who gave them one:
        `dots_in_all`, and by their voice `dots_elected`, `dots_official`. Most dots first."""
        by_side = {f"dots_{side}": models.Count("dots", filter=models.Q(dots__side=side)) for side in Side}
        counted = self.shown().of_group_work(group_work).annotate(dots_in_all=models.Count("dots"), **by_side)
        return counted.filter(dots_in_all__gt=0).order_by("-dots_in_all", "table__number", "pk")

    def latest_of(self, group_work, number):
        """The latest shown notes. An index tells those of each question; to sort all would read all."""
        found = models.Q(pk__in=[])
        for question in group_work.questions.values_list("pk", flat=True):
            latest = Note.objects.shown().filter(question=question).order_by("-written_at", "-pk")
            found |= models.Q(pk__in=latest.values("pk")[:number])
        return self.filter(found)[:number]

    def of_forum(self, forum):
        return self.filter(question__group_work__forum=forum)

    def with_word(self, text):
        """The notes with `text` in them or in a keyword. SQLite folds no å, ä, ö, so both cases are tried."""
        spellings = {text, text.lower(), text.capitalize()}
        found = models.Q()
        for spelling in spellings:
            found |= models.Q(text__icontains=spelling)
        said = Mention.objects.filter(note=models.OuterRef("pk"), term__text__contains=text.lower())
        return self.filter(found | models.Exists(said))

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
    # How many times it has been saved; an edit made on top of an older one is shown beside the newer.
    revision = models.PositiveIntegerField(default=1)
    # Out of sight and uncounted since then: taken down for a reason, or (`is_held`) held back for a
    # word on the list of insults, or a name as a keyword, until somebody has looked at it.
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=250, blank=True)
    is_held = models.BooleanField(default=False)
    is_for_summary = models.BooleanField(_("marked for the summary"), default=False)
    terms = models.ManyToManyField("forums.Term", through="forums.Mention", related_name="notes")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        # All that is asked of every note while the room writes (`stamping`, `tallying`) stands in the index.
        # And what is hidden is found without a look at all the others.
        indexes = [
            models.Index(fields=["question", "-written_at", "table", "hidden_at", "revision"]),
            models.Index(
                fields=["hidden_at"], condition=models.Q(hidden_at__isnull=False), name="notes_out_of_sight"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_held=False) | models.Q(hidden_at__isnull=False),
                name="a_note_held_back_is_out_of_sight",
            )
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def is_taken_down(self):
        """Whether somebody has hidden it, and not only the list of insults."""
        return self.hidden_at is not None and not self.is_held

    @cached_property
    def handle(self):
        return handle_of(self.pk)


class Mention(models.Model):
    """A term given to a note."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    term = models.ForeignKey("forums.Term", models.PROTECT, related_name="mentions")
    # The word with the capitals that it was typed with; empty where there were none (decisions/0440).
    written = models.CharField(max_length=80, blank=True, db_default="", default="", editable=False)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["note", "term"], name="a_note_mentions_a_term_once")]

    def __str__(self):
        return self.written or self.term.text
