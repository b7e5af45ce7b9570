"""What a person's coming forums ask of them."""

from dataclasses import dataclass

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from accounts.models import Person
from forums.models import Forum, Invitation, Registration

# Coming forums read for one page; nobody has more invitations than this at once.
MOST_FORUMS = 40
AWAY = (Registration.State.DECLINED, Registration.State.CANCELLED)


@dataclass(frozen=True)
class Appointment:
    """One coming forum and what the person has answered; `state` is empty before that."""

    forum: Forum
    state: str = ""
    offered_until: object = None
    is_invited: bool = False

    @property
    def answer(self):
        """The answer in words, or nothing."""
        return Registration.State(self.state).label if self.state else ""

    @property
    def is_offer(self):
        return self.state == Registration.State.OFFERED

    @property
    def stays_away(self):
        return self.state in AWAY

    @property
    def awaits_answer(self):
        return self.is_invited and not self.state and self.forum.is_open_for_answers


@dataclass(frozen=True)
class Agenda:
    """The coming forums that concern a person, soonest first."""

    appointments: list[Appointment]

    @classmethod
    def of(cls, person: Person):
        """Fetch the forums that the person is invited to, has answered, leads or is meant by. One query."""
        invitations = Invitation.objects.filter(forum=OuterRef("pk"), person=person)
        forums = (
            Forum.objects.coming()
            .visible_to(person)
            .annotate(
                mine=FilteredRelation("registrations", condition=Q(registrations__person=person)),
                my_state=F("mine__state"),
                my_offer_until=F("mine__offered_until"),
                is_invited=Exists(invitations),
            )
            .filter(
                Q(is_invited=True)
                | Q(mine__isnull=False)
                | Q(pk__in=Forum.objects.aimed_at(person.reach).values("pk"))
            )
        )
        return cls(
            [
                Appointment(forum, forum.my_state or "", forum.my_offer_until, forum.is_invited)
                for forum in forums[:MOST_FORUMS]
            ]
        )

    @property
    def next(self):
        """The soonest appointment that the person has not stayed away from; None for none."""
        staying = [appointment for appointment in self.appointments if not appointment.stays_away]
        return staying[0] if staying else None

    @property
    def offers(self):
        return [appointment for appointment in self.appointments if appointment.is_offer]

    @property
    def unanswered(self):
        return [appointment for appointment in self.appointments if appointment.awaits_answer]

    @property
    def answered(self):
        return [appointment for appointment in self.appointments if appointment.state]
