"""Every page in both languages: ours is whole in each, and what people here wrote says that it is Swedish."""

import re
from pathlib import Path

import lxml.html
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import Person

from .access_table import ROWS
from .world import SECRETS

CATALOG = Path(settings.LOCALE_PATHS[0], "sv", "LC_MESSAGES", "django.po")
# A word of the other language too, or of what people call things: no sign of what was left untranslated.
ALIKE = {"chefer", "chefsforum", "förtroendevalda", "material", "forum", "nov", "dec", "diagram"}
# Titles that the world's people wrote.
THEIRS = SECRETS.keys() | {"Öppen nyhet", "Ett inlägg", "En sida", "Ny upplaga", "Indragen nyhet"}
THEIRS |= {"Öppet forum", "Pågående samtal", "Samtal som alla följer", "Avslutat samtal", "Tillit i vardagen"}
# A notification is a sentence in the language that its reader had then.
HEADINGS = "//main//*[self::h1 or self::h2 or self::h3]"
LINKS = "//main//ul//a[not(@class) and not(ancestor::*[contains(@class, 'notification')])]"
IS_SHOWN = "not(ancestor::script or ancestor::style or ancestor::option or ancestor::textarea)"


@pytest.fixture(scope="module")
def kept():
    """{language: what was read in it}, for all tests of the module: they only look."""
    return {}


@pytest.fixture
def pages(made, world, kept):
    """A function that returns each page in a language: its address and what it holds."""
    cast, _world = made

    def read(language):
        Person.objects.update(language=language)
        people, clients = cast.by_role, {}
        for row in ROWS:
            for part in sorted((row.gets or frozenset()) & people.keys())[:1]:
                if part not in clients:
                    clients[part] = Client()
                    clients[part].force_login(Person.objects.get(pk=people[part].pk))
                address = reverse(row.name, kwargs=world[row.thing])
                answer = clients[part].get(address)
                shown = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
                if shown and not answer.streaming and b"<html" in answer.content:
                    yield address, lxml.html.fromstring(answer.content.decode())

    def read_once(language):
        if language not in kept:
            kept[language] = list(read(language))
        return kept[language]

    return read_once


def language_of(element):
    return element.xpath("string((ancestor-or-self::*/@lang)[last()])")


def folded(words):
    return " ".join(words.split()).casefold()


def translations():
    """Pairs of what is said in English and in Swedish, where nothing is filled in and both differ."""
    for message in read_po(CATALOG.open("rb")):
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        swedish = message.string if isinstance(message.string, tuple) else (message.string,)
        for one, other in zip(english, swedish, strict=True):
            if one and folded(one) != folded(other) and not re.search(r"[%{]", one):
                yield folded(one), folded(other)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_page_says_something_of_ours_in_the_other_language(pages, language):
    english, swedish = (set(words) for words in zip(*translations(), strict=True))
    foreign = (english - swedish if language == "sv" else swedish - english) - ALIKE
    wrong, count = [], 0
    for address, page in pages(language):
        count += 1
        assert page.get("lang") == language, address
        said = page.xpath(f"//text()[{IS_SHOWN}]")
        said += page.xpath("//@aria-label | //@title | //@placeholder | //@alt")
        for words in said:
            is_word = len(folded(words)) > 2  # not somebody's initials
            if is_word and folded(words) in foreign and language_of(words.getparent()) == language:
                wrong.append(f"{address}: {words.strip()}")
    assert count > 80
    assert not wrong, "\n".join(wrong)


def test_what_people_wrote_says_that_it_is_swedish_on_a_page_in_english(pages):
    """WCAG 2.2, success criterion 3.1.2: else it is read aloud as if it were English."""
    wrong, found = [], 0
    for address, page in pages("en"):
        for element in page.xpath(f"{HEADINGS} | {LINKS}"):
            if element.text_content().strip() in THEIRS:
                found += 1
                # A heading may leave it to the link in it, and a link to the words beside its picture.
                said = {language_of(each) for each in [element, *element.xpath("./a | ./span")]}
                wrong += [] if "sv" in said else [f"{address}: {element.tag} {element.text_content()}"]
    assert found > 40
    assert not wrong, "\n".join(wrong)
