"""A version taken along: every key of its JSON, held against docs/article-json.md."""

import hashlib
import json
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from news import documenting, writing
from news.blogging import open_blog
from news.confirming import ask_for_confirmation
from news.curating import plant_topic
from news.describing import MOMENTS
from news.models import Article
from news.picturing import add_picture
from news.surrounding import surround

from .conftest import hours
from .making import draw, encode, pdf, upload

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "article-json.md"


def unpack(answer):
    """(artikel.json, {name: content of the other files}) of a downloaded archive."""
    with ZipFile(BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files.pop("artikel.json")), files


def iso(at):
    return timezone.localtime(at).isoformat()


@pytest.fixture
def told(cast, start, publish, published):
    """A blog post with everything around it, (article, its pictures, its document, its topic)."""
    blog = open_blog(name="Socialchefens blogg", unit=cast.units.social, office="Socialchef", by=cast.ada)
    article = start(kind=Article.Kind.BLOG, unit=cast.units.social, blog=blog, author=cast.olof)
    lead = add_picture(upload(), by=cast.karin)
    within = add_picture(upload(encode(draw(500, 300))), by=cast.karin)
    document = documenting.add_document(pdf("plan.pdf"), title="Planen", by=cast.karin)
    topic = plant_topic(name="Skola", kind="focus", by=cast.ada)
    beside = published("Läs också")
    surround(article, by=cast.karin, topics=[topic], related=[beside], talk=Article.Talk.OPEN)
    ask_for_confirmation(article, by=cast.karin)
    draft = article.newest_version
    writing.save_draft(
        draft,
        revision=draft.revision,
        by=cast.karin,
        title=draft.title,
        lead=draft.lead,
        body=f'<p><a href="{document.get_absolute_url()}">Planen</a></p>'
        f'<figure><img src="{within.get_absolute_url()}" alt="En karta"></figure>',
        picture=lead,
        picture_caption="Gungor",
        picture_credit="Foto: Karin",
        picture_is_decoration=True,
    )
    publish(article)
    return article, (lead, within), document, beside


def test_every_key_is_documented_and_says_what_stood_there(cast, client_as, told):
    article, (lead, within), document, beside = told
    version = article.live_version()
    with time_machine.travel(hours(1), tick=False):
        client = client_as(cast.gunnar)
        described, files = unpack(client.get(reverse("news:archive", args=[article.pk, 1])))
        as_at = iso(timezone.now())
    kept = document.newest_file
    picture, in_text = f"filer/bild-{lead.pk}.webp", f"filer/bild-{within.pk}.webp"
    plan = f"filer/dokument-{document.pk}-plan.pdf"
    step = version.steps.get()
    assert described == {
        "format": 1,
        "as_at": as_at,
        "not_known_as_at": [],
        "renamed_since": [],
        "address": f"{settings.SITE_URL}{article.get_absolute_url()}",
        "kind": "blog",
        "on_behalf_of": "Socialförvaltningen",
        "author": {"name": "Olof Ek", "title": "socialchef"},
        "blog": {"name": "Socialchefens blogg", "office": "Socialchef", "unit": "Socialförvaltningen"},
        "owner": "Karin Berg",
        "audience": cast.audiences.everyone.name,
        "only_for_the_audience": False,
        "must_be_read": True,
        "topics": [{"name": "Skola", "kind": "focus"}],
        "read_more": [f"{settings.SITE_URL}/lank/artikel/{beside.pk}/"],
        "comments": "open",
        "version": 1,
        "state": "approved",
        "title": "Nya lekplatser i höst",
        "lead": "Tre lekplatser byggs om.",
        "body_html": version.body,
        "picture": {
            "file": picture,
            "caption": "Gungor",
            "alternative_text": "",
            "decoration": True,
            "credit": "Foto: Karin",
        },
        "pictures_in_text": [in_text],
        "documents": [
            {"title": "Planen", "file": plan, "file_number": 1, "uploaded_at": iso(kept.uploaded_at)}
        ],
        "small_correction": False,
        "written_by": "Karin Berg",
        "writers": ["Karin Berg"],
        **{
            name: iso(getattr(version, name))
            for name in MOMENTS
            if name not in ("live_until", "superseded_at")
        },
        "live_until": None,
        "superseded_at": None,
        "review": [
            {
                "asked": "approver",
                "side": "",
                "decision": "approved",
                "by": "Gunnar Holm",
                "at": iso(step.decided_at),
                "reason": "",
            }
        ],
        "files": [
            {"name": name, "sha256": hashlib.sha256(files[name]).hexdigest()}
            for name in (picture, in_text, plan)
        ],
    }
    assert files.keys() == {picture, in_text, plan} and files[plan] == kept.file.read()
    rows = re.findall(r"^\| `(\w+)` \|", DOCUMENT.read_text(), re.MULTILINE)
    assert rows == list(described)


def test_what_is_taken_along_of_a_moment_is_of_that_moment(cast, client_as, told):
    article, _pictures, document, _beside = told
    before = timezone.now()
    address = reverse("news:archive", args=[article.pk, 1])
    with time_machine.travel(hours(1)):
        documenting.replace_file(document, pdf("ny-plan.pdf", b"Ny"), by=cast.karin)
        surround(article, by=cast.karin, topics=[], author=cast.ulla, related=[])
    with time_machine.travel(hours(2)):
        client = client_as(cast.karin)
        then, files = unpack(client.get(address, {"vid": before.isoformat()}))
        now, _files = unpack(client.get(address))
        for bad in ("i går", hours(-30).isoformat(), ""):
            assert client.get(address, {"vid": bad}).status_code == 404
    assert then["author"]["name"] == "Olof Ek" and then["topics"] and then["read_more"]
    assert [one["file_number"] for one in then["documents"]] == [1]
    assert b"Hej" in files[then["documents"][0]["file"]]
    assert now["author"]["name"] == "Ulla Öberg" and not now["topics"] and not now["read_more"]
    assert [one["file_number"] for one in now["documents"]] == [2]


def test_the_pdf_says_what_stood_around_the_text_then(cast, client_as, told):
    article, _pictures, document, _beside = told
    before, kept = timezone.now(), document.newest_file
    address = reverse("news:pdf", args=[article.pk, 1])
    with time_machine.travel(hours(1)):
        surround(article, by=cast.karin, author=cast.ulla, topics=[])
        documenting.replace_file(document, pdf("ny-plan.pdf", b"Ny"), by=cast.karin)
    with time_machine.travel(hours(2)):
        client = client_as(cast.karin)
        then, now = (
            PdfReader(BytesIO(client.get(address, asked).content))
            for asked in ({"vid": before.isoformat()}, {})
        )
        assert client.get(address, {"vid": "i går"}).status_code == 404
    words = [" ".join(" ".join(page.extract_text() for page in one.pages).split()) for one in (then, now)]
    for told_then in ("Av Olof Ek, socialchef", "Ämnen: Skola", "(plan.pdf, SHA-256", kept.digest[:8]):
        assert told_then in words[0] and told_then not in words[1], told_then
    assert "Av Ulla Öberg" in words[1] and "(ny-plan.pdf, SHA-256" in words[1]
    links = [one.get_object()["/A"].get("/URI") for one in then.pages[0]["/Annots"]]
    assert f"{settings.SITE_URL}{document.get_absolute_url()}" in links
