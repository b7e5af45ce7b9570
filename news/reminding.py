"""What the clock asks of people: late answers, and texts that may no longer be right."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import Person
from news.models import Article, ReviewStep
from news.telling import ask_stand_ins, remind_of_step, tell_to_look_through

# Days after the day of an answer on which those asked are reminded once more.
LATE_AFTER = timedelta(days=3)
# Days that an owner has before those who lead the unit hear that a text should be looked through.
HEADS_AFTER = timedelta(days=14)


def remind_reviewers():
    """Remind those who have not answered on the day of their answer, and once more when it has passed;
    a reminder that is late takes the place of the first. Returns how many mails were written."""
    today = timezone.localdate()
    due = ReviewStep.objects.in_turn().filter(due_on__lte=today, version__article__trashed_at=None)
    # Whoever is asked today has just had a mail.
    due = due.filter(version__submitted_at__lt=_beginning_of(today)).with_version()
    return sum(remind_of_step(step, is_late=step.due_on + LATE_AFTER <= today) for step in due)


def ask_stand_ins_of_the_away():
    """Ask the stand-ins of people whose absence began after they were asked; returns how many."""
    waiting = ReviewStep.objects.in_turn().with_someone_away().filter(version__article__trashed_at=None)
    return sum(ask_stand_ins(step) for step in waiting.with_version())


def remind_of_old_texts():
    """Ask the owner of each published text whose day has come, or passed, whether it is still right;
    later, or where the owner has left, those who lead its unit. Returns how many mails were written."""
    today = timezone.localdate()
    told = 0
    for article in Article.objects.live().due_for_review(today).with_unit_and_audience():
        owner = Person.objects.in_service().filter(pk=article.owner_id)
        people = set(owner)
        if not people or article.review_on + HEADS_AFTER <= today:
            heads = Person.objects.leading(article.unit)
            readable = Article.objects.filter(pk=article.pk)
            people |= {head for head in heads if readable.visible_to(head).exists()}
        since = article.review_on.isoformat()
        told += tell_to_look_through(article, article.live_version(), people=people, since=since)
    return told


def _beginning_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))
