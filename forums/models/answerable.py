"""The forum that somebody answers and their answer so far, found the quick way: thousands may ask in one
minute."""

from accounts.models import Prepared

from .forums import Forum
from .registrations import Registration

_FORUM = Prepared(
    lambda user, at, *, text: (
        Forum.objects.visible_to(user)
        .announced()
        .with_answer_of(user)
        .prefetch_related(None)
        .select_related("organiser")
        .filter(slug=text)
    )
)
_ANSWER = Prepared(
    lambda user, at, *, text: (
        Registration.objects.of(user)
        .filter(forum__slug=text)
        .select_related("table", "deputy_for")
        .order_by()
    )
)


def forum_to_answer(user, slug):
    """The announced forum at `slug` that `user` may find, with `asks_me` (`Forum.with_answer_of`) and its
    organiser; or None. One query."""
    return next(iter(_FORUM.ask(user, text=slug)), None)


def answer_at(forum, user):
    """The Registration of `user`, who is in service, at `forum`, with its table and whom it is for; or
    None. One query."""
    for answer in _ANSWER.ask(user, text=forum.slug):
        answer.forum = forum
        return answer
    return None
