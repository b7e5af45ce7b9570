"""Reading about forums: the list, the page of one, its calendar file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from forums.calendars import calendar_of
from forums.evaluating import may_evaluate
from forums.models import Commitment, Forum, Registration, lay_beside
from forums.permissions import (
    may_keep_insults,
    may_lead,
    may_merge_concepts,
    may_organise,
    may_plan,
    may_read_notes,
    may_shape_kinds,
    may_watch_wall,
)
from forums.registering import pass_on

FORUMS_PER_PAGE = 12


@require_safe
def forum_list(request):
    """Show what is coming, with the reader's answers, and what has been, with its summaries."""
    me = request.user
    forums = Forum.objects.visible_to(me).select_related("unit")
    past = forums.past().with_answer_of(me).with_summary_for(me)
    context = {
        "coming": forums.coming().with_answer_of(me),
        "past": Paginator(past, FORUMS_PER_PAGE).get_page(request.GET.get("page")),
        "drafts": Forum.objects.organised_by(me).filter(state=Forum.State.DRAFT) if may_plan(me) else [],
        "may_plan": may_plan(me),
        "may_shape": may_shape_kinds(me),
        "may_merge": may_merge_concepts(me),
        "may_keep_insults": may_keep_insults(me),
    }
    return render(request, "forums/list.html", context)


@require_safe
def by_number(request, pk):
    """Lead on to where a forum is: what the links in texts lead to."""
    return redirect(get_object_or_404(Forum.objects.visible_to(request.user), pk=pk))


@require_safe
def forum_page(request, slug):
    """Show one forum: what was promised last time, the programme, the reader's answer."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user).for_page(request.user), slug=slug)
    if forum.is_announced:
        pass_on(forum)
    programme = list(forum.programme.with_speakers())
    materials = forum.materials.visible_to(request.user)
    context = {
        "forum": forum,
        "of_no_item": lay_beside(programme, materials),
        "answer": forum.my_answer,
        "promised": Commitment.objects.carried_to(forum).visible_to(request.user).with_latest_update(),
        "commitments": forum.commitments.visible_to(request.user).with_latest_update(),
        "programme": programme,
        "may_organise": may_organise(request.user, forum),
        "may_evaluate": may_evaluate(request.user, forum),
        "may_lead": may_lead(request.user, forum),
        "may_watch": may_read_notes(request.user, forum) or may_watch_wall(request.user, forum),
    }
    return render(request, "forums/forum.html", context)


@require_safe
def calendar(request, slug):
    """Send the forum as a calendar file; the join link is in it for the registered only."""
    forums = Forum.objects.visible_to(request.user).announced().select_related("organiser")
    forum = get_object_or_404(forums, slug=slug)
    takes_part = Registration.objects.registered().filter(forum=forum, person=request.user).exists()
    return HttpResponse(
        calendar_of(forum, takes_part=takes_part),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        headers={
            "Content-Disposition": f'attachment; filename="{forum.slug}.ics"',
            "Cache-Control": "no-store",
        },
    )
