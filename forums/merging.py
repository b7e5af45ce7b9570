"""Making one concept of two, and two of one again. A frozen result never changes by it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.recording import record
from forums.models import Concept


class CannotMerge(Exception):  # noqa: N818 - reads as a sentence
    """The two concepts can't become one."""


@transaction.atomic
def merge(concept, *, into, by):
    """Let the words of `concept` count for `into` from now on, and return `concept`.

    Nothing moves: only `merged_into` is set, so that undoing leaves both as they were.

    Raises:
        CannotMerge: they are one already, or it is merged elsewhere.
    """
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    if concept.merged_into_id == into.pk:
        return concept
    if concept.merged_into_id:
        raise CannotMerge(_("“%(concept)s” is merged already.") % {"concept": concept})
    above = Concept.objects.get(pk=into.pk)
    while above.merged_into_id:
        above = above.merged_into
    if above == concept:
        raise CannotMerge(
            _("“%(concept)s” and “%(other)s” are one already.") % {"concept": concept, "other": into}
        )
    concept.merged_into = into
    concept.save(update_fields=["merged_into"])
    record("concept.merged", about=concept, by=by, into=into.pk)
    return concept


@transaction.atomic
def unmerge(concept, *, by):
    """Let a merged concept stand for itself again. Nothing happens where it does already."""
    concept = Concept.objects.select_for_update().get(pk=concept.pk)
    if concept.merged_into_id:
        was = concept.merged_into_id
        concept.merged_into = None
        concept.save(update_fields=["merged_into"])
        record("concept.unmerged", about=concept, by=by, was=was)
    return concept
