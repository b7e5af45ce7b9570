"""Saying whether a text helped, with a word to its owner."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mailing import composer_of
from accounts.models import Notification, Person
from accounts.notifying import notify
from accounts.recording import record
from news.models import Article, Verdict

Kind = Notification.Kind


@transaction.atomic
def judge(article, *, by, helped, words=""):
    """Say whether a text helped `by`, in place of what they said of it before; return the Verdict. Words
    are told to the owner, or to who leads the unit where the owner has left. Twice is as once."""
    article = Article.objects.select_for_update(of=["self"]).select_related("unit").get(pk=article.pk)
    words = words.replace("\r\n", "\n").strip()
    before = Verdict.objects.filter(article=article, by=by).first()
    if before and (before.helped, before.words) == (helped, words or before.words):
        return before
    verdict, _is_new = Verdict.objects.update_or_create(
        article=article,
        by=by,
        defaults={
            "helped": helped,
            "words": words or (before.words if before else ""),
            "at": timezone.now(),
        },
    )
    record("article.judged", about=article, by=by)
    if words:
        _tell(verdict, article)
    return verdict


def _tell(verdict, article):
    version = article.live_version()
    if version is None:
        return
    owners = Person.objects.in_service().filter(pk=article.owner_id)
    people = owners if owners.exists() else Person.objects.leading(article.unit)
    url = reverse("news:verdicts", args=[article.pk])
    key = f"verdict:{verdict.pk}:{verdict.at:%Y%m%d%H%M%S%f}"
    told = [person for person in people if person.pk != verdict.by_id]
    context = {"verdict": verdict, "version": version, "url": url}
    notify(
        told,
        key=key,
        kind=Kind.DESK,
        text=lambda: (
            _("%(name)s has a word about “%(title)s”") % {"name": verdict.by, "title": version.title}
        ),
        url=url,
        mail=composer_of("word_to_owner", stops=Kind.DESK, **context),
    )
