"""What the clock asks of people: late answers, and texts that may no longer be right."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Person
from news.asking import pass_on
from news.models import Article, ReviewStep, Version
from news.permissions import heads_over
from news.telling import ask_for_review, remind_of_step, tell_to_look_through, who_is_asked

# Days after the day of an answer on which those asked are reminded once more.
LATE_AFTER = timedelta(days=3)
# Days that an owner has before those who lead the unit hear that a text should be looked through.
HEADS_AFTER = timedelta(days=14)


def remind_reviewers():
    """Remind those who have not answered on the day of their answer, and once more when it has passed;
    a reminder that is late takes the place of the first. Returns how many mails were written."""
    today = timezone.localdate()
    # Whoever is asked today has just had a mail.
    due = _waiting().filter(due_on__lte=today).exclude(asked_on=today)
    return sum(
        remind_of_step(step, people, is_late=step.due_on + LATE_AFTER <= today)
        for version in _versions_of(due)
        for step, people in who_is_asked(version)
        if step.due_on and step.due_on <= today and step.asked_on != today
    )


def ask_stand_ins_of_the_away():
    """Ask the stand-ins of people whose absence began after they were asked; returns how many."""
    return sum(ask_for_review(version) for version in _versions_of(_waiting().with_someone_away()))


def pass_on_what_nobody_can_answer():
    """Ask the approvers where somebody asked by name has left since; returns how many steps it was."""
    return sum(pass_on(step) for step in _waiting().exclude(reviewer=None))


def _waiting():
    return ReviewStep.objects.in_turn().filter(version__article__trashed_at=None)


def _versions_of(steps):
    return Version.objects.filter(pk__in=steps.values("version")).select_related(
        "article__unit", "written_by"
    )


def remind_of_old_texts():
    """Ask the owner of each published text whose day has come, or passed, whether it is still right;
    later, or where the owner has left, those who lead its unit or, where the owner alone does or none of
    them may read it, the nearest unit above. Returns how many mails were written."""
    today = timezone.localdate()
    told = 0
    for article in Article.objects.live().due_for_review(today).with_unit_and_audience():
        owner = Person.objects.in_service().filter(pk=article.owner_id)
        people = set(owner)
        if not people or article.review_on + HEADS_AFTER <= today:
            people |= set(heads_over(article))
        since = article.review_on.isoformat()
        told += tell_to_look_through(article, article.live_version(), people=people, since=since)
    return told
