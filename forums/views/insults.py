"""The list of words that hold a note back until somebody has looked at it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from forums import guarding
from forums.forms.insults import InsultForm
from forums.models import Insult
from forums.permissions import may_keep_insults
from forums.views.fetching import refuse_unless


@require_http_methods(["GET", "HEAD", "POST"])
def insults(request):
    """Show the list, and on POST put a word on it."""
    refuse_unless(may_keep_insults(request.user))
    form = InsultForm(request.POST or None)
    if form.is_valid():
        try:
            insult = guarding.add_insult(form.cleaned_data["text"], by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("“%(word)s” is on the list.") % {"word": insult})
            return redirect("forums:insults")
    context = {"form": form, "insults": Insult.objects.all()}
    return render(request, "forums/insults.html", context, status=409 if form.errors else 200)


@require_POST
def remove_insult(request, pk):
    """Take a word off the list; nothing happens where it is off already."""
    refuse_unless(may_keep_insults(request.user))
    insult = Insult.objects.filter(pk=pk).first()
    if insult:
        guarding.remove_insult(insult, by=request.user)
        messages.success(request, _("“%(word)s” is off the list.") % {"word": insult})
    return redirect("forums:insults")
