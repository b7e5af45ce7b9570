"""Comments and questions beneath a text: opening it to them, saying something, taking it back, hiding what
must not stand."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.mailing import composer_of
from accounts.models import Notification, Person
from accounts.notifying import notify
from accounts.recording import record
from accounts.refusals import Refusal
from news.models import Article, Comment
from news.surrounding import surround

Kind = Notification.Kind
# So many comments, questions and answers by one person, whatever they are about; those that were taken
# back count. A lively talk keeps within it, a script does not.
MOST_SAID, WITHIN = 10, timedelta(minutes=10)


class NotOpen(Refusal):
    message, field = _("This text takes no new comments."), "text"


class NothingSaid(Refusal):
    message, field = _("Write something first."), "text"


class TooMuchSaid(Refusal):
    field = "text"

    def __str__(self):
        return gettext(
            "You have written %(most)s comments within %(minutes)s minutes. Wait a while and send this one "
            "then."
        ) % {"most": MOST_SAID, "minutes": WITHIN.seconds // 60}


class Gone(Refusal):
    message, field = _("What you answer has been taken away."), "text"


def open_talk(article, *, by):
    """Let readers comment beneath a text. Twice is as once.

    Raises:
        NotEditable: it is in the trash.
    """
    surround(article, by=by, talk=Article.Talk.OPEN)


@transaction.atomic
def close_talk(article, *, by):
    """Take no more comments: what was said stays, and where nothing was, nothing is shown. Twice is as
    once.

    Raises:
        NotEditable: it is in the trash.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    said = article.comments.exists()
    surround(article, by=by, talk=Article.Talk.CLOSED if said else Article.Talk.NONE)


@transaction.atomic
def say(article, *, by, text, is_question=False, answers=None):
    """Add a comment, a question or an answer to a text, tell its author or whom it answers, and return
    it. The same words twice in a row by the same person are said once.

    Args:
        answers: the Comment that it answers; an answer to an answer stands beside it.

    Raises:
        NotOpen, NothingSaid, Gone, TooMuchSaid.
    """
    article = Article.objects.select_for_update(of=["self"]).select_related("unit").get(pk=article.pk)
    text = text.replace("\r\n", "\n").strip()
    if article.talk != Article.Talk.OPEN or article.trashed_at:
        raise NotOpen
    if not text:
        raise NothingSaid
    if answers:
        answers = Comment.objects.get(pk=answers.answers_id or answers.pk)
        if answers.article_id != article.pk or not answers.stands:
            raise Gone
    latest = article.comments.filter(by=by, answers=answers).order_by("-at", "-pk").first()
    if latest and latest.stands and latest.text == text:
        return latest
    if Comment.objects.filter(by=by, at__gt=timezone.now() - WITHIN).count() >= MOST_SAID:
        raise TooMuchSaid
    said = article.comments.create(
        by=by,
        text=text,
        answers=answers,
        is_question=is_question and not answers,
        by_author=speaks_for(by, article),
    )
    record("comment.made", about=article, by=by, comment=said.pk)
    _tell(said, article)
    return said


@transaction.atomic
def take_back(comment, *, by):
    """Take back what one has said: its words are erased. Twice is as once; only `by`'s own is found."""
    own = Comment.objects.filter(pk=comment.pk, by=by, taken_back_at=None)
    if own.update(text="", hidden_why="", taken_back_at=timezone.now()):
        record("comment.taken_back", about=comment.article, by=by, comment=comment.pk)


@transaction.atomic
def hide(comment, *, by, why):
    """Hide what must not stand there; its place says why. Twice is as once."""
    shown = Comment.objects.filter(pk=comment.pk, taken_back_at=None, hidden_at=None)
    if shown.update(hidden_at=timezone.now(), hidden_by=by, hidden_why=why.strip()):
        record("comment.hidden", about=comment.article, by=by, comment=comment.pk)


@transaction.atomic
def show_again(comment, *, by):
    """Show what was hidden. Twice is as once."""
    hidden = Comment.objects.filter(pk=comment.pk).exclude(hidden_at=None)
    if hidden.update(hidden_at=None, hidden_by=None, hidden_why=""):
        record("comment.shown", about=comment.article, by=by, comment=comment.pk)


def speaks_for(person, article):
    """Whether `person` is the text's author, or answers for it as its owner."""
    return person.pk in (article.author_id, article.owner_id)


def _tell(said, article):
    """Tell whoever was answered; of what nobody was asked, the author and the owner."""
    version = article.live_version()
    if version is None:
        return
    answered = said.answers
    concerned = [answered.by_id] if answered else [article.author_id, article.owner_id]
    people = Person.objects.in_service().filter(pk__in=[pk for pk in concerned if pk]).exclude(pk=said.by_id)
    readers = [one for one in people if Article.objects.visible_to(one).filter(pk=article.pk).exists()]
    kind, url = Kind.OTHER if answered else Kind.DESK, f"{article.get_absolute_url()}#kommentar-{said.pk}"

    stops = "" if answered else kind  # between two people: nothing that one turns off
    notify(
        readers,
        key=f"comment:{said.pk}",
        kind=kind,
        about=f"comment:{said.pk}",
        text=lambda: _words(said, version),
        url=url,
        # Not the words themselves: who takes them back takes them back everywhere (docs/decisions/0571).
        mail=composer_of("comment_made", stops=stops, told=lambda: _words(said, version), url=url),
    )


def _words(said, version):
    names = {"name": said.by, "title": version.title}
    if said.answers:
        return gettext("%(name)s has answered you under “%(title)s”") % names
    if said.is_question:
        return gettext("%(name)s has a question about “%(title)s”") % names
    return gettext("%(name)s has commented on “%(title)s”") % names
