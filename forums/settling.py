"""Settling proposals: somebody who leads says of two concepts of their room whether they are one."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.gathering import ordered, proposals_for
from forums.merging import merge
from forums.models import KeptApart


class NotProposed(Refusal):
    message = _("Somebody has answered that already.")


def settle(forum, *, first, second, same, by):
    """Make one concept of two that the room was asked about, or keep them apart from now on.

    Args:
        first, second: the ids of the pair, as `proposals_for` tells it; the second is merged into the first.
        same: whether they are one.

    Raises:
        NotProposed: the room isn't asked about these two, or not any more.
    """
    # What is written meanwhile may make a pair follow from others while it still stands on somebody's page.
    asked = proposals_for(forum, also_implied=True)
    pair = next((pair for pair in asked if (pair[0].pk, pair[1].pk) == (first, second)), None)
    if pair is None:
        raise NotProposed
    if same:
        return merge(pair[1], into=pair[0], by=by)
    return keep_apart(*pair, by=by)


@transaction.atomic
def keep_apart(one, other, *, by):
    """Propose two concepts as one no more, in any forum. Nothing happens where that is so."""
    low, high = ordered(one, other)
    _pair, is_new = KeptApart.objects.get_or_create(first_id=low, second_id=high)
    if is_new:
        record("concept.kept_apart", about=one, by=by, other=other.pk)
    return one


@transaction.atomic
def let_propose(one, other, *, by):
    """Let two concepts that were kept apart be proposed again. Nothing happens where they aren't."""
    low, high = ordered(one, other)
    pairs, _by_model = KeptApart.objects.filter(first=low, second=high).delete()
    if pairs:
        record("concept.proposed_again", about=one, by=by, other=other.pk)
    return one
