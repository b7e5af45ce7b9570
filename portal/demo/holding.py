"""The demo's group work: rounds, notes, results, commitments and summaries."""

import uuid
from datetime import timedelta
from itertools import cycle, zip_longest

from accounts.models import Side
from forums.committing import ask, commit, update
from forums.models import Note
from forums.noting import write_note
from forums.summarising import draft_summary
from forums.working import close_group_work, close_round, open_group_work, open_round
from news.reviewing import approve, submit

from .clock import at, moment, spread, true_now, working_day
from .peopling import content
from .printing import WRITER

# The officials of today have had the word for so long when the demo is loaded.
JUST_BEGUN = timedelta(minutes=6)


def hold(forum, data):
    """Run the group work: to its end for a past forum, into the officials' round for today's."""
    organiser, work, is_past = forum.organiser, forum.group_work, data["days"] < 0
    item = forum.programme.get(kind="group_work")
    starts, ends = (item.starts_at, item.ends_at) if is_past else (forum.starts_at, true_now())
    length = ends - starts
    with at(starts):
        open_group_work(work, by=organiser)
    halfway = starts + length / 2
    second = halfway if is_past else max(halfway, ends - JUST_BEGUN)
    for turn, begins, stops in zip(work.rounds.all(), (starts, second), (halfway, ends), strict=True):
        with at(begins):
            open_round(turn, by=organiser)
        _write(forum, data, Side(turn.side), begins, stops)
        if is_past or turn.side == Side.ELECTED:
            with at(stops):
                close_round(turn, by=organiser)
    if is_past:
        with at(ends):
            close_group_work(work, by=organiser)


def _write(forum, data, side, first, last):
    """Write the side's notes, one question after the other, the tables by turns."""
    notes = content(f"notes_{data['key']}")
    questions = list(forum.group_work.questions.all())
    rows = [(questions[int(number) - 1], *row) for number, sides in notes.items() for row in sides[side]]
    writers = cycle(_by_turns(forum, side))
    for when, (question, text, *keywords) in zip(spread(first, last, len(rows)), rows, strict=True):
        seated = next(writers)
        with at(when):
            write_note(
                note_id=uuid.uuid4(),
                question=question,
                table=seated.table,
                side=side,
                text=text,
                keywords=keywords,
                by=seated.person,
            )


def _by_turns(forum, side):
    """The side's seated people: the first of each table, then the second of each, and so on."""
    tables = [
        forum.registrations.registered().filter(table=table, side=side).select_related("person", "table")
        for table in forum.tables.all()
    ]
    return [person for turn in zip_longest(*tables) for person in turn if person]


def promise(town, forum, data):
    """Make the forum's commitments on its day, and tell how they have gone since."""
    for promised in data["commitments"]:
        owner = town.people[promised["owner"]]
        with at(forum.ends_at - timedelta(minutes=10)):
            made = commit(
                forum,
                owner=owner,
                unit=town.units[promised["unit"]],
                text=promised["text"],
                due_on=working_day(promised["days"]),
                notes=_about(forum, promised["about"]),
                by=forum.organiser,
            )
        for days, state, text in promised["updates"]:
            with at(moment(days, "15.40")):
                if state:
                    update(made, text=text, state=state, by=owner)
                else:
                    ask(made, text=text, by=forum.organiser)


def _about(forum, keywords):
    """A few notes of the forum that carry any of the keywords."""
    return Note.objects.of_forum(forum).filter(terms__text__in=keywords).distinct().order_by("pk")[:3]


def sum_up(press, forum, data):
    """Draft the forum's summary, have it signed off by both leaders, and publish it."""
    writer = press.town.people[WRITER]
    with at(moment(data["drafted_days"], "13.00")):
        article = draft_summary(forum, by=writer)
    version = article.newest_version
    words = {
        **data,
        "title": data["summary_title"],
        "lead": data["summary_lead"],
        "body": data["summary_opening"] + version.body + data["summary_quote"],
    }
    version = press.save(version, words, when=moment(data["drafted_days"], "14.30"))
    with at(moment(data["drafted_days"], "15.00")):
        version = submit(version, by=writer, due_on=working_day(data["published_days"]))
    for day, step in enumerate(version.steps.filter(stage=1), start=1):
        with at(moment(data["drafted_days"] + day, f"15.{day}5")):
            approve(step, by=step.reviewer)
    with at(moment(data["published_days"], "16.45")):
        approve(version.steps.get(stage=2), by=press.approver)
