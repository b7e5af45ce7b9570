"""The council's mandate periods."""

from dataclasses import dataclass
from datetime import date, timedelta

# Elections are held every fourth year (2018, 2022, 2026), and the council's mandates run from 15 October
# of that year (Kommunallagen 2017:725, chapter 5).
YEARS, REMAINDER = 4, 2
MONTH, DAY = 10, 15


@dataclass(frozen=True)
class Mandate:
    """A mandate period, from its first day to its last."""

    first: date

    @classmethod
    def on(cls, day):
        """The mandate period to which the date `day` belongs."""
        year = day.year - (day.year - REMAINDER) % YEARS
        first = date(year, MONTH, DAY)
        return cls(first if first <= day else date(year - YEARS, MONTH, DAY))

    @property
    def last(self):
        return date(self.first.year + YEARS, MONTH, DAY) - timedelta(days=1)

    def __str__(self):
        return f"{self.first.year}–{self.last.year}"
