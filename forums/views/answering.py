"""Answering an invitation: one page with two large buttons, and below them what may come with an answer."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forums import catering, deputising, registering
from forums.forms.answers import AnswerForm, DeputyForm, NeedsForm
from forums.models import Registration, answer_at, forum_to_answer
from forums.permissions import may_send_deputy
from forums.registering import CannotAnswer

SAID = {
    Registration.State.REGISTERED: gettext_lazy("You are registered. Welcome!"),
    Registration.State.WAITING: gettext_lazy("The forum is full. You are on the waiting list."),
    Registration.State.DECLINED: gettext_lazy("Thank you. You have said that you are not coming."),
    Registration.State.CANCELLED: gettext_lazy("Your registration is cancelled."),
}


def _for_those_asked(view):
    """Hand `view` the forum and the reader's own answer, or None. Whoever is not invited is told so (403):
    mostly they hold a mail that was forwarded, or somebody else than it was to is signed in."""

    @wraps(view)
    def answered(request, slug):
        forum, answer = _fetch(request, slug)
        if not (forum.asks_me or answer):
            return render(request, "forums/not_invited.html", {"forum": forum}, status=403)
        return view(request, forum, answer)

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@_for_those_asked
def registration(request, forum, answer):
    """Show the reader's answer and take a new one: `answer` is register, decline, cancel or accept."""
    form = AnswerForm(request.POST or None, forum=forum, person=request.user, answer=answer)
    if request.method == "POST":
        done = take(request, forum, answer, form, me=request.user)
        if done:
            messages.success(request, SAID[done.state])
            return redirect("forums:registration", slug=forum.slug)
    return _page(request, forum, answer, form=form)


@require_POST
@_for_those_asked
def tell_needs(request, forum, answer):
    """Keep what the reader needs to eat and to take part."""
    form = NeedsForm(request.POST, forum=forum)
    if keep_needs(request, answer, form, me=request.user):
        return redirect("forums:registration", slug=forum.slug)
    return _page(request, forum, answer, needs_form=form)


@require_POST
@_for_those_asked
def send_deputy(request, forum, answer):
    """Let somebody else come in the reader's place."""
    form = DeputyForm(request.POST)
    if form.is_valid():
        deputy = form.cleaned_data["deputy"]
        try:
            deputising.send_deputy(forum, person=request.user, deputy=deputy, by=request.user)
        except CannotAnswer as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("%(name)s comes in your place.") % {"name": deputy})
            return redirect("forums:registration", slug=forum.slug)
    return _page(request, forum, answer, deputy_form=form)


def take(request, forum, answer, form, *, me):
    """Do what `me` pressed; returns the new answer, or None with the message in the form."""
    pressed = request.POST.get("answer")
    if pressed != "register":
        form.ask_only_for_reason()
    if not form.is_valid():
        return None
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


def keep_needs(request, answer, form, *, me):
    """Keep what stands in a NeedsForm; returns whether it was done, or leaves the message in the form."""
    if not form.is_valid():
        return False
    try:
        if answer is None:
            raise catering.NeedsNotAsked
        catering.tell_needs(answer, by=me, **form.cleaned_data)
    except catering.NeedsNotAsked as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("What you need is noted."))
    return True


def needs_form_of(forum, answer):
    """The form for what is needed with what was told before, where it is asked; or None."""
    if answer is None or not answer.asks_needs:
        return None
    return NeedsForm(forum=forum, told=catering.needs_of(answer))


def _fetch(request, slug):
    """The forum and the reader's own answer, or None."""
    forum = forum_to_answer(request.user, slug)
    if forum is None:
        raise Http404
    if request.method != "POST":  # each verb looks for itself, while it holds the forum
        registering.pass_on(forum)
    return forum, answer_at(forum, request.user)


def _page(request, forum, answer, *, form=None, needs_form=None, deputy_form=None):
    me = request.user
    refused = any(each is not None and each.is_bound for each in (form, needs_form, deputy_form))
    is_deputy = answer is not None and answer.deputy_for_id
    context = {
        "forum": forum,
        "answer": answer,
        "deputy": answer.deputy if answer and answer.sends_deputy else None,
        "form": form or AnswerForm(forum=forum, person=me, answer=answer),
        "needs_form": needs_form or needs_form_of(forum, answer),
        "deputy_form": deputy_form or DeputyForm(),
        "may_send_deputy": may_send_deputy(me, forum) and not is_deputy and not forum.has_started,
        "clashes": registering.clashes(forum, person=me),
    }
    return render(request, "forums/registration.html", context, status=409 if refused else 200)
