"""Telling whether a page that asks again and again has anything new to show, for next to nothing.

A stamp is a short text that differs whenever what it stands for would look different. Notes are told
by their number and their latest change at each table: whoever writes at a table holds its row, so
that there the later change is the later time too.
"""

import hashlib

from django.db import connection

WALL = """
    SELECT work.state,
        (SELECT COUNT(*) FROM forums_round WHERE group_work_id = %(work)s AND state = 'closed'),
        (SELECT MAX(id) FROM forums_round WHERE group_work_id = %(work)s AND state = 'open'),
        (SELECT MAX(id) FROM accounts_logentry
            WHERE event IN ('concept.merged', 'concept.unmerged', 'concept.renamed')),
        (SELECT COUNT(*) FROM forums_registration WHERE forum_id = %(forum)s AND state = 'registered'),
        (SELECT SUM(table_id) FROM forums_registration WHERE forum_id = %(forum)s AND state = 'registered'),
        note.table_id, COUNT(note.id), COUNT(note.hidden_at), MAX(note.written_at)
    FROM forums_groupwork work
    LEFT JOIN forums_question question ON question.group_work_id = work.id
    LEFT JOIN forums_note note ON note.question_id = question.id
    WHERE work.id = %(work)s GROUP BY work.state, note.table_id ORDER BY note.table_id
"""

TABLE = """
    SELECT
        (SELECT COUNT(*) FROM forums_round WHERE group_work_id = %(work)s AND state = 'closed'),
        (SELECT MAX(id) FROM forums_round WHERE group_work_id = %(work)s AND state = 'open'),
        COUNT(id), COUNT(hidden_at), MAX(written_at)
    FROM forums_note WHERE table_id = %(table)s
"""


def stamp_of_wall(work):
    """The stamp of what the whole room sees of a GroupWork. One query."""
    return _digest(_rows(WALL, work=work.pk, forum=work.forum_id))


def stamp_of_table(work, table_id, *seen):
    """The stamp of what one table sees: the turn, its own notes, and whatever else is in `seen`. One
    query. What other tables write is nothing to it; `table_id` is None for those who sit at none."""
    return _digest(_rows(TABLE, work=work.pk, table=table_id), table_id, work.state, seen)


def _rows(sql, **about):
    with connection.cursor() as cursor:
        cursor.execute(sql, about)
        return cursor.fetchall()


def _digest(*told):
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
