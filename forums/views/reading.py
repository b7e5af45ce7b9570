"""Reading about forums: the list, the page of one, its calendar file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forums.calendars import calendar_of
from forums.models import Commitment, Forum, Registration
from forums.permissions import may_lead, may_merge_concepts, may_organise, may_plan, may_read_notes
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
        "may_merge": may_merge_concepts(me),
    }
    return render(request, "forums/list.html", context)


@require_safe
def forum_page(request, slug):
    """Show one forum: what was promised last time, the programme, the reader's answer."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user).for_page(request.user), slug=slug)
    if forum.is_announced:
        pass_on(forum)
    context = {
        "forum": forum,
        "answer": forum.my_answer,
        "promised": Commitment.objects.of_forums_before(forum).visible_to(request.user).unfinished(),
        "programme": forum.programme.with_speakers(),
        "may_organise": may_organise(request.user, forum),
        "may_lead": may_lead(request.user, forum),
        "may_read_notes": may_read_notes(request.user, forum),
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
