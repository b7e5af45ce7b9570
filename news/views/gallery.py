"""The library of pictures: what there is, where it is used, and what may be done with it."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from news import cataloguing
from news.forms.pictures import DescribePictureForm, NewPictureForm
from news.models import Article, Picture
from news.permissions import may_change_picture, may_edit, may_use_library, pictures_to_change
from news.views.uploads import picture_as_json

PER_PAGE = 24


@require_safe
def pictures(request):
    """The pictures that the person may use, by `?q=`; as JSON for the editor's chooser.

    With `?till=` and the number of an article, each leads back to its draft as the picture above the text.

    JSON: {"results": [...], "more": bool}, each as `picture_as_json` says it.
    """
    if not may_use_library(request.user):
        raise PermissionDenied
    query = request.GET.get("q", "").strip()[:200]
    found = Picture.objects.visible_to(request.user).matching(query)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        changeable = pictures_to_change(request.user, list(page))
        results = [picture_as_json(one, may_change=one.pk in changeable) for one in page]
        response = JsonResponse({"results": results, "more": page.has_next()})
    else:
        context = {"title": _("Pictures"), "page": page, "query": query, "chosen_for": _chosen_for(request)}
        response = render(request, "news/pictures.html", context)
    patch_vary_headers(response, ["Accept"])
    return response


@require_http_methods(["GET", "POST"])
def new_picture(request):
    if not may_use_library(request.user):
        raise PermissionDenied
    form = NewPictureForm(
        *([request.POST, request.FILES] if request.method == "POST" else []), by=request.user
    )
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("The picture is in the library."))
        return redirect("news:edit_picture", pk=form.picture.pk)
    return render(request, "news/new_picture.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit_picture(request, pk):
    """One picture: what it shows, where it is worth seeing, and the texts that show it."""
    picture = _on_wall(request, pk)
    form = DescribePictureForm(request.POST if request.method == "POST" else None, instance=picture)
    may_change = may_change_picture(request.user, picture)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            cataloguing.describe_picture(picture, by=request.user, **form.cleaned_data)
            messages.success(request, _("The picture is saved."))
            return redirect("news:edit_picture", pk=pk)
    showing = picture.all_versions
    context = {
        "picture": picture,
        "form": form,
        "articles": Article.objects.on_desk_of(request.user)
        .filter(pk__in=showing.values("article_id"))
        .with_newest_title(),
        "is_used": showing.exists(),
        "may_change": may_change,
    }
    return render(request, "news/picture.html", context)


@require_POST
def remove_picture(request, pk):
    """Remove what no text shows."""
    if cataloguing.was_removed(pk, by=request.user):
        return redirect("news:pictures")
    picture = _on_wall(request, pk)
    if not may_change_picture(request.user, picture):
        raise PermissionDenied
    try:
        cataloguing.remove_picture(picture, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("news:edit_picture", pk=pk)
    messages.success(request, _("The picture is removed."))
    return redirect("news:pictures")


def _chosen_for(request):
    """The article that a picture is being chosen for, if the person may write in it."""
    number = request.GET.get("till", "")
    if not re.fullmatch(r"[1-9][0-9]{0,17}", number, re.ASCII):
        return None
    article = Article.objects.on_desk_of(request.user).with_newest_title().filter(pk=number).first()
    return article if article and may_edit(request.user, article) else None


def _on_wall(request, pk):
    if not may_use_library(request.user):
        raise PermissionDenied
    return get_object_or_404(Picture.objects.visible_to(request.user), pk=pk)
