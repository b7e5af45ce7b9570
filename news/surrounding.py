"""Saying what stands around an article's text: its topics, whose words it is, what to read beside it,
and whether readers may comment."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal
from news.models import Article
from news.recalling import note_change, said_of
from news.refusals import NotEditable


class AuthorNotInService(Refusal):
    message, field = _("The author has to be somebody who holds a post today."), "author"


SAID = ("author", "blog", "talk")
CHOSEN = ("topics", "related")


@transaction.atomic
def surround(article, *, by, **said):
    """Say anew what stands around an article's text. It holds at once, for what is live too, since none
    of it is what the text says (decisions/0220). The same said twice changes nothing.

    Args:
        said: of `topics`, `author` (a Person or None), `blog`, `related` (Articles to read beside it)
            and `talk` those that are to change; the others stay.

    Raises:
        NotEditable: it is in the trash.
        AuthorNotInService: a new author holds no post today.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.trashed_at:
        raise NotEditable
    changed = [name for name in SAID if name in said and getattr(article, name) != said[name]]
    if "author" in changed and said["author"] and not said["author"].reach.in_service:
        raise AuthorNotInService
    before = said_of(article, [*SAID, *CHOSEN])
    for name in changed:
        setattr(article, name, said[name])
    for name in CHOSEN:
        keys = {one.pk for one in said.get(name, ())} - {article.pk if name == "related" else None}
        if name in said and keys != set(before[name]):
            getattr(article, name).set(keys)
            changed.append(name)
    if changed:
        article.save(update_fields=SAID)
        show_anew(Article.objects.filter(pk=article.pk))
        taken = {name: before[name] for name in changed}
        note_change("article.surrounded", article, by=by, before=taken)
    return article


def show_anew(articles):
    """Let no page that was kept of these articles (a QuerySet) be shown any more."""
    articles.update(edition=models.F("edition") + 1)
