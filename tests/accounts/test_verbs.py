"""Bringing people in, giving them posts and roles, naming audiences."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.addressing import address_for
from accounts.assigning import assign, end
from accounts.enrolling import enrol
from accounts.granting import grant, revoke
from accounts.models import Group, LogEntry, Person, Role, RoleGrant, Side, Unit
from accounts.organising import add_unit
from accounts.recording import record
from accounts.targeting import define_audience
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


def newcomer(**fields):
    return enrol(email="Nina@Almvik.example", given_name="Nina", family_name="Ny", **fields)


def test_a_newcomer_reaches_nothing_until_given_a_post(cast):
    nina = newcomer()
    assert nina.email == "nina@almvik.example"
    assert not nina.reach.in_service
    assert not nina.has_usable_password()
    today = timezone.localdate()
    post = assign(
        nina, unit=cast.units.social, title="Handläggare", side=Side.OFFICIAL, starts_on=today, by=cast.ada
    )
    assert Person.objects.get(pk=nina.pk).reach.in_service
    end(post, on=today, by=cast.ada)
    assert Person.objects.get(pk=nina.pk).reach.in_service, "the last day still counts"


def enrol_administrator(email="Nina@Almvik.example"):
    said = StringIO()
    call_command("enrol_administrator", email, "Nina", "Ny", stdout=said)
    return said.getvalue()


def test_the_first_administrator_is_let_in_by_whoever_runs_the_portal(db, settings, client_as):
    settings.MUNICIPALITY = "Exempels kommun"
    assert "Har du glömt lösenordet?" in enrol_administrator()
    nina = Person.objects.get()
    assert nina.reach.is_administrator
    assert nina.assignments.get().unit == Unit.objects.get(name="Exempels kommun", parent=None)
    assert client_as(nina).get("/admin/").status_code == 200
    enrol_administrator()
    assert (Person.objects.count(), Unit.objects.count(), RoleGrant.objects.count()) == (1, 1, 1)


def test_whoever_is_there_already_is_made_an_administrator_by_the_same_command(cast):
    assert "glömt" not in enrol_administrator(cast.karin.email)
    karin = Person.objects.get(pk=cast.karin.pk)
    assert karin.reach.is_administrator
    assert karin.full_name == "Karin Berg"
    assert karin.assignments.count() == 1
    people = Person.objects.count()
    enrol_administrator()
    assert Person.objects.count() == people + 1
    assert Unit.objects.filter(parent=None).count() == 1
    with pytest.raises(CommandError):
        enrol_administrator("nina")


def test_a_post_ends_after_it_starts_and_only_the_elected_have_a_party(cast):
    today = timezone.localdate()
    post = {"unit": cast.units.social, "title": "X", "side": Side.OFFICIAL, "starts_on": today}
    for wrong in ({"ends_on": today - timedelta(days=1)}, {"party": "Almvikslistan"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            assign(cast.per, by=cast.ada, **post, **wrong)


def test_a_role_is_granted_once_and_each_change_is_logged(cast):
    post = cast.per.assignments.get()
    granted = grant(post, role=Role.APPROVER, by=cast.ada)
    assert grant(post, role=Role.APPROVER, by=cast.ada) == granted
    assert Person.objects.get(pk=cast.per.pk).reach.has(Role.APPROVER)
    revoke(granted, by=cast.ada)
    assert not Person.objects.get(pk=cast.per.pk).reach.has(Role.APPROVER)
    assert not RoleGrant.objects.filter(assignment=post).exists()
    events = LogEntry.objects.filter(event__startswith="role.").order_by("pk")
    assert [(entry.event, entry.by) for entry in events] == [
        ("role.granted", cast.ada),
        ("role.revoked", cast.ada),
    ]


def test_the_log_cannot_be_rewritten(cast):
    newcomer(by=cast.ada)
    entry = LogEntry.objects.latest("pk")
    for rewrite in (entry.delete, entry.save, LogEntry.objects.all().delete):
        with pytest.raises(TypeError):
            rewrite()
    with pytest.raises(TypeError):
        LogEntry.objects.update(event="nothing.happened")


@pytest.mark.parametrize(
    "rewrite",
    ["UPDATE accounts_logentry SET event = 'nothing.happened'", "DELETE FROM accounts_logentry"],
    ids=["change", "remove"],
)
def test_the_database_refuses_to_rewrite_the_log(cast, rewrite):
    newcomer(by=cast.ada)
    before = list(LogEntry.objects.values())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(rewrite)
    assert before and list(LogEntry.objects.values()) == before


@pytest.mark.django_db(transaction=True)
def test_the_log_is_as_closed_after_the_database_was_emptied(cast):
    newcomer(by=cast.ada)
    # The numbers go on from where they were: rows of the cast are copied with theirs (tests/cast.py).
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False)
    assert not LogEntry.objects.exists()
    record("person.changed", about=make_cast().per, by=None)
    with pytest.raises(IntegrityError, match="append-only"):
        connection.cursor().execute("DELETE FROM accounts_logentry")


def test_an_audience_is_its_rules(cast):
    boards = define_audience("Nämnderna", rules=[(Group.ELECTED, cast.units.council)])
    assert boards.pk in cast.elsa.reach.audiences
    assert boards.pk not in cast.maja.reach.audiences


def test_addresses_are_unique_and_avoid_reserved_words(cast):
    first = add_unit(name="Överförmyndarnämnden", kind=Unit.Kind.BOARD, parent=cast.units.council)
    second = add_unit(name="Överförmyndarnämnden", kind=Unit.Kind.BOARD, parent=cast.units.council)
    assert (first.slug, second.slug) == ("overformyndarnamnden", "overformyndarnamnden-2")
    taken = Unit.objects.values_list("slug", flat=True)
    assert address_for("Nytt", taken=taken, reserved={"nytt"}) == "nytt-2"
    assert address_for("!!!", taken=taken) == "namnlos"
