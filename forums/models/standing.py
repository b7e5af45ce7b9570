"""How somebody stands to a forum, all of it in one question: thousands may ask in one minute."""

from typing import NamedTuple

from django.db import connection

from .named import NamedPerson
from .registrations import Registration

STANDING = """
    SELECT
        (SELECT kind FROM forums_namedperson WHERE forum_id = %(forum)s AND person_id = %(person)s),
        (SELECT state FROM forums_registration WHERE forum_id = %(forum)s AND person_id = %(person)s),
        EXISTS (SELECT 1 FROM forums_invitation WHERE forum_id = %(forum)s AND person_id = %(person)s),
        EXISTS (SELECT 1 FROM forums_registration WHERE forum_id = %(forum)s AND state = 'offered')
"""


class Standing(NamedTuple):
    """What a forum knows of a person.

    Attributes:
        named_as: of NamedPerson.Kind; None for those whom the organiser has not named.
        state: of Registration.State; None for those who have not answered.
        is_invited: whether they have been invited, though it may have been long ago.
        seats_are_offered: whether the forum has offers that are not answered, to anybody.
    """

    named_as: str | None
    state: str | None
    is_invited: bool
    seats_are_offered: bool

    @classmethod
    def of(cls, person, forum):
        """Fetch it. One query."""
        with connection.cursor() as cursor:
            cursor.execute(STANDING, {"forum": forum.pk, "person": person.pk})
            named_as, state, *facts = cursor.fetchone()
        return cls(named_as, state, *map(bool, facts))

    @property
    def is_guest(self):
        return self.named_as == NamedPerson.Kind.GUEST

    @property
    def is_left_out(self):
        return self.named_as == NamedPerson.Kind.LEFT_OUT

    @property
    def has_live_answer(self):
        return self.state in Registration.LIVE
