"""The look: what every page carries, what no template may hold, and colours that can be read."""

import hashlib
import re
from itertools import product
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Mail
from portal import framing

from .files import for_each

BASE = Path(__file__).resolve().parent.parent.parent
TEMPLATES = BASE / "templates"
COMPONENTS = sorted(path.name for path in (TEMPLATES / "components").glob("*.html"))
# Mail programs read no style sheets; the rule is for pages.
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "emails" not in path.parts)

INLINE_STYLE = re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|hx-on[^=\s]*)\s*=", re.IGNORECASE)
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


# What the frame carries


def test_a_page_forbids_inline_script_and_style(client, db):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy


def test_every_script_of_a_page_is_a_file_with_the_nonce_of_its_answer(client, db):
    page = client.get(reverse("account_login"))
    nonce = re.search(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])[1]
    scripts = re.findall(r"<script\b[^>]*>", page.content.decode())
    assert scripts
    assert all("src=" in script and f'nonce="{nonce}"' in script for script in scripts)


@pytest.mark.parametrize(("language", "words"), [("sv", "Hoppa till innehållet"), ("en", "Skip to content")])
def test_a_page_says_its_language(client, db, language, words):
    client.cookies["samspel_language"] = language
    page = client.get(reverse("account_login")).content.decode()
    assert f'<html lang="{language}">' in page
    assert words in page


def test_the_desk_is_in_the_menu_of_those_who_may_enter_it(cast, client_as):
    desk = f'href="{reverse("news:desk")}"'
    shown = {
        role: desk in client_as(person).get("/finns-inte/").content.decode()
        for role, person in cast.by_role.items()
    }
    assert {role for role, there in shown.items() if there} == {"communicator", "approver"}


def test_the_frame_costs_no_query_beyond_session_person_and_reach(cast, client_as, django_assert_num_queries):
    client = client_as(cast.karin)
    with django_assert_num_queries(3):
        assert client.get("/finns-inte/").status_code == 404


def test_a_failed_page_needs_no_request():
    for name in ["400.html", "500.html"]:
        assert "Samspel" in render_to_string(name)


# Signing in


def test_a_wrong_password_is_said_on_the_page_and_the_address_is_kept(cast, client):
    page = client.post(
        reverse("account_login"), {"login": "per@almvik.example", "password": "fel"}
    ).content.decode()
    assert 'role="alert"' in page
    assert 'value="per@almvik.example"' in page
    assert "fel" not in re.findall(r'type="password"[^>]*value="([^"]*)"', page)


def test_a_missing_password_is_said_beside_its_field(cast, client):
    page = client.post(reverse("account_login"), {"login": "per@almvik.example"}).content.decode()
    assert 'aria-describedby="id_password_error"' in page
    assert 'id="id_password_error"' in page


def test_demo_accounts_are_shown_in_a_demo_only(client, db, settings):
    settings.DEMO = True
    assert "administrator@almvik.example" in client.get(reverse("account_login")).content.decode()
    settings.DEMO = False
    assert "almvik.example" not in client.get(reverse("account_login")).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(cast, client, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": "per@almvik.example"})
    unknown = client.post(reverse("account_reset_password"), {"email": "ingen@almvik.example"})
    assert known.url == unknown.url
    assert [mail.to.email for mail in Mail.objects.all()] == ["per@almvik.example"]
    assert not any("ingen@almvik.example" in mail.to for mail in mailoutbox)


def test_nobody_signs_up(client, db):
    page = client.get(reverse("account_signup")).content.decode()
    assert "Kontot finns redan" in page
    assert '<form method="post" action="/konto/signup/"' not in page


MANAGE = ["account_change_password", "account_email", "account_logout", "mfa_index", "mfa_list_webauthn"]
MANAGE += ["account_reauthenticate", "account_reset_password"]


@pytest.mark.parametrize("name", MANAGE)
def test_the_pages_of_sign_in_wear_our_frame(cast, client_as, name):
    page = client_as(cast.per).get(reverse(name), follow=True)
    assert page.status_code == 200
    assert 'class="site-header"' in page.content.decode()


def test_nobody_adds_an_address_of_their_own(cast, client_as):
    """It would let the staff register and the sign-in disagree on who somebody is."""
    client = client_as(cast.per)
    client.post(reverse("account_email"), {"action_add": "", "email": "vd@almvik.example"})
    cast.per.refresh_from_db()
    assert cast.per.email == "per@almvik.example"
    assert not EmailAddress.objects.filter(email="vd@almvik.example").exists()


# The component page


def test_administrators_see_the_component_page_and_for_others_it_does_not_exist(cast, client_as):
    answers = {
        role: client_as(person).get(reverse("portal:components")).status_code
        for role, person in cast.by_role.items()
    }
    assert {role for role, status in answers.items() if status == 200} == {"administrator"}
    assert {role for role, status in answers.items() if status == 403} == {"former"}
    assert set(answers.values()) == {200, 403, 404}


def test_every_component_is_on_the_component_page(cast, client_as):
    framing._pieces.cache_clear()  # what is kept of the frame is not rendered again
    page = client_as(cast.ada).get(reverse("portal:components"))
    used = {str(template.name).rpartition("/")[2] for template in page.templates if template.name}
    missing = [name for name in COMPONENTS if name not in used]
    assert missing == []


# What no template may hold


@for_each(PAGES)
def test_a_template_holds_no_inline_style_script_or_handler(path):
    source = path.read_text()
    for pattern in (INLINE_STYLE, INLINE_SCRIPT, HANDLER):
        found = pattern.search(source)
        assert not found, found[0]


@pytest.mark.parametrize(
    ("pattern", "bad"),
    [
        (INLINE_STYLE, '<p style="color:red">'),
        (INLINE_STYLE, "<style>"),
        (INLINE_SCRIPT, "<script>alert(1)</script>"),
        (INLINE_SCRIPT, '<script type="module">'),
        (HANDLER, '<a href="#" onclick="x()">'),
        (HANDLER, '<a hx-on:click="x()">'),
    ],
)
def test_the_patterns_above_find_what_they_look_for(pattern, bad):
    assert pattern.search(bad)


# Third-party files


def test_vendored_files_are_those_of_the_list():
    vendor = BASE / "static" / "vendor"
    rows = re.findall(r"`([^`]+)` \| `([0-9a-f]{64})`", (vendor / "README.md").read_text())
    listed = dict(rows)
    there = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()} - {"README.md"}
    assert there == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest, name


OWN_CSS = sorted((BASE / "static" / "css").glob("*.css"))


@for_each(OWN_CSS)
def test_a_style_sheet_names_only_files_that_are_there(path):
    """An address inside a custom property is read from where it is used, so there it may not stand."""
    source = path.read_text()
    assert not re.search(r"--[a-z-]+:[^;]*url\(", source)
    for address in re.findall(r'url\("([^"#][^"]*)"\)', source):  # "#name" is a thing on the page itself
        assert (path.parent / address).is_file(), address


# Focus


def test_what_bootstrap_leaves_without_a_ring_of_focus_gets_ours():
    """WCAG 2.2, success criterion 2.4.7: its own shadow is too pale to be seen."""
    bootstrap = (BASE / "static" / "vendor" / "bootstrap" / "bootstrap.min.css").read_text()
    own = "".join(path.read_text() for path in OWN_CSS)
    ringless = set(re.findall(r"\.([a-z-]+):focus(?:-visible)?\{[^}]*outline:0", bootstrap))
    markup = "".join(path.read_text() for path in PAGES)
    used = {name for name in ringless if re.search(rf'class="[^"]*\b{name}(?![\w-])', markup)}
    assert {"btn", "form-control", "page-link"} <= used
    assert not {name for name in used if f".{name}:focus-visible" not in own}


# Colours


def tokens():
    """Token name -> (colour by day, colour by night)."""
    return {
        name: (day, night) for name, day, night in PAIR.findall((BASE / "static/css/tokens.css").read_text())
    }


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio, WCAG 2.2: 1 to 21."""
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


SURFACES = ["paper", "surface", "surface-sunk"]
WORDS = ["ink", "ink-quiet", "link", "spruce", "rowan", "amber", "leaf", "elected", "official", "shared"]
ON_OWN_WASH = ["rowan", "amber", "leaf", "elected", "official", "shared"]
TEXT = [
    *product(WORDS, SURFACES),
    *((name, f"{name}-wash") for name in ON_OWN_WASH),
    *(("ink", f"{name}-wash") for name in [*ON_OWN_WASH, "spruce"]),
    ("spruce", "spruce-wash"),
    ("link", "spruce-wash"),
    ("ink-quiet", "spruce-wash"),
    ("on-spruce", "spruce"),
    ("on-spruce", "spruce-strong"),
    ("on-rowan", "rowan"),
    ("on-saffron", "saffron"),
    ("on-saffron", "on-stage"),
    *product(["on-stage", "on-stage-quiet"], ["stage", "stage-raised"]),
]
# Borders of fields and focus rings: not text, 3 to 1 is asked (success criterion 1.4.11).
SHAPES = [*product(["line-strong", "focus"], SURFACES), ("saffron", "stage"), ("saffron", "stage-raised")]


@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read_by_day_and_by_night(front, back):
    for theme in (0, 1):
        assert contrast(tokens()[front][theme], tokens()[back][theme]) >= 4.5


@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_edges_can_be_seen_by_day_and_by_night(front, back):
    for theme in (0, 1):
        assert contrast(tokens()[front][theme], tokens()[back][theme]) >= 3


def test_the_contrast_is_counted_as_wcag_counts_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
