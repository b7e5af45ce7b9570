"""A room with tables and people of both sides, ready for group work."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import Side
from forums.models import Forum, GroupWork, Note, Registration, Table
from forums.noting import write_note
from forums.thinning import thin_out
from forums.working import close_group_work, close_round, open_group_work, open_round
from tests.cast import make_people

E, O = Side.ELECTED, Side.OFFICIAL  # noqa: E741
_numbers = count(1)


@dataclass
class Room:
    cast: object
    forum: Forum
    work: GroupWork
    tables: list[Table]
    seated: dict  # (table number, side) -> [Person]

    @property
    def question(self):
        return self.work.questions.first()

    def round_of(self, side):
        return self.work.rounds.get(side=side)

    def open(self, side):
        """Let `side` write, the rounds before it over."""
        open_group_work(self.work, by=self.cast.fatima)
        for earlier in self.work.rounds.all():
            if earlier.side == side:
                return open_round(earlier, by=self.cast.fatima)
            if earlier.state != "closed":
                close_round(open_round(earlier, by=self.cast.fatima), by=self.cast.fatima)
        raise AssertionError("no such round")

    def write(self, table, side, text, *keywords, note_id=None, by=None, **more) -> Note:
        """Let the first person of `side` at a table (by number) write a note."""
        return write_note(
            note_id=note_id or uuid.uuid4(),
            table=self.tables[table - 1],
            side=side,
            text=text,
            keywords=keywords,
            by=by or self.seated[table, side][0],
            **{"question": self.question, "revision": None, **more},
        )

    def close(self):
        return close_group_work(self.work, by=self.cast.fatima)

    def thin(self, settings):
        """Let the closed work's notes, and no others, be thinned out as a month later."""
        settings.NOTES_KEPT_DAYS = 30
        GroupWork.objects.filter(pk=self.work.pk).update(closed_at=timezone.now() - timedelta(days=31))
        assert thin_out() == 1


def make_forum(cast, **fields):
    start = timezone.now() - timedelta(hours=1)
    return Forum.objects.create(
        **{
            "title": "Chefsforum i november",
            "slug": f"chefsforum-{next(_numbers)}",
            "theme": "Tillit i styrkedjan",
            "state": Forum.State.ANNOUNCED,
            "announced_at": start - timedelta(days=30),
            "starts_at": start,
            "ends_at": start + timedelta(hours=4),
            "registration_closes_at": start,
            "audience": cast.audiences.leaders,
            "unit": cast.units.root,
            "organiser": cast.fatima,
            **fields,
        }
    )


def make_room(cast, *, tables=2, each=5, anonymous=True, **fields):
    """A forum with its group work planned: `each` people of either side at each of `tables`."""
    forum = make_forum(cast, **fields)
    work = GroupWork.objects.create(
        forum=forum, leader_official=cast.olof, leader_elected=cast.elsa, anonymous=anonymous
    )
    work.questions.create(order=1, kind="need", text="Vad behöver vi av varandra?")
    work.rounds.create(order=1, side=E, minutes=20)
    work.rounds.create(order=2, side=O, minutes=20)
    made = [Table.objects.create(forum=forum, number=number) for number in range(1, tables + 1)]
    seated = {(table.number, side): seat(cast, table, side, each) for table in made for side in (E, O)}
    return Room(cast, forum, work, made, seated)


def seat(cast, table, side, how_many):
    """Seat so many people that nobody has met before."""
    numbers = [next(_numbers) for _ in range(how_many)]
    is_elected = side == E
    people = make_people(
        [(f"p{number}", "Person", f"Nummer {number}") for number in numbers],
        cast.units.board if is_elected else cast.units.schools,
        "Ledamot" if is_elected else "Rektor",
        side=side,
        is_manager=not is_elected,
    )
    Registration.objects.bulk_create(answer_at(person, table, side) for person in people)
    return people


def take_seat(person, table, side):
    answer = answer_at(person, table, side)
    answer.save()
    return answer


def answer_at(person, table, side):
    return Registration(
        forum=table.forum, person=person, state=Registration.State.REGISTERED, side=side, table=table
    )
