"""Where somebody stands who is about to write notes."""

from dataclasses import dataclass

from django.db import connection

from .notes import Note

TURN = """
    SELECT
        EXISTS (SELECT 1 FROM forums_registration WHERE table_id = seats.id AND side = %(side)s
            AND person_id = %(person)s AND forum_id = work.forum_id AND state = 'registered'),
        (SELECT side FROM forums_round WHERE group_work_id = work.id AND state = 'open'),
        EXISTS (SELECT 1 FROM forums_note WHERE id IN ({notes})),
        work.state = 'closed',
        work.dots_opened_at IS NOT NULL
    FROM forums_groupwork work JOIN forums_table seats ON seats.forum_id = work.forum_id
    WHERE work.id = %(work)s AND seats.id = %(table)s
"""
HOLD = "SELECT id FROM forums_table WHERE id = %s FOR NO KEY UPDATE"


@dataclass(frozen=True)
class Turn:
    """What is asked before notes are written, in one query.

    Attributes:
        sits_there: whether the person is registered at the table, with that voice.
        writes: the side that the open round lets write, "" for both; None where no round is open.
        knows_any: whether there is a note of one of those ids already.
        is_over: whether the group work is closed.
        has_dots: whether the room has begun to put its dots, or has put them.
    """

    sits_there: bool = False
    writes: str | None = None
    knows_any: bool = False
    is_over: bool = False
    has_dots: bool = False

    @classmethod
    def held(cls, *, work_id, table_id, side, person_id, note_ids):
        """Hold the table's row until the transaction ends, and tell how it stands then.

        SQLite holds the whole database from the first word of a transaction (see settings).
        """
        key = Note._meta.pk
        notes = {f"note{n}": key.get_db_prep_value(pk, connection) for n, pk in enumerate(note_ids)}
        about = {"work": work_id, "table": table_id, "side": side, "person": person_id, **notes}
        turn = TURN.format(notes=", ".join(f"%({name})s" for name in notes))
        with connection.cursor() as cursor:
            if connection.features.has_select_for_no_key_update:
                cursor.execute(HOLD, [table_id])
            cursor.execute(turn, about)
            row = cursor.fetchone()
        if row is None:
            return cls()
        sits_there, writes, *told = row
        return cls(bool(sits_there), writes, *map(bool, told))

    def lets_write(self, side):
        """Whether the open round is that side's."""
        return self.writes in ("", side)
