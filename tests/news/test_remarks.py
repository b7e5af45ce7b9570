"""Comments anchored to a passage: made by reviewers, seen by writers, settled when mended."""

import pytest
from django.urls import reverse

from news import remarking, reviewing, writing
from news.annotating import mark_passages
from news.models import Remark
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


@pytest.mark.parametrize(
    ("quote", "marked"),
    [
        ("Buss & båt", '<h2><mark id="passage-7">Buss &amp; båt</mark>'),
        ("tio. Båten", '<mark id="passage-7"> tio.</mark>'.replace("> tio", ">tio")),
        ("finns inte", "Bussen går <strong>klockan</strong> tio."),
    ],
)
def test_passages_are_marked_part_by_part(cast, quote, marked):
    html = mark_passages(BODY, [Remark(pk=7, quote=quote, by=cast.gunnar)])
    assert marked in html


def test_passages_that_overlap_are_marked_once(cast):
    remarks = [
        Remark(pk=pk, quote=quote, by=cast.gunnar) for pk, quote in ((1, "går klockan"), (2, "klockan tio"))
    ]
    html = mark_passages(BODY, remarks)
    assert "passage-1" in html and "passage-2" not in html
