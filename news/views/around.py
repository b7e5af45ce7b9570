"""What stands around a text, and the blogs of the offices."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from news import blogging, surrounding
from news.attributing import writers_of
from news.forms.surroundings import BlogForm, NewBlogForm, SurroundingsForm
from news.keeping import render_kept
from news.models import Article, Blog, Marks, Version
from news.permissions import may_edit, may_keep_blogs, may_write_in

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 20


@reads_and_writes
def around(request, pk):
    """Topics, author, further reading, comments."""
    article = get_object_or_404(Article.objects.on_desk_of(request.user).with_unit_and_audience(), pk=pk)
    if not may_edit(request.user, article):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = SurroundingsForm(data, article=article, editor=request.user)
    if data is not None and form.is_valid():
        try:
            surrounding.surround(article, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It is changed."))
            return redirect("news:edit", pk=pk)
    context = {"article": article, "version": article.newest_version, "form": form}
    return render(request, "news/around.html", context, status=409 if form.errors else 200)


@require_safe
def one_blog(request, slug):
    """The blog of an office: who writes it now, who wrote it before, and its posts."""
    blog = get_object_or_404(Blog.objects.select_related("unit"), slug=slug)
    posts = Version.objects.live().visible_to(request.user).filter(article__blog=blog)
    page = Paginator(Marks(posts), PER_PAGE).get_page(request.GET.get("page"))
    now = blog.posts()
    holders = {post.person_id for post in now}
    context = {
        "blog": blog,
        "now": now,
        "before": [row for row in writers_of(posts) if row[0].pk not in holders],
        "page": page,
        "rows": render_kept("news/parts/row.html", page.object_list),
        "may_write": may_write_in(request.user, blog, holders=holders),
        "may_keep": may_keep_blogs(request.user),
    }
    return render(request, "news/one_blog.html", context)


@reads_and_writes
def new_blog(request):
    """Open a blog for an office."""
    if not may_keep_blogs(request.user):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = NewBlogForm(data)
    if data is not None and form.is_valid():
        key = f"form:{request.user.pk}:{form.cleaned_data.pop('form_key')}"
        return _kept(request, form, lambda said: blogging.open_blog(**said, source_key=key, by=request.user))
    return render(request, "news/edit_blog.html", {"form": form}, status=409 if form.errors else 200)


@reads_and_writes
def edit_blog(request, slug):
    """Change a blog's name, its office or what it is about."""
    if not may_keep_blogs(request.user):
        raise PermissionDenied
    blog = get_object_or_404(Blog, slug=slug)
    data = request.POST if request.method == "POST" else None
    form = BlogForm(data, blog=blog)
    if data is not None and form.is_valid():
        return _kept(request, form, lambda said: blogging.change_blog(blog, **said, by=request.user))
    context = {"form": form, "blog": blog}
    return render(request, "news/edit_blog.html", context, status=409 if form.errors else 200)


def _kept(request, form, verb):
    try:
        blog = verb(form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal))
        return render(request, "news/edit_blog.html", {"form": form}, status=409)
    messages.success(request, _("The blog is saved."))
    return redirect(blog)
