"""Telling whether a page that asks again and again has anything new to show, for next to nothing.

A stamp is a short text that differs whenever what it stands for would look different. Notes are told
by their number, their latest time and their revisions at each table: whoever writes at a table holds its
row, so that there the later note has the later time too.
"""

import hashlib

from django.db import connection

from forums.models import Note

WALL = """
    SELECT work.state,
        (SELECT COUNT(*) FROM forums_round WHERE group_work_id = %(work)s AND state = 'closed'),
        (SELECT MAX(id) FROM forums_round WHERE group_work_id = %(work)s AND state = 'open'),
        (SELECT MAX(paused_at) FROM forums_round WHERE group_work_id = %(work)s AND state = 'open'),
        (SELECT MAX(added) FROM forums_round WHERE group_work_id = %(work)s AND state = 'open'),
        (SELECT dots_opened_at FROM forums_groupwork WHERE id = %(work)s),
        (SELECT dots_closed_at FROM forums_groupwork WHERE id = %(work)s),
        (SELECT MAX(id) FROM accounts_logentry
            WHERE event IN ('concept.merged', 'concept.unmerged', 'concept.renamed', 'concept.split')),
        (SELECT COUNT(*) FROM forums_registration WHERE forum_id = %(forum)s AND state = 'registered'),
        (SELECT SUM(table_id) FROM forums_registration WHERE forum_id = %(forum)s AND state = 'registered'),
        there.*, by_table.*
    FROM forums_groupwork work
    LEFT JOIN (
        SELECT COUNT(arrived_at), COUNT(CASE WHEN has_joined THEN 1 END) FROM forums_registration
        WHERE forum_id = %(forum)s AND state = 'registered'
    ) there ON 1 = 1
    LEFT JOIN (
        SELECT table_id, COUNT(*), COUNT(hidden_at), MAX(written_at), SUM(revision)
        FROM forums_note
        WHERE question_id IN (SELECT id FROM forums_question WHERE group_work_id = %(work)s)
        GROUP BY table_id
    ) by_table ON 1 = 1
    WHERE work.id = %(work)s ORDER BY by_table.table_id
"""

TABLE = """
    SELECT
        (SELECT COUNT(*) FROM forums_round WHERE group_work_id = %(work)s AND state = 'closed'),
        (SELECT MAX(id) FROM forums_round WHERE group_work_id = %(work)s AND state = 'open'),
        (SELECT MAX(paused_at) FROM forums_round WHERE group_work_id = %(work)s AND state = 'open'),
        (SELECT MAX(added) FROM forums_round WHERE group_work_id = %(work)s AND state = 'open'),
        (SELECT dots_opened_at FROM forums_groupwork WHERE id = %(work)s),
        (SELECT dots_closed_at FROM forums_groupwork WHERE id = %(work)s),
        COUNT(id), COUNT(hidden_at), MAX(written_at), SUM(revision)
    FROM forums_note WHERE table_id = %(table)s
"""


def stamp_of_wall(work):
    """The stamp of what the whole room sees of a GroupWork. One query."""
    return _digest(_rows(WALL, work=work.pk, forum=work.forum_id))


def stamp_of_marks(work):
    """The stamp of which notes are marked for the summary. One query."""
    return _digest(list(Note.objects.for_summary().of_group_work(work).order_by("pk").values_list("pk")))


def stamps_of(work, table_ids):
    """Return the stamp of what the whole room sees, and {table id: the stamp of what concerns that table}.
    One query. Other than `stamp_of_table`: for telling that it is time to ask, to all who sit there."""
    rows = _rows(WALL, work=work.pk, forum=work.forum_id)
    # What is said of the room as a whole stands first in each row; then who has come, which is nothing to
    # those at the tables; then a table, and what is there.
    tables = {row[-5]: row[-4:] for row in rows}
    return _digest(rows), {pk: _digest(rows[0][:-7], tables.get(pk)) for pk in table_ids}


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
