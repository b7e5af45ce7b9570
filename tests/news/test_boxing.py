"""Each table of a published text in a box of its own, named for those who cannot see it."""

from django.utils import translation

from news.boxing import box_tables

BOX = '<div class="table-box" role="group" tabindex="0" aria-label="{}">'


def test_a_table_is_named_by_its_caption_or_by_its_number():
    rows = "<tbody><tr><td>1</td></tr></tbody>"
    captioned = f'<table><caption>År &amp; "<em>kostnad</em>"</caption>{rows}</table>'
    with translation.override("sv"):
        boxed = box_tables(f"<p>x</p>{captioned}<table>{rows}</table>")
    first = f"{BOX.format('År &amp; &quot;kostnad&quot;')}{captioned}</div>"
    assert boxed == f"<p>x</p>{first}{BOX.format('Tabell 2')}<table>{rows}</table></div>"
    assert box_tables("<p>x</p>") == "<p>x</p>"


def test_readers_meet_it_in_its_box(cast, client_as, published):
    article = published(body="<table><caption>Skolorna</caption><tr><td>Ekbacken</td></tr></table>")
    page = client_as(cast.per).get(article.get_absolute_url()).text
    assert f"{BOX.format('Skolorna')}<table><caption>Skolorna" in page
