"""Confirming that one has read what must be read, asking for it, and reminding those who have not."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from accounts.mailing import AFTER_OTHERS, composer_of
from accounts.models import Notification, Person
from accounts.notifying import notify
from accounts.recording import record
from accounts.refusals import Refusal
from news.models import Article, Confirmation, ReadingReminder, Version
from news.spreading import about_of, ask_readers

KIND = Notification.Kind.MUST_READ
# So many people are reminded between two looks at who has confirmed.
AT_A_TIME = 100


class NotAsked(Refusal):
    message = _("The text does not ask you to confirm that you have read it.")


class AsksNobody(Refusal):
    message = _("The text asks nobody to confirm it, or is not published.")


class AlreadyReminded(Refusal):
    message = _("Those who have not confirmed have been reminded already, and once is enough.")


@transaction.atomic
def ask_for_confirmation(article, *, by):
    """Ask those whom the article is meant for to confirm that they have read it; where it is out already,
    they are told so. Twice is as once."""
    return _set_must_read(article, True, "article.must_be_read", by)


@transaction.atomic
def stop_asking(article, *, by):
    """Ask nobody any more; what has been confirmed stays. Twice is as once."""
    return _set_must_read(article, False, "article.need_not_be_read", by)


def _set_must_read(article, must_read, event, by):
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.must_read != must_read:
        article.must_read = must_read
        article.save(update_fields=["must_read"])
        record(event, about=article, by=by)
        ask_readers(article)
    return article


@transaction.atomic
def confirm(version, *, by):
    """Note that `by` has read a live version. Twice is as once; a small correction asks nobody anew.

    Raises:
        NotAsked: the text asks nobody, or not them.
    """
    if not asks(version.article, by):
        raise NotAsked
    Confirmation.objects.get_or_create(article=version.article, person=by, of=version.updated_at)
    by.notifications.unread().about(about_of(version.article)).update(read_at=timezone.now())


def asks(article, person):
    """Whether an article (or the Mark of one) asks `person` to confirm it. No query beyond their reach."""
    return article.must_read and article.audience_id in person.reach.audiences


@transaction.atomic
def remind_the_rest(article, *, by):
    """Remind those who have not confirmed the live version, once for each change that is no small
    correction: they are looked for outside the request.

    Raises:
        AsksNobody: nothing is live, or it asks nobody.
        AlreadyReminded.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    version = article.live_version()
    if version is None or not article.must_read:
        raise AsksNobody
    reminder, is_new = ReadingReminder.objects.get_or_create(
        article=article, of=version.updated_at, defaults={"by": by}
    )
    if not is_new:
        raise AlreadyReminded
    record("article.reminded", about=article, by=by)
    carry_out.enqueue(reminder.pk)
    return reminder


@task(priority=AFTER_OTHERS)
def carry_out(reminder_id):
    """Remind everyone who has still not confirmed, as each of them wishes to hear; done twice, it is
    done once."""
    reminder = ReadingReminder.objects.select_related("article__audience").get(pk=reminder_id)
    version = Version.objects.live().filter(article=reminder.article, updated_at=reminder.of).first()
    if version and reminder.article.must_read:
        ids = list(still_to_confirm(version).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_A_TIME):
            some = ids[start : start + AT_A_TIME]
            _remind(reminder, version, still_to_confirm(version).filter(pk__in=some))
    ReadingReminder.objects.filter(pk=reminder_id).update(done_at=timezone.now())


def go_on_reminding():
    """Go on with every reminder that a worker was cut off in; returns how many there were."""
    unfinished = list(ReadingReminder.objects.filter(done_at=None).values_list("pk", flat=True))
    for reminder_id in unfinished:
        carry_out.enqueue(reminder_id)
    return len(unfinished)


def still_to_confirm(version):
    """Those whom a live version asks today, who have neither confirmed nor written it."""
    confirmed = Confirmation.objects.of_text(version).values("person")
    meant = Person.objects.in_audience(version.article.audience)
    return meant.exclude(pk__in=confirmed).exclude(versions_with_own_words=version)


def _remind(reminder, version, people):
    article, url = version.article, version.article.get_absolute_url()

    notify(
        people,
        key=f"reading-reminder:{reminder.pk}",
        kind=KIND,
        about=about_of(article),
        text=lambda: gettext("You have not yet confirmed: %(title)s") % {"title": version.title},
        url=url,
        mail=composer_of("must_read_reminder", stops=KIND, version=version, article=article, url=url),
        bulk=True,
    )
