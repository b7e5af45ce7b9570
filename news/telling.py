"""Who is told what by mail and in the portal: one function per event.

What is told in the portal stays there, also when its reader may no longer see the text: so the title
of an embargoed one is not in it until it is out.
"""

from functools import cache

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mailing import composer_of
from accounts.models import Notification, Person
from accounts.notifying import notify
from news.comparing import compare, count_words
from news.models import ReviewStep

Kind = Notification.Kind


def ask_for_review(version):
    """Ask everyone whose turn it is to review the version, the stand-ins of the away among them: each gets
    the address of their step. Whoever was asked before is not asked again. Returns how many mails were
    written."""
    return sum(_ask(step, people) for step, people in who_is_asked(version))


def who_is_asked(version):
    """Each step whose turn it is, with a list of those to ask about it. Nobody answers for two steps side by
    side, so each is asked about one, and that which fewest may answer comes first."""
    steps = [(step, people_to_ask(step)) for step in version.steps.in_turn()]
    asked = set()
    for step, people in sorted(steps, key=lambda one: (len(one[1]), one[0].pk)):
        yield step, [person for person in people if person not in asked]
        asked.update(people)


def _ask(step, people):
    """Ask each of these people once; returns how many mails were written."""
    version, url = step.version, reverse("news:review", args=[step.pk])

    @cache
    def changed():
        """How many words came and went since the live version; asked of a mail that is written only."""
        live = version.article.live_version()
        return live and count_words(compare(live, version))

    return notify(
        people,
        key=f"review:{step.pk}",
        kind=Kind.REVIEW,
        about=f"step:{step.pk}",
        text=lambda: _told_of_request(version),
        url=url,
        mail=composer_of(
            "review_requested", stops=Kind.REVIEW, version=version, step=step, url=url, changed=changed
        ),
    )


def people_to_ask(step):
    """The people who may answer a step today, have no words of their own in the text, and have not answered
    beside it; as a list."""
    beside = ReviewStep.objects.filter(version=step.version_id, stage=step.stage, decided_by__isnull=False)
    able = step.asked().exclude(versions_with_own_words=step.version_id)
    return list(able.exclude(pk__in=beside.values("decided_by")))


def remind_of_step(step, people, *, is_late):
    """Remind these people that an answer is due today, or (`is_late`) that its day has passed; each is
    told each of the two once. Returns how many mails were written."""
    url, when = reverse("news:review", args=[step.pk]), "late" if is_late else "due"
    words = {"version": step.version, "step": step, "url": url, "is_late": is_late}
    return notify(
        people,
        key=f"review-{when}:{step.pk}",
        kind=Kind.REVIEW,
        about=f"step:{step.pk}",
        text=lambda: _told_of_request(step.version),
        url=url,
        mail=composer_of("review_reminder", stops=Kind.REVIEW, **words),
    )


def tell_taken_back(version, *, by):
    """Tell those whose turn it was, in the portal, that no answer is needed any more."""
    url = reverse("news:edit", args=[version.article_id])
    for step in version.steps.pending():
        notify(
            people_to_ask(step),
            key=f"taken-back:{version.pk}",
            kind=Kind.REVIEW,
            text=lambda: _told_of_taking_back(version, by),
            url=url,
        )


def tell_passed_on(version, *, reviewer):
    """Tell the writers that somebody whom they counted on cannot answer, and who is asked
    instead."""
    url = reverse("news:edit", args=[version.article_id])
    notify(
        list(Person.objects.in_service().filter(pk__in=version.writers.values("pk"))),
        key=f"passed-on:{version.pk}:{reviewer.pk}",
        kind=Kind.DESK,
        text=lambda: _told_of_passing_on(version, reviewer),
        url=url,
        mail=composer_of(
            "desk_told", stops=Kind.DESK, told=lambda: _told_of_passing_on(version, reviewer), url=url
        ),
    )


def tell_to_look_through(article, version, *, people, since):
    """Tell `people` that a published text should be looked through; once for each day that it is due
    (`since`). Returns how many mails were written."""
    url = reverse("news:look_through", args=[article.pk])
    return notify(
        people,
        key=f"look-through:{article.pk}:{since}",
        kind=Kind.DESK,
        text=lambda: _("Is “%(title)s” still right?") % {"title": version.title},
        url=url,
        mail=composer_of("look_through", stops=Kind.DESK, article=article, version=version, url=url),
    )


def tell_returned(version, *, step):
    """Tell the writers that the version came back, why, and where to go on writing."""
    url = reverse("news:edit", args=[version.article_id])
    writers = list(Person.objects.in_service().filter(pk__in=version.writers.values("pk")))
    notify(
        writers,
        key=f"returned:{step.pk}",
        kind=Kind.DESK,
        text=lambda: _told_of_return(version, step),
        url=url,
        mail=composer_of("version_returned", stops=Kind.DESK, version=version, step=step, url=url),
    )


def tell_approved(version, *, by):
    """Tell the writers and the owner that the version is approved and when it comes out.

    A small correction is told of in the portal only.
    """
    people = _concerned(version, by)
    scheduled = version.live_from > timezone.now()
    article = version.article
    url = reverse("news:edit", args=[article.pk]) if scheduled else article.get_absolute_url()
    words = {"version": version, "by": by, "scheduled": scheduled, "url": url}
    notify(
        people,
        key=approval_key(version),
        kind=Kind.DESK,
        text=lambda: _told_of_approval(version, scheduled),
        url=url,
        mail=None if version.is_minor else composer_of("version_approved", stops=Kind.DESK, **words),
    )


def approval_key(version):
    """The key of what is told of a version when it is approved."""
    return f"approved:{version.pk}"


def tell_rescheduled(version, *, by):
    """Tell the writers and the owner that an approved text has other times than before."""
    times = [at.isoformat() for at in (version.live_from, version.live_until) if at]
    url = reverse("news:edit", args=[version.article_id])
    notify(
        _concerned(version, by),
        key=f"rescheduled:{version.pk}:{':'.join(times)}",
        kind=Kind.DESK,
        text=lambda: _told_of_times(version, by),
        url=url,
        mail=composer_of("desk_told", stops=Kind.DESK, told=lambda: _told_of_times(version, by), url=url),
    )


def _concerned(version, by):
    """The version's writers and its article's owner, but for whoever has done what they are told of."""
    writers = version.writers.values("pk")
    concerned = models.Q(pk__in=writers) | models.Q(pk=version.article.owner_id)
    return Person.objects.in_service().filter(concerned).exclude(pk=by.pk)


def _told_of_request(version):
    if version.article.is_secret:
        return _("A text that is still secret waits for your review")
    return _("“%(title)s” waits for your review") % {"title": version.title}


def _told_of_taking_back(version, by):
    if version.article.is_secret:
        return _("%(name)s has taken back a text that is still secret") % {"name": by}
    return _("%(name)s has taken back “%(title)s”: no answer is needed") % {
        "name": by,
        "title": version.title,
    }


def _told_of_passing_on(version, reviewer):
    if version.article.is_secret:
        return _(
            "%(name)s can’t answer about a text that is still secret: the approvers are asked instead"
        ) % {"name": reviewer}
    return _("%(name)s can’t answer about “%(title)s”: the approvers are asked instead") % {
        "name": reviewer,
        "title": version.title,
    }


def _told_of_return(version, step):
    if version.article.is_secret:
        return _("%(name)s has returned a text that is still secret") % {"name": step.decided_by}
    return _("%(name)s has returned “%(title)s”") % {"name": step.decided_by, "title": version.title}


def _told_of_approval(version, scheduled):
    if not scheduled:
        return _("“%(title)s” is published") % {"title": version.title}
    if version.article.is_secret:
        return _("A text that is still secret is approved and scheduled")
    return _("“%(title)s” is approved and scheduled") % {"title": version.title}


def _told_of_times(version, by):
    if version.article.is_secret:
        return _("%(name)s has changed the times of a text that is still secret") % {"name": by}
    return _("%(name)s has changed when “%(title)s” is published") % {"name": by, "title": version.title}
