"""Which forums: those that are coming, that somebody finds, that are theirs."""

from datetime import timedelta

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import OpenToQuerySet, Prepared, Role, TitledQuerySet, reach_of
from news.models import Article, Topic

from .circulars import Circular
from .named import NamedPerson
from .registrations import Registration

# UNION, not UNION ALL: forums that follow each other in a ring end instead of running for ever.
CHAIN = """
    WITH RECURSIVE before(id, follows_id) AS (
        SELECT id, follows_id FROM forums_forum WHERE id = %s
        UNION
        SELECT earlier.id, earlier.follows_id
        FROM forums_forum earlier JOIN before ON earlier.id = before.follows_id
    )
    SELECT id FROM before
"""

# What people thought is asked from so long before a forum ends, and for so long after.
ASKED_BEFORE_THE_END = timedelta(minutes=30)
ASKED_AFTER_THE_END = timedelta(days=14)
# So long a forum that was held still stands in the calendars that people subscribe to.
KEPT_IN_CALENDARS = timedelta(days=30)


def answers_of(user):
    """What to prefetch of forums so that each knows the answer of `user` (`Forum.my_answer`)."""
    mine = Registration.objects.of(user).select_related("table")
    return models.Prefetch("registrations", queryset=mine, to_attr="answers_of_reader")


def _in_units_of(user, *roles):
    """That a forum is arranged by a unit for which `user` has one of `roles`."""
    units = {unit for role in roles for unit in reach_of(user).units_as(role)}
    if None in units:
        return models.Q(pk__isnull=False)
    return models.Q(unit_id__in=units) if units else models.Q(pk__in=[])


def _aimed_at(user, _at, *, forum, text):
    """Announced forums that `user` may find without a part of their own in them."""
    left_out = NamedPerson.objects.of(user).left_out().values("forum")
    found = forum.objects.announced().open_to(reach_of(user)).order_by()
    return found.filter(models.Q(restricted=False) | ~models.Q(pk__in=left_out)).values("pk")


def _with_part_for(user, _at, *, forum, text):
    return forum.objects.announced().with_part_for(user).order_by().values("pk")


# What every page of a forum asks: written once, it takes a tenth of the time (decisions/0620).
_AIMED, _MINE = Prepared(_aimed_at), Prepared(_with_part_for)


class ForumQuerySet(OpenToQuerySet, TitledQuerySet):
    def announced(self):
        return self.exclude(state=self.model.State.DRAFT)

    def coming(self, at=None):
        """Announced forums, not called off, that have not ended at `at` (now if not given); soonest first."""
        return self.filter(state=self.model.State.ANNOUNCED, ends_at__gt=at or timezone.now()).order_by(
            "starts_at"
        )

    def past(self, at=None):
        """Announced forums that have ended at `at` (now if not given); latest first."""
        return self.announced().filter(ends_at__lte=at or timezone.now()).order_by("-starts_at")

    def to_be_evaluated(self):
        """Forums that are over and take verdicts (`Forum.takes_verdicts`), and have not asked for them."""
        now = timezone.now()
        open_now = self.filter(
            state=self.model.State.ANNOUNCED,
            ends_at__range=(now - ASKED_AFTER_THE_END, now),
            evaluation_closed_at=None,
        )
        asked = Circular.objects.filter(forum=models.OuterRef("pk"), event=Circular.Event.EVALUATION)
        return open_now.exclude(models.Exists(asked))

    def visible_to(self, user):
        """Forums that `user` may find: announced and not restricted to others, or own to organise,
        lead, speak at, be named for or hold a seat at. An invitation alone opens nothing
        (decisions/0052); who is left out by name does not find a restricted one (decisions/0140)."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        return self.filter(
            models.Q(pk__in=_AIMED.condition(user, forum=self.model))
            | models.Q(pk__in=_MINE.condition(user, forum=self.model))
            | _in_units_of(user, Role.ORGANISER)
        )

    def with_part_for(self, user):
        """Forums at which `user` has a place, waits for one as somebody's deputy, is named, speaks or leads
        the group work."""
        answers = Registration.objects.of(user)
        places = answers.holding() | answers.deputies()
        return self.filter(
            models.Q(pk__in=places.values("forum"))
            | models.Q(pk__in=NamedPerson.objects.of(user).also().values("forum"))
            | models.Q(programme__speakers=user)
            | models.Q(group_work__leader_official=user)
            | models.Q(group_work__leader_elected=user)
        )

    def belonging_to(self, user):
        """Forums whose documents and recordings are open to `user`: meant for them today or with a part
        for them, theirs to arrange, or of a unit that they write or approve for."""
        part = self.model.objects.announced().with_part_for(user)
        return (
            self.visible_to(user)
            .with_answer_of(user)
            .filter(
                models.Q(state=self.model.State.DRAFT)  # visible to those who arrange it alone
                | models.Q(asks_me=True)
                | models.Q(pk__in=part.values("pk"))
                | _in_units_of(user, Role.ORGANISER, Role.COMMUNICATOR, Role.APPROVER)
            )
        )

    def organised_by(self, user):
        """Forums that `user` may plan and run: as an organiser of the unit that arranges it."""
        return self.filter(_in_units_of(user, Role.ORGANISER)) if reach_of(user).in_service else self.none()

    def with_answer_of(self, user):
        """Fetch `user`'s own answer with each forum (`my_answer`) and whether it asks for one
        (`asks_me`, the same rule as `permissions.may_answer`)."""
        live = models.Exists(Registration.objects.of(user).live().filter(forum=models.OuterRef("pk")))
        named = NamedPerson.objects.of(user).filter(forum=models.OuterRef("pk"))
        meant = models.Q(audience__in=reach_of(user).audiences) & ~models.Exists(named.left_out())
        asks_me = live | meant | models.Exists(named.also())
        return self.annotate(
            asks_me=models.ExpressionWrapper(asks_me, models.BooleanField()), reader_id=models.Value(user.pk)
        ).prefetch_related(answers_of(user))

    def in_calendar_of(self, user):
        """Forums that stand in the calendar of `user`, also for a while after they were held or called
        off: with a live answer, or an invitation that waits for one."""
        invited = models.Q(invitations__person=user, asks_me=True)
        answered = Registration.objects.of(user)
        mine = models.Q(pk__in=answered.live().values("forum")) | (
            invited & ~models.Q(pk__in=answered.values("forum"))
        )
        recent = self.visible_to(user).announced().filter(ends_at__gt=timezone.now() - KEPT_IN_CALENDARS)
        return recent.with_answer_of(user).filter(mine).order_by("starts_at").distinct()

    def with_summary_for(self, user):
        """Fetch the summary article along, and whether `user` may read it now (`has_summary`)."""
        readable = Article.objects.visible_to(user).filter(pk=models.OuterRef("summary"))
        return self.select_related("summary").annotate(has_summary=models.Exists(readable))

    def for_page(self, user):
        """Fetch along what the page of a forum shows of it to `user`."""
        return (
            self.select_related(
                "kind",
                "audience",
                "unit",
                "organiser",
                "group_work__leader_elected",
                "group_work__leader_official",
            )
            .with_answer_of(user)
            .with_summary_for(user)
        )

    def about(self, topic):
        """Forums about a topic, or about what is below it in the tree."""
        found = self.model.topics.through.objects.filter(topic__in=Topic.objects.within(topic).values("pk"))
        return self.filter(pk__in=found.values("forum_id"))

    def chain_of(self, forum):
        """The forum that `forum` follows, the one that it followed, and so on."""
        return self.filter(pk__in=RawSQL(CHAIN, [forum.follows_id]))  # noqa: S611 - a constant

    def overlapping(self, forum):
        """Coming forums, other than `forum`, that share some of its time."""
        return (
            self.coming()
            .filter(starts_at__lt=forum.ends_at, ends_at__gt=forum.starts_at)
            .exclude(pk=forum.pk)
        )

    def with_place_for(self, person):
        """Forums at which `person` is registered, or is offered a seat."""
        return self.filter(pk__in=Registration.objects.of(person).holding().values("forum"))
