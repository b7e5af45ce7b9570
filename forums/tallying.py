"""Keeping a tally of what a room says, so that its wall costs what is new and not all there is.

`counting` asks the database about every note, for what is frozen and whenever a page asks. The wall is
made anew twice a second while the tables write, and with 100,000 notes that would take seconds. So the
process that shows it remembers the notes that it has read, in slices of ten seconds by when they were
written. A slice is read anew where the database's sums over it have changed: a note that is written,
changed, hidden, shown or thinned out changes them, for an edit moves a note to the slice of its new
time (decisions/0262). What is remembered holds no note's text and no writer.
"""

from collections import Counter, defaultdict
from functools import lru_cache

from django.db import connection

from accounts.models import Side
from forums.sitting import seats_of

SIDES = (Side.ELECTED, Side.OFFICIAL)

WORKS_REMEMBERED = 4  # by each process; a hundred thousand notes take 30 MB
# More slices than these are read in one sweep over all notes.
SLICES_READ_APART = 40

SLICE = {
    "sqlite": "SUBSTR(note.written_at, 1, 18)",
    "postgresql": "DATE_BIN('10 seconds', note.written_at, TIMESTAMPTZ 'epoch')",
}
OF_WORK = "note.question_id IN (SELECT id FROM forums_question WHERE group_work_id = %s)"

SLICES = """
    SELECT {slice}, MIN(note.written_at), MAX(note.written_at), COUNT(*), SUM(note.revision),
        COUNT(note.hidden_at), MAX(note.hidden_at)
    FROM forums_note note WHERE {of_work} GROUP BY 1
"""

READ = """
    SELECT {slice}, note.id, note.table_id, note.side, note.question_id, mention.term_id,
        mention.written
    FROM forums_note note LEFT JOIN forums_mention mention ON mention.note_id = note.id
    WHERE {of_work} AND note.hidden_at IS NULL AND ({times})
"""

# What words count for, merges followed to the end.
DICTIONARY = """
    WITH RECURSIVE used AS (
        SELECT id, text, concept_id FROM forums_term WHERE id IN ({places})
    ), climb(concept_id, root_id) AS (
        SELECT DISTINCT concept_id, concept_id FROM used
        UNION
        SELECT climb.concept_id, concept.merged_into_id
        FROM climb JOIN forums_concept concept ON concept.id = climb.root_id
        WHERE concept.merged_into_id IS NOT NULL
    )
    SELECT used.id, used.text, root.id, root.label, root.label_en, root.is_curated
    FROM used JOIN climb ON climb.concept_id = used.concept_id
    JOIN forums_concept root ON root.id = climb.root_id AND root.merged_into_id IS NULL
"""


@lru_cache(maxsize=WORKS_REMEMBERED)
def tally_of(work_id):
    """This process's Tally of a group work."""
    return Tally(work_id)


class Tally:
    """The numbers of one group work as it stands, told as `counting.Notes` tells them."""

    def __init__(self, work_id):
        self._work_id = work_id
        self._sums = {}  # slice -> what the database said of it when it was read
        self._read = {}  # slice -> [(table, side, question, words)] of its shown notes
        self._words_met = {}  # each (term, as it was written) once, however many notes have it
        self._roots = {}  # term -> the concept that it counts for
        self._texts, self._labels, self._seated = {}, {}, Counter()
        self._forget()

    def _forget(self):
        self._voices = Counter()  # (table, side) -> notes
        self._said = Counter()  # (concept, table, side) -> notes
        self._asked = Counter()  # (question, concept, table) -> notes
        self._words = Counter()  # (concept, term, as it was written) -> notes
        self._together = Counter()  # (side, the concepts of one note) -> notes

    def bring_up_to_date(self):
        """Read what has changed. Whatever comes between the sums and the reading is read again next time."""
        rows = _rows(SLICES, self._work_id)
        sums = {row[0]: row[1:] for row in rows}
        changed = [part for part, told in sums.items() if self._sums.get(part) != told]
        for part in {*changed, *(self._sums.keys() - sums.keys())}:
            self._count(self._read.pop(part, ()), -1)
            self._sums.pop(part, None)  # what a fault leaves half done is read again
        fresh = self._read_anew(changed, sums)
        self._follow_the_dictionary(
            {term for notes in fresh.values() for *_voice, words in notes for term, _form in words}
        )
        for notes in fresh.values():
            self._count(notes, 1)
        self._read |= fresh
        self._sums = sums
        seated = seats_of(self._work_id)
        self._seated = Counter({(table, side): people for table, side, people in seated})

    def _read_anew(self, slices, sums):
        if not slices:
            return {}
        apart = slices if len(slices) <= SLICES_READ_APART else ()
        spans = [moment for part in apart for moment in sums[part][:2]]
        times = " OR ".join(["note.written_at BETWEEN %s AND %s"] * (len(spans) // 2)) or "1 = 1"
        notes = {part: defaultdict(list) for part in slices}
        rows = _rows(READ, self._work_id, *spans, times=times)
        for part, note, table, side, question, term, form in rows:
            if part in notes:
                said = notes[part][note, table, side, question]
                if term:
                    said.append(self._words_met.setdefault((term, form), (term, form)))
        return {
            part: [(*about, tuple(words)) for (_note, *about), words in said.items()]
            for part, said in notes.items()
        }

    def _follow_the_dictionary(self, new_terms):
        """Learn what the new terms count for, and count everything again where an old one's concept is
        another one now: merged, or split."""
        terms = sorted({*self._roots, *new_terms})
        rows = _rows(DICTIONARY, *terms, places=", ".join(["%s"] * len(terms))) if terms else []
        roots = {term: root for term, _text, root, *_labels in rows}
        moved = any(roots.get(term) != root for term, root in self._roots.items())
        self._roots = roots
        self._texts = {term: text for term, text, *_concept in rows}
        self._labels = {root: labels for _term, _text, root, *labels in rows}
        if moved:
            self._forget()
            for notes in self._read.values():
                self._count(notes, 1)

    def _count(self, notes, times):
        for table, side, question, words in notes:
            said = frozenset([self._roots[term] for term, _form in words])
            self._voices[table, side] += times
            self._together[side, said] += times
            for term, form in words:
                self._words[self._roots[term], term, form] += times
            for root in said:
                self._said[root, table, side] += times
                self._asked[question, root, table] += times

    def room(self):
        seated = self._seated
        voices = {voice for voice, notes in self._voices.items() if notes}
        tables = {table for table, _side in voices}
        notes, writers, there = Counter(), Counter(), Counter()
        for (table, side), people in seated.items():
            writers[side] += people if (table, side) in voices else 0
            there[side] += people if table in tables else 0
        for (_table, side), number in self._voices.items():
            notes[side] += number
        by_side = [counted[side] for counted in (notes, writers, there) for side in SIDES]
        smallest = min(seated.values(), default=None)
        return (notes.total(), *by_side[:2], len(tables), *by_side[2:], smallest)

    def concepts(self):
        tables, notes, voices, people = defaultdict(set), Counter(), Counter(), Counter()
        for (root, table, side), number in self._said.items():
            if number:
                tables[root].add(table)
                notes[root] += number
                voices[root, side] += 1
                people[root, side] += self._seated[table, side]
        return [
            (
                root,
                *self._labels[root],
                len(tables[root]),
                notes[root],
                *(counted[root, side] for counted in (voices, people) for side in SIDES),
            )
            for root in tables
        ]

    def words(self):
        return [
            (root, term, self._texts[term], form, number)
            for (root, term, form), number in self._words.items()
            if number
        ]

    def groups_by_question(self):
        """{question id: {concept id: the number of tables or units that said it in answer to that}}."""
        counted = defaultdict(Counter)
        for (question, root, _table), number in self._asked.items():
            if number:
                counted[question][root] += 1
        return counted

    def unbound(self, told):
        told, without = set(told), Counter()
        for (side, said), number in self._together.items():
            if number and not said & told:
                without[side] += number
        return tuple(without[side] for side in SIDES)


def _rows(sql, *values, **parts):
    statement = sql.format(slice=SLICE[connection.vendor], of_work=OF_WORK, **parts)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
