"""What the municipality works with: a short tree that texts, forums and commitments are found under."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import walk_tree

# A pillar of the platform, a focus area below it, a change goal below that.
DEEPEST = 3


class TopicQuerySet(models.QuerySet):
    def in_use(self):
        """Topics that can be chosen today."""
        return self.filter(retired=False)

    def within(self, topic):
        """A topic and all that is below it."""
        below = models.Q(parent=topic.pk) | models.Q(parent__parent=topic.pk)
        return self.filter(models.Q(pk=topic.pk) | below)

    def with_path(self):
        """Fetch what stands above each along with it."""
        return self.select_related("parent__parent")

    def in_tree(self):
        """Every topic of the QuerySet as a list in the order of the tree, each with `depth`, 0 for a
        root. What hangs below a topic that is not in it is left out. One query."""
        below = {}
        for topic in self:
            below.setdefault(topic.parent_id, []).append(topic)
        return list(walk_tree(below))


class Topic(models.Model):
    """One of the few things that what is written, held and promised is about. Its address stays when
    it is renamed; one no longer chosen keeps what was found under it."""

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("subject")
        PILLAR = "pillar", _("pillar of the political platform")
        FOCUS = "focus", _("focus area of the plan")
        GOAL = "goal", _("change goal")

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SUBJECT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("below")
    )
    about = models.TextField(_("what it means"), max_length=600, blank=True)
    position = models.PositiveSmallIntegerField(_("order among its neighbours"), default=0)
    retired = models.BooleanField(_("no longer chosen"), default=False)
    # Where it came from, so that a form sent twice makes one.
    source_key = models.CharField(max_length=120, null=True, blank=True, unique=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="a_topic_does_not_hang_below_itself"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("portal:topic", args=[self.slug])

    @property
    def path(self):
        """The topics above it, the root first; fetch it `with_path()`."""
        above, topic = [], self
        while topic.parent_id:
            topic = topic.parent
            above.insert(0, topic)
        return above
