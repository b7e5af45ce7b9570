"""Saved pages become drafts, once; a bad file is told of and stops nobody else's."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import LogEntry
from news import publishing
from news.importing import BadPage, Outcome, import_file, import_page, opened
from news.importing.decoding import LARGEST_PAGE, text_of
from news.models import Article, Version
from news.sanitising import plain_text

from .pages import OWN, saved_pages, words_of

FORUM = OWN / "chefsforum-om-tillit.txt"


@pytest.fixture
def bring_over(cast):
    """A function that imports a text as Karin's, for everyone."""

    def bring_over(text, source="sida.txt", **options):
        whose = {"by": cast.karin, "unit": cast.units.office, "audience": cast.audiences.everyone}
        return import_page(text, source=source, **whose, **options)

    return bring_over


def run(*files, **options):
    """Run the command in English; return what it printed, what it printed of errors, its refusal or None."""
    out, err, refusal = StringIO(), StringIO(), None
    try:
        with translation.override("en"):
            call_command("import_pages", *map(str, files), stdout=out, stderr=err, **options)
    except CommandError as error:
        refusal = str(error)
    return out.getvalue(), err.getvalue(), refusal


@pytest.mark.parametrize("path", saved_pages(), ids=lambda path: path.stem)
def test_a_page_becomes_a_draft_that_holds_all_its_words(bring_over, cast, path):
    report = bring_over(path.read_text(encoding="utf-8"), source=path.name)
    draft = Version.objects.get()
    assert (report.outcome, report.article) == (Outcome.NEW, draft.article)
    assert (draft.state, draft.written_by, draft.article.owner) == ("draft", cast.karin, cast.karin)
    assert draft.title
    assert draft.lead
    assert draft.article.source_updated_on == report.page.updated_on
    shown = [draft.title, draft.lead, plain_text(draft.body), draft.picture_caption, draft.picture_credit]
    shown = words_of(" ".join(shown))
    for block in report.page.blocks:
        for line in block.lines if block.caption is None else [block.caption.text, block.caption.credit]:
            assert words_of(line) in shown
    assert LogEntry.objects.get(event="article.imported").details == {"source": path.name}


def test_the_log_does_not_name_the_file_of_a_secret(bring_over, cast, client_as):
    """An administrator is shown the log whole in the back office, and a file is called what is in it."""
    bring_over(
        "Hemlig flytt av skolan\n\nVi flyttar allt till våren.\n", source="hemlig-flytt.txt", embargoed=True
    )
    entry = LogEntry.objects.get(event="article.imported")
    page = client_as(cast.ada).get(f"/admin/accounts/logentry/{entry.pk}/change/").text
    assert "article.imported" in page and "flytt" not in page


def test_the_draft_has_its_lead_quotations_and_picture_words(bring_over):
    article = bring_over(FORUM.read_text(encoding="utf-8")).article
    draft = article.newest_version
    assert article.source_updated_on == date(2019, 3, 14)
    assert draft.lead.startswith("Höstens första chefsforum")
    assert draft.picture_caption == draft.picture_alt == "Elsa Ängman och Olof Ek i Folkets hus"
    assert "vattnar den, sa <cite>Elsa Ängman</cite>.</p></blockquote>" in draft.body
    assert "<footer>Olof Ek</footer></blockquote>" in draft.body
    assert "<li>Korta vägar till beslut</li>" in draft.body


def test_a_page_without_a_title_is_called_as_its_file(bring_over):
    text = (OWN / "utan-rubrik.txt").read_text(encoding="utf-8")
    assert (
        bring_over(text, source="bibliotek-stängt_v30.txt").article.newest_version.title
        == "Bibliotek stängt v30"
    )


def test_a_second_run_makes_no_second_copy(bring_over):
    text = FORUM.read_text(encoding="utf-8")
    first = bring_over(text)
    again = bring_over(text.replace("\n", "\r\n") + "\n\nSkriv ut\n", source="annat-namn.txt")
    assert (again.outcome, again.article) == (Outcome.SAME, first.article)
    assert Version.objects.count() == 1


def test_a_page_in_the_trash_is_not_made_again(bring_over, cast):
    article = bring_over(FORUM.read_text(encoding="utf-8")).article
    publishing.trash(article, by=cast.karin)
    assert bring_over(FORUM.read_text(encoding="utf-8")).outcome == Outcome.SAME


def test_a_page_that_was_changed_since_is_told_of_and_left_alone(bring_over):
    text = FORUM.read_text(encoding="utf-8")
    first = bring_over(text)
    changed = text.replace("Nästa steg", "Fortsättning")
    report = bring_over(changed)
    assert (report.outcome, report.article) == (Outcome.CHANGED, first.article)
    assert Version.objects.count() == 1
    assert bring_over(changed, also_changed=True).outcome == Outcome.NEW
    assert bring_over(changed, also_changed=True).outcome == Outcome.SAME
    assert Article.objects.count() == 2


@pytest.mark.parametrize("text", ["", " \n\u00a0\n\ufeff", "Skriv ut\n\nDela\n\nSidan uppdaterades senast:"])
def test_a_page_of_nothing_is_refused(bring_over, text):
    with pytest.raises(BadPage):
        bring_over(text)
    assert not Article.objects.exists()
    assert not LogEntry.objects.filter(event="article.imported").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_common_encoding_is_read(encoding):
    text = FORUM.read_text(encoding="utf-8")
    assert text_of(text.encode(encoding)) == text


BAD_BYTES = {
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a Word document": b"PK\x03\x04\x14\x00\x06\x00",
    "UTF-16 with a null in it": "<title>Rub\0rik</title><p>Ord.</p>".encode("utf-16"),  # no database has it
    "UTF-16 cut in a letter": "Hej på dig".encode("utf-16")[:-1],
    "bytes of no code page": b"R\x81brik \x8d\x9d",
    "damaged UTF-8": "Rubrik på åtta ord\n\nBlå öar".encode()[:-5] + b"\xff\xc3 och resten",
}


@pytest.mark.parametrize("what", BAD_BYTES)
def test_what_is_not_text_is_refused(what):
    with pytest.raises(BadPage):
        text_of(BAD_BYTES[what])


def test_files_that_cannot_be_read_are_refused(tmp_path):
    large = tmp_path / "stor.txt"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert large.stat().st_size > LARGEST_PAGE
    for path in (large, tmp_path / "saknas.txt", tmp_path, tmp_path / ("n" * 300)):
        with pytest.raises(BadPage), opened(path) as file:
            import_file(file, source=path.name, by=None)


def test_the_command_tells_what_it_recognised(cast):
    out, err, refusal = run(FORUM)
    article = Article.objects.get()
    assert (err, refusal) == ("", None)
    assert f"chefsforum-om-tillit.txt: new draft, /redaktion/{article.pk}/" in out
    for line in (
        "  title: Chefsforum handlade om tillit",
        "  headings: 1 (Nästa steg)",
        "  lists: 1 (4)",
        "  quotations: 4 (Elsa Ängman; Olof Ek, from the text before;",
        "  captions: 1 (Elsa Ängman och Olof Ek i Folkets hus",
        "  date: ",
        "  left out (notice about browsers or cookies): Hej! Din webbläsare är för gammal",
    ):
        assert line in out
    assert (article.owner, article.unit, article.audience) == (
        cast.karin,
        cast.units.root,
        cast.audiences.everyone,
    )


def test_the_command_reads_a_saved_web_page_too(cast, tmp_path):
    page = tmp_path / "skolvagar.html"
    page.write_text(
        "<!doctype html><title>Säkrare skolvägar</title><nav><a href='/'>Start</a></nav><main>"
        "<h1>Säkrare skolvägar</h1><p>Bilarna hålls borta.</p><h2>Så går det till</h2>"
        "<ul><li>Skyltar</li><li>Farthinder</li></ul></main>"
    )
    out, err, refusal = run(page)
    article = Article.objects.get()
    version = article.versions.get()
    assert (err, refusal) == ("", None)
    assert f"skolvagar.html: new draft, /redaktion/{article.pk}/" in out
    for line in ("  title: Säkrare skolvägar", "  headings: 1\n", "  lists: 1\n"):
        assert line in out
    assert "Start" in out.partition("left out")[2]
    assert "<p>Bilarna hålls borta.</p>" in version.body and ">Så går det till</h2>" in version.body
    assert "Start" not in version.body


def test_the_command_goes_on_after_a_bad_file_and_fails_in_the_end(cast, tmp_path):
    empty, picture = tmp_path / "tom.txt", tmp_path / "bild.txt"
    empty.touch()
    picture.write_bytes(BAD_BYTES["a picture"])
    out, err, refusal = run(empty, picture, tmp_path / "saknas.txt", FORUM)
    assert refusal == "3 files were not imported."
    assert [line.split(":")[0] for line in err.splitlines()] == ["tom.txt", "bild.txt", "saknas.txt"]
    assert "new draft" in out
    assert Article.objects.count() == 1


def test_the_command_says_that_a_page_was_imported_before(cast):
    run(FORUM)
    out, _err, refusal = run(FORUM)
    assert "imported before, nothing done" in out
    assert refusal is None
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "options", [{"unit": "finns-inte"}, {"audience": "Finns inte"}, {"by": "per@almvik.example"}]
)
def test_the_command_wants_a_unit_an_audience_and_a_communicator(cast, options):
    _out, _err, refusal = run(FORUM, **options)
    assert f"--{next(iter(options))}" in refusal
    assert not Article.objects.exists()


def test_the_command_takes_a_unit_an_audience_and_an_owner(cast):
    run(
        FORUM,
        unit="socialforvaltningen",
        audience="Socialförvaltningen",
        by="KARIN@almvik.example",
        kind="page",
    )
    article = Article.objects.get()
    assert (article.unit, article.audience) == (cast.units.social, cast.audiences.social)
    assert (article.owner, article.kind) == (cast.karin, "page")
