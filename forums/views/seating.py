"""Seating the participants: the plan of the tables, and who is moved by hand."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from forums import seating
from forums.discerning import told_apart
from forums.forms.seating import MoveForm, PlaceForm
from forums.models import Registration
from forums.seating import CannotSeat
from forums.views.fetching import forum_to_organise
from forums.weighing import unmet_wishes

# Latecomers who are such a part of the room: each is put where it costs least, and together that costs more
# than mixing everyone.
MANY = 0.2


@require_http_methods(["GET", "HEAD", "POST"])
def seat_plan(request, slug):
    """Show who sits where, by table or (`?visa=namn`) by name; on POST move one, or pin them to the table."""
    forum = forum_to_organise(request, slug)
    form = PlaceForm(request.POST or None, forum=forum)
    if request.method == "POST" and form.is_valid():
        try:
            _place(form, request.POST.get("do"), by=request.user)
        except CannotSeat as refusal:
            form.add_error("answer", str(refusal))
        else:
            return redirect(
                f"{reverse('forums:seat_plan', args=[forum.slug])}?vald={form.cleaned_data['answer'].pk}"
            )
    answers = list(forum.registrations.to_seat().for_seat_plan())
    without = [answer for answer in answers if answer.table_id is None and not answer.is_missing]
    context = {
        "forum": forum,
        "form": form,
        **_seated(forum, answers),
        "online": forum.tables.online().with_people(),
        "by_name": _by_name(answers),
        "without": without,
        "many_without": len(answers) > len(without) > MANY * len(answers),
        "shows_names": request.GET.get("visa") == "namn",
        "chosen": form.data.get("answer") or request.GET.get("vald", ""),
        "may_seat_anew": seating.may_seat_anew(forum),
        "part": "seat_plan",
    }
    return render(request, "forums/seat_plan.html", context)


def _by_name(answers):
    """`answers`, each with its `name_in_list`: of two of a name each has to find their own table."""
    names = {
        answer.person_id: f"{answer.person.family_name}, {answer.person.given_name}" for answer in answers
    }
    names = told_apart(names)
    for answer in answers:
        answer.name_in_list = names[answer.person_id]
    return answers


def _seated(forum, answers):
    """The tables, each with its answers and the pairs at it who report to one another; what is not met."""
    tables = Registration.by_table(answers, forum.tables.in_the_room())
    unmet = unmet_wishes(forum, answers) if any(here for _table, here in tables) else None
    reporting = unmet.reporting if unmet else {}
    return {"tables": [(table, here, reporting.get(table.pk, ())) for table, here in tables], "unmet": unmet}


def _place(form, what, *, by):
    answer = form.cleaned_data["answer"]
    if what in {"keep", "release"}:
        seating.keep_at_table(answer, kept=what == "keep", by=by)
    else:
        # Where somebody is put by hand they stay, until the organiser lets go.
        seating.move(answer, table=form.cleaned_data["table"], by=by, pinned=True)


@require_POST
def seat(request, slug):
    """Put everybody at a table, those who have none (`who=late`), or fill the gaps (`who=gaps`)."""
    forum = forum_to_organise(request, slug)
    verbs = {"late": seating.seat_latecomers, "gaps": seating.fill_gaps}
    who = request.POST.get("who")
    try:
        count = verbs.get(who, seating.seat_everyone)(forum, by=request.user)
    except CannotSeat as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _words_of(who, count))
    return redirect("forums:seat_plan", slug=forum.slug)


def _words_of(who, count):
    if who == "late":
        words = ngettext(
            "%(count)s person has been given a table.", "%(count)s people have been given a table.", count
        )
    elif who == "gaps":
        words = ngettext(
            "%(count)s person has changed tables.", "%(count)s people have changed tables.", count
        )
    else:
        words = ngettext("%(count)s person has a table.", "%(count)s people have a table.", count)
    return words % {"count": count}


@require_POST
def move(request, slug, pk):
    """Move one participant to another table, or from the tables."""
    forum = forum_to_organise(request, slug)
    registration = get_object_or_404(forum.registrations, pk=pk)
    form = MoveForm(request.POST, forum=forum)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["table"]))
        return _back_to_participants(request, forum)
    try:
        seating.move(registration, table=form.cleaned_data["table"], by=request.user, pinned=True)
    except CannotSeat as refusal:
        messages.error(request, str(refusal))
    return _back_to_participants(request, forum)


def _back_to_participants(request, forum):
    """The list as it was sorted out: what it showed is in the address of the button."""
    address = reverse("forums:participants", args=[forum.slug])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
