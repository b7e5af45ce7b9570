"""Thinning out: erasing the raw notes of group works whose time is over. What they came to is kept.

The archive law's word is "gallring" (Arkivlagen 1990:782, section 10): by decision only, and on record.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.recording import record
from forums.merging import hold_dictionary
from forums.models import Concept, GroupWork, KeptApart, Mention, Note, Thinning
from forums.undoing import concepts_in_log
from forums.veiling import terms_told, unsaid_terms


def thin_out():
    """Erase the notes of group works that were closed `settings.NOTES_KEPT_DAYS` ago; returns how many group
    works it was. Nothing is erased where that is 0."""
    if not settings.NOTES_KEPT_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.NOTES_KEPT_DAYS)
    due = GroupWork.objects.to_thin_out(before)
    return sum(_thin(pk) for pk in due.values_list("pk", flat=True))


def thinned_on(work):
    """The date on which the notes of a closed group work are due to go; None where they are kept for good."""
    if not settings.NOTES_KEPT_DAYS or work.closed_at is None:
        return None
    return timezone.localdate(work.closed_at + timedelta(days=settings.NOTES_KEPT_DAYS))


@transaction.atomic
def _thin(pk):
    work = GroupWork.objects.select_for_update(of=("self",)).get(pk=pk)
    if Thinning.objects.filter(group_work=work).exists():
        return 0
    notes = Note.objects.of_group_work(work)
    number, unsaid = notes.count(), sorted(unsaid_terms(pk).values_list("pk", flat=True))
    concepts = set(Mention.objects.filter(note__in=notes).values_list("term__concept", flat=True))
    # With them go the words given to them, the dots on them, and the ties of commitments to them.
    notes.delete()
    decision = settings.NOTES_THINNING_DECISION
    Thinning.objects.create(group_work=work, notes=number, decision=decision, unsaid=unsaid)
    record("notes.thinned", about=work, by=None, notes=number, decision=decision)
    _forget(concepts)
    return 1


def _forget(concepts):
    """Erase those of these concepts (their ids) of which nothing is left but the words that somebody typed:
    no note mentions them, no result names them, and nobody has done anything with them."""
    hold_dictionary()
    untouched = Concept.objects.filter(pk__in=concepts, is_curated=False, merged_into=None, merged=None)
    looked_at = concepts_in_log() | {
        pk for pair in KeptApart.objects.values_list("first", "second") for pk in pair
    }
    named = terms_told()
    for concept in untouched.exclude(pk__in=looked_at):
        words = concept.terms.all()
        if not words.filter(mentions__isnull=False).exists() and named.isdisjoint(
            {word.pk for word in words}
        ):
            words.delete()
            concept.delete()
