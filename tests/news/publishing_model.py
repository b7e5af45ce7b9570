"""What publishing does, as plain Python lists: the model that the database is asked the same questions as."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False)  # two texts with the same words are still two
class Text:
    """A version as the model knows it."""

    words: str
    writers: set
    state: str = "draft"
    live_from: datetime | None = None
    live_until: datetime | None = None
    minor: bool = False
    to_sign: list = field(default_factory=list)
    published_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def cancelled(self):
        """Whether it was withdrawn before its time came."""
        return self.state == "approved" and self.live_until == self.live_from


@dataclass
class Story:
    """An article as the model knows it."""

    signatories: list
    texts: list
    trashed_at: datetime | None = None
    was_submitted: bool = False
    audience: str = "everyone"
    restricted: bool = False

    @property
    def trashed(self):
        return self.trashed_at is not None

    def out(self, now):
        """What is live, and what is to come."""
        live = self.live(now)
        return [*([self.texts[live - 1]] if live else []), *([] if self.trashed else self.to_come(now))]

    def is_open_to(self, audiences):
        """Whether a reader whom these audiences mean may read it while it is live."""
        return not self.restricted or self.audience in audiences

    def live(self, now):
        """The number of the version readers see: the last approved whose time has come, if it lasts."""
        if self.trashed:
            return None
        out = [t for t in self.texts if t.state == "approved" and t.live_from <= now]
        if not out or (out[-1].live_until and out[-1].live_until <= now):
            return None
        return self.texts.index(out[-1]) + 1

    def to_come(self, now):
        """Versions that will come out if nothing more is done."""
        approved = [t for t in self.texts if t.state == "approved"]
        return [
            t
            for place, t in enumerate(approved)
            if t.live_from > now
            and not t.cancelled
            and not any(later.live_from <= t.live_from for later in approved[place + 1 :])
        ]

    def date(self, text):
        """Say of an approved text when readers are told that the article came out and changed."""
        earlier = [t for t in self.texts[: self.texts.index(text)] if t.state == "approved"]
        before = [t for t in earlier if t.live_from <= text.live_from and not t.cancelled]
        text.published_at = before[-1].published_at if before else text.live_from
        text.updated_at = before[-1].updated_at if before and text.minor else text.live_from
