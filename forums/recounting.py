"""Recounting: what closed group works come to by the dictionary as it is now (decisions/0280).

A frozen Result is never touched. Forums are compared by one dictionary, though: where two words became
one concept, they are one in every forum. So whoever changes the dictionary leaves a task that counts
the results anew in which the words stand.
"""

from django.db import connection
from django_tasks import task

from forums.counting import figures_of, tells_every_split
from forums.models import Forum, Note, Recount, Result
from forums.withholding import NOT_TOLD

AT_TABLES = """
    SELECT work.forum_id, COUNT(DISTINCT note.table_id)
    FROM forums_mention mention
    JOIN forums_note note ON note.id = mention.note_id AND note.hidden_at IS NULL
    JOIN forums_question question ON question.id = note.question_id
    JOIN forums_groupwork work ON work.id = question.group_work_id AND work.state = 'closed'
    WHERE mention.term_id IN ({places})
    GROUP BY work.forum_id
"""


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


def preview(user, *lots):
    """Return what a recount would come to: pairs of (forum, [tables that said each of `lots`]) for the
    closed forums that `user` may find and in which any of them was said, latest first.

    Nothing is changed, and the tables are told of everything that was said (`withholding`).

    Args:
        lots: sets of Terms, each of which would be a concept.
    """
    counts = [tables_that_said(terms) for terms in lots]
    said = {pk for count in counts for pk in count}
    forums = Forum.objects.visible_to(user).filter(pk__in=said).order_by("-starts_at")
    return [(forum, [count.get(forum.pk, 0) for count in counts]) for forum in forums]


def tables_that_said(terms):
    """Return {id of a forum: number of tables} for every closed group work in which any of these Terms
    was said. One query."""
    pks = [term.pk for term in terms]
    if not pks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(AT_TABLES.format(places=", ".join(["%s"] * len(pks))), pks)
        return dict(cursor.fetchall())
