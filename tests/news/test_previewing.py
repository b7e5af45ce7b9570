"""A text as somebody else would see it, before anybody does."""

import pytest
from django.urls import reverse

from news import publishing, restoring, reviewing, writing
from news.previewing import Capacity, reader_like, seen_by

from .conftest import hours


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


def test_every_version_ever_submitted_can_be_read_on_its_page_whatever_came_of_it(
    cast, client_as, start, publish
):
    article = start(body="<p>Ord ett.</p>")

    def write(words):
        draft = writing.open_draft(article, by=cast.karin)
        said = {"title": f"Rubrik {words}", "lead": "", "body": f"<p>Ord {words}.</p>"}
        writing.save_draft(draft, revision=draft.revision, by=cast.karin, **said)
        return draft

    publish(article, live_from=hours(-2))
    write("två")
    publish(article)
    step = reviewing.submit(write("tre"), by=cast.karin).steps.get()
    reviewing.return_version(step, by=cast.gunnar, reason="Kortare.")
    reviewing.take_back(reviewing.submit(write("fyra"), by=cast.karin), by=cast.karin)
    write("fem")
    publish(article, live_from=hours(2))
    restoring.restore_version(article.versions.get(number=1), by=cast.karin)
    submitted = reviewing.submit(article.newest_version, by=cast.karin)
    states = list(article.versions.order_by("number").values_list("state", flat=True))
    assert states == ["approved", "approved", "returned", "set_aside", "approved", "submitted"]
    karin, gunnar, reader = (client_as(person) for person in (cast.karin, cast.gunnar, cast.per))

    def all_are_read():
        for number, words in enumerate(("ett", "två", "tre", "fyra", "fem", "ett"), start=1):
            address = reverse("news:preview", args=[article.pk, number])
            for client in (karin, gunnar):
                assert f"<p>Ord {words}.</p>" in client.get(address).text, number
            assert reader.get(address).status_code == 404

    all_are_read()
    history = karin.get(reverse("news:history", args=[article.pk])).text
    for number in range(1, submitted.number + 1):
        assert reverse("news:preview", args=[article.pk, number]) in history, number
    publishing.withdraw(article, by=cast.karin)
    all_are_read()
