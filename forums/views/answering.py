"""Answering an invitation: one page with two large buttons."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from forums import registering
from forums.forms.answers import AnswerForm
from forums.models import Forum, Registration
from forums.registering import CannotAnswer

SAID = {
    Registration.State.REGISTERED: _("You are registered. Welcome!"),
    Registration.State.WAITING: _("The forum is full. You are on the waiting list."),
    Registration.State.DECLINED: _("Thank you. You have said that you are not coming."),
    Registration.State.CANCELLED: _("Your registration is cancelled."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def registration(request, slug):
    """Show the reader's answer and take a new one: `answer` is register, decline, cancel or accept."""
    forums = Forum.objects.visible_to(request.user).announced().with_answer_of(request.user)
    forum = get_object_or_404(forums.select_related("audience", "organiser"), slug=slug)
    registering.pass_on(forum)
    answer = Registration.objects.filter(forum=forum, person=request.user).select_related("table").first()
    if not (forum.asks_me or answer):
        raise PermissionDenied(_("You are not invited to this forum."))
    form = AnswerForm(request.POST or None, forum=forum, person=request.user, answer=answer)
    if request.method == "POST":
        done = _take(request, forum, answer, form)
        if done:
            messages.success(request, SAID[done.state])
            return redirect("forums:registration", slug=forum.slug)
    context = {
        "forum": forum,
        "answer": answer,
        "form": form,
        "clashes": registering.clashes(forum, person=request.user),
    }
    return render(request, "forums/registration.html", context, status=409 if form.is_bound else 200)


def _take(request, forum, answer, form):
    """Do what the pressed button says; returns the new answer, or None with the message in the form."""
    pressed = request.POST.get("answer")
    if pressed != "register":
        form.ask_only_for_reason()
    if not form.is_valid():
        return None
    me = request.user
    try:
        if pressed == "register":
            return registering.register(forum, person=me, by=me, **form.choices_made)
        if pressed == "decline":
            return registering.decline(forum, person=me, by=me, reason=form.cleaned_data["reason"])
        if pressed == "cancel" and answer:
            return registering.cancel(answer, by=me)
        if pressed == "accept" and answer:
            return registering.accept_offer(answer, by=me)
    except CannotAnswer as refusal:
        form.add_error(None, str(refusal))
    else:
        form.add_error(None, _("Choose one of the answers."))
    return None
