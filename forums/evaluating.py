"""Evaluating: what those who took part thought of the forum, anonymous by construction.

They are asked by mail once, when the forum is over (decisions/0310).

That somebody has given a verdict stands on their registration; the verdict itself leads to nobody
(decisions/0250), and each that comes is written together with all that came before it (decisions/0510).
What was thought is told when no more verdicts are taken, and of five people at least: while they come in
one by one, whoever watches could tell whose the latest is.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.circulating import circulate
from forums.forgetting import write_among
from forums.models import Circular, Forum, Registration, Verdict
from forums.models.verdicts import BEST, WORST
from forums.queueing import hold
from forums.withholding import FEWEST_PEOPLE


class CannotEvaluate(Refusal):
    """No verdict is taken. The message is for the person who gave it."""


class NotTakenNow(CannotEvaluate):
    message = _("Verdicts are not taken just now.")


class WasNotThere(CannotEvaluate):
    message = _("Those who took part tell what they thought.")


class GivenAlready(CannotEvaluate):
    message = _("You have told what you thought. Thank you!")


def ask_what_people_thought():
    """Ask by mail, once for each forum that is over, while verdicts are taken; returns how many forums."""
    return sum(_ask(forum) for forum in Forum.objects.to_be_evaluated())


def may_evaluate(person, forum):
    """Whether `person` is asked now what they thought: they took part, and have not said so yet."""
    return forum.takes_verdicts and _still_to_tell(person, forum).exists()


@transaction.atomic
def give_verdict(forum, *, by, worth, heard, useful, words=""):
    """Keep what `by` thought. Grades are from 1 (do not agree at all) to 5 (agree completely).

    Nothing is logged. The transaction that says of `by` that they have told writes every verdict of the
    forum, in random order: it tells that theirs is one of them.

    Raises:
        NotTakenNow, WasNotThere, GivenAlready.
    """
    forum = hold(forum)
    if not forum.takes_verdicts:
        raise NotTakenNow
    mine = _still_to_tell(by, forum)
    if not mine.update(has_evaluated=True):
        took_part = forum.registrations.attended().of(by).exists()
        raise GivenAlready if took_part else WasNotThere
    verdict = Verdict(forum=forum, worth=worth, heard=heard, useful=useful, words=words)
    write_among(verdict, forum.verdicts.all())


def close_evaluation(forum, *, by):
    """Take no more verdicts, and let what was thought be seen. Done twice, it is done once.

    Raises:
        NotTakenNow: they are not taken, or no longer.
    """
    if forum.evaluation_is_over:
        return
    if not forum.takes_verdicts:
        raise NotTakenNow
    if Forum.objects.filter(pk=forum.pk, evaluation_closed_at=None).update(
        evaluation_closed_at=timezone.now()
    ):
        record("evaluation.closed", about=forum, by=by)


@dataclass(frozen=True)
class Opinion:
    """What people thought of one thing.

    Attributes:
        counts: how many gave each grade, from 1 to 5.
        mean: of the grades, rounded to one decimal.
    """

    label: str
    counts: list
    mean: float

    @property
    def bars(self):
        """Triples of (grade, how many gave it, its part of them all in percent: "35%")."""
        whole = sum(self.counts)
        return [(grade, count, f"{100 * count // whole}%") for grade, count in enumerate(self.counts, WORST)]


@dataclass(frozen=True)
class Evaluation:
    """What may be told of a forum's verdicts.

    Attributes:
        number: how many there are.
        asked: how many could give one: those who took part.
        opinions: an Opinion for each question; none while verdicts are taken, or where they are too few.
        words: what people wrote, in alphabetical order; none there either.
    """

    number: int
    asked: int
    opinions: list
    words: list


def evaluation_of(forum):
    """The Evaluation of a forum. Two queries."""
    verdicts = list(forum.verdicts.values(*Verdict.GRADES, "words"))
    asked = forum.registrations.attended().count()
    if not forum.evaluation_is_over or len(verdicts) < FEWEST_PEOPLE:
        return Evaluation(len(verdicts), asked, [], [])
    opinions = [_opinion(name, [verdict[name] for verdict in verdicts]) for name in Verdict.GRADES]
    words = sorted((verdict["words"] for verdict in verdicts if verdict["words"]), key=str.casefold)
    return Evaluation(len(verdicts), asked, opinions, words)


@transaction.atomic
def _ask(forum):
    """Ask those who took part, unless another round was first; returns whether it did."""
    forum = hold(forum)
    if not Forum.objects.to_be_evaluated().filter(pk=forum.pk).exists():
        return False
    circulate(Circular.Event.EVALUATION, forum)
    record("evaluation.asked", about=forum, by=None)
    return True


def _opinion(name, grades):
    label = Verdict._meta.get_field(name).verbose_name
    counts = [grades.count(grade) for grade in range(WORST, BEST + 1)]
    return Opinion(label, counts, round(sum(grades) / len(grades), 1))


def _still_to_tell(person, forum):
    return Registration.objects.attended().of(person).filter(forum=forum, has_evaluated=False)
