"""Counting what the room says. Every number comes from SQL over the notes that are shown.

A concept is as big as the number of tables that said it, not as the times it was repeated. How
many people stand behind a side is counted too: the people registered with that side who sat at the
tables that wrote in its voice (`sitting`). Fewer than five, and the split is not told (decisions/0060); nor
is anything from which it could be worked out (`withholding`, decisions/0190).
"""

from django.db import connection

from forums.lettering import name_concepts
from forums.models import Term
from forums.ranking import priorities_of
from forums.sitting import seats_in_sql, seats_of
from forums.withholding import FEWEST_PEOPLE, can_tell_all, tells_notes_by_side, withhold

# What was said: one row for each concept that a shown note mentions, merges followed to the end.
SAID = """
    WITH RECURSIVE written AS (
        SELECT note.id, note.table_id, note.side
        FROM forums_note note JOIN forums_question question ON question.id = note.question_id
        WHERE question.group_work_id = %s AND note.hidden_at IS NULL
    ), worded AS (
        SELECT written.id AS note_id, written.table_id, written.side, mention.term_id, mention.written,
            term.concept_id
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
    )
"""

CONCEPTS = f"""{SAID}
    , seated(table_id, side, people) AS ({{seats}}), by_table AS (
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

WORDS = f"""{SAID}
    SELECT root_id, term_id, written, COUNT(*) FROM said GROUP BY root_id, term_id, written
"""  # noqa: S608 - constants only

ROOM = """
    WITH written AS (
        SELECT note.id, note.table_id, note.side
        FROM forums_note note JOIN forums_question question ON question.id = note.question_id
        WHERE question.group_work_id = %s AND note.hidden_at IS NULL
    ), voices AS (
        SELECT DISTINCT table_id, side FROM written
    ), seated(table_id, side, people) AS ({seats}), writers AS (
        SELECT seated.side, seated.people FROM seated
        JOIN voices ON voices.table_id = seated.table_id AND voices.side = seated.side
    ), there AS (
        SELECT side, people FROM seated WHERE table_id IN (SELECT table_id FROM written)
    )
    SELECT
        (SELECT COUNT(*) FROM written),
        (SELECT COUNT(*) FROM written WHERE side = 'elected'),
        (SELECT COUNT(*) FROM written WHERE side = 'official'),
        (SELECT COUNT(DISTINCT table_id) FROM written),
        (SELECT COALESCE(SUM(people), 0) FROM writers WHERE side = 'elected'),
        (SELECT COALESCE(SUM(people), 0) FROM writers WHERE side = 'official'),
        (SELECT COALESCE(SUM(people), 0) FROM there WHERE side = 'elected'),
        (SELECT COALESCE(SUM(people), 0) FROM there WHERE side = 'official'),
        (SELECT MIN(people) FROM seated)
"""

# The notes of either side that carry none of these concepts.
UNBOUND = f"""{SAID}
    SELECT COUNT(CASE WHEN side = 'elected' THEN 1 END), COUNT(CASE WHEN side = 'official' THEN 1 END)
    FROM written WHERE id NOT IN (SELECT note_id FROM said WHERE root_id IN ({{places}}))
"""  # noqa: S608 - constants only


class Notes:
    """The numbers of one group work, each asked of all its notes in the database."""

    def __init__(self, work_id):
        self._work_id = work_id

    def room(self):
        """The notes in all, and by side; the tables that wrote; by side the people behind those who wrote,
        and at those tables; and the smallest group of one side at one table (None without any)."""
        room = _rows_with_seats(ROOM, self._work_id)[0]
        return (*room[:4], *map(int, room[4:8]), room[8])

    def concepts(self):
        """For each concept: id, label, English label, whether it is curated, tables, notes, and by side
        the tables and the people behind them."""
        return _rows_with_seats(CONCEPTS, self._work_id)

    def words(self):
        """(concept, term, its text, as it was written, number of notes) for each word that was said, and each
        way to write it: empty for that without capitals."""
        rows = _rows(WORDS, self._work_id)
        texts = dict(Term.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "text"))
        return [(root, term, texts[term], written, number) for root, term, written, number in rows]

    def unbound(self, told):
        """The notes of the elected and of the officials that carry none of the concepts `told`."""
        places = ", ".join(["%s"] * len(told)) or "NULL"
        return _rows(UNBOUND.format(places=places), self._work_id, *told)[0]


def figures_of(group_work):
    """Count a group work as it stands. Five queries at most; the shape is told at `Result`."""
    return figures_from(Notes(group_work.pk))


def figures_from(numbers):
    """The figures that these numbers make, from `Notes` or from a process's own tally of them.

    Where a split isn't to be shown its numbers are None: nobody who holds the figures, in a page,
    a file or a backup, can read out of them what they don't hold.
    """
    total, notes_elected, notes_official, tables, *people, smallest = numbers.room()
    writers, seated = people[:2], people[2:]
    # Where a side can be few at a table, all who sit at the tables count: at which of them a side wrote
    # is not to be worked out from what is told of the room.
    elected, official = writers if can_tell_all(smallest) else seated
    shown = min(elected, official) >= FEWEST_PEOPLE
    concepts = withhold(_concepts(numbers), shown=shown, smallest=smallest)
    notes_shown = shown and min(writers) >= FEWEST_PEOPLE
    if notes_shown:
        notes_shown = tells_notes_by_side(concepts, _unbound(numbers, concepts), tables=tables)
    return {
        "schema": 2,
        "participants": _by_side(elected, official, elected + official, shown),
        "tables": tables,
        "notes": _by_side(notes_elected, notes_official, total, notes_shown),
        "sides_shown": shown,
        "concepts": concepts,
    }


def frozen_figures(group_work):
    """Count a group work that is being closed: its figures, and what got most dots."""
    return figures_of(group_work) | {"schema": 3, "priorities": priorities_of(group_work)}


def label_of(concept, language):
    """What a concept of the figures is called in a language: its English label where it has one."""
    return (language == "en" and concept["label_en"]) or concept["label"]


def in_language(figures, language):
    """The figures with each concept called as in that language."""
    named = [{**concept, "label": label_of(concept, language)} for concept in figures["concepts"]]
    return {**figures, "concepts": named}


def tells_every_split(group_work):
    """Whether nothing that the room said can be small, so that every split of it may be told. One query."""
    return can_tell_all(min((people for *_seat, people in seats_of(group_work.pk)), default=None))


def _by_side(elected, official, total, shown):
    return {
        "elected": elected if shown else None,
        "official": official if shown else None,
        "total": total,
    }


def _concepts(numbers):
    """What was said, every number of it; only `withhold` tells which of them leave this module."""
    named = name_concepts(numbers.words())
    concepts = []
    for row in numbers.concepts():
        pk, label, label_en, curated, tables, notes, elected, official, *people = row
        commonest, terms = named[pk]
        concepts.append(
            {
                "id": pk,
                "label": label if curated else commonest,
                "label_en": label_en,
                "elected": elected,
                "official": official,
                "elected_people": int(people[0]),
                "official_people": int(people[1]),
                "tables": tables,
                "notes": int(notes),
                "terms": terms,
            }
        )
    return concepts


def _unbound(numbers, concepts):
    """The notes of the elected and of the officials that carry no concept whose split is told.

    Asked only where one is told and another is not."""
    told = [concept["id"] for concept in concepts if concept["elected"] is not None]
    if len(told) == len(concepts):
        return 0, 0
    return numbers.unbound(told)


def _rows_with_seats(sql, work_id):
    seats, values = seats_in_sql(work_id)
    return _rows(sql.format(seats=seats), work_id, *values)


def _rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
