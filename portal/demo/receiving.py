"""The demo's doors: who came to each forum, and what they thought of it afterwards."""

from datetime import timedelta
from random import Random

from forums.arriving import check_in
from forums.evaluating import give_verdict

from .clock import at, spread, true_now

STAY_AWAY, TELL_NOTHING = 0.07, 0.35
DOORS_OPEN = timedelta(minutes=35)
WORDS = (
    "Mer tid vid borden och mindre från scenen.",
    "Bra att få höra de förtroendevaldas bild först. Gör så igen.",
    "Frågorna kunde ha kommit några dagar innan, så att vi hunnit tänka.",
    "Skönt att det vi skrev syntes direkt. Men ljudet räckte inte till borden längst bak.",
    "Jag saknade en uppföljning av det vi lovade förra gången.",
    "Fortsätt blanda borden!",
    "En längre paus, tack. De bästa samtalen är vid kaffet.",
)


def receive(forum):
    """Check those in who come: all but a few, from a while before the forum begins."""
    chance = Random(forum.title)  # noqa: S311 - the same every time
    coming = [answer for answer in forum.registrations.in_the_room() if chance.random() > STAY_AWAY]
    chance.shuffle(coming)
    last = min(forum.starts_at + timedelta(minutes=5), true_now())
    for answer, when in zip(coming, spread(forum.starts_at - DOORS_OPEN, last, len(coming)), strict=True):
        with at(when):
            check_in(answer, by=forum.organiser)


def ask(forum):
    """Let most of those who came tell what they thought, a few of them in words of their own."""
    chance, words = Random(forum.title), iter(WORDS)  # noqa: S311 - the same every time
    with at(forum.ends_at):
        for answer in forum.registrations.arrived().select_related("person"):
            if chance.random() > TELL_NOTHING:
                worth, heard, useful = (chance.choices((2, 3, 4, 5), (1, 3, 7, 5))[0] for _ in range(3))
                said = next(words, "") if chance.random() < 0.25 else ""
                give_verdict(forum, by=answer.person, worth=worth, heard=heard, useful=useful, words=said)
