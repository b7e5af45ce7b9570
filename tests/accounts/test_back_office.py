"""The back office: for administrators, through the verbs."""

import pytest
from django.test import Client

from accounts.models import Assignment, Audience, LogEntry, Mail, Person, RoleGrant, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cast, client_as):
    return client_as(cast.ada)


def inline(prefix, *rows):
    """The form fields of an inline with these new rows."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def test_only_an_administrator_comes_in(cast, client_as):
    for name, person in cast.by_role.items():
        status = client_as(person).get("/admin/").status_code
        login = client_as(person).get("/admin/login/").status_code
        if name == "administrator":
            assert (status, login) == (200, 302)
        else:
            assert status in (302, 403, 404)
            assert login == 403


def test_signing_in_is_ours(cast):
    response = Client().get("/admin/accounts/person/")
    while response.status_code == 302 and not response.url.startswith("/konto/login/"):
        response = Client().get(response.url)
    assert response.url.startswith("/konto/login/?next=")


MODELS = ["unit", "person", "rolegrant", "audience", "logentry", "mail"]


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_and_can_be_searched(office, cast, model):
    assert office.get(f"/admin/accounts/{model}/").status_code == 200
    assert office.get(f"/admin/accounts/{model}/?q=a").status_code == 200


def test_nothing_of_djangos_own_users_is_there(office):
    index = office.get("/admin/").content.decode()
    assert "/admin/auth/" not in index
    assert "/admin/mfa/" not in index


def test_a_role_is_granted_and_taken_back_in_the_log(office, cast):
    post = cast.per.assignments.get()
    response = office.post(
        "/admin/accounts/rolegrant/add/",
        {"assignment": post.pk, "role": "communicator", "unit": cast.units.schools.pk},
    )
    assert response.status_code == 302
    granted = RoleGrant.objects.get(assignment=post)
    entry = LogEntry.objects.get(event="role.granted")
    assert (entry.by, entry.details["role"]) == (cast.ada, "communicator")
    assert Person.objects.get(pk=cast.per.pk).reach.covers("communicator", cast.units.schools.pk)
    assert office.post(f"/admin/accounts/rolegrant/{granted.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not RoleGrant.objects.filter(pk=granted.pk).exists()
    assert LogEntry.objects.get(event="role.revoked").by == cast.ada


def test_many_roles_taken_back_at_once_are_logged_one_by_one(office, cast):
    grants = [RoleGrant.objects.get(assignment__person=person) for person in (cast.karin, cast.fatima)]
    office.post(
        "/admin/accounts/rolegrant/",
        {"action": "delete_selected", "_selected_action": [grant.pk for grant in grants], "post": "yes"},
    )
    assert LogEntry.objects.filter(event="role.revoked").count() == 2


def test_a_person_is_enrolled_with_a_post(office, cast):
    person = {
        "given_name": "Åsa",
        "family_name": "Ny",
        "email": "asa.ny@almvik.example",
        "phone": "",
        "language": "sv",
        "is_active": "on",
    }
    post = {"unit": cast.units.schools.pk, "title": "Rektor", "side": "official", "starts_on": "2026-01-01"}
    response = office.post("/admin/accounts/person/add/", person | inline("assignments", post))
    assert response.status_code == 302, response.context["errors"]
    made = Person.objects.get(email="asa.ny@almvik.example")
    assert not made.has_usable_password()
    assert made.reach.in_service
    assert (
        LogEntry.objects.filter(by=cast.ada, event__in=["person.enrolled", "assignment.given"]).count() == 2
    )


def test_a_party_on_an_official_is_told_beside_the_field_and_changes_nothing(office, cast):
    before = Assignment.objects.count()
    person = {
        "given_name": "Åsa",
        "family_name": "Ny",
        "email": "asa.ny@almvik.example",
        "language": "sv",
        "is_active": "on",
    }
    post = {
        "unit": cast.units.schools.pk,
        "title": "Rektor",
        "side": "official",
        "party": "X",
        "starts_on": "2026-01-01",
    }
    response = office.post("/admin/accounts/person/add/", person | inline("assignments", post))
    assert response.status_code == 200
    assert not Person.objects.filter(email="asa.ny@almvik.example").exists()
    assert Assignment.objects.count() == before


def test_a_unit_gets_its_address_and_its_place_is_logged(office, cast):
    office.post(
        "/admin/accounts/unit/add/",
        {"name": "Äldreomsorgen", "kind": "section", "parent": cast.units.social.pk, "position": 0},
    )
    unit = Unit.objects.get(name="Äldreomsorgen")
    assert unit.slug == "aldreomsorgen"
    assert LogEntry.objects.get(event="unit.added").by == cast.ada


def test_the_tree_never_becomes_a_ring(office, cast):
    response = office.post(
        f"/admin/accounts/unit/{cast.units.social.pk}/change/",
        {"name": "X", "kind": "department", "parent": cast.units.home_care.pk, "position": 0},
    )
    assert response.status_code == 200
    cast.units.social.refresh_from_db()
    assert cast.units.social.parent == cast.units.root


def test_an_audience_and_its_rules_are_logged(office, cast):
    rule = {"group": "managers", "unit": cast.units.social.pk}
    response = office.post("/admin/accounts/audience/add/", {"name": "Socialchefer"} | inline("rules", rule))
    assert response.status_code == 302
    assert Audience.objects.get(name="Socialchefer").rules.count() == 1
    assert LogEntry.objects.get(event="audience.defined").details["rules"]


def test_log_and_mail_can_be_looked_at_and_nothing_else(office, cast):
    mail = Mail.objects.create(
        key="k", event="password_reset", to=cast.per, subject="Nytt lösenord", text="hemlig länk"
    )
    entry = LogEntry.objects.create(event="x.y", about_type="a.b", about_id="1", about_name="c")
    for path in (f"logentry/{entry.pk}", f"mail/{mail.pk}"):
        assert office.get(f"/admin/accounts/{path}/change/").status_code == 200
        assert office.post(f"/admin/accounts/{path}/change/", {"event": "z"}).status_code == 403
        assert office.post(f"/admin/accounts/{path}/delete/", {"post": "yes"}).status_code == 403
    assert "hemlig länk" not in office.get(f"/admin/accounts/mail/{mail.pk}/change/").content.decode()
    for model in ("logentry", "mail"):
        assert office.get(f"/admin/accounts/{model}/add/").status_code == 403
    assert office.post(f"/admin/accounts/person/{cast.per.pk}/delete/", {"post": "yes"}).status_code == 403


def test_its_pages_hold_no_inline_script_or_style(office, cast):
    for path in ("", "accounts/person/", f"accounts/person/{cast.per.pk}/change/", "accounts/rolegrant/add/"):
        response = office.get(f"/admin/{path}")
        html = response.content.decode()
        assert "script-src" in response.headers["Content-Security-Policy"]
        assert "<script>" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert ' style="' not in html
