"""Whoever reads the whole database, with what it keeps beside the columns, finds out whose no verdict is."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from forums import evaluating, registering
from forums.models import Registration, Verdict

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 24  # that they come to lie in the order in which they came happens once in 6e23 times
GOOD = {"worth": 5, "heard": 4, "useful": 5}
# What tells when and where a row was written.
HIDDEN = {"sqlite": "rowid, 0", "postgresql": "ctid, xmin::text::bigint"}


@pytest.fixture
def people(managers):
    return managers(PEOPLE)


@pytest.fixture
def forum(make_forum, people):
    forum = make_forum()
    for person in people:
        registering.register(forum, person=person, by=person)
    with time_machine.travel(forum.ends_at, tick=False):
        yield forum


def tell(forum, *people):
    """Each writes their own number, so that the test knows whose a verdict is."""
    for person in people:
        evaluating.give_verdict(forum, by=person, **GOOD, words=str(person.pk))


def read(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def verdicts():
    """(whose it is, the transaction that wrote it) of each, in the order in which they lie."""
    place, _ = hidden = HIDDEN[connection.vendor].split(", ")
    rows = read(f"SELECT words, {', '.join(hidden)} FROM forums_verdict ORDER BY {place}")  # noqa: S608
    return [(int(words), transaction) for words, _place, transaction in rows]


def marks():
    """(the person, the transaction that marked them) of each who has told, the first of them first."""
    transaction = HIDDEN[connection.vendor].split(", ")[1]
    return read(
        f"SELECT person_id, {transaction} FROM forums_registration"  # noqa: S608
        f" WHERE has_evaluated ORDER BY {transaction}, person_id"
    )


def test_where_they_lie_tells_nothing_of_who_came_when(forum, people):
    came = [person.pk for person in people]
    newest_is_last = []
    for person in people:
        tell(forum, person)
        newest_is_last.append(verdicts()[-1][0] == person.pk)
    assert sorted(whose for whose, _transaction in verdicts()) == sorted(came)
    assert [whose for whose, _transaction in verdicts()] != came
    assert not all(newest_is_last)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
def test_no_transaction_joins_a_verdict_with_a_person(forum, people):
    tell(forum, *people)
    marked = marks()
    assert len({transaction for _person, transaction in marked}) == PEOPLE
    wrote = {transaction for _whose, transaction in verdicts()}
    # One transaction wrote them all, that of whoever told last: it is no nearer to one than to another.
    assert wrote == {max(transaction for _person, transaction in marked)}
    # The attack that would succeed where each verdict is written alone: the next transaction is its person's.
    guessed = {
        person
        for (person, marked_in), (whose, written_in) in zip(
            marked, sorted(verdicts(), key=lambda row: row[1]), strict=True
        )
        if person == whose and written_in >= marked_in
    }
    assert len(guessed) < PEOPLE / 2


def test_two_copies_of_the_database_are_not_joined_by_ids(forum, people):
    tell(forum, *people[:5])
    before = set(Verdict.objects.values_list("pk", flat=True))
    tell(forum, people[5])
    assert before.isdisjoint(Verdict.objects.values_list("pk", flat=True))


def test_another_forums_verdicts_stay_as_they_lie(forum, people, make_forum):
    other = make_forum(title="Ett annat", announced=False)
    Verdict.objects.create(forum=other, **GOOD, words="0")
    before = list(other.verdicts.values_list("pk", "words"))
    tell(forum, *people[:3])
    assert list(other.verdicts.values_list("pk", "words")) == before


def test_those_from_before_are_mixed_by_the_migration(forum, people, make_forum):
    other = make_forum(title="Ett annat", announced=False)
    for number, person in enumerate(people):  # as each was written alone, in the order in which they came
        Verdict.objects.create(forum=(forum, other)[number % 2], **GOOD, words=str(person.pk))
    before = {(verdict.forum_id, verdict.words) for verdict in Verdict.objects.all()}
    keys = set(Verdict.objects.values_list("pk", flat=True))
    came = [whose for whose, _transaction in verdicts()]
    assert came == [person.pk for person in people]
    with transaction.atomic():
        import_module("forums.migrations.0027_verdicts_lie_in_no_order").mix(apps, None)
    assert {(verdict.forum_id, verdict.words) for verdict in Verdict.objects.all()} == before
    assert keys.isdisjoint(Verdict.objects.values_list("pk", flat=True))
    assert [whose for whose, _transaction in verdicts()] != came
    assert len({wrote for _whose, wrote in verdicts()}) == 1


def test_what_fails_half_way_leaves_neither_the_mark_nor_the_verdict(forum, people):
    tell(forum, *people[:5])
    before = set(Verdict.objects.values_list("pk", "words"))
    with pytest.raises(IntegrityError):
        evaluating.give_verdict(forum, by=people[5], worth=9, heard=1, useful=1)
    assert set(Verdict.objects.values_list("pk", "words")) == before
    assert evaluating.may_evaluate(people[5], forum)
    tell(forum, people[5])
    assert Verdict.objects.count() == Registration.objects.filter(has_evaluated=True).count() == 6


def test_all_at_once_and_each_twice_none_is_lost_or_doubled(forum, people):
    def give(person):
        try:
            tell(forum, person)
        except evaluating.GivenAlready:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(8) as pool:
        given = sum(pool.map(give, people + people))
    assert given == PEOPLE
    whose = sorted(int(words) for words in Verdict.objects.values_list("words", flat=True))
    assert whose == sorted(person.pk for person in people)
