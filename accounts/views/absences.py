"""Being away: a stand-in is asked instead."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import substituting
from accounts.forms import AbsenceForm, EndAbsenceForm
from accounts.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request):
    """The reader's own absences, now and to come; POST tells of one more, or takes one back."""
    me = request.user
    if "ended" in request.POST:
        ending = EndAbsenceForm(request.POST, person=me)
        if ending.is_valid():
            substituting.end_absence(ending.cleaned_data["ended"], by=me)
            messages.success(request, _("The absence is taken back. Your stand-in is no longer asked."))
        return redirect("accounts:absences")
    form = AbsenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            told = substituting.announce_absence(me, by=me, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("%(name)s stands in for you.") % {"name": told.stand_in})
            return redirect("accounts:absences")
    mine = me.absences.not_over().select_related("stand_in")
    theirs = me.stands_in.not_over().select_related("person")
    return render(request, "accounts/absences.html", {"form": form, "mine": mine, "theirs": theirs})
