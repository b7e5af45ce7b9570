"""Files brought over on the desk's own page: what came of each, and what is said of those that can't be."""

import random
import re
import zipfile
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import LogEntry
from news.models import Article, Picture, Version

from . import packing
from .making import upload
from .pages import OWN
from .test_bringing_over import BAD, WEB_PAGE, school_roads, word_file

pytestmark = pytest.mark.django_db
FORUM = OWN / "chefsforum-om-tillit.txt"


@pytest.fixture(autouse=True)
def _empty_storage(settings):
    """Changing STORAGES makes Django forget the storage that other tests wrote to."""
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture
def bring_over(cast, client_as):
    """A function that sends files by the form, as Karin, and returns the page that answers."""
    client = client_as(cast.karin)
    choices = {"kind": "blog", "unit": cast.units.office.pk, "audience": cast.audiences.everyone.pk}

    def bring_over(*files, **more):
        return client.post(reverse("news:import"), choices | {"files": list(files)} | more)

    return bring_over


def kept():
    """How much is kept of what was brought over: rows, lines of the log, pictures' files."""
    folders, _files = default_storage.listdir("pictures") if default_storage.exists("pictures") else ([], [])
    rows = [model.objects.count() for model in (Article, Version, Picture, LogEntry)]
    return [*rows, sum(len(default_storage.listdir(f"pictures/{one}")[1]) for one in folders)]


def said_beside_files(page):
    """What stands beside the field of files on a page, without its markup."""
    field = page.text.partition('id="div_id_files"')[2].partition('id="div_id_kind"')[0]
    return " ".join(re.sub("<[^>]+>", " ", field.partition('id="error_')[2].partition(">")[2]).split())


def test_a_plain_text_is_brought_over_with_its_report(bring_over, cast):
    page = bring_over(SimpleUploadedFile("gammal/chefsforum.txt", FORUM.read_bytes()))
    draft = Version.objects.get()
    assert (draft.title, draft.state) == ("Chefsforum handlade om tillit", "draft")
    assert (draft.article.kind, draft.article.owner) == ("blog", cast.karin)
    assert "<li>Korta vägar till beslut</li>" in draft.body
    report = " ".join(re.sub("<[^>]+>", " ", page.text.partition('class="imported"')[2]).split())
    for line in (
        "chefsforum.txt",
        "Ett nytt utkast.",
        "Mellanrubriker 1 (Nästa steg)",
        "Citat 4 (Elsa Ängman; Olof Ek",
        "2 saker kom inte med",
        "Din webbläsare är för gammal",
    ):
        assert line in report
    assert f'href="{reverse("news:edit", args=[draft.article_id])}"' in page.text


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_told_of_beside_the_field_and_nothing_is_kept(bring_over, what):
    content = BAD[what][0]
    content = content.encode() if isinstance(content, str) else content
    before = kept()
    page = bring_over(SimpleUploadedFile(f"{what}.html" if what.endswith("page") else "fil.docx", content))
    assert page.status_code == 200
    assert len(said_beside_files(page)) > 20
    assert "Inget är inhämtat än" in page.text
    form = page.context["form"]
    assert (list(form.errors), form["kind"].value()) == (["files"], "blog")
    assert kept() == before


def test_one_bad_file_among_good_ones_is_told_of_by_its_name(bring_over):
    page = bring_over(
        SimpleUploadedFile("bomb<b>.docx", packing.bomb()), SimpleUploadedFile("sida.html", WEB_PAGE.encode())
    )
    assert Article.objects.count() == 1
    (refused,) = re.findall(r'<article class="panel is-refused">(.*?)</article>', page.text, re.DOTALL)
    assert "bomb&lt;b&gt;.docx" in refused
    assert not page.context["form"].errors


def bitten(content, chance, count):
    """The same bytes, `count` of them changed."""
    content = bytearray(content)
    for _bite in range(count):
        content[chance.randrange(len(content))] = chance.choice([0, 1, 0x3C, 0xFF, chance.randrange(256)])
    return bytes(content)


def bitten_within(document, chance, count):
    """A sound archive, of which one part is bitten: what the sums of the archive don't tell."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    part = chance.choice(sorted(members))
    return packing.pack((members | {part: bitten(members[part], chance, count)}).items())


SOUND = {
    "fil.docx": word_file(school_roads),
    "inuti.docx": word_file(school_roads),
    "sida.html": WEB_PAGE.encode(),
    "sida.txt": FORUM.read_bytes(),
    "bred.html": WEB_PAGE.encode("utf-16"),
    "bred.txt": FORUM.read_text(encoding="utf-8").encode("utf-16"),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_file_damaged_at_random_is_a_draft_or_told_of_beside_the_field(bring_over, name):
    sound = SOUND[name]

    @settings(max_examples=25)
    @given(seed=st.integers(0, 2**32), count=st.integers(1, 8), cut=st.sampled_from([0, 0, 0, 1, 400]))
    def damage(seed, count, cut):
        content = (bitten_within if name == "inuti.docx" else bitten)(sound, random.Random(seed), count)
        before = kept()
        page = bring_over(SimpleUploadedFile(name, content[: len(content) - cut]), also_changed="on")
        assert page.status_code == 200
        if "files" in page.context["form"].errors:
            assert len(said_beside_files(page)) > 20
            assert kept() == before
        else:
            assert page.context["reports"][0]["article"].pk

    damage()


def test_the_desk_tells_what_came_of_each_file(cast, client_as):
    choices = {"kind": "news", "unit": cast.units.office.pk, "audience": cast.audiences.everyone.pk}
    files = [
        SimpleUploadedFile("../../skolvagar.docx", word_file(school_roads)),
        SimpleUploadedFile("gammal<b>.html", WEB_PAGE.encode()),
        upload(name="bild.docx"),
    ]
    answer = client_as(cast.karin).post(reverse("news:import"), choices | {"files": files})
    shown = answer.content.decode()
    assert Article.objects.count() == 1  # the same title: the second waits for somebody to say so
    assert "skolvagar.docx" in shown and "gammal&lt;b&gt;.html" in shown
    assert "Sida 1 av 2" in shown
    assert shown.count("is-refused") == 1
    again = client_as(cast.karin).post(
        reverse("news:import"),
        choices | {"files": SimpleUploadedFile("b.html", WEB_PAGE.encode()), "also_changed": "on"},
    )
    assert again.status_code == 200
    assert Article.objects.count() == 2


def test_a_double_click_makes_one_draft(cast, client_as):
    for _click in range(2):
        files = SimpleUploadedFile("skolvagar.docx", word_file(school_roads))
        choices = {"kind": "news", "unit": cast.units.office.pk, "audience": cast.audiences.everyone.pk}
        assert (
            client_as(cast.karin).post(reverse("news:import"), choices | {"files": files}).status_code == 200
        )
    assert (Article.objects.count(), Picture.objects.count()) == (1, 1)


def test_without_a_file_the_form_says_so_and_keeps_what_was_chosen(cast, client_as):
    answer = client_as(cast.karin).post(reverse("news:import"), {"kind": "blog"})
    form = answer.context["form"]
    assert set(form.errors) == {"files", "unit", "audience"}
    assert form["kind"].value() == "blog"
