"""The materials of a forum: to those it is meant for, and as the organiser shares them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums import sharing
from forums.forms.materials import MaterialForm
from forums.models import Material, lay_beside
from forums.views.fetching import forum_to_organise
from forums.views.guests import guest_or_404
from news.views.documents import send_file


@require_safe
def material(request, pk):
    """Send the file, or lead to where the recording is; 404 for whoever the forum is not meant for."""
    return _hand_over(get_object_or_404(Material.objects.visible_to(request.user), pk=pk))


@login_not_required
@never_cache
@require_safe
def guest_material(request, token, pk):
    """The same to a guest, by their link."""
    return _hand_over(get_object_or_404(guest_or_404(token).forum.materials, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def materials(request, slug):
    """Show what is shared, and share more."""
    forum = forum_to_organise(request, slug)
    form = MaterialForm(request.POST or None, request.FILES or None, forum=forum)
    if request.method == "POST" and form.is_valid():
        sharing.share(forum, **form.cleaned_data, by=request.user)
        messages.success(request, _("It is shared with those whom the forum is meant for."))
        return redirect("forums:materials", slug=slug)
    programme, shared = list(forum.programme.all()), list(forum.materials.all())
    context = {
        "forum": forum,
        "form": form,
        "programme": programme,
        "of_no_item": lay_beside(programme, shared),
        "shares_something": bool(shared),
        "part": "materials",
    }
    return render(request, "forums/materials.html", context, status=409 if form.is_bound else 200)


@require_POST
def take_away(request, slug, pk):
    """Take a material away."""
    forum = forum_to_organise(request, slug)
    shared = forum.materials.filter(pk=pk).first()
    if shared:
        sharing.take_away(shared, by=request.user)
        messages.success(request, _("It is no longer shared."))
    elif not sharing.was_taken_away(pk, forum=forum):
        raise Http404
    return redirect("forums:materials", slug=slug)


def _hand_over(shared):
    if shared.file:
        return send_file(shared)
    response = redirect(shared.url)
    # Where the link leads must not learn the address of the forum, nor a cache the link.
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
