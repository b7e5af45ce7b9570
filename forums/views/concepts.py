"""The concepts of all forums: which words are one, and what they are called. For communicators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums import merging
from forums.forms.concepts import MergeForm, RenameForm
from forums.models import Concept
from forums.permissions import may_merge_concepts
from forums.views.fetching import refuse_unless
from forums.wording import normalise

CONCEPTS_PER_PAGE = 30


@require_safe
def concepts(request):
    """Show the concepts, the most written about first; `?q=` shows those with such a word."""
    refuse_unless(may_merge_concepts(request.user))
    return _page(request, request.GET.get("q", "")[:80])


def _page(request, search, *, refused=None):
    """The concepts with such a word. `refused` is a form that one of them sent, shown with its errors."""
    found = Concept.objects.with_word(normalise(search)).with_words_and_counts()
    page = Paginator(found, CONCEPTS_PER_PAGE).get_page(request.GET.get("page"))
    for concept in page:
        concept.forms = {"merge": MergeForm(of=concept), "rename": RenameForm(of=concept)}
        if refused and refused.of == concept:
            concept.forms |= {refused.name: refused, "refused": True}
    context = {"page": page, "search": search}
    return render(request, "forums/concepts.html", context, status=409 if refused else 200)


@require_POST
def merge(request, pk):
    """Let a concept count for another."""
    concept = _concept_to_mend(request, pk)
    form = MergeForm(request.POST, of=concept)
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


def _concept_to_mend(request, pk):
    refuse_unless(may_merge_concepts(request.user))
    return get_object_or_404(Concept, pk=pk)


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
    return str(concept.terms.first() or "")
