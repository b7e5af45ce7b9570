"""What a person's coming forums ask of them."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.models import Person
from forums.models import Forum, Registration

# Coming forums read for one page; nobody has more of their own at once.
MOST_FORUMS = 40
AWAY = (Registration.State.DECLINED, Registration.State.CANCELLED)


@dataclass(frozen=True)
class Agenda:
    """The coming forums that ask for a person's answer or have it, soonest first."""

    forums: list[Forum]

    @classmethod
    def of(cls, person: Person):
        """Fetch the agenda of `person`. Two queries."""
        forums = Forum.objects.coming().visible_to(person).with_answer_of(person)
        forums = forums.select_related("group_work")
        mine = Q(asks_me=True) | Q(pk__in=person.registrations.values("forum"))
        return cls(list(forums.filter(mine)[:MOST_FORUMS]))

    @property
    def next(self):
        """The soonest forum that the person does not stay away from; None for none."""
        coming_to = (f for f in self.forums if f.my_answer is None or f.my_answer.state not in AWAY)
        return next(coming_to, None)

    @property
    def offers(self):
        """Forums in which a seat is held for the person now."""
        now = timezone.now()
        held = [f for f in self.forums if f.my_answer and f.my_answer.is_offer]
        return [f for f in held if f.my_answer.offered_until > now]

    @property
    def unanswered(self):
        """Forums that still take the answer they asked for."""
        return [f for f in self.forums if f.asks_me and not f.my_answer and f.is_open_for_answers]

    @property
    def answered(self):
        return [f for f in self.forums if f.my_answer]
