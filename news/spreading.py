"""Spreading the word: telling those whom a text is meant for that it has come out, or has changed.

The task only says "look now". It asks the database what is live and whom it is meant for, so it is right
however late the worker comes, and the hourly round makes up for one that never came.
"""

from datetime import timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.mailing import AFTER_OTHERS, composer_of
from accounts.models import Notification, Person
from accounts.notifying import notify
from news.models import Announcement, Article, Confirmation, Version
from news.signals import word_goes_out
from news.telling import approval_key

Kind = Notification.Kind
KIND_OF = {
    Article.Kind.NEWS: Kind.NEWS,
    Article.Kind.BLOG: Kind.BLOG,
    Article.Kind.PAGE: Kind.PAGE,
    Article.Kind.SUMMARY: Kind.SUMMARY,
}
# What came out, or changed, longer ago than this is no news.
STILL_NEWS = timedelta(days=14)
# So many people are told between two looks at what is true.
AT_A_TIME = 100


def about_of(article):
    """What `Notification.about` says of what is told of an article."""
    return f"article:{article.pk}"


def key_of(version):
    """The key of what is told of a live version: the same for its small corrections, and another where it
    asks to be confirmed, of which those who only heard that it came out have not been told."""
    return f"{_plain_key_of(version)}:asks" if version.article.must_read else _plain_key_of(version)


def _plain_key_of(version):
    return f"article:{version.article_id}:{version.updated_at:%Y%m%dT%H%M%S%f}"


def spread_when_live(version):
    """Queue the telling for the moment when an approved version comes out."""
    if version.live_from <= timezone.now():
        tell_readers.enqueue(version.article_id)
    elif tell_readers.get_backend().supports_defer:
        tell_readers.using(run_after=version.live_from).enqueue(version.article_id)


@task(priority=AFTER_OTHERS)
def tell_readers(article_id):
    """Tell those whom the live version is meant for, once each, if it is news; returns how many were
    still to be told when it began."""
    for article in Article.objects.live().filter(pk=article_id):
        let_readers_find(article)
    version = _news().filter(article=article_id).first()
    if version is None:
        return 0
    if not version.article.announcements.filter(of=version.updated_at).exists():
        word_goes_out.send(sender=Version, version=version, key=key_of(version))
    ids = list(_still_to_tell(version).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_A_TIME):
        still = _news().filter(article=article_id).first()
        if still is None or key_of(still) != key_of(version):
            return start
        _tell(still, _still_to_tell(still).filter(pk__in=ids[start : start + AT_A_TIME]))
    Announcement.objects.update_or_create(
        article=version.article, of=version.updated_at, defaults={"asks": version.article.must_read}
    )
    return len(ids)


def ask_readers(article):
    """Queue the telling of those whom a live text asks to confirm it from now on: it did not ask before,
    or was meant for fewer. Whoever was told that is not told again (decisions/0500)."""
    version = article.live_version()
    if version is None or not article.must_read:
        return
    known = article.announcements.filter(of=version.updated_at).update(asks=False)
    if not known and version.updated_at < timezone.now() - STILL_NEWS:
        article.announcements.create(of=version.updated_at)  # no news, but the question is
    tell_readers.enqueue(article.pk)


def tell_of_what_came_out():
    """Do what a task would have done that got lost; returns how many texts it was."""
    abouts = Notification.objects.withheld().order_by().values_list("about", flat=True).distinct()
    for article in Article.objects.live().filter(pk__in=[about.partition(":")[2] for about in abouts]):
        let_readers_find(article)
    return sum(bool(tell_readers.call(pk)) for pk in list(_news().values_list("article_id", flat=True)))


def let_readers_find(article):
    """Let what was told of an article be found by those who may read it now, and by nobody else: what one
    may not see does not exist. It stays told, so nobody hears of it again (docs/decisions/0570)."""
    told = Notification.objects.about(about_of(article))
    readers = Person.objects.none()
    if not article.trashed_at and article.live_version() is not None:
        readers = Person.objects.in_audience(article.audience) if article.restricted else Person.objects.all()
    told.exclude(person__in=readers.values("pk")).update(is_withheld=True)
    told.withheld().filter(person__in=readers.values("pk")).update(is_withheld=False)


def told_of(version):
    """What is said of a text that has come out, in the active language."""
    if version.article.must_read:
        return _("Read and confirm: %(title)s") % {"title": version.title}
    if version.was_updated:
        return _("Changed: %(title)s") % {"title": version.title}
    return version.title


def mail_of(version):
    """What `notify` takes as the mail about a text that has come out."""
    article, url = version.article, version.article.get_absolute_url()

    # `told` is said in the language of whoever gets the mail, when it is written.
    words = {"version": version, "article": article, "url": url, "told": partial(told_of, version)}
    return composer_of("article_out", stops=kind_of(article), **words)


def kind_of(article):
    """The kind of notification under which readers are told of an article."""
    return Kind.MUST_READ if article.must_read else KIND_OF[Article.Kind(article.kind)]


def _news():
    """The live versions that are news, or have come to ask for a confirmation, and not told of yet."""
    announced = Announcement.objects.filter(article=OuterRef("article"), of=OuterRef("updated_at"))
    told = announced.filter(Q(asks=True) | Q(article__must_read=False))
    recent = Q(updated_at__gte=timezone.now() - STILL_NEWS)
    asks_now = Q(article__must_read=True) & Q(Exists(announced))
    news = Version.objects.live().filter(recent | asks_now).filter(~Exists(told))
    return news.select_related("article__unit", "article__audience").defer("body")


def _still_to_tell(version):
    """Those whom the text is meant for today, who have neither written it, nor been told of it, nor said
    that they have read it."""
    read = Confirmation.objects.of_text(version).values("person")
    meant = Person.objects.in_audience(version.article.audience).exclude(pk__in=read)
    return not_told(meant, version)


def not_told(people, version):
    """Those of `people` who have neither written a live version, nor been told that it has come out; nor,
    as its owner, that it was approved. Who is to confirm it counts as told only where that was said."""
    told = Q(key=f"{_plain_key_of(version)}:asks")
    if version.article.must_read:
        told |= Q(key=_plain_key_of(version), kind=Kind.MUST_READ)
    else:
        told |= Q(key__in=[_plain_key_of(version), approval_key(version)])
    told = Notification.objects.filter(told, person=OuterRef("pk"))
    return people.filter(~Exists(told)).exclude(versions_with_own_words=version)


def _tell(version, people):
    article, people = version.article, list(people)
    notify(
        people,
        key=key_of(version),
        kind=kind_of(article),
        about=about_of(article),
        text=lambda: told_of(version),
        url=article.get_absolute_url(),
        mail=mail_of(version),
        bulk=True,
    )
    if article.must_read:
        # What a digest was still to say of it has been said now, and more.
        said = Notification.objects.waiting().filter(key=_plain_key_of(version), person__in=people)
        said.update(mail_settled_at=timezone.now())
