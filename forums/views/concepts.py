"""The concepts of all forums: which words are one, and what they are called. For communicators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import LogEntry
from accounts.refusals import Refusal
from forums import merging, splitting, undoing
from forums.calling import called_without, name_fully
from forums.forms.concepts import MergeForm, RenameForm, WordForm
from forums.models import Concept, Note, Term
from forums.permissions import may_merge_concepts
from forums.recounting import foreseen, foreseen_of
from forums.undoing import foresee, latest_changes, standing_changes_of
from forums.veiling import veiled_words
from forums.views.fetching import refuse_unless
from forums.wording import normalise

CONCEPTS_PER_PAGE = 30
CHANGES_SHOWN = 8


@require_safe
def concepts(request):
    """Show the concepts, the most written about first; `?q=` shows those with such a word."""
    refuse_unless(may_merge_concepts(request.user))
    return _page(request, request.GET.get("q", "")[:80])


def _page(request, search, *, refused=None):
    """The concepts with such a word. `refused` is a form that one of them sent, shown with its errors."""
    veiled = veiled_words()
    found = Concept.objects.with_word(normalise(search), veiled=veiled).order_by("label", "pk")
    notes = Note.objects.shown().by_concept()
    ranked = sorted(found.values_list("pk", flat=True), key=lambda pk: -notes.get(pk, 0))
    page = Paginator(ranked, CONCEPTS_PER_PAGE).get_page(request.GET.get("page"))
    concepts = Concept.objects.with_words().in_bulk(page.object_list)
    page.object_list = [concepts[pk] for pk in page.object_list]
    roots = [concept.merged_into for concept in page if concept.merged_into]
    others = [other for concept in page for other in concept.merged.all()]
    name_fully([*page.object_list, *roots, *others], veiled=veiled)
    latest = _tell_of_changes(page.object_list, request.user)
    for concept in page:
        concept.notes = notes.get(concept.pk, 0)
        concept.merged_told = [other for other in concept.merged.all() if other.told]
        concept.forms = {form.name: form(of=concept) for form in (MergeForm, RenameForm, WordForm)}
        if refused and refused.of == concept:
            concept.forms |= {refused.name: refused, "refused": True}
    context = {"page": page, "search": search, "changes": latest}
    return render(request, "forums/concepts.html", context, status=409 if refused else 200)


def _tell_of_changes(concepts, user):
    """Give each concept its `changes` that can be undone and, where it is merged, what parting it would alter
    (`altered`); return the latest changes of all. Each tells what undoing it would alter."""
    changes, latest = standing_changes_of(concepts), latest_changes(CHANGES_SHOWN)
    foresee([*latest, *(change for each in changes.values() for change in each)], user=user)
    for concept in concepts:
        concept.changes = changes[concept.pk]
    merged = [concept for concept in concepts if concept.merged_into]
    altered = foreseen_of(user, [(concept, concept.merged_into) for concept in merged])
    for concept, each in zip(merged, altered, strict=True):
        concept.altered = each
    return latest


@require_POST
def merge(request, pk):
    """Let a concept count for another."""
    concept = _concept_to_mend(request, pk)
    form = MergeForm(request.POST, of=concept)
    if form.is_valid() and request.POST.get("do") == "preview":
        return _preview_of_merge(request, concept, form.cleaned_data["concept"])
    if form.is_valid():
        try:
            merging.merge(concept, into=form.cleaned_data["concept"], by=request.user)
        except merging.CannotMerge as refusal:
            form.add_error(None, str(refusal))
    return _answer(request, concept, form, _("The two are one concept from now on."))


@require_POST
def unmerge(request, pk):
    """Let a merged concept stand for itself again."""
    concept = merging.unmerge(_concept_to_mend(request, pk), by=request.user)
    messages.success(request, _("The concept stands for itself again."))
    return _back_to(concept)


@require_POST
def rename(request, pk):
    """Choose what a concept is called."""
    concept = _concept_to_mend(request, pk)
    form = RenameForm(request.POST, of=concept)
    if form.is_valid():
        concept = merging.rename(concept, **form.cleaned_data, by=request.user)
    return _answer(request, concept, form, _("The concept has its name."))


@require_POST
def add_word(request, pk):
    """Let a word count for a concept before anybody has written it."""
    concept = _concept_to_mend(request, pk)
    form = WordForm(request.POST, of=concept)
    if form.is_valid():
        try:
            splitting.add_word(concept, form.cleaned_data["word"], by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
    return _answer(request, concept, form, _("The word counts for the concept from now on."))


@require_http_methods(["GET", "HEAD", "POST"])
def split(request, pk):
    """Show what would change if a word stood for itself, and on POST let it."""
    refuse_unless(may_merge_concepts(request.user))
    term = get_object_or_404(Term.objects.select_related("concept"), pk=pk)
    if veiled_words([term]):
        raise Http404
    if request.method == "POST":
        try:
            concept = splitting.split(term, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return _back_to(term.concept)
        messages.success(request, _("The word stands for itself from now on."))
        return _back_to(concept)
    name_fully([term.concept])
    word = next(one.called for one in term.concept.told if one == term)
    whole = Concept.objects.words_of([term.concept_id])[term.concept_id]
    [altered] = foreseen(request.user, [({term.pk}, whole - {term.pk})])
    left = called_without(term.concept, term)
    context = {"term": term, "moved": word, "left": left, "altered": altered, "parts": True}
    if left != term.concept.called:
        context["called_now"] = term.concept.called
    return render(request, "forums/concept_preview.html", context)


@require_POST
def undo(request, pk):
    """Take back a change of the dictionary."""
    refuse_unless(may_merge_concepts(request.user))
    entry = get_object_or_404(LogEntry, pk=pk, event__in=undoing.CHANGES)
    try:
        concept = undoing.undo(entry, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("forums:concepts")
    messages.success(request, _("It is as it was before."))
    return _back_to(concept)


def _preview_of_merge(request, concept, other):
    """Show what a merge would change."""
    name_fully([concept, other])
    [altered] = foreseen_of(request.user, [(concept, other)])
    context = {
        "concept": concept,
        "word": request.POST["word"],
        "moved": concept.called,
        "left": other.called,
        "altered": altered,
    }
    return render(request, "forums/concept_preview.html", context)


def _concept_to_mend(request, pk):
    refuse_unless(may_merge_concepts(request.user))
    return get_object_or_404(Concept.objects.with_word("", veiled=veiled_words()), pk=pk)


def _answer(request, concept, form, done):
    """Say what came of it, at the concept."""
    if form.is_valid():
        messages.success(request, done)
        return _back_to(concept)
    for refusal in form.non_field_errors():
        messages.error(request, refusal)
    return _page(request, _first_word(concept), refused=form)


def _back_to(concept):
    return redirect(f"{reverse('forums:concepts')}?{urlencode({'q': _first_word(concept)})}")


def _first_word(concept):
    name_fully([concept])
    return str(concept.told[0]) if concept.told else ""
