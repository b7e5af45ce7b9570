"""Who is told what by mail and in the portal: one function per event.

What is told in the portal stays there, also when its reader may no longer see the text: so the title
of an embargoed one is not in it until it is out.
"""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mailing import queue_mail
from accounts.models import Person
from accounts.notifying import notify


def ask_for_review(version):
    """Ask everyone whose turn it is to review the version: each gets the address of their step."""
    writers = set(version.writers.all())
    for step in version.steps.in_turn():
        url = reverse("news:review", args=[step.pk])
        people = [person for person in step.asked() if person not in writers]
        notify(
            people,
            key=f"review:{step.pk}",
            text=lambda: _told_of_request(version),
            url=url,
        )
        for person in people:
            queue_mail(
                "review_requested",
                to=person,
                key=f"review:{step.pk}:{person.pk}",
                context={"version": version, "step": step, "url": url},
            )


def tell_returned(version, *, step):
    """Tell the writers that the version came back, why, and where to go on writing."""
    url = reverse("news:edit", args=[version.article_id])
    writers = list(Person.objects.in_service().filter(pk__in=version.writers.values("pk")))
    notify(
        writers,
        key=f"returned:{step.pk}",
        text=lambda: _told_of_return(version, step),
        url=url,
    )
    for writer in writers:
        queue_mail(
            "version_returned",
            to=writer,
            key=f"returned:{step.pk}:{writer.pk}",
            context={"version": version, "step": step, "url": url},
        )


def tell_approved(version, *, by):
    """Tell the writers and the owner that the version is approved and when it comes out.

    A small correction is told of in the portal only.
    """
    writers = version.writers.values("pk")
    concerned = models.Q(pk__in=writers) | models.Q(pk=version.article.owner_id)
    people = Person.objects.in_service().filter(concerned).exclude(pk=by.pk)
    scheduled = version.live_from > timezone.now()
    article = version.article
    url = reverse("news:edit", args=[article.pk]) if scheduled else article.get_absolute_url()
    notify(
        people,
        key=f"approved:{version.pk}",
        text=lambda: _told_of_approval(version, scheduled),
        url=url,
    )
    if version.is_minor:
        return
    for person in people:
        queue_mail(
            "version_approved",
            to=person,
            key=f"approved:{version.pk}:{person.pk}",
            context={"version": version, "by": by, "scheduled": scheduled, "url": url},
        )


def _told_of_request(version):
    if version.article.embargoed:
        return _("A text that is still secret waits for your review")
    return _("“%(title)s” waits for your review") % {"title": version.title}


def _told_of_return(version, step):
    if version.article.embargoed:
        return _("%(name)s has returned a text that is still secret") % {"name": step.decided_by}
    return _("%(name)s has returned “%(title)s”") % {"name": step.decided_by, "title": version.title}


def _told_of_approval(version, scheduled):
    if not scheduled:
        return _("“%(title)s” is published") % {"title": version.title}
    if version.article.embargoed:
        return _("A text that is still secret is approved and scheduled")
    return _("“%(title)s” is approved and scheduled") % {"title": version.title}
