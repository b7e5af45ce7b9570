"""Being away: a stand-in is asked instead."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import substituting
from accounts.forms import AbsenceForm, EndAbsenceForm
from accounts.models import Person
from accounts.permissions import may_tell_of_absence
from accounts.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request):
    """The reader's own absences, now and to come; POST tells of one more, or takes one back."""
    return _absences(request, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def absences_of(request, pk):
    """The same of somebody else, for whoever may say that they are away; one's own page is the other."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if person == request.user:
        return redirect("accounts:absences")
    if not may_tell_of_absence(request.user, person):
        raise PermissionDenied
    return _absences(request, person)


def _absences(request, person):
    if "ended" in request.POST:
        return _end(request, person)
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            told = substituting.announce_absence(person, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            names = {"stand_in": told.stand_in, "name": person}
            messages.success(request, _("%(stand_in)s stands in for %(name)s.") % names)
            return redirect(request.path)
    context = {
        "form": form,
        "person": person,
        "is_me": person == request.user,
        "away": person.absences.not_over().select_related("stand_in"),
        "theirs": person.stands_in.not_over().select_related("person"),
    }
    return render(request, "accounts/absences.html", context)


def _end(request, person):
    ending = EndAbsenceForm(request.POST, person=person)
    if ending.is_valid():
        substituting.end_absence(ending.cleaned_data["ended"], by=request.user)
        messages.success(request, _("The absence is taken back. The stand-in is told, and no longer asked."))
    return redirect(request.path)
