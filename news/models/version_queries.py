"""Many versions at once: which are live, in review, old, and whose."""

from django.db import models
from django.utils import timezone

from accounts.models import TitledQuerySet, reach_of

from .around import gathered_around
from .asked import asked_of
from .confirmations import Confirmation
from .marks import MARKED
from .topics import Topic

# What a list or a page shows of a version's article, fetched along with it.
READ_ALONG = (
    "article__owner",
    "article__author",
    "article__unit",
    "article__blog",
    "article__audience",
    "picture",
)


class VersionQuerySet(TitledQuerySet):
    def live(self, at=None):
        """The version that governs each article at `at` (an aware datetime; now if not given).

        The newest approved version whose time has come governs. Once its own time has passed
        the article is silent: an older text never comes back by itself (decisions/0003).
        """
        at = at or timezone.now()
        return self._governing(at).filter(article__trashed_at=None)

    def was_live(self, at):
        """The version that governed each article at `at`, as far as the versions tell: whether the
        article lay in the trash then is in the log."""
        return self._governing(at).filter(approved_at__lte=at)

    def _governing(self, at):
        return self.filter(
            models.Q(live_until=None) | models.Q(live_until__gt=at),
            models.Q(superseded_at=None) | models.Q(superseded_at__gt=at),
            state=self.model.State.APPROVED,
            live_from__lte=at,
        )

    def supersede(self, article):
        """Write down when each approved version of an article is taken over from: the earliest time of
        any newer approved one."""
        newer = self.model.objects.approved().filter(
            article=models.OuterRef("article"), number__gt=models.OuterRef("number")
        )
        first = newer.order_by("live_from").values("live_from")[:1]
        self.approved().filter(article=article).update(superseded_at=models.Subquery(first))

    def scheduled(self, at=None):
        """Approved versions that are to come out after `at` (an aware datetime; now if not given):
        neither cancelled nor overtaken by a newer one."""
        overtaking = self.model.objects.filter(
            article=models.OuterRef("article"),
            state=self.model.State.APPROVED,
            live_from__lte=models.OuterRef("live_from"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(
            models.Q(live_until=None) | models.Q(live_until__gt=models.F("live_from")),
            ~models.Exists(overtaking),
            state=self.model.State.APPROVED,
            live_from__gt=at or timezone.now(),
            article__trashed_at=None,
        )

    def silent(self, at=None):
        """The newest version of each article that is no longer published: it was approved, and has been
        withdrawn or has expired at `at` (an aware datetime; now if not given)."""
        ended = models.Q(live_until__lte=at or timezone.now()) | models.Q(live_until=models.F("live_from"))
        return self.newest().filter(ended, live_until__isnull=False, state=self.model.State.APPROVED)

    def ever_out_by(self, at):
        """Approved versions whose time came at `at` or before, newest first. One cancelled before
        it came out (it ends where it begins) was never out."""
        return self.filter(
            models.Q(live_until=None) | models.Q(live_until__gt=models.F("live_from")),
            state=self.model.State.APPROVED,
            live_from__lte=at,
        ).order_by("-number")

    def been_out(self):
        """Versions whose time has come by now, and not while their article lay in the trash."""
        in_time = models.Q(article__trashed_at=None) | models.Q(article__trashed_at__gt=models.F("live_from"))
        return self.ever_out_by(timezone.now()).filter(in_time).order_by()

    def locked(self, pk):
        """Fetch one version; its row and its article's are held until the transaction ends."""
        return self.select_for_update().select_related("article").get(pk=pk)

    def visible_to(self, user):
        """Versions of articles that are not restricted to others. Says nothing of what is live."""
        reach = reach_of(user)
        if not reach.in_service:
            return self.none()
        return self.filter(
            models.Q(article__restricted=False) | models.Q(article__audience__in=reach.audiences)
        )

    def to_confirm_by(self, person, at=None):
        """The live versions that ask `person` to confirm that they have read them, and have not heard it."""
        confirmed = Confirmation.objects.filter(
            article=models.OuterRef("article"), of=models.OuterRef("updated_at"), person=person.pk
        )
        asking = self.live(at).filter(
            article__must_read=True, article__audience__in=reach_of(person).audiences
        )
        return asking.filter(~models.Exists(confirmed))

    def of_kinds(self, *kinds):
        return self.filter(article__kind__in=kinds)

    def about(self, topic):
        """Versions of articles about a topic, or about what is below it in the tree."""
        articles = self.model.article.field.related_model
        found = articles.topics.through.objects.filter(topic__in=Topic.objects.within(topic).values("pk"))
        return self.filter(article__in=found.values("article_id"))

    def owned_by(self, person):
        return self.filter(article__owner=person)

    def being_written(self):
        """The newest version of each article where that is a draft, or was returned."""
        return self.newest().filter(state__in=[self.model.State.DRAFT, self.model.State.RETURNED])

    def newest(self):
        """The newest version of each article, whatever became of it."""
        articles = self.model.article.field.related_model.objects.order_by()
        newest = self.model.objects.filter(article=models.OuterRef("pk")).order_by("-number").values("pk")[:1]
        return self.filter(pk__in=articles.annotate(newest=models.Subquery(newest)).values("newest"))

    def in_the_works(self):
        """Versions that nobody has answered yet, of each article one at the most."""
        return self.filter(state__in=[self.model.State.DRAFT, self.model.State.SUBMITTED])

    def in_review(self):
        return self.filter(state=self.model.State.SUBMITTED)

    def approved(self):
        return self.filter(state=self.model.State.APPROVED)

    def due_for_review(self, on):
        """Versions whose article is to be looked through on the date `on`, or was by then."""
        return self.filter(article__review_on__lte=on)

    def ever_submitted(self):
        """Versions that were sent to review once, whatever came of it."""
        return self.exclude(submitted_at=None)

    def sent_before(self, version, *, since=None):
        """The version that was sent to review last before this one of its article, if that was after
        the version `since`; None if none was."""
        earlier = self.ever_submitted().filter(article=version.article_id, number__lt=version.number)
        if since:
            earlier = earlier.filter(number__gt=since.number)
        return earlier.select_related("picture").order_by("-number").first()

    def asking(self, user):
        """Versions in review that ask `user` for a yes, now or when it is their turn."""
        return self.in_review().filter(asked_of(user, step="steps__", unit="article__unit_id"))

    def answered_for(self, user):
        """Versions that have their answer and asked `user` for it, who goes on reading them though another
        gave it (decisions/0420). Of a version taken back nobody has said anything."""
        if not reach_of(user).in_service:
            return self.none()
        states = [self.model.State.RETURNED, self.model.State.APPROVED]
        asked = asked_of(user, step="steps__", unit="article__unit_id")
        return self.filter(asked, state__in=states, article__trashed_at=None)

    def marked(self):
        """What a Mark is made of, as rows of values."""
        return self.values_list(*MARKED.values())

    def for_lists(self):
        """Fetch what a row of a list shows; the body is left where it is."""
        return self.select_related(*READ_ALONG).defer("body")

    def for_desk(self):
        """Fetch what a row on the desk shows, and whether its article `is_secret`."""
        out = self.model.objects.been_out().filter(article=models.OuterRef("article"))
        secret = models.Q(article__embargoed=True) & ~models.Exists(out)
        rows = self.annotate(is_secret=models.ExpressionWrapper(secret, models.BooleanField()))
        return rows.select_related("article__unit", "article__owner", "written_by").defer("body", "lead")

    def for_reading(self):
        """Fetch what an article page shows of each version along with it, what stands around it too."""
        return self.select_related(*READ_ALONG).annotate(**gathered_around(self.model))
