"""What is told about a text: its outline, and what has changed in it."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from news.comparing import blocks_of, compare, count_words, fold
from news.models import Version
from news.outlining import outline
from news.picturing import add_picture
from tests.news.making import upload


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


def test_a_picture_in_the_text_with_another_address_is_a_change():
    figure = '<figure><img src="/bilder/{}/960.webp" alt="Torget"><figcaption>Torget.</figcaption></figure>'
    parts = changed(text(figure.format("aaa")), text(figure.format("bbb")))
    assert parts == [("removed", "[/bilder/aaa/960.webp]"), ("added", "[/bilder/bbb/960.webp]")]


def test_a_picture_that_is_the_same_is_not_shown_as_words_of_the_text(cast):
    picture = add_picture(upload(name="torget.png"), by=cast.karin)
    shown = f'<img src="{picture.get_absolute_url()}" alt="Torget">'
    body = f"<figure>{shown}</figure><p>Här {shown} är det.</p><p>{{}}</p>"
    old, new = (text(body.format(words), picture=picture) for words in ("Tio.", "Elva."))
    changes = compare(old, new)
    read = [(change.label, "".join(part.text for part in change.shown)) for change in changes]
    assert [one for one in read if one[0]] == [
        ("Bild, oförändrad", "torget.png"),
        ("Bild, oförändrad", "Torget"),
    ]
    assert ("", "Här Torget [bild] är det.") in read
    other = shown.replace("Torget", "Ett torg")
    (described,) = [change for change in compare(text(shown), text(other)) if change.is_changed]
    assert "/bilder/" not in "".join(part.text for part in described.shown)


def test_a_new_paragraph_before_changed_ones_leaves_each_with_its_own():
    old = text("<p>Bussen till torget går klockan tio.</p><p>Skolan i Norrby öppnar på måndag.</p>")
    new = text(
        "<p>Nyheter i veckan.</p><p>Bussen till torget går klockan nio.</p>"
        "<p>Skolan i Norrby öppnar på tisdag.</p>"
    )
    assert changed(old, new) == [
        ("added", "Nyheter i veckan."),
        ("removed", "tio"),
        ("added", "nio"),
        ("removed", "måndag"),
        ("added", "tisdag"),
    ]


def test_a_paragraph_as_long_as_a_report_is_compared_by_its_sentences():
    sentences = [f"Mening nummer {number} säger något om ämne {number}." for number in range(80)]
    old = text(f"<p>{' '.join(sentences)}</p>")
    sentences[40] = "Mening nummer 40 säger ingenting om ämne 40."
    assert changed(old, text(f"<p>{' '.join(sentences)}</p>")) == [
        ("removed", "något"),
        ("added", "ingenting"),
    ]


SENTENCES = st.lists(st.sampled_from(["Ett hus. ", "två ", "tre, ", "fyra? ", "Fem ord! "]), max_size=200)


@given(st.lists(SENTENCES, max_size=4), st.lists(SENTENCES, max_size=4))
@hypothesis_settings(max_examples=60)
def test_no_word_is_lost_or_made_up_by_a_comparison(before, after):
    old, new = (text("".join(f"<p>{''.join(one)}</p>" for one in it)) for it in (before, after))
    parts = [part for change in compare(old, new) for part in change.parts]
    for version, leaves_out in ((old, "added"), (new, "removed")):
        words = [word for part in parts if part.state != leaves_out for word in part.text.split()]
        assert sorted(words) == sorted(word for block in blocks_of(version) for word in block.text.split())


def test_long_runs_without_a_change_are_folded_and_words_are_counted():
    unchanged = "".join(f"<p>Stycke {number}.</p>" for number in range(9))
    old, new = text(f"{unchanged}<p>Bussen går.</p><p>Sist.</p>"), text(f"{unchanged}<p>Tåget går fort.</p>")
    changes = compare(old, new)
    assert count_words(changes) == (2, 2)
    folded = fold(changes)
    assert [(len(one.changes), one.is_folded) for one in folded] == [(10, True), (1, False), (2, False)]
    assert [change for one in folded for change in one.changes] == changes
    (short,) = fold(compare(old, old)[:3])
    assert not short.is_folded


def test_an_editors_paragraph_in_a_list_item_is_no_change():
    assert changed(text("<ul><li>Ett</li></ul>"), text("<ul><li><p>Ett</p></li></ul>")) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<p>Trafik</p>", "<h2>Trafik</h2>", "Nu en rubrik på nivå 2, förut brödtext."),
        (
            "<ol><li>Ett</li></ol>",
            "<ul><li>Ett</li></ul>",
            "Nu en punkt i en lista, förut en punkt i en numrerad lista.",
        ),
        ("<p>Tänk på</p>", "<aside><p>Tänk på</p></aside>", "Nu brödtext i en faktaruta, förut brödtext."),
        ("<p>Vi vågar</p>", "<blockquote><p>Vi vågar</p></blockquote>", "Nu ett citat, förut brödtext."),
        ("<p>Stängt i dag</p>", "<p><strong>Stängt</strong> i dag</p>", "Fetstil eller kursiv är ändrad."),
        (
            "<table><tr><td>År</td></tr></table>",
            "<table><tr><th>År</th></tr></table>",
            "Nu en rubrikcell, förut en cell.",
        ),
    ],
)
def test_another_form_of_the_same_words_is_told_of(before, after, told):
    changes = compare(text(before), text(after))
    assert [str(change.reshaped) for change in changes if change.is_changed] == [told]
    assert count_words(changes) == (0, 0)
    assert not any(change.is_changed for change in compare(text(after), text(after)))


def test_a_figure_in_another_column_and_a_rule_are_changes():
    row = "<table><tr><td>{}</td><td>{}</td></tr></table>"
    assert ("added", "[ ]") in changed(text(row.format("7", "")), text(row.format("", "7")))
    assert changed(text("<p>Ett</p><p>Två</p>"), text("<p>Ett</p><hr><p>Två</p>")) == [("added", "* * *")]


def test_a_picture_that_becomes_decoration_is_a_change(cast):
    picture = add_picture(upload(name="torget.png"), by=cast.karin)
    old, new = (text(picture=picture, picture_is_decoration=is_it) for is_it in (False, True))
    assert [change.reshaped for change in compare(old, new) if change.is_changed] == [
        "Bilden är nu bara utsmyckning."
    ]
