"""Lists of names on a page that is about something else: the first of them, and how many more there are."""

from dataclasses import dataclass

# Names in one such list.
NAMES_SHOWN = 50


@dataclass(frozen=True)
class FirstOf:
    """The first of some rows that are told by name.

    Attributes:
        rows: a QuerySet of them, not asked for before it is read.
        number: how many there are in all.
    """

    rows: object
    number: int

    @classmethod
    def these(cls, rows, number=None):
        """The first of a QuerySet, in its order; `number` of it, where that is known already."""
        return cls(rows[:NAMES_SHOWN], rows.count() if number is None else number)

    @property
    def more(self):
        """How many are not among the first."""
        return max(self.number - NAMES_SHOWN, 0)

    def __bool__(self):
        return self.number > 0
