"""Blogs: each belongs to an office, whoever holds it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person


class BlogQuerySet(models.QuerySet):
    def held_by(self, person):
        """The blogs of the offices that `person` holds today, as a list."""
        posts = {(post.unit_id, post.title.casefold()) for post in person.assignments.current()}
        blogs = self.filter(unit__in=[unit for unit, _title in posts])
        return [blog for blog in blogs if (blog.unit_id, blog.office.casefold()) in posts]


class Blog(models.Model):
    """A blog of an office: a post's title in a unit. Whoever holds that post today writes it; what was
    written before stays, with its author (decisions/0221)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="blogs", verbose_name=_("unit of the office")
    )
    office = models.CharField(_("title of the post"), max_length=120)
    about = models.TextField(_("what it is about"), max_length=600, blank=True)
    source_key = models.CharField(max_length=120, null=True, blank=True, unique=True, editable=False)

    objects = BlogQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("news:one_blog", args=[self.slug])

    def posts(self, on=None):
        """The assignments that make somebody its writer on the day `on` (a date; today if not given)."""
        posts = self.unit.assignments.current(on).select_related("person").order_by("starts_on")
        return [post for post in posts if self.gives_to(post)]

    def gives_to(self, post):
        """Whether a post in the blog's unit is its office."""
        return post.title.casefold() == self.office.casefold()

    def holders(self, on=None):
        """Those who hold the office on that day."""
        return Person.objects.filter(pk__in=[post.person_id for post in self.posts(on)])
