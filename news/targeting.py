"""Changing whom an article is meant for, its secrecy and its owner, after the first save."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.refusals import Refusal
from news.models import Article
from news.recalling import note_change, said_of
from news.refusals import NotEditable, StillInReview
from news.spreading import ask_readers, let_readers_find


class NeedsApprover(Refusal):
    message = _(
        "What is published, or about to be, was approved for its audience. An approver of the unit who has"
        " not written in it can open it to others."
    )
    field = "audience"


class OutOfSight(Refusal):
    message = _("You would no longer see the text yourself. Let its owner or a writer make it secret.")
    field = "embargoed"


class OwnerNotInService(Refusal):
    message, field = _("The owner has to be somebody who holds a post today."), "owner"


@transaction.atomic
def retarget(article, *, by, audience, restricted, embargoed, owner):
    """Say anew whom an article is for and who owns it. The same said twice changes nothing.

    Raises:
        NotEditable: it is in the trash.
        StillInReview: it waits for its answer, and the reviewers were asked about this audience.
        NeedsApprover: something is out or scheduled, and `by` may not open it to others.
        OwnerNotInService, OutOfSight.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.trashed_at:
        raise NotEditable
    wanted = {"audience": audience, "restricted": restricted, "embargoed": embargoed, "owner": owner}
    changed = [name for name, value in wanted.items() if getattr(article, name) != value]
    if not changed:
        return article
    if {"audience", "restricted"} & set(changed):
        _refuse_opening(article, by, audience, restricted)
    if "owner" in changed and not owner.reach.in_service:
        raise OwnerNotInService
    before = said_of(article, changed)
    for name in changed:
        setattr(article, name, wanted[name])
    article.save(update_fields=changed)
    if not Article.objects.on_desk_of(by).filter(pk=article.pk).exists():
        raise OutOfSight
    let_readers_find(article)
    if "audience" in changed:
        ask_readers(article)
    note_change("article.retargeted", article, by=by, before=before)
    return article


def _refuse_opening(article, by, audience, restricted):
    """Narrowing (the same audience, for it alone) is anybody's who may edit; all else opens it to others."""
    if article.versions.in_review().exists():
        raise StillInReview
    out = article.versions.live() | article.versions.scheduled()
    narrows = restricted and audience == article.audience
    if narrows or not out.exists():
        return
    if not by.reach.covers(Role.APPROVER, article.unit_id) or out.filter(writers=by).exists():
        raise NeedsApprover
