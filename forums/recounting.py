"""Recounting: what closed group works come to by the dictionary as it is now (decisions/0280).

A frozen Result is never touched. Forums are compared by one dictionary, though: where two words became
one concept, they are one in every forum. So whoever changes the dictionary leaves a task that counts
the results anew in which the words stand.
"""

from dataclasses import dataclass

from django.db import connection
from django_tasks import task

from forums.counting import figures_of, tells_every_split
from forums.models import Concept, Forum, Note, Recount, Result
from forums.withholding import NOT_TOLD

# Each word that anything asks about is looked up once, however many of the moves it is in.
AT_TABLES = """
    WITH lot(move, moves, term_id) AS (VALUES {lots}), said AS (
        SELECT DISTINCT mention.term_id, work.forum_id, note.table_id
        FROM forums_mention mention
        JOIN forums_note note ON note.id = mention.note_id AND note.hidden_at IS NULL
        JOIN forums_question question ON question.id = note.question_id
        JOIN forums_groupwork work ON work.id = question.group_work_id AND work.state = 'closed'
        WHERE mention.term_id IN (SELECT term_id FROM lot)
    )
    SELECT lot.move, said.forum_id,
        COUNT(DISTINCT CASE WHEN lot.moves = 1 THEN said.table_id END),
        COUNT(DISTINCT CASE WHEN lot.moves = 0 THEN said.table_id END),
        COUNT(DISTINCT said.table_id)
    FROM lot JOIN said ON said.term_id = lot.term_id
    GROUP BY lot.move, said.forum_id
    HAVING MAX(lot.moves) = 1
"""


@dataclass(frozen=True)
class Altered:
    """A closed forum that would be counted otherwise: at how many of its tables the words that move were
    said (`moved`), those that they would join or leave (`others`), and any of them (`together`)."""

    forum: Forum
    moved: int
    others: int
    together: int


def recount_where_said(terms):
    """Decide that the results in which any of these Terms was said are counted anew; called inside the
    transaction that changes what the terms count for."""
    works = Note.objects.filter(mentions__term__in=terms).values("question__group_work")
    results = Result.objects.filter(group_work__in=works).order_by("pk").values_list("pk", flat=True)
    if results:
        recount.enqueue(list(results))


@task()
def recount(result_ids):
    """Count these results anew, one short transaction for each; done twice, it is done once."""
    for result in Result.objects.filter(pk__in=result_ids).select_related("group_work").order_by("pk"):
        # Where the notes have been thinned out, what was counted last stands.
        if Note.objects.of_group_work(result.group_work).exists():
            Recount.objects.update_or_create(result=result, defaults={"figures": recounted(result)})


def recounted(result):
    """Return the figures of a Result by the dictionary as it is now; shape as there.

    A concept whose words are still the same keeps the frozen numbers. The split of another is told only
    in a room in which nothing can be small: told beside the frozen result, it could give away what that
    withholds (decisions/0190).
    """
    frozen = {frozenset(concept["terms"]): concept for concept in result.figures["concepts"]}
    tells_all = result.figures["sides_shown"] and tells_every_split(result.group_work)

    def told(concept):
        same = frozen.get(frozenset(concept["terms"]))
        if same:
            return same | {key: concept[key] for key in ("id", "label", "label_en")}
        return concept if tells_all else concept | NOT_TOLD

    return result.figures | {"concepts": [told(one) for one in figures_of(result.group_work)["concepts"]]}


def foreseen(user, moves):
    """Return for each of `moves` what a recount would come to if its words were moved: a list of Altered, of
    the forums that `user` may find in which a word that moves was said, latest first.

    Nothing is changed, and the tables are told of everything that was said (`withholding`). Two queries,
    however many the moves.

    Args:
        moves: pairs of sets of ids of Terms: those that would move, and those that they would join or leave.
    """
    counted = _tables_that_said(moves)
    found = Forum.objects.visible_to(user).filter(pk__in={forum for _move, forum, *_tables in counted})
    forums, altered = {forum.pk: forum for forum in found}, [[] for _move in moves]
    for move, forum, *tables in counted:
        if forum in forums:
            altered[move].append(Altered(forums[forum], *tables))
    for each in altered:
        each.sort(key=lambda one: one.forum.starts_at, reverse=True)
    return altered


def foreseen_of(user, moves):
    """The same of pairs of Concepts: one whose words would move, and one that they would join or leave."""
    roots = Concept.objects.roots_of([other.pk for _moved, other in moves])
    pairs = [(moved.pk, roots[other.pk].pk) for moved, other in moves]
    words = Concept.objects.words_of({pk for pair in pairs for pk in pair})
    return foreseen(user, [(words[moved], words[root] - words[moved]) for moved, root in pairs])


def _tables_that_said(moves):
    """Rows of (place among `moves`, id of a forum, and the numbers of `Altered`). One query."""
    lots = [
        (place, moves_away, term)
        for place, (moved, others) in enumerate(moves)
        for moves_away, terms in ((1, moved), (0, others))
        for term in terms
    ]
    if not lots:
        return []
    sql = AT_TABLES.format(lots=", ".join(["(%s, %s, %s)"] * len(lots)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for lot in lots for value in lot])
        return cursor.fetchall()
