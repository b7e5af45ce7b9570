"""How the reader wishes to hear of things, and the way out of mail of one kind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.forms import StopForm, WishesForm
from accounts.models import Cadence, Notification
from accounts.stopping import stopped_at
from accounts.wishing import wish, wish_for_no_mail, wishes_of


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request):
    """Show and take how the reader wishes to hear of each kind of thing."""
    form = WishesForm(request.POST if request.method == "POST" else None, wishes=wishes_of(request.user))
    if form.is_valid():
        wish(request.user, form.wishes)
        messages.success(request, _("Your choices are saved."))
        return redirect("accounts:wishes")
    return render(request, "accounts/wishes.html", {"form": form})


@csrf_exempt  # it comes from a mail program, which holds no cookie; the token is what it holds instead
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Ask whether to stop mail of one kind; POST stops it and answers at once (RFC 8058, section 3.1:
    no redirect). To open the address changes nothing: programs that look for bad links do so."""
    found = stopped_at(token)
    if found is None:
        raise Http404
    person, what = found
    form = StopForm(request.POST if request.method == "POST" else None)
    is_stopped = form.is_valid()
    if is_stopped:
        wish_for_no_mail(person, what)
    with translation.override(person.language):
        named = {**dict(Notification.Kind.choices), **dict(Cadence.choices)}[what]
        context = {
            "reader": person,
            "named": named,
            "is_digest": what in Cadence,
            "is_stopped": is_stopped,
            "is_refused": form.is_bound and not is_stopped,
        }
        return render(request, "accounts/stop.html", context, status=422 if context["is_refused"] else 200)
