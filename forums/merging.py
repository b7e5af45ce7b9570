"""Making one concept of two, and two of one again; naming one. A frozen result never changes by it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.calling import name_fully
from forums.models import Concept
from forums.recounting import recount_where_said


class CannotMerge(Refusal):
    """The two concepts can't become one."""


def hold_dictionary():
    """Hold the first concept's row: whoever changes what words count for waits for whoever does, and then
    sees what they did.

    A chain could grow between reading and locking it, and two that grow towards each other make a
    ring. So one row stands for all; writers of notes, who only refer to it, don't wait.
    """
    Concept.objects.select_for_update(no_key=True).order_by("pk").first()


@transaction.atomic
def merge(concept, *, into, by):
    """Let the words of `concept` count for `into` from now on, and return `concept`.

    Nothing moves: only `merged_into` is set, so that undoing leaves both as they were.

    Raises:
        CannotMerge: they are one already, or it is merged elsewhere.
    """
    hold_dictionary()
    concept = Concept.objects.get(pk=concept.pk)
    if concept.merged_into_id == into.pk:
        return concept
    if concept.merged_into_id:
        raise _refusal(_("“%(concept)s” is merged already."), concept)
    if _end_of_chain(into) == concept:
        raise _refusal(_("“%(concept)s” and “%(other)s” are one already."), concept, into)
    concept.merged_into = into
    concept.save(update_fields=["merged_into"])
    record("concept.merged", about=concept, by=by, into=into.pk)
    recount_where_said(concept.all_words())
    return concept


@transaction.atomic
def unmerge(concept, *, by):
    """Let a merged concept stand for itself again. Nothing happens where it does already."""
    hold_dictionary()
    concept = Concept.objects.get(pk=concept.pk)
    if concept.merged_into_id:
        was = concept.merged_into_id
        concept.merged_into = None
        concept.save(update_fields=["merged_into"])
        record("concept.unmerged", about=concept, by=by, was=was)
        recount_where_said(concept.all_words())
    return concept


@transaction.atomic
def rename(concept, *, label, label_en="", curated=True, by):
    """Choose what a concept is called, in Swedish and, where it is given, in English; return it.

    Args:
        curated: False lets pages call it by its commonest word again.
    """
    hold_dictionary()
    concept = Concept.objects.get(pk=concept.pk)
    if (concept.label, concept.label_en, concept.is_curated) != (label, label_en, curated):
        was = {"was": concept.label, "was_en": concept.label_en, "curated": concept.is_curated}
        concept.label, concept.label_en, concept.is_curated = label, label_en, curated
        concept.save(update_fields=["label", "label_en", "is_curated"])
        record("concept.renamed", about=concept, by=by, **was, now_en=label_en)
        recount_where_said(concept.all_words())
    return concept


def _refusal(words, concept, other=None):
    name_fully([one for one in (concept, other) if one])
    return CannotMerge(words % {"concept": concept.called, "other": other and other.called})


def _end_of_chain(concept):
    concept = Concept.objects.get(pk=concept.pk)
    while concept.merged_into_id:
        concept = concept.merged_into
    return concept
