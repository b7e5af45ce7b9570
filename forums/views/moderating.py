"""Looking after what is written: the latest notes, those out of sight, and what can be done with each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums import moderating
from forums.forms.leading import HideForm
from forums.models import Note
from forums.noting import NoteRefused
from forums.permissions import may_choose_notes
from forums.stamping import stamp_of_marks, stamp_of_wall
from forums.views.fetching import refuse_unless
from forums.views.group_works import group_work_or_404, group_work_to_lead, unless_seen
from forums.views.lead_page import asked_of, back_to_lead, lead_page, notes_to_watch
from forums.views.telling import tells


@require_safe
def lead_notes(request, slug):
    """The part of the leading page that follows what is written."""
    work = group_work_to_lead(request, slug)
    stamp = stamp_of_wall(work)

    def render_notes():
        context = notes_to_watch(work, stamp, asked=asked_of(request))
        return render(request, "forums/parts/lead_notes.html", context)

    return unless_seen(request, f"{stamp}.{stamp_of_marks(work)}", render_notes)


@require_POST
def hide(request, slug, handle):
    """Take a note down, with a reason."""
    work, note = _note_to_lead(request, slug, handle)
    form = HideForm(request.POST, prefix=handle)
    if form.is_valid():
        try:
            moderating.hide_note(note, reason=form.cleaned_data["reason"], by=request.user)
        except NoteRefused as refusal:
            form.add_error("reason", str(refusal))
    if form.errors:
        return lead_page(request, work, refused=(handle, form), status=409)
    messages.success(request, _("The note is hidden."))
    return back_to_lead(request, slug, to="lead-notes")


@require_POST
def let_through(request, slug, handle):
    """Show a note that was held back."""
    _work, note = _note_to_lead(request, slug, handle)
    done = tells(request, lambda: moderating.let_through(note, by=request.user), _("The note is shown now."))
    return back_to_lead(request, slug, to="lead-notes" if done else "")


@require_POST
def show_again(request, slug, handle):
    """Show a note again that was taken down."""
    _work, note = _note_to_lead(request, slug, handle)
    done = tells(request, lambda: moderating.show_again(note, by=request.user), _("The note is shown again."))
    return back_to_lead(request, slug, to="lead-notes" if done else "")


@require_POST
def mark(request, slug, handle):
    """Mark a note for the summary (`marked` is "1"), or take the mark off. Leads back to the
    leading page or, where `?till=resultat`, to the place of the result page where the button stood.
    """
    work = group_work_or_404(request, slug)
    refuse_unless(may_choose_notes(request.user, work.forum))
    note = get_object_or_404(Note.objects.of_group_work(work).with_handle(handle))
    marked = request.POST.get("marked") == "1"
    done = _("The note is marked for the summary.") if marked else _("The mark is taken off.")
    is_done = tells(request, lambda: moderating.mark_for_summary(note, marked=marked, by=request.user), done)
    if request.GET.get("till") == "resultat":
        return redirect(reverse("forums:result", args=[slug]) + _place_in_result(request.GET))
    return back_to_lead(request, slug, to=f"anteckning-{handle}" if is_done else "")


def _place_in_result(asked):
    """Where on the result page the button stood: under a theme (`under`), which alone was shown (`begrepp`),
    or among what was chosen."""
    only, under = (asked.get(name, "") for name in ("begrepp", "under"))
    query = f"?begrepp={only}" if only.isdecimal() else ""
    return query + (f"#begrepp-{under}" if under.isdecimal() else "#chosen")


def _note_to_lead(request, slug, handle):
    work = group_work_to_lead(request, slug)
    return work, get_object_or_404(Note.objects.of_group_work(work).with_handle(handle))
