"""How far a person's assignments and roles reach on a day.

Everything that `visible_to` and `permissions.py` need to know about somebody is fetched here,
in one query, and then asked in plain Python.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from .assignments import Side

# Climb from the units where the person sits to the root; beside that, climb down from the units
# that the roles name. NULL units in grants mean everywhere. On the way, meet the audiences' rules.
REACH = """
    WITH RECURSIVE mine AS (
        SELECT id, side, is_manager, unit_id FROM accounts_assignment
        WHERE person_id = %s AND starts_on <= %s AND (ends_on IS NULL OR ends_on >= %s)
    ), up(side, is_manager, unit_id) AS (
        SELECT side, is_manager, unit_id FROM mine
        UNION
        SELECT up.side, up.is_manager, unit.parent_id
        FROM up JOIN accounts_unit unit ON unit.id = up.unit_id
        WHERE unit.parent_id IS NOT NULL
    ), down(role, unit_id) AS (
        SELECT granted.role, granted.unit_id
        FROM accounts_rolegrant granted JOIN mine ON mine.id = granted.assignment_id
        UNION
        SELECT down.role, unit.id FROM down JOIN accounts_unit unit ON unit.parent_id = down.unit_id
    )
    SELECT side, is_manager, unit_id, NULL, CAST(NULL AS bigint), CAST(NULL AS bigint) FROM up
    UNION ALL
    SELECT NULL, NULL, unit_id, role, NULL, NULL FROM down
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, away.person_id
    FROM accounts_absence away JOIN accounts_person person ON person.id = away.person_id AND person.is_active
    WHERE away.stand_in_id = %s AND away.starts_on <= %s AND away.ends_on >= %s
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, rule.audience_id, NULL
    FROM accounts_audiencerule rule JOIN up ON up.unit_id = rule.unit_id
    WHERE rule."group" = 'everyone'
        OR (rule."group" = 'managers' AND up.is_manager)
        OR (rule."group" = 'officials' AND up.side = 'official')
        OR (rule."group" = 'elected' AND up.side = 'elected')
"""


@dataclass(frozen=True)
class Reach:
    """The units a person belongs to, by capacity, and the units each role covers.

    Attributes:
        officials, elected, managers: ids of the units the person belongs to in that capacity,
            with every unit above them. `everyone` is their union.
        audiences: ids of the audiences that mean the person.
        roles: role name -> ids of the units it covers; `None` among them means all units.
        stands_in_for: ids of those who are away on the day with the person as their stand-in.
    """

    officials: frozenset[int] = frozenset()
    elected: frozenset[int] = frozenset()
    managers: frozenset[int] = frozenset()
    audiences: frozenset[int] = frozenset()
    roles: tuple[tuple[str, frozenset[int | None]], ...] = ()
    stands_in_for: frozenset[int] = frozenset()

    @classmethod
    def of(cls, person, on=None):
        """Fetch the reach of `person` on the day `on` (a date; today if not given). One query."""
        return cls._of_rows(_fetch(REACH, _asked(person.pk, on)))

    @classmethod
    def of_each(cls, ids, on=None):
        """Fetch the reaches of some people (their ids) on the day `on`, as a dict by id. One query."""
        ids = sorted(ids)
        each = " UNION ALL ".join([f"SELECT %s, reach.* FROM ({REACH}) reach"] * len(ids))  # noqa: S608
        rows = _fetch(each, [value for pk in ids for value in (pk, *_asked(pk, on))]) if ids else []
        return {pk: cls._of_rows([row for asked, *row in rows if asked == pk]) for pk in ids}

    @classmethod
    def _of_rows(cls, rows):
        roles = {}
        for _side, _manager, unit_id, role, *_rest in rows:
            if role:
                roles.setdefault(role, set()).add(unit_id)
        return cls(
            officials=frozenset(unit for side, _, unit, *_ in rows if side == "official"),
            elected=frozenset(unit for side, _, unit, *_ in rows if side == "elected"),
            managers=frozenset(unit for _, is_manager, unit, *_ in rows if is_manager),
            audiences=frozenset(audience for *_, audience, _ in rows if audience),
            roles=tuple((role, frozenset(units)) for role, units in sorted(roles.items())),
            stands_in_for=frozenset(away for *_, away in rows if away),
        )

    @property
    def everyone(self):
        return self.officials | self.elected

    @property
    def in_service(self):
        """Whether the person holds any assignment at all; without one, nothing inside is open."""
        return bool(self.everyone)

    @property
    def sides(self):
        """The sides (of Side) that the person may speak for."""
        held = ((Side.ELECTED, self.elected), (Side.OFFICIAL, self.officials))
        return [side for side, units in held if units]

    def units_as(self, role):
        """The ids of the units that `role` covers; `None` among them means every unit."""
        return dict(self.roles).get(str(role), frozenset())

    def has(self, role):
        """Whether the person holds `role` for any unit."""
        return bool(self.units_as(role))

    def covers(self, role, unit_id):
        """Whether the person holds `role` for the unit with this id."""
        units = self.units_as(role)
        return None in units or unit_id in units

    @property
    def is_administrator(self):
        return self.has("administrator")


def _asked(pk, on):
    """The values of REACH for one person."""
    day = connection.ops.adapt_datefield_value(on or timezone.localdate())
    return [pk, day, day] * 2


def _fetch(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


NOWHERE = Reach()


@dataclass(frozen=True)
class Away:
    """Somebody in service who is away: the id, and how far they reach."""

    pk: int
    reach: Reach


def reach_of(user):
    """The reach of `user`; of somebody not signed in, nowhere."""
    return user.reach if user.is_authenticated else NOWHERE
