"""Advice before a review: each piece says what and leads to where; and how hard the text is to read."""

import pytest
from django.urls import reverse

from news.advising import MOST_ADVICE, advise
from news.measuring import BANDS, readability_of, sentences_of
from news.models import Article, Blog, Topic, Version

PICTURE = "/bilder/0c5a1cfe-6a5e-4c1b-8a57-2f1d5a6f3a11/960.webp"
LONG = "Vi " + "och vi " * 16 + "åker."


def text(body="<p>Bussen går.</p>", **words):
    article = Article(kind=Article.Kind.NEWS)
    return Version(**{"article": article, "title": "Buss", "lead": "Om bussen.", "body": body, **words})


@pytest.fixture
def advised(cast):
    """A function that returns the Advice on a text that Karin writes."""
    return lambda body="<p>Bussen går.</p>", **words: advise(text(body, **words), reader=cast.karin)


def test_nothing_is_said_about_a_good_text(advised):
    assert advised() == []


@pytest.mark.parametrize(
    ("body", "words", "spot"),
    [
        ("", {}, "#id_body"),
        ("<p>x</p>", {"lead": ""}, "#id_lead"),
        ("<p>x</p>", {"lead": "x" * 301}, "#id_lead"),
        ("<h3>För djupt</h3><p>x</p>", {}, "#ord=F%C3%B6r%20djupt"),
        ("<h2>Ett</h2><h4>Nej &amp; nej</h4><p>x</p>", {}, "#ord=Nej%20%26%20nej"),
        ('<p>Läs mer <a href="https://almvik.example/">Här</a>.</p>', {}, "#lank=https%3A//almvik.example/"),
        (f"<p>Kort. {LONG}</p>", {}, "#ord=Vi%20och%20vi"),
        (f'<figure><img src="{PICTURE}"><figcaption>Ån</figcaption></figure><p>x</p>', {}, "#ord=%C3%85n"),
        ('<p><a href="/finns/inte/">Planen</a></p>', {}, "#lank=/finns/inte/"),
        ('<h2>Så</h2><p><a href="#h-da">Planen</a></p>', {}, "#lank=%23h-da"),
    ],
)
def test_advice_leads_to_its_spot(advised, body, words, spot):
    (advice,) = advised(body, **words)
    assert advice.spot.startswith(spot)


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_without_alternative_text(advised, alt):
    (advice,) = advised(picture_id="0c5a1cfe-6a5e-4c1b-8a57-2f1d5a6f3a11", picture_alt=alt)
    assert advice.spot == "#id_picture_alt"
    assert advised(f'<p>x</p><figure><img src="{PICTURE}" alt=""></figure>') == []  # said to be decoration
    (advice,) = advised(f'<p>x</p><figure><img src="{PICTURE}" alt=" &nbsp;"></figure>')
    assert advice.spot == "#id_body"


@pytest.mark.parametrize("words", ["Här", "här:", "här »", "”här”", "(läs mer …)", "» Klicka här!", "Länk 1"])
def test_a_link_text_that_says_nothing_is_told_of(advised, words):
    (advice,) = advised(f'<p>Läs <a href="https://almvik.example/">{words}</a>.</p>')
    assert advice.text == f"Länktexten ”{words}” säger inte vart länken leder."
    assert advised('<p>Läs <a href="https://almvik.example/">här om ån</a>.</p>') == []


def test_a_limit_is_no_fault(advised):
    assert advised(f"<p>{'ord ' * 29}slut.</p>", lead="x" * 300) == []
    assert len(advised(f"<p>{'ord ' * 30}slut.</p>")) == 1


def test_of_one_kind_only_so_many_are_told(advised):
    assert len(advised(f"<p>{LONG}</p>" * 40)) == MOST_ADVICE


def test_links_within_the_portal_lead_somewhere_the_reader_may_go(cast, advised, published, start):
    open_article = published(body="<h2>Så</h2><p>Det blir av.</p>")
    secret = published("Bara för socialen", audience=cast.audiences.social, restricted=True)
    draft = start("Ännu inte ute")

    def dead(href):
        return len(advised(f'<p><a href="{href}">Planen</a></p>'))

    for name, argument in (("news:by_number", open_article.pk), ("news:article", open_article.slug)):
        assert not dead(reverse(name, args=[argument]))
    assert not dead(reverse("accounts:person", args=[cast.per.pk]))
    assert not dead(f"{open_article.get_absolute_url()}?fran=brev#h-sa")
    assert not dead("/nyheter/") and not dead("https://riksdagen.se/finns/inte/")
    for article in (secret, draft):
        assert dead(reverse("news:by_number", args=[article.pk]))
    assert dead(reverse("news:blog_post", args=["finns-inte"]))
    assert dead(f"/lank/artikel/{10**20}/")  # a number that no column holds
    assert dead("http://127.0.0.1:8000/finns/inte/")  # SITE_URL
    assert dead("http://127.0.0.1:8000//[finns/inte/")


def test_a_link_into_the_desk_leads_no_reader_anywhere(advised, published):
    article = published()
    inside = [reverse("news:desk"), reverse("news:edit", args=[article.pk]), reverse("admin:index")]
    for href in (*inside, f"http://127.0.0.1:8000{inside[1]}"):
        (told,) = advised(f'<p><a href="{href}">Planen</a></p>')
        assert told.text == f"Länken ”Planen” går till {href}, dit läsarna inte kommer."


def test_a_link_to_a_heading_of_another_text_leads_to_one_that_its_readers_find(advised, published, start):
    article = published(body="<h2>Så går det till</h2><p>Det blir av.</p>")
    addresses = [article.get_absolute_url(), reverse("news:by_number", args=[article.pk])]
    addresses.append(f"http://127.0.0.1:8000{addresses[0]}")  # SITE_URL

    def told_of(href):
        return [one.text for one in advised(f'<p><a href="{href}">Planen</a></p>')]

    for address in addresses:
        for anchor in ("#h-sa-gar-det-till", "#", "#kommentarer", "#kommentar-7", "#:~:text=av"):
            assert told_of(address + anchor) == []
        for anchor in ("#h-sa-gick-det-till", "#historik", "#%C3%A5"):
            (told,) = told_of(address + anchor)
            assert "en rubrik som inte finns i texten där" in told
    assert "finns inget att läsa" in told_of("/nyheter/finns-inte/#h-sa")[0]
    draft = start("Annat", body="<h2>Så går det till</h2>")
    assert "finns inget att läsa" in told_of(f"/lank/artikel/{draft.pk}/#h-sa-gar-det-till")[0]


def test_many_links_cost_a_query_for_each_kind(cast, published, django_assert_max_num_queries):
    articles = [published(f"Nyhet {number}") for number in range(12)]
    body = "".join(f'<p><a href="{article.get_absolute_url()}">Nyheten</a></p>' for article in articles)
    cast.karin.reach  # noqa: B018 - fetched before, as in every request
    with django_assert_max_num_queries(1):
        assert advise(text(body), reader=cast.karin) == []
    with django_assert_max_num_queries(2):
        assert len(advise(text(body.replace('/">', '/#h-sa">')), reader=cast.karin)) == MOST_ADVICE


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("<p>Ett. Två! Tre?</p>", ["Ett.", "Två!", "Tre?"]),
        ("<h2>Rubrik utan punkt</h2><p>Text.</p>", ["Rubrik utan punkt", "Text."]),
        ("<ul><li>ett</li><li>två</li></ul>", ["ett", "två"]),
        ("<p>Vi ses kl. 14.30 i t.ex. Almvik. Kom!</p>", ["Vi ses kl. 14.30 i t.ex. Almvik.", "Kom!"]),
        ("<p>”Vi lyssnar.” Så säger Elsa Ä. Ängman.</p>", ["”Vi lyssnar.", "Så säger Elsa Ä. Ängman."]),
        ("<p>Den 3. maj. Sedan inget.</p>", ["Den 3. maj.", "Sedan inget."]),
        ("", []),
    ],
)
def test_sentences_are_told_apart(body, sentences):
    assert sentences_of(body) == sentences


def test_lix_is_words_a_sentence_and_long_words_in_per_cent():
    # 10 words in 2 sentences, 2 of more than six letters: 10/2 + 100 * 2/10 = 25.
    body = "<p>Vi bygger en bro i Almvik. Kommunstyrelsen beslutade det igår.</p>"
    assert readability_of(body).lix == 25
    assert readability_of("<p>–</p>") is None


@pytest.mark.parametrize(("lix", "band"), [(29, 0), (30, 1), (49, 2), (50, 3), (60, 4)])
def test_a_band_begins_at_its_limit(lix, band):
    told = readability_of(f"<p>{'ord ' * lix}</p>")
    assert (told.lix, told.band) == (lix, BANDS[band][1])


def test_a_link_within_the_text_leads_to_one_of_its_headings(advised):
    body = '<h2>Så går det till</h2><h2>Så går det till</h2><p><a href="{}">Planen</a></p>'
    for anchor in ("#h-sa-gar-det-till", "#h-sa-gar-det-till-2"):
        assert not advised(body.format(anchor))
    for anchor in ("#", "#h-sa-gar-det-till-3", "#so", "#%C3%A5"):
        (advice,) = advised(body.format(anchor))
        assert "en rubrik som inte finns" in advice.text


def test_an_address_of_the_wrong_kind_or_of_a_topic_or_blog_that_is_not_there_is_dead(
    cast, advised, published
):
    topic = Topic.objects.create(name="Trygghet", slug="trygghet", retired=True)
    blog = Blog.objects.create(name="Bloggen", slug="bloggen", unit=cast.units.office, office="Chef")
    article = published()

    def dead(href):
        return len(advised(f'<p><a href="{href}">Planen</a></p>'))

    for alive in (topic, blog, article):
        assert not dead(alive.get_absolute_url())
    for name in ("news:blog_post", "news:page"):
        assert dead(reverse(name, args=[article.slug]))
    for name in ("portal:topic", "news:one_blog", "news:article"):
        assert dead(reverse(name, args=["finns-inte"]))
