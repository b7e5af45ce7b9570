"""A guest's own page: one forum, reached by a personal link, without sign-in.

Whoever holds the link is the guest. It opens this forum's guest page, its calendar file and nothing of
the portal, until the organiser takes it back or LINK_LASTS after the forum (decisions/0141).
"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums import evaluating, registering
from forums.calendars import calendar_of
from forums.forms.answers import AnswerForm, NeedsForm
from forums.forms.verdicts import VerdictForm
from forums.models import Forum, NamedPerson, Registration, lay_beside
from forums.views.afterwards import evaluation_for, take_verdict
from forums.views.answering import SAID, keep_needs, needs_form_of, take
from forums.views.codes import qr_for_door

# For reading the programme and its materials afterwards, and as long as verdicts are taken.
LINK_LASTS = timedelta(days=14)


def guest_of(token):
    """The NamedPerson whose link this is, with forum and person, while it opens anything; or None."""
    guests = NamedPerson.objects.holding_token(token).select_related("forum__organiser", "forum__audience")
    guest = guests.select_related("person").exclude(forum__state=Forum.State.DRAFT).first()
    return guest if guest and guest.forum.ends_at + LINK_LASTS > timezone.now() else None


def guest_or_404(token):
    """`guest_of`, where there has to be one."""
    guest = guest_of(token)
    if guest is None:
        raise Http404
    return guest


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request, token):
    """Show a guest the forum and take the answer, in the guest's own language."""
    return _in_their_language(request, token, _page)


@login_not_required
@never_cache
@require_POST
def guest_needs(request, token):
    """Keep what a guest needs to eat and to take part."""
    return _in_their_language(request, token, _needs)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_evaluate(request, token):
    """Ask a guest who took part what they thought, and keep it without their name."""
    return _in_their_language(request, token, _evaluation)


@login_not_required
@never_cache
@require_safe
def guest_calendar(request, token):
    """Hand out the forum as a calendar file; the join link is in it for who is registered."""
    named = guest_or_404(token)
    answer = named.forum.registrations.of(named.person).first()
    takes_part = answer is not None and answer.takes_part
    page = reverse("forums:guest", args=[named.token])
    text = calendar_of(named.forum, takes_part=takes_part, page=page)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{named.forum.slug}.ics"'
    return response


def _in_their_language(request, token, view):
    named = guest_of(token)
    if named is None:  # in the language of the browser: whose it was is not told
        return render(request, "forums/dead_link.html", status=404)
    with translation.override(named.person.language):
        request.LANGUAGE_CODE = named.person.language
        return view(request, named)


def _answer_of(named):
    registering.pass_on(named.forum)
    answer = Registration.objects.of(named.person).filter(forum=named.forum).select_related("table").first()
    if answer:
        answer.forum = named.forum
    return answer


def _needs(request, named):
    answer = _answer_of(named)
    form = NeedsForm(request.POST, forum=named.forum)
    if keep_needs(request, answer, form, me=named.person):
        return redirect("forums:guest", token=named.token)
    answer_form = AnswerForm(forum=named.forum, person=named.person, answer=answer)
    return _show(request, named, answer, answer_form, needs_form=form)


def _comes_to_the_door(answer, forum):
    return answer is not None and answer.takes_part and answer.holds_a_seat and not forum.is_past


def _evaluation(request, named):
    forum, form = named.forum, VerdictForm(request.POST or None)
    if take_verdict(request, forum, form, me=named.person):
        return redirect("forums:guest", token=named.token)
    context = evaluation_for(named.person, forum) | {"forum": forum, "guest": named, "form": form}
    return render(request, "forums/guest_evaluate.html", context, status=409 if form.is_bound else 200)


def _page(request, named):
    forum, me = named.forum, named.person
    answer = _answer_of(named)
    form = AnswerForm(request.POST or None, forum=forum, person=me, answer=answer)
    if request.method == "POST":
        done = take(request, forum, answer, form, me=me)
        if done:
            messages.success(request, SAID[done.state])
            return redirect("forums:guest", token=named.token)
    return _show(request, named, answer, form)


def _show(request, named, answer, form, needs_form=None):
    forum = named.forum
    programme = list(forum.programme.with_speakers())
    context = {
        "forum": forum,
        "guest": named,
        "answer": answer,
        "form": form,
        "needs_form": needs_form or needs_form_of(forum, answer),
        "programme": programme,
        "of_no_item": lay_beside(programme, forum.materials.all()),
        "clashes": registering.clashes(forum, person=named.person),
        "may_evaluate": evaluating.may_evaluate(named.person, forum),
        "qr": qr_for_door(answer, forum) if _comes_to_the_door(answer, forum) else "",
    }
    return render(request, "forums/guest.html", context, status=409 if form.is_bound or needs_form else 200)
