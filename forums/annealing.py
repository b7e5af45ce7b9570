"""Annealing the company at the tables: people change places by chance, at first for the worse too.

`mixing.Room.part_company` takes what is better at once and stops where no single exchange is. In a small
room a manager can still sit with somebody of their own then, who needs the front at the back, or a pair
together that met last time, where two exchanges would do (cf. S. Kirkpatrick et al., "Optimization by
Simulated Annealing", 1983).
"""

from math import exp
from random import Random

STEPS = 20_000


def anneal(room, *, worth):
    """Exchange people of `room` (a `mixing.Room`) until nobody sits badly, STEPS times at most.

    No count gets worse, and the company is never worse afterwards than before.

    Args:
        worth: what it must cost, in the room's own measure, for somebody to sit badly.
    """
    chance = Random(len(room.guests))  # noqa: S311 - the same every time
    movable = [guest for guest in room.guests if guest.pinned is None]
    cost = least = 0  # beside what the company costs at the start
    best = dict(room.table_of)
    every = max(50, len(movable) // 4)  # steps: who sits badly is asked of everybody
    for step in range(STEPS):
        if step % every == 0:
            uneasy = [guest for guest in movable if room.unease(guest, room.table_of[guest.key]) >= worth]
            if not uneasy or len(movable) < 2:
                break
        guest, other = chance.choice(uneasy if step % 2 else movable), chance.choice(movable)
        if room.table_of[guest.key] == room.table_of[other.key] or not room.keeps_counts(guest, other):
            continue
        gain = room.gain(guest, other)
        warmth = worth * (1 - step / STEPS)
        if gain < 0 and chance.random() >= exp(gain / warmth):
            continue
        room.change_places(guest, other)
        cost -= gain
        if cost < least:
            least, best = cost, dict(room.table_of)
    for guest in movable:
        if room.table_of[guest.key] != best[guest.key]:
            room.sit(guest, best[guest.key])
