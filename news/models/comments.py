"""What readers say beneath a text, and whether it helped them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person

from .gathered import Gathered, made_of
from .versions import Version

# What is shown of a comment and of whoever said it.
SHOWN = (
    "id",
    "answers_id",
    "text",
    "is_question",
    "by_author",
    "at",
    "taken_back_at",
    "hidden_at",
    "hidden_why",
)
SPEAKER = ("by__id", "by__given_name", "by__family_name")


class CommentQuerySet(models.QuerySet):
    def gathered(self):
        """The comments in their order, as a value of the row of what they are said about."""
        return Gathered(self.order_by("at", "pk"), *SHOWN, *SPEAKER)

    def said_by(self, person):
        """What somebody has said and not taken back, latest first, whatever has become of the text since;
        each with the `title` of its text where they may read that now, else None."""
        read = Version.objects.live().visible_to(person).filter(article=models.OuterRef("article"))
        return (
            self.filter(by=person, taken_back_at=None)
            .annotate(title=models.Subquery(read.values("title")[:1]))
            .select_related("article")
            .order_by("-at", "-pk")
        )

    def standing(self):
        """Those that are neither taken back nor hidden."""
        return self.filter(taken_back_at=None, hidden_at=None)

    def unanswered(self):
        """Questions without a word of the author."""
        answered = Comment.objects.filter(answers=models.OuterRef("pk"), by_author=True, taken_back_at=None)
        return self.standing().filter(~models.Exists(answered), is_question=True, answers=None)


def thread(rows):
    """The comments of a `gathered()` value in their order, each with `replies`, as a list. What was taken
    back and has no answers is left out."""
    comments = [_comment(row) for row in rows or ()]
    roots = {comment.pk: comment for comment in comments if comment.answers_id is None}
    for comment in comments:
        if comment.answers_id and not comment.taken_back_at:
            roots[comment.answers_id].replies.append(comment)
    return [root for root in roots.values() if root.replies or not root.taken_back_at]


def _comment(row):
    comment = made_of(Comment, row)
    comment.by = made_of(Person, row, below="by__")
    comment.replies = []
    return comment


class Comment(models.Model):
    """A comment or a question on a text, or an answer to one. Its words are erased when it is taken back."""

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answers = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="given_answers")
    text = models.TextField(_("comment"), max_length=2000)
    is_question = models.BooleanField(_("it is a question"), default=False)
    # Whether its writer was the text's author, or answered for it, when it was written.
    by_author = models.BooleanField(default=False, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    hidden_why = models.CharField(_("why"), max_length=200, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self):
        return f"comment {self.pk}"

    @property
    def stands(self):
        """Whether its words are shown."""
        return not self.taken_back_at and not self.hidden_at


class VerdictQuerySet(models.QuerySet):
    def with_words(self):
        return self.exclude(words="").select_related("by").order_by("-at")

    def tally(self):
        """(how many a text helped, how many not)."""
        counted = dict(self.order_by().values_list("helped").annotate(models.Count("pk")))
        return counted.get(True, 0), counted.get(False, 0)


class Verdict(models.Model):
    """Whether a text helped somebody, and a word to its owner; the latest says what holds."""

    article = models.ForeignKey("news.Article", models.CASCADE, related_name="verdicts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    helped = models.BooleanField(_("did it help?"))
    words = models.TextField(_("a word to the owner"), max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.UniqueConstraint(fields=["article", "by"], name="each_reader_has_one_verdict_on_a_text")
        ]

    def __str__(self):
        return f"verdict {self.pk}"
