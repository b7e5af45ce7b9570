"""Comments anchored to a passage: made by reviewers, seen by writers, settled when mended."""

import re

import pytest
from django.urls import reverse

from news import remarking, reviewing, writing
from news.annotating import mark_passages
from news.models import Remark, Version
from news.refusals import NotInReview

BODY = "<h2>Buss &amp; båt</h2><p>Bussen går <strong>klockan</strong> tio.</p><p>Båten går klockan nio.</p>"


@pytest.fixture
def version(cast, start):
    return reviewing.submit(start(title="Ny tidtabell", body=BODY).newest_version, by=cast.karin)


def url(version):
    return reverse("news:remark", args=[version.steps.get().pk])


def sent(quote, text="Är det rätt?"):
    return {"remark-quote": quote, "remark-text": text}


def test_a_reviewer_comments_on_a_passage_and_the_writer_sees_it(cast, client_as, version):
    answer = client_as(cast.gunnar).post(url(version), sent("går klockan\n tio."))
    one = Remark.objects.get()
    assert one.quote == "går klockan tio."
    assert answer.url.endswith(f"#kommentar-{one.pk}")
    page = client_as(cast.gunnar).get(reverse("news:review", args=[version.steps.get().pk])).text
    assert (
        f'<mark id="passage-{one.pk}">går </mark><strong><mark>klockan</mark></strong><mark> tio.</mark>'
        in page
    )
    assert "Är det rätt?" in client_as(cast.karin).get(reverse("news:edit", args=[version.article_id])).text


def test_what_does_not_stand_there_is_said_beside_the_field(cast, client_as, version):
    page = client_as(cast.gunnar).post(url(version), sent("Tåget går", text="Vilket tåg?"))
    assert page.status_code == 422
    assert "De orden finns inte i texten." in page.text
    assert "Tåget går" in page.text and "Vilket tåg?" in page.text
    assert not Remark.objects.exists()


def test_a_comment_is_seen_to_by_hand(cast, client_as, version):
    one = remarking.remark(version, by=cast.gunnar, quote="Bussen", text="Vilken linje?")
    client = client_as(cast.karin)
    assert client.post(reverse("news:resolve", args=[one.pk])).status_code == 302
    one.refresh_from_db()
    assert one.resolved_by == cast.karin
    assert "Vilken linje?" not in client.get(reverse("news:edit", args=[version.article_id])).text


def test_what_was_mended_is_settled_when_the_text_is_submitted_again(cast, version):
    mended = remarking.remark(version, by=cast.gunnar, quote="klockan tio", text="Elva!")
    open_still = remarking.remark(version, by=cast.gunnar, quote="klockan nio", text="Säker?")
    whole = remarking.remark(version, by=cast.gunnar, text="Bra!")
    draft = reviewing.take_back(version, by=cast.karin)
    writing.save_draft(
        draft,
        revision=draft.revision,
        by=cast.karin,
        title=draft.title,
        lead=draft.lead,
        body=BODY.replace("tio", "elva"),
    )
    new = reviewing.submit(draft, by=cast.karin)
    assert set(Remark.objects.open()) == {open_still, whole}
    assert set(Remark.objects.to_see_beside(new)) == {open_still, whole}
    assert mended in Remark.objects.to_see_beside(version)


def test_nothing_is_said_about_what_has_its_answer(cast, version):
    reviewing.approve(version.steps.get(), by=cast.gunnar)
    with pytest.raises(NotInReview):
        remarking.remark(version, by=cast.gunnar, text="För sent")


def marked(cast, *remarks, **words):
    """The parts of a version with remarks of Gunnar's: (quote, part, occurrence), numbered from 1."""
    version = Version(**{"title": "Ny tidtabell", "body": BODY, **words})
    told = [
        Remark(pk=pk, quote=quote, part=part, occurrence=occurrence, by=cast.gunnar)
        for pk, (quote, part, occurrence) in enumerate(remarks, start=1)
    ]
    return mark_passages(version, version.body, told)


def words_of(html):
    """What is marked, as (number of the remark, words up to the end of its first piece, words before it)."""
    plain = re.sub(r"<sup.*?</sup>", "", html)
    return [
        (int(found[1]), found[2], re.sub("<[^>]+>", "", plain[: found.start()]))
        for found in re.finditer(r'<mark id="passage-(\d+)">(?:<mark[^>]*>)*([^<]*)', plain)
    ]


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("Buss & båt", '<h2><mark id="passage-1">Buss &amp; båt</mark>'),
        ("tio. Båten", '<mark id="passage-1"> tio.</mark>'.replace("> tio", ">tio")),
        ("finns inte", "Bussen går <strong>klockan</strong> tio."),
    ],
)
def test_passages_are_marked_piece_by_piece(cast, quote, shown):
    assert shown in marked(cast, (quote, "", 0))["body"]


def test_passages_that_overlap_are_marked_within_each_other(cast):
    html = marked(cast, ("går klockan", "", 0), ("klockan tio", "", 0), ("klockan tio", "", 0))["body"]
    assert re.findall(r"passage-\d", html) == ["passage-1", "passage-2", "passage-3"]
    assert html.count("<mark") == html.count("</mark>")
    assert re.sub(r"<sup.*?</sup>|</?mark[^>]*>", "", html) == BODY
    assert re.findall("#kommentar-[0-9]", html) == ["#kommentar-1", "#kommentar-2", "#kommentar-3"]


def test_words_that_stand_twice_are_marked_where_they_were_marked(cast):
    html = marked(cast, ("klockan", "body", 1), ("klockan", "body", 0))["body"]
    assert words_of(html) == [
        (2, "klockan", "Buss &amp; båtBussen går "),
        (1, "klockan", "Buss &amp; båtBussen går klockan tio.Båten går "),
    ]


def test_words_of_the_title_the_lead_and_the_caption_are_marked_there(cast):
    html = marked(
        cast,
        ("Ny", "title", 0),
        ("Ny", "lead", 1),
        ("<b>", "caption", 0),
        lead="Ny buss. Ny båt.",
        picture_caption="En <b>",
    )
    assert words_of(html["title"]) == [(1, "Ny", "")]
    assert words_of(html["lead"]) == [(2, "Ny", "Ny buss. ")]
    assert html["caption"].startswith('En <mark id="passage-3">&lt;b&gt;</mark>')
    assert "mark" not in html["body"]


def test_the_page_keeps_where_the_words_were_marked(cast, client_as, version):
    client = client_as(cast.gunnar)
    place = {"remark-part": "body", "remark-occurrence": "1"}
    assert [client.post(url(version), sent("klockan") | place).status_code for _ in range(2)] == [302, 302]
    one = Remark.objects.get()
    assert (one.part, one.occurrence) == ("body", 1)
    page = client.get(reverse("news:review", args=[version.steps.get().pk])).text
    assert f'Båten går <mark id="passage-{one.pk}">klockan' in page
    client.post(url(version), sent("Tre lekplatser", text="Fyra!") | {"remark-part": "lead"})
    lead = Remark.objects.latest("pk")
    page = client.get(reverse("news:review", args=[version.steps.get().pk])).text
    assert f'data-passages="lead"><mark id="passage-{lead.pk}">Tre lekplatser</mark>' in page


@pytest.mark.parametrize("place", [("lead", "0"), ("recept", "3"), ("", "")])
def test_a_place_where_they_do_not_stand_is_not_believed(cast, client_as, version, place):
    part, occurrence = place
    answer = client_as(cast.gunnar).post(
        url(version), sent("klockan") | {"remark-part": part, "remark-occurrence": occurrence}
    )
    assert answer.status_code == 302
    one = Remark.objects.get()
    assert (one.part, one.occurrence) == ("", 0)


def write(version, body, *, by):
    draft = reviewing.take_back(version, by=by)
    words = {"title": draft.title, "lead": draft.lead, "body": body}
    writing.save_draft(draft, revision=draft.revision, by=by, **words)
    return reviewing.submit(draft, by=by)


def test_a_word_that_stands_elsewhere_too_is_settled_when_it_is_mended_where_it_was_marked(cast, version):
    first, second = (
        remarking.remark(version, by=cast.gunnar, quote="klockan", text="Nej", part="body", occurrence=number)
        for number in (0, 1)
    )
    new = write(version, BODY.replace("Båten går klockan", "Båten går vid"), by=cast.karin)
    assert list(Remark.objects.open()) == [first]
    assert second.version.remarks.count() == 2
    html = mark_passages(new, new.body, [first])["body"]
    assert words_of(html) == [(first.pk, "klockan", "Buss &amp; båtBussen går ")]


def test_a_remark_follows_its_words_to_a_later_version(cast, version):
    one = remarking.remark(version, by=cast.gunnar, quote="klockan", text="Säker?", part="body", occurrence=1)
    new = write(version, "<p>Alla klockan ett.</p>" + BODY, by=cast.karin)
    assert list(Remark.objects.open()) == [one]
    html = mark_passages(new, new.body, [one])["body"]
    assert words_of(html)[0][2].endswith("Båten går ")
