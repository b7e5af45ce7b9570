"""What is told about a text: its outline, advice on it, what has changed in it."""

from news.advising import advise
from news.comparing import compare
from news.models import Version
from news.outlining import outline


def text(body="<p>Bussen går.</p>", **words):
    return Version(**{"title": "Buss", "lead": "Om bussen.", "body": body, **words})


def changed(old, new):
    """(state, text) of every part that came or went, in order."""
    return [(p.state, p.text) for change in compare(old, new) for p in change.parts if p.state != "same"]


def test_headings_get_anchors_of_their_own_and_contents_from_three_on():
    body, headings = outline("<h2>Så går det</h2><h3>Så går det</h3><p>x</p><h2>Åäö &amp; <em>mer</em></h2>")
    assert [(h.level, h.text, h.anchor) for h in headings] == [
        (2, "Så går det", "h-sa-gar-det"),
        (3, "Så går det", "h-sa-gar-det-2"),
        (2, "Åäö &amp; mer", "h-aao-amp-mer"),
    ]
    assert '<h3 id="h-sa-gar-det-2">Så går det</h3>' in body
    assert outline("<h2>En</h2><h2>Två</h2>")[1] == []


def test_a_changed_word_is_a_changed_word():
    assert changed(text("<p>Bussen går klockan tio.</p>"), text("<p>Bussen går klockan nio.</p>")) == [
        ("removed", "tio"),
        ("added", "nio"),
    ]


def test_a_changed_address_of_a_link_shows():
    old = text('<p>Se <a href="https://almvik.example/a">planen</a>.</p>')
    new = text('<p>Se <a href="https://annan.example/a">planen</a>.</p>')
    assert changed(old, new) == [("removed", "almvik"), ("added", "annan")]


def test_paragraphs_that_come_and_go_leave_the_others_alone():
    old, new = text("<p>Ett.</p><p>Två.</p><p>Tre.</p>"), text("<p>Ett.</p><p>Tre.</p><p>Fyra.</p>")
    assert changed(old, new) == [("removed", "Två."), ("added", "Fyra.")]


def test_titles_leads_and_picture_texts_are_compared_too():
    old, new = text(picture_alt="En buss"), text(title="Tåg", picture_alt="En röd buss")
    assert ("added", "Tåg") in changed(old, new)
    assert "röd" in "".join(part for state, part in changed(old, new) if state == "added")


def test_an_editors_paragraph_in_a_list_item_is_no_change():
    assert changed(text("<ul><li>Ett</li></ul>"), text("<ul><li><p>Ett</p></li></ul>")) == []


def test_a_kind_colleague_says_what_is_missing():
    assert advise(text()) == []
    advice = " ".join(advise(text(body="<h3>För djupt</h3><p><a href='/x'>Läs mer</a></p>", lead="")))
    assert "3" in advice and "Läs mer" in advice
    assert len(advise(text(body="", lead="x" * 301))) == 2
