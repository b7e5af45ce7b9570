"""Undoing: taking back a change of the dictionary of concepts, by what the log says was done.

Each change is undone by the verb that does its opposite, which is logged in its turn and can be undone
as well. Only the latest change of a concept can be, and only while things still are as it left them. What
is said of a pair changes neither concept, so that the latest of each pair counts for itself.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import LogEntry
from accounts.refusals import Refusal
from forums.calling import name_fully, told_as
from forums.gathering import ordered
from forums.merging import hold_dictionary, merge, rename, unmerge
from forums.models import Concept, KeptApart, Term
from forums.recounting import foreseen_of
from forums.settling import keep_apart, let_propose

MERGED, UNMERGED, RENAMED = "concept.merged", "concept.unmerged", "concept.renamed"
SPLIT, WORD_ADDED = "concept.split", "concept.word_added"
KEPT_APART, PROPOSED_AGAIN = "concept.kept_apart", "concept.proposed_again"
CHANGES = (MERGED, UNMERGED, RENAMED, SPLIT, WORD_ADDED, KEPT_APART, PROPOSED_AGAIN)


class CannotUndo(Refusal):
    message = _("Something has been changed since then, so this can't be undone by itself any more.")


def latest_changes(most, *, by=None):
    """Return the latest changes of the dictionary, or those of one person, newest first: LogEntries with
    `stands`, whether the change can be undone; what the concept is `one` called, as pages show it; `other`,
    the other Concept it was about or None; `names_in_english`, whether no more than that was named; and of a
    naming what it was called before (`was`) and after it (`now`)."""
    changes = _changes().filter(by=by) if by else _changes()
    return _in_words(_told(changes.select_related("by")[:most]))


def standing_changes_of(concepts):
    """{id of a concept: the changes of it that can be undone, newest first}, told as by `latest_changes`."""
    newest = list(_newest_of([concept.pk for concept in concepts]).values())
    found = defaultdict(list)
    changes = _changes().filter(pk__in=newest).select_related("by")
    for entry in _in_words([entry for entry in _told(changes) if entry.stands]):
        found[int(entry.about_id)].append(entry)
    return found


@transaction.atomic
def undo(entry, *, by):
    """Take back what a LogEntry of the dictionary tells; return the Concept it was done to.

    Raises:
        CannotUndo: the change does not stand any more.
    """
    hold_dictionary()
    [entry], details = _told([entry]), entry.details
    if not entry.stands:
        raise CannotUndo
    concept = entry.concept
    if entry.event == MERGED:
        unmerge(concept, by=by)
    elif entry.event in (UNMERGED, SPLIT):
        concept = merge(concept, into=entry.other, by=by)
        if details.get("took_name") and concept.is_curated and not entry.other.is_curated:
            rename(entry.other, label=concept.label, label_en=concept.label_en, by=by)
    elif entry.event == RENAMED:
        rename(concept, label=details["was"], label_en=details["was_en"], curated=details["curated"], by=by)
    elif entry.event == KEPT_APART:
        let_propose(concept, entry.other, by=by)
    elif entry.event == PROPOSED_AGAIN:
        keep_apart(concept, entry.other, by=by)
    else:
        unmerge(Term.objects.select_related("concept").get(pk=details["term"]).concept, by=by)
    return concept


def foresee(entries, *, user):
    """Give each entry `altered`: what a recount would come to in the forums that `user` may find if it were
    undone (`recounting.foreseen`); nothing where it can't be, or moves no words. And with it `moved` and
    `left`, what the words that would move are called, and those that they would join or leave, and `parts`,
    whether they would leave them. A few queries, however many the entries."""
    moving = [entry for entry in entries if entry.stands and entry.move]
    altered = foreseen_of(user, [entry.move for entry in moving])
    found = {entry.pk: each for entry, each in zip(moving, altered, strict=True)}
    for entry in entries:
        is_added = entry.event == WORD_ADDED
        entry.altered = found.get(entry.pk, [])
        entry.parts = entry.event in (MERGED, WORD_ADDED)
        entry.moved = entry.details["word"] if is_added else entry.one
        entry.left = entry.one if is_added else getattr(entry.other, "called", "")
    return entries


def concepts_in_log():
    """The ids of every concept that a change in the log was about."""
    return {pk for entry in _changes() for pk in _concepts_in(entry)}


def _changes():
    return LogEntry.objects.filter(about_type=Concept._meta.label_lower, event__in=CHANGES)


def _told(entries):
    """The entries, each with `concept`, `other`, `stands`, and `move`: the Concept whose words an undoing
    would move, and that which they would join or leave; None for none."""
    entries = list(entries)
    named = {pk for entry in entries for pk in _concepts_in(entry)}
    concepts = Concept.objects.in_bulk(named)
    terms = Term.objects.select_related("concept").in_bulk(
        [entry.details["term"] for entry in entries if "term" in entry.details]
    )
    apart = set(KeptApart.objects.filter(first__in=concepts).values_list("first", "second"))
    newest = _newest_of({entry.about_id for entry in entries})
    for entry in entries:
        entry.concept, *others = [concepts.get(pk) for pk in _concepts_in(entry)]
        entry.other = next(iter(others), None)
        is_newest = newest[_subject_of(entry)] == entry.pk
        term = terms.get(entry.details.get("term"))
        entry.stands = is_newest and _stands(entry, term, apart)
        entry.move = _move(entry, term)
    return entries


def _move(entry, term):
    if entry.event == WORD_ADDED:
        return term and (term.concept, entry.concept)
    if entry.event in (MERGED, UNMERGED, SPLIT) and entry.other:
        return entry.concept, entry.other
    return None


def _in_words(entries):
    """The same entries, with what a sentence about each needs."""
    named = {one.pk: one for entry in entries for one in (entry.concept, entry.other) if one}
    name_fully(list(named.values()))
    renamed = [entry for entry in entries if entry.event == RENAMED]
    told = told_as([name for entry in renamed for name in (entry.details["was"], entry.about_name)])
    for entry in entries:
        entry.one = entry.concept.called if entry.concept else entry.about_name
        entry.names_in_english = False
    for entry in renamed:
        was, now = entry.details["was"], entry.about_name
        entry.was, entry.now = told[was], told[now]
        entry.names_in_english = bool(entry.details.get("now_en")) and was == now
    return entries


def _newest_of(about_ids):
    """{(id of a concept, that of the other of a pair): id of the latest change}. Ids rise with time, so the
    largest is the latest."""
    latest = _changes().filter(about_id__in=[str(pk) for pk in about_ids]).order_by()
    counted = latest.values("about_id", "details__other").annotate(newest=Max("pk"))
    return {(one["about_id"], one["details__other"]): one["newest"] for one in counted}


def _subject_of(entry):
    return entry.about_id, entry.details.get("other")


def _concepts_in(entry):
    """The ids of the concept that was changed, and of the other one that the change was about."""
    others = [entry.details[key] for key in ("into", "out_of", "other", "was") if key in entry.details]
    return [int(entry.about_id), *(pk for pk in others if isinstance(pk, int))]


def _stands(entry, term, apart):
    """Whether the concept still is as the change left it."""
    details, concept = entry.details, entry.concept
    if entry.event == MERGED:
        return concept.merged_into_id == details["into"]
    if entry.event in (UNMERGED, SPLIT):
        return concept.merged_into_id is None
    if entry.event == RENAMED:
        # Entries of the first releases do not tell all that the name was.
        return "was_en" in details
    if entry.event in (KEPT_APART, PROPOSED_AGAIN):
        return (ordered(concept, entry.other) in apart) == (entry.event == KEPT_APART)
    return term is not None and term.concept.merged_into_id == concept.pk
