"""Collecting what has been written, held and promised under a topic."""

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from forums.models import Commitment, Forum
from news.models import Marks, Version

WRITTEN, HELD, PROMISED = "skrivet", "hallet", "lovat"
# The part's name in the address, its heading, and how many of it stand on the topic's own page.
PARTS = {WRITTEN: (_("What has been written"), 6), HELD: (_("What has been held"), 5)}
PARTS[PROMISED] = (_("What has been promised"), 6)
PER_PAGE = 20


class Found:
    """What `user` may see under a topic, and under what is below it in the tree."""

    def __init__(self, topic, user):
        self.topic, self.user = topic, user

    def of(self, part):
        """What is found of a part, by its name in the address: a sequence made for a Paginator."""
        return {WRITTEN: self.written, HELD: self.held, PROMISED: self.promised}[part]()

    def written(self):
        """The live texts, newest first, as Marks."""
        return Marks(Version.objects.live().visible_to(self.user).about(self.topic))

    def held(self):
        """The forums, those to come among them, latest first."""
        forums = Forum.objects.visible_to(self.user).announced().about(self.topic)
        return forums.with_summary_for(self.user).order_by("-starts_at")

    def promised(self):
        """The commitments: those that remain by their day, then the kept and the dropped, latest first."""
        found = Commitment.objects.visible_to(self.user).about(self.topic)
        remains = When(state__in=Commitment.UNFINISHED, then=Value(0))
        done = Case(remains, default=Value(1), output_field=IntegerField())
        return found.select_related("owner", "unit", "forum").order_by(done, "due_on", "pk")

    def tally(self):
        """(state, its words, how many) of the commitments, in the order of the states."""
        counted = Commitment.objects.visible_to(self.user).about(self.topic).order_by()
        numbers = dict(counted.values_list("state").annotate(Count("pk")))
        return [(state, state.label, numbers[state]) for state in Commitment.State if state in numbers]

    def page(self, part, number):
        """A page of one part in full."""
        return Paginator(self.of(part), PER_PAGE).get_page(number)

    def glance(self, part):
        """(the first of a part, whether there are more)."""
        shown = PARTS[part][1]
        first = list(self.of(part)[: shown + 1])
        return first[:shown], len(first) > shown
