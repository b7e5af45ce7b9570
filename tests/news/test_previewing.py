"""A text as somebody else would see it, before anybody does."""

import pytest
from django.urls import reverse

from news.previewing import Capacity, reader_like, seen_by


@pytest.mark.parametrize(
    ("who", "capacity", "unit"),
    [("per", "EMPLOYEE", "office"), ("maja", "MANAGER", "social"), ("elsa", "ELECTED", "board")],
)
def test_a_reader_who_does_not_exist_reaches_as_far_as_one_who_does(cast, who, capacity, unit):
    """Their reach is that of a person of the cast with one such post."""
    person = getattr(cast, who)
    post = person.assignments.current().get()
    made = reader_like(Capacity[capacity], post.unit).reach
    assert (made.officials, made.elected, made.managers) == (
        person.reach.officials,
        person.reach.elected,
        person.reach.managers,
    )
    assert made.audiences == person.reach.audiences


def test_what_is_restricted_to_others_is_not_there_for_them(cast, start):
    version = start(audience=cast.audiences.social, restricted=True).newest_version
    inside = seen_by(version, reader_like(Capacity.MANAGER, cast.units.social))
    outside = seen_by(version, reader_like(Capacity.MANAGER, cast.units.office))
    assert (inside.may_read, inside.is_aimed, outside.may_read) == (True, True, False)


def test_links_that_lead_that_reader_nowhere_are_pointed_out(cast, start, published):
    secret = published("Bara socialförvaltningen", audience=cast.audiences.social, restricted=True)
    body = f'<p><a href="/lank/artikel/{secret.pk}/">dit</a> <a href="/personer/{cast.per.pk}/">Per</a></p>'
    version = start(body=body).newest_version
    seen = seen_by(version, reader_like(Capacity.EMPLOYEE, cast.units.office))
    assert [link.text for link in seen.dead_links] == ["dit"]
    assert seen_by(version, reader_like(Capacity.MANAGER, cast.units.social)).dead_links == []


def test_the_page_shows_what_the_chosen_reader_sees(cast, client_as, start):
    article = start(audience=cast.audiences.social, restricted=True, unit=cast.units.root)
    address, karin = reverse("news:preview", args=[article.pk, 1]), client_as(cast.karin)
    assert "Arbetet börjar" in karin.get(address).content.decode()
    outside = karin.get(address, {"som": "chef", "enhet": cast.units.office.pk}).content.decode()
    assert "Arbetet börjar" not in outside and "En chef i Kommunledningskontoret" in outside
    inside = karin.get(address, {"som": "chef", "enhet": cast.units.social.pk, "bredd": "telefon"})
    assert "<iframe" in inside.content.decode()
    assert "frame-src 'self'" in inside["Content-Security-Policy"]
    assert karin.get(address, {"som": "kung", "enhet": "x"}).status_code == 200


def test_a_draft_is_saved_and_looked_at_with_one_button(cast, client_as, start):
    article = start()
    words = {"revision": 0, "title": "Ny rubrik", "lead": "", "body": "<p>Nya ord.</p>", "preview": ""}
    answer = client_as(cast.karin).post(reverse("news:edit", args=[article.pk]), words, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("news:preview", args=[article.pk, 1])
    assert "Nya ord." in answer.content.decode()


def test_only_our_own_page_frames_the_phone(cast, client_as, start):
    answer = client_as(cast.karin).get(reverse("news:preview_framed", args=[start().pk, 1]))
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self';" in answer["Content-Security-Policy"] + ";"
    assert "preview-bar" not in answer.content.decode()
