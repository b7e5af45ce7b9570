"""Each table of a published text in a box of its own, named for those who cannot see it."""

from django.urls import reverse
from django.utils import translation

from news import reviewing
from news.boxing import box_tables

from .drafts import edit_url, typed

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


def test_whoever_reviews_or_compares_two_saves_meets_it_so_too(cast, client_as, start):
    table = "<table><caption>Skolorna</caption><tr><td>Ekbacken</td></tr></table>"
    article, karin = start(body=table), client_as(cast.karin)
    draft, boxed = article.newest_version, f"{BOX.format('Skolorna')}<table><caption>Skolorna"
    karin.post(edit_url(article), typed(draft, title="Först"))
    stale = karin.post(edit_url(article), typed(draft, title="Sedan"))
    assert (stale.status_code, boxed in stale.text) == (409, True)
    step = reviewing.submit(article.newest_version, by=cast.karin).steps.get()
    assert boxed in client_as(cast.gunnar).get(reverse("news:review", args=[step.pk])).text
    unsaved = karin.post(edit_url(article), typed(draft, title="För sent"))
    assert (unsaved.status_code, boxed in unsaved.text) == (409, True)
