"""Counting what the room says. Every number comes from SQL over the notes that are shown.

A concept is as big as the number of tables that said it, not as the times it was repeated. How
many people stand behind a side is counted too: the people registered with that side and seated at
the tables that wrote in its voice. Fewer than five, and the split is not told (decisions/0060).
"""

from django.db import connection

from forums.gathering import plainness
from forums.models import Term

FEWEST_PEOPLE = 5

# What was said: one row for each concept that a shown note mentions, merges followed to the end.
SAID = """
    WITH RECURSIVE written AS (
        SELECT note.id, note.table_id, note.side
        FROM forums_note note JOIN forums_question question ON question.id = note.question_id
        WHERE question.group_work_id = %s AND note.hidden_at IS NULL
    ), worded AS (
        SELECT written.id AS note_id, written.table_id, written.side, mention.term_id, term.concept_id
        FROM written
        JOIN forums_mention mention ON mention.note_id = written.id
        JOIN forums_term term ON term.id = mention.term_id
    ), climb(concept_id, root_id) AS (
        SELECT DISTINCT concept_id, concept_id FROM worded
        UNION
        SELECT climb.concept_id, concept.merged_into_id
        FROM climb JOIN forums_concept concept ON concept.id = climb.root_id
        WHERE concept.merged_into_id IS NOT NULL
    ), said AS (
        SELECT worded.*, root.id AS root_id, root.label, root.label_en, root.is_curated
        FROM worded
        JOIN climb ON climb.concept_id = worded.concept_id
        JOIN forums_concept root ON root.id = climb.root_id AND root.merged_into_id IS NULL
    ), seated AS (
        SELECT table_id, side, COUNT(*) AS people FROM forums_registration
        WHERE table_id IS NOT NULL AND state = 'registered' GROUP BY table_id, side
    )
"""

CONCEPTS = f"""{SAID}
    , by_table AS (
        SELECT root_id, table_id, side, COUNT(DISTINCT note_id) AS notes
        FROM said GROUP BY root_id, table_id, side
    ), counted AS (
        SELECT root_id,
            COUNT(DISTINCT by_table.table_id) AS tables,
            SUM(notes) AS notes,
            COUNT(CASE WHEN by_table.side = 'elected' THEN 1 END) AS elected,
            COUNT(CASE WHEN by_table.side = 'official' THEN 1 END) AS official,
            COALESCE(SUM(CASE WHEN by_table.side = 'elected' THEN people END), 0) AS elected_people,
            COALESCE(SUM(CASE WHEN by_table.side = 'official' THEN people END), 0) AS official_people
        FROM by_table
        LEFT JOIN seated ON seated.table_id = by_table.table_id AND seated.side = by_table.side
        GROUP BY root_id
    )
    SELECT concept.id, concept.label, concept.label_en, concept.is_curated, counted.tables,
        counted.notes, counted.elected, counted.official,
        counted.elected_people, counted.official_people
    FROM counted JOIN forums_concept concept ON concept.id = counted.root_id
"""  # noqa: S608 - constants only

WORDS = f"{SAID} SELECT root_id, term_id, COUNT(*) FROM said GROUP BY root_id, term_id"  # noqa: S608 - constants only

ROOM = """
    WITH written AS (
        SELECT note.id, note.table_id, note.side
        FROM forums_note note JOIN forums_question question ON question.id = note.question_id
        WHERE question.group_work_id = %s AND note.hidden_at IS NULL
    ), voices AS (
        SELECT DISTINCT table_id, side FROM written
    )
    SELECT
        (SELECT COUNT(*) FROM written),
        (SELECT COUNT(*) FROM written WHERE side = 'elected'),
        (SELECT COUNT(*) FROM written WHERE side = 'official'),
        (SELECT COUNT(DISTINCT table_id) FROM written),
        (SELECT COUNT(*) FROM forums_registration who JOIN voices
            ON voices.table_id = who.table_id AND voices.side = who.side
            WHERE who.state = 'registered' AND who.side = 'elected'),
        (SELECT COUNT(*) FROM forums_registration who JOIN voices
            ON voices.table_id = who.table_id AND voices.side = who.side
            WHERE who.state = 'registered' AND who.side = 'official')
"""


def figures_of(group_work):
    """Count a group work as it stands. Three queries; the shape is told at `Result`.

    Where a split isn't to be shown its numbers are None: nobody who holds the figures, in a page,
    a file or a backup, can read out of them what they don't hold.
    """
    room = _rows(ROOM, group_work)[0]
    total, notes_elected, notes_official, tables, elected, official = room
    shown = min(elected, official) >= FEWEST_PEOPLE
    return {
        "schema": 1,
        "participants": _by_side(elected, official, elected + official, shown),
        "tables": tables,
        "notes": _by_side(notes_elected, notes_official, total, shown),
        "sides_shown": shown,
        "concepts": _concepts(group_work, shown),
    }


def _by_side(elected, official, total, shown):
    return {
        "elected": elected if shown else None,
        "official": official if shown else None,
        "total": total,
    }


def _concepts(group_work, sides_shown):
    words = _words(group_work)
    concepts = []
    for row in _rows(CONCEPTS, group_work):
        pk, label, label_en, curated, tables, notes, elected, official, *people = row
        # Nobody at all is no secret, a few people are.
        shown = sides_shown and all(count == 0 or count >= FEWEST_PEOPLE for count in people)
        concepts.append(
            {
                "id": pk,
                "label": label if curated else words[pk][0][1],
                "label_en": label_en,
                "elected": elected if shown else None,
                "official": official if shown else None,
                "tables": tables,
                "notes": int(notes),
                "terms": [term_id for term_id, _text in words[pk]],
            }
        )
    return sorted(concepts, key=lambda said: (-said["tables"], -said["notes"], said["label"]))


def _words(group_work):
    """For each concept its (term id, word) pairs, the commonest word first."""
    rows = _rows(WORDS, group_work)
    texts = dict(Term.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "text"))
    words = {}
    for root_id, term_id, _count in sorted(rows, key=lambda row: (-row[2], *plainness(texts[row[1]]))):
        words.setdefault(root_id, []).append((term_id, texts[term_id]))
    return words


def _rows(sql, group_work):
    with connection.cursor() as cursor:
        cursor.execute(sql, [group_work.pk])
        return cursor.fetchall()
