"""Undoing: taking back a change of the dictionary of concepts, by what the log says was done.

Each change is undone by the verb that does its opposite, which is logged in its turn and can be undone
as well. Only a concept's latest change can be, and only while things still are as it left them.
"""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import LogEntry
from accounts.refusals import Refusal
from forums.merging import hold_dictionary, merge, rename, unmerge
from forums.models import Concept, Term
from forums.splitting import split

MERGED, UNMERGED, RENAMED = "concept.merged", "concept.unmerged", "concept.renamed"
SPLIT, WORD_ADDED = "concept.split", "concept.word_added"
CHANGES = (MERGED, UNMERGED, RENAMED, SPLIT, WORD_ADDED)


class CannotUndo(Refusal):
    message = _("Something has been changed since then, so this can't be undone by itself any more.")


def latest_changes(most, *, by=None):
    """Return the latest changes of the dictionary, or those of one person, newest first: LogEntries with
    `stands`, whether the change can be undone, and `other`, the other Concept it was about or None."""
    changes = _changes().filter(by=by) if by else _changes()
    entries = list(changes.select_related("by")[:most])
    concepts = Concept.objects.in_bulk(
        [int(entry.about_id) for entry in entries]
        + [pk for entry in entries for pk in _concepts_in(entry.details)]
    )
    terms = Term.objects.in_bulk([entry.details["term"] for entry in entries if "term" in entry.details])
    newest = _newest_of({entry.about_id for entry in entries})
    for entry in entries:
        concept = concepts.get(int(entry.about_id))
        entry.other = next((concepts[pk] for pk in _concepts_in(entry.details) if pk in concepts), None)
        entry.stands = newest[entry.about_id] == entry.pk and _stands(entry, concept, terms)
    return entries


@transaction.atomic
def undo(entry, *, by):
    """Take back what a LogEntry of the dictionary tells; return the Concept it was done to.

    Raises:
        CannotUndo: the change does not stand any more.
    """
    hold_dictionary()
    concept, details = Concept.objects.get(pk=entry.about_id), entry.details
    terms = Term.objects.in_bulk([details["term"]]) if "term" in details else {}
    if _newest_of([entry.about_id])[entry.about_id] != entry.pk or not _stands(entry, concept, terms):
        raise CannotUndo
    if entry.event == MERGED:
        unmerge(concept, by=by)
    elif entry.event == UNMERGED:
        merge(concept, into=Concept.objects.get(pk=details["was"]), by=by)
    elif entry.event == RENAMED:
        rename(concept, label=details["was"], label_en=details["was_en"], curated=details["curated"], by=by)
    elif entry.event == SPLIT:
        merge(concept, into=Concept.objects.get(pk=details["out_of"]), by=by)
    else:
        split(terms[details["term"]], by=by)
    return concept


def _changes():
    return LogEntry.objects.filter(about_type=Concept._meta.label_lower, event__in=CHANGES)


def _newest_of(about_ids):
    """{id of a concept: id of the latest change of it}. Ids rise with time, so the largest is the latest."""
    latest = _changes().filter(about_id__in=about_ids).order_by().values("about_id")
    return dict(latest.annotate(newest=Max("pk")).values_list("about_id", "newest"))


def _concepts_in(details):
    """The ids of the other concepts that a change was about."""
    return [details[key] for key in ("into", "out_of") if key in details] + (
        [details["was"]] if isinstance(details.get("was"), int) else []
    )


def _stands(entry, concept, terms):
    """Whether `concept` still is as the change left it."""
    details, term = entry.details, terms.get(entry.details.get("term"))
    if entry.event == MERGED:
        return concept.merged_into_id == details["into"]
    if entry.event in (UNMERGED, SPLIT):
        return concept.merged_into_id is None
    if entry.event == RENAMED:
        # Entries of the first releases do not tell all that the name was.
        return "was_en" in details
    return term is not None and term.concept_id == concept.pk and concept.terms.count() > 1
