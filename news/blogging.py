"""Opening a blog for an office, and changing it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.addressing import create_at_address
from accounts.recording import record
from accounts.refusals import Refusal
from news.models import Article, Blog
from news.surrounding import show_anew


class BlogExists(Refusal):
    message, field = _("There is a blog with this name already."), "name"


@transaction.atomic
def open_blog(*, name, unit, office, by, about="", source_key=None):
    """Open a blog for whoever holds a post with the title `office` in `unit`, and return it; sent twice
    with the same `source_key` it is opened once.

    Raises:
        BlogExists.
    """
    if source_key and (made := Blog.objects.filter(source_key=source_key).first()):
        return made
    if Blog.objects.filter(name=name.strip()).exists():
        raise BlogExists
    fields = {"name": name.strip(), "unit": unit, "office": office.strip(), "about": about.strip()}
    blog, _is_new = create_at_address(
        Blog.objects, name, once={"source_key": source_key}, reserved=["ny"], **fields
    )
    record("blog.opened", about=blog, by=by)
    return blog


@transaction.atomic
def change_blog(blog, *, name, unit, office, about, by):
    """Change what a blog is called, whose it is or what it is about. Twice is as once.

    Raises:
        BlogExists.
    """
    blog = Blog.objects.select_for_update().get(pk=blog.pk)
    if Blog.objects.filter(name=name.strip()).exclude(pk=blog.pk).exists():
        raise BlogExists
    wanted = {"name": name.strip(), "unit": unit, "office": office.strip(), "about": about.strip()}
    changed = [field for field, value in wanted.items() if getattr(blog, field) != value]
    if changed:
        for field in changed:
            setattr(blog, field, wanted[field])
        blog.save(update_fields=changed)
        show_anew(Article.objects.filter(blog=blog))
        record("blog.changed", about=blog, by=by, fields=changed)
    return blog
