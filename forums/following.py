"""Following the room as it writes: who may, and what those who follow are told (decisions/0180).

What is followed is a view of a group work, named by a topic: "7.wall.sv" is the wall of group work 7 in
Swedish, "7.watch.sv" the same for those who only watch, "7.table.12" what concerns its table 12, and
"7.table.0" what concerns those who sit at none.
A page that one may see holds the address of a stream: a topic, signed for its reader's session for a few
minutes. Whoever loses the right, or signs out, is told nothing more once it has passed.
"""

import hashlib
import random
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import translation

from accounts.refusals import Refusal
from forums.models import GroupWork
from forums.showing import wall_html
from forums.stamping import stamps_of
from forums.suggesting import options_of, stamp_of, suggestions_for

# In the environ of a request: whether this server has streams. Where it has none, pages ask again and again.
STREAMING = "samspel.streams"
# Before the token; the server answers what lies below by itself, see portal/streaming.py.
STREAMS = "/strom/"
# Seconds that an address is good for. Not the same for all, or they would all ask for a new one at once.
SHORTEST, LONGEST = 180, 300

_signer = Signer(salt="forums.following", sep="~")


class NotYours(Refusal):
    """No address that we gave to this reader."""


class Passed(Refusal):
    """The address was good once; the page gets a new one by asking for what it shows."""


@dataclass(frozen=True)
class Telling:
    """What those who follow a topic are told. `event` is "part", with the HTML to show as `data`, or
    "changed", with the words that the forum has by now as options of a datalist. Its stamp has two parts,
    "table.words": where the first is new, the page asks for what is new, which differs between readers."""

    topic: str
    stamp: str
    event: str
    data: str = ""


def wall_topic(work, *, with_notes=True):
    """The topic of the wall in the language of the page, for those who read notes or for spectators."""
    return f"{work.pk}.{'wall' if with_notes else 'watch'}.{translation.get_language()}"


def table_topic(work, table_id):
    """The topic of one table; `table_id` is None for those who sit at none."""
    return f"{work.pk}.table.{table_id or 0}"


def address_of_stream(topic, *, session_key):
    """The address at which the holder of a session may follow `topic` for some minutes from now."""
    until = int(time.time()) + random.randint(SHORTEST, LONGEST)  # noqa: S311 - to spread them out
    return STREAMS + _signer.sign(f"{topic}~{until}~{_digest(session_key)}")


def topic_at(address, *, session_key):
    """Return the topic that may be followed at `address`, and until when (seconds since 1970).

    Asks nothing of the database: thousands come back at once when a network does.

    Raises:
        NotYours: forged, or given to somebody else.
        Passed: too old.
    """
    try:
        topic, until, digest = _signer.unsign(address.removeprefix(STREAMS)).split("~")
    except BadSignature as fault:
        raise NotYours from fault
    if digest != _digest(session_key):
        raise NotYours
    if int(until) <= time.time():
        raise Passed
    return topic, int(until)


def _digest(session_key):
    return hashlib.sha256(f"{settings.SESSION_COOKIE_NAME} {session_key}".encode()).hexdigest()[:20]


def work_of(topic):
    """The id of the group work that a topic belongs to."""
    return int(_parts(topic)[0])


def tellings(work_id, known):
    """Yield the Tellings for those topics of a group work whose stamp differs from the one known.

    Args:
        known: {topic: the stamp told last, or None}.
    """
    work = GroupWork.objects.select_related("forum").filter(pk=work_id).first()
    if work is None:
        return
    tables = {topic: int(_parts(topic)[2]) for topic in known if _parts(topic)[1] == "table"}
    wall, by_table = stamps_of(work, tables.values())
    words = suggestions_for(work) if tables else []
    options, stamp_of_words = options_of(words), stamp_of(words)
    for topic, seen in known.items():
        stamp = f"{by_table[tables[topic]]}.{stamp_of_words}" if topic in tables else wall
        if stamp == seen:
            continue
        if topic in tables:
            yield Telling(topic, stamp, "changed", options)
        else:
            yield Telling(topic, stamp, "part", _wall(work, stamp, topic))


def _parts(topic):
    return topic.split(".")


def _wall(work, stamp, topic):
    _work, kind, language = _parts(topic)
    with translation.override(language):
        return wall_html(work, stamp, with_notes=kind == "wall")
