"""A version as PDF/A, for the archive. Imported only where WeasyPrint is installed (requirements-pdf.in)."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont
from PIL import ImageFile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from news.archiving import pictures_of
from news.attributing import byline_of
from news.outlining import outline
from news.referring import in_order_of_text

# WeasyPrint lets Pillow read files that are cut short, everywhere in the process. `news.picturing` must
# go on refusing them, and what is typeset here are whole files of our own.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Nothing is fetched by this name (RFC 2606, section 2): it only makes relative addresses whole.
HOME = "https://samspel.invalid"
PICTURE = re.compile(rf"{re.escape(HOME)}/bilder/([0-9a-f-]{{36}})/")
# A link to a page of the portal: on paper its address is whole.
INWARD = re.compile(r'<a href="/(?!/)')
FONT = re.compile(rf"{re.escape(HOME)}/vendor/fonts/([\w-]+\.woff2)")
# What static/css/record.css sets running text in; headings fall back on it.
READING_FONTS = ("source-sans-3-latin.woff2", "source-sans-3-latin-ext.woff2")
TAG_OR_CHARACTER = re.compile(r"<[^>]*>|[^\x00-\x7f]")


class OwnFiles(URLFetcher):
    """Gives the pictures of one version and the portal's own fonts; the network and the disk stay shut."""

    def __init__(self, version):
        super().__init__(allowed_protocols=["https"])
        self.pictures = {str(picture.pk): picture for picture in pictures_of(version)}

    def fetch(self, url, headers=None):
        """Return one of the files as a response; anything else raises ValueError, and is left out."""
        if (match := PICTURE.match(url)) and match[1] in self.pictures:
            with self.pictures[match[1]].file.open("rb") as file:
                return URLFetcherResponse(url, file.read(), {"Content-Type": "image/webp"})
        if match := FONT.fullmatch(url):
            return URLFetcherResponse(url, _font(match[1]).read_bytes(), {"Content-Type": "font/woff2"})
        raise ValueError("not one of our own files")


def _font(name):
    return Path(finders.find(f"vendor/fonts/{name}"))


@cache
def _drawable():
    """The code points that our own fonts can draw."""
    return frozenset().union(*(TTFont(_font(name)).getBestCmap() for name in READING_FONTS))


def in_our_letters(page):
    """Return the HTML of a page with the name of each character that our fonts cannot draw in its place:
    an archive takes no letter without a form (ISO 19005-2, 6.2.11.8)."""

    def named(match):
        found = match[0]
        if len(found) > 1 or ord(found) in _drawable():
            return found
        kind = unicodedata.category(found)
        if kind in ("Cc", "Cf", "Mn"):  # steers, joins or colours its neighbours, and is not seen itself
            return ""
        return " " if kind == "Zs" else f"[{unicodedata.name(found, hex(ord(found))).lower()}]"

    return TAG_OR_CHARACTER.sub(named, unicodedata.normalize("NFC", page))


def typeset(version, recalled):
    """Return a version, with what stood around it then (`recalling.Recalled`), as a PDF/A-2u document
    (ISO 19005-2), as bytes."""
    article, stands = recalled.article, recalled.around(version)
    page = render_to_string(
        "news/record_print.html",
        {
            "version": version,
            "body": INWARD.sub(rf'<a href="{settings.SITE_URL}/', outline(version.body)[0]),
            "article": article,
            "at": recalled.at,
            "unsure": recalled.in_words(),
            "renamed": recalled.renamed,
            "byline": byline_of(version, stands, article=article),
            "topics": stands.topics,
            "documents": in_order_of_text(stands.documents, version.body),
            "address": settings.SITE_URL + article.get_absolute_url(),
            "municipality": settings.MUNICIPALITY,
            "steps": version.steps.exclude(decided_by=None).select_related("decided_by"),
        },
    )
    fetcher, fonts = OwnFiles(version), FontConfiguration()
    rules = Path(finders.find("css/record.css")).read_text()
    # Without `font_config` in both, the fonts of @font-face are left out.
    look = weasyprint.CSS(string=rules, base_url=f"{HOME}/css/", url_fetcher=fetcher, font_config=fonts)
    html = weasyprint.HTML(string=in_our_letters(page), base_url=f"{HOME}/", url_fetcher=fetcher)
    return html.write_pdf(stylesheets=[look], pdf_variant="pdf/a-2u", font_config=fonts)
