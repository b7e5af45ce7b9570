"""Relaying a closed group work to those who write of it, and telling how far its summary has come.

Ten minutes after the last note there can be a draft. Those who closed it see who is to make it and whom it
waits for; not a word of what it says.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person, Role
from accounts.notifying import notify
from forums import mails
from forums.models import Commitment, Forum
from news.models import Version


@dataclass(frozen=True)
class Way:
    """How far a forum's summary has come on its way to its readers.

    Attributes:
        writers: the people who may make the draft, as long as there is none.
        version: the newest Version of the summary, without its text; None before there is one.
        steps: the ReviewSteps of that version, once it is in review.
        comes_out_at: when it can be read; None until it is approved.
        is_trashed: whether the draft lies in the trash.
        unanswered: the Commitments of the forums before that keep it from coming out (`committing`).
    """

    writers: list[Person] = field(default_factory=list)
    version: Version | None = None
    steps: list = field(default_factory=list)
    comes_out_at: datetime | None = None
    is_trashed: bool = False
    unanswered: list[Commitment] = field(default_factory=list)


def tell_writers(work, *, by):
    """Tell those who may write the summary, other than `by`, that there is a result to write it from, once
    each. Called in the transaction that closes the group work."""
    forum = work.forum
    notify(
        [person for person in writers_for(work) if person != by],
        key=f"group-work:{work.pk}:closed",
        text=lambda: (
            _("The group work at %(forum)s is closed. The summary can be drafted.") % {"forum": forum.title}
        ),
        url=reverse("forums:result", args=[forum.slug]),
        mail=lambda person, key: mails.group_work_closed(forum, person, key=key),
    )


def writers_for(work):
    """The communicators of the forum's unit who find the forum, but for its two leaders, who sign; a list."""
    forum, leaders = work.forum, [work.leader_elected_id, work.leader_official_id]
    able = Person.objects.holding(Role.COMMUNICATOR, forum.unit_id).exclude(pk__in=leaders)
    if not forum.restricted:  # announced, as all whose group work has begun
        return list(able)
    return [person for person in able if Forum.objects.visible_to(person).filter(pk=forum.pk).exists()]


def way_of(work):
    """The Way of a closed group work's summary; None when it is out."""
    article = work.forum.summary
    if article is None:
        return Way(writers=writers_for(work), unanswered=_unanswered_at(work.forum))
    if article.live_version():
        return None
    version = article.versions.defer("body").select_related("written_by").order_by("-number").first()
    steps = version.steps.select_related("reviewer", "decided_by")
    is_approved = version.state == Version.State.APPROVED
    return Way(
        version=version,
        steps=list(steps),
        comes_out_at=version.live_from if is_approved else None,
        is_trashed=article.trashed_at is not None,
        unanswered=[] if is_approved else _unanswered_at(work.forum),
    )


def _unanswered_at(forum):
    return list(Commitment.objects.unanswered_at(forum))
