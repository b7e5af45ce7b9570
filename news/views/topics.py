"""The tree of topics on the desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from news import curating
from news.forms.topics import NewTopicForm, TopicForm
from news.models import Topic
from news.permissions import may_curate_topics


@require_safe
def topics(request):
    """The whole tree, with what is no longer chosen."""
    if not may_curate_topics(request.user):
        raise PermissionDenied
    return render(request, "news/topics.html", {"topics": list(Topic.objects.in_tree())})


@require_http_methods(["GET", "HEAD", "POST"])
def new_topic(request):
    """Add a topic; `?under=<id>` says where it is to hang."""
    if not may_curate_topics(request.user):
        raise PermissionDenied
    parent = Topic.objects.filter(slug=request.GET.get("under", "")).first()
    data = request.POST if request.method == "POST" else None
    form = NewTopicForm(data, initial={"parent": parent})
    if data is not None and form.is_valid():
        key = form.cleaned_data.pop("form_key")
        try:
            topic = curating.plant_topic(
                **form.cleaned_data, by=request.user, source_key=f"form:{request.user.pk}:{key}"
            )
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("“%(name)s” can be chosen now.") % {"name": topic})
            return redirect("news:topics")
    return render(request, "news/topic.html", {"form": form}, status=409 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_topic(request, slug):
    """One topic, to rename, move or retire."""
    if not may_curate_topics(request.user):
        raise PermissionDenied
    topic = get_object_or_404(Topic, slug=slug)
    data = request.POST if request.method == "POST" else None
    form = TopicForm(data, topic=topic)
    if data is not None and form.is_valid():
        try:
            curating.change_topic(topic, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The topic is saved."))
            return redirect("news:topics")
    context = {"form": form, "topic": topic}
    return render(request, "news/topic.html", context, status=409 if form.errors else 200)
