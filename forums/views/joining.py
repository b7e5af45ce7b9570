"""Sitting down at a table by its code or link, and the codes to lay on the tables."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from forums.forms.joining import GroupsForm, JoinForm
from forums.grouping import group_by_tables, group_by_units
from forums.joining import join
from forums.models import Registration
from forums.views.codes import qr_of
from forums.views.fetching import forum_to_organise, refuse_unless
from forums.views.group_works import group_work_or_404, group_work_to_lead

READS_AND_WRITES = ["GET", "HEAD", "POST"]


@require_safe
def choose_table(request, slug):
    """The tables, for somebody who is registered and sits at none yet; their own unit's group first, and
    nothing but tables that meet online for those who take part so."""
    work, answer = _work_and_answer(request, slug)
    mine, tables = request.user.reach.everyone, work.forum.tables.all()
    if answer.mode == Registration.Mode.ONLINE and not work.has_unit_groups:
        tables = tables.online()
    tables = sorted(tables, key=lambda table: (table.unit_id not in mine, table.is_online, table.number))
    context = {"forum": work.forum, "work": work, "tables": tables, "answer": answer}
    return render(request, "forums/choose_table.html", context)


@require_http_methods(READS_AND_WRITES)
def join_table(request, slug, number):
    """Sit down at the table with this number; the code on the table leads here."""
    work, answer = _work_and_answer(request, slug)
    table = get_object_or_404(work.forum.tables, number=number)
    sent = request.POST if request.method == "POST" else None
    form = JoinForm(sent, person=request.user, answer=answer)
    if form.is_valid():
        try:
            join(table, by=request.user, side=form.cleaned_data.get("side"))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Welcome to %(table)s.") % {"table": table})
            return redirect("forums:group_work", slug=slug)
    context = {"forum": work.forum, "work": work, "table": table, "answer": answer, "form": form}
    return render(request, "forums/join_table.html", context, status=409 if form.errors else 200)


@require_safe
def table_codes(request, slug):
    """A card for each table in the room, to print and lay there, and a link to copy for each that meets
    online; a group that is a unit may do either."""
    work = group_work_to_lead(request, slug)
    tables = [
        (table, reverse("forums:join_table", args=[slug, table.number])) for table in work.forum.tables.all()
    ]
    addresses = [(table, settings.SITE_URL + path) for table, path in tables if not table.is_online]
    context = {
        "forum": work.forum,
        "work": work,
        "cards": [(table, address, qr_of(address)) for table, address in addresses],
        "online": [(table, path) for table, path in tables if table.is_online or table.unit_id],
        "site_url": settings.SITE_URL,
    }
    return render(request, "forums/table_codes.html", context)


@require_http_methods(READS_AND_WRITES)
def edit_groups(request, slug):
    """Let departments and companies be the groups, or numbered tables again (`to` is "tables")."""
    forum = forum_to_organise(request, slug)
    chosen = forum.tables.filter(unit__isnull=False).values_list("unit_id", flat=True)
    back = request.POST.get("to") == "tables"
    form = GroupsForm(None if back else request.POST or None, initial={"units": list(chosen)})
    if request.method == "POST" and (back or form.is_valid()):
        try:
            if back:
                group_by_tables(forum, by=request.user)
            else:
                group_by_units(forum, units=form.cleaned_data["units"], by=request.user)
        except Refusal as refusal:
            form = GroupsForm(request.POST)
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The groups are saved."))
            return redirect("forums:edit_groups", slug=slug)
    context = {"forum": forum, "form": form, "has_units": bool(chosen), "part": "tables"}
    return render(request, "forums/edit_groups.html", context, status=409 if form.errors else 200)


def _work_and_answer(request, slug):
    """The group work, for those who are registered, with their answer."""
    work = group_work_or_404(request, slug)
    answer = Registration.objects.registered().of(request.user).filter(forum=work.forum).first()
    refuse_unless(answer)
    return work, answer
