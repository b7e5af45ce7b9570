"""What else people and time do to a text: throw it away, restore it, forget it, mean it for others."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from news import publishing, targeting
from news.models import Article, ReviewStep
from news.refusals import NotEditable, NotInTrash, StillInReview
from news.removing import TRASH_KEPT, empty_trash
from news.targeting import NeedsApprover

from .publishing_steps import ARTICLES, Desk


class DeskWithTrash(Desk):
    """The desk, with its trash and the audiences of its texts."""

    def __init__(self):
        super().__init__()
        # What the database held of each text in the trash when it was thrown, by its place.
        self.thrown = {}

    @property
    def both(self):
        return list(zip(self.articles, self.stories, strict=True))

    def rows_of(self, place):
        """All that the database holds of a text, but for its being in the trash."""
        article = Article.objects.filter(pk=self.articles[place].pk)
        (row,) = article.values()
        versions = article.get().versions.order_by("number")
        steps = ReviewStep.objects.filter(version__article=row["id"]).order_by("pk")
        writers = versions.order_by("pk", "writers").values_list("pk", "writers")
        return row | {"trashed_at": None}, [*versions.values()], [*steps.values()], [*writers]

    @rule(place=ARTICLES, there=st.booleans())
    def move_to_or_from_the_trash(self, place, there):
        story, before = self.stories[place], self.rows_of(place)
        verb = publishing.trash if there else publishing.restore
        try:
            verb(self.articles[place], by=self.cast.karin)
        except (NotEditable, NotInTrash):
            assert story.trashed == there
            return
        assert story.trashed != there
        story.trashed_at = self.now if there else None
        assert self.rows_of(place) == before
        if there:
            self.thrown[place] = before
        else:
            assert self.thrown.pop(place) == before, "restored as it was"

    @rule(days=st.sampled_from([1, 29, 30, 31]), to_the_minute=st.booleans())
    def days_go_and_the_trash_is_emptied(self, days, to_the_minute):
        """What was never more than a draft goes for good after 30 days; another text takes its place."""
        self.now += timedelta(days=days, minutes=0 if to_the_minute else 1)
        due = [
            place
            for place, story in enumerate(self.stories)
            if story.trashed and not story.was_submitted and story.trashed_at <= self.now - TRASH_KEPT
        ]
        assert empty_trash() == len(due)
        assert empty_trash() == 0
        for place in due:
            assert not Article.objects.filter(pk=self.articles[place].pk).exists()
            del self.thrown[place]
            self.articles[place], self.stories[place] = self.start(self.stories[place].signatories)

    @rule(place=ARTICLES)
    def a_draft_is_thrown_and_forgotten(self, place):
        """The whole way, which single steps seldom go."""
        self.now += timedelta(minutes=1)  # what was shown at this very moment has been noted
        if not self.stories[place].trashed:
            self.move_to_or_from_the_trash(place, there=True)
        self.days_go_and_the_trash_is_emptied(30, to_the_minute=True)

    @rule(
        place=ARTICLES,
        name=st.sampled_from(["karin", "gunnar"]),
        audience=st.sampled_from(["everyone", "social"]),
        restricted=st.booleans(),
    )
    def mean_it_for_others(self, place, name, audience, restricted):
        story, article = self.stories[place], self.articles[place]
        changes = (story.audience, story.restricted) != (audience, restricted)
        in_review = any(text.state == "submitted" for text in story.texts)
        narrows = restricted and story.audience == audience
        out = story.out(self.now)
        own = any(name in text.writers for text in out)
        try:
            targeting.retarget(
                article,
                by=self.person(name),
                audience=getattr(self.cast.audiences, audience),
                restricted=restricted,
                embargoed=False,
                owner=self.cast.karin,
            )
        except NotEditable:
            assert story.trashed
        except StillInReview:
            assert changes and in_review
        except NeedsApprover:
            assert changes and out and not narrows
            assert name != "gunnar" or own
        else:
            assert not story.trashed
            assert not changes or not in_review
            assert not changes or narrows or not out or (name == "gunnar" and not own)
            story.audience, story.restricted = audience, restricted
