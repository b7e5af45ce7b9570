"""The journey once more, in Chromium, at desk and phone width, with axe-core on every page.

tests/test_journey.py tells the story with its refusals and its clock; here people click.
"""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone, translation
from PIL import Image

from forums.models import Forum, Registration
from news.models import Article, ReviewStep, Version

from .conftest import WIDTHS
from .writing import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/forum/chefsforum-hosten/"
SHARED_PAGES = Path(settings.BASE_DIR).parent / "shared" / "pages"
OWN_PAGES = Path(settings.BASE_DIR) / "tests" / "news" / "fixtures" / "pages"


def sv(text):
    """What the page says in Swedish for the code's English."""
    with translation.override("sv"):
        return translation.gettext(text)


class Somebody:
    """A person at a browser window; every page they come to is tried with axe-core."""

    def __init__(self, page, check):
        self.page, self.check = page, check

    def go(self, path):
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path} answers {answer.status}"
        self.check(self.page)
        return self

    def press(self, text, **values):
        """Press the button that says `text` in English in the code; the page that follows is checked."""
        self.page.get_by_role("button", name=sv(text) % values, exact=True).first.click()
        self.page.wait_for_load_state()
        self.check(self.page)
        return self

    def fill(self, **fields):
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def sees(self, *texts):
        for text in texts:
            self.page.locator("main").get_by_text(text).locator("visible=true").first.wait_for()
        return self


@pytest.fixture
def somebody(open_browser, assert_accessible, width):
    """A function that puts somebody of the cast before a window."""
    return lambda person: Somebody(open_browser(person, width=width), assert_accessible)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_journey(cast, somebody, tmp_path):
    announce(cast, somebody(cast.fatima))
    answer(cast, somebody)
    write_notes(cast, somebody)
    summarise(somebody(cast.karin), tmp_path)
    sign_and_approve(cast, somebody)
    read(somebody(cast.per))


def announce(cast, fatima):
    day = timezone.localdate() + timedelta(days=14)
    fatima.go("/").go("/forum/").go("/forum/nytt/")
    fatima.fill(
        title="Chefsforum hösten",
        theme="Vad vi behöver av varandra",
        starts_at=at(day, "09:00"),
        ends_at=at(day, "12:00"),
        registration_closes_at=at(day, "08:30"),
        place="Stadshuset, stora salen",
        seats="4",
        audience=str(cast.audiences.leaders.pk),
        unit=str(cast.units.office.pk),
    )
    fatima.page.get_by_role("button", name=sv("Save the draft")).click()
    fatima.page.get_by_role("button", name=sv("Add an item")).click()
    fatima.fill(
        **{
            "items-0-kind": "talk",  # the kind of forum may suggest a break as the first
            "items-0-starts": "09:00",
            "items-0-ends": "10:00",
            "items-0-title": "Kommunen som orkester",
            "items-0-speakers": "Olof Ek",
        }
    ).press("Save the programme")
    fatima.go(f"{PAGE}redigera/grupparbete/").fill(
        leader_elected="Elsa Ängman",
        leader_official="Olof Ek",
        **{"questions-0-text": "Vad behöver du i din roll?"},
    ).press("Save the group work")
    fatima.go(f"{PAGE}redigera/bord/").fill(tables="1").press("Save the tables")
    fatima.go(f"{PAGE}utlys/").sees("Maja Lind").press("Announce and invite")
    assert Forum.objects.get().state == Forum.State.ANNOUNCED


def at(day, clock):
    return datetime.combine(day, time.fromisoformat(clock)).strftime("%Y-%m-%dT%H:%M")


def answer(cast, somebody):
    maja = somebody(cast.maja).go("/").sees("Chefsforum hösten")
    maja.go(PAGE).sees("Kommunen som orkester").go(f"{PAGE}anmalan/").press("Yes, I am coming")
    for person in (cast.elsa, cast.olof):
        somebody(person).go(f"{PAGE}anmalan/").press("Yes, I am coming")
    somebody(cast.ulla).go(f"{PAGE}anmalan/").press("No, I cannot come")
    somebody(cast.fatima).go(f"{PAGE}deltagare/").go(f"{PAGE}bordsplacering/").press("Seat everyone anew")
    assert Registration.objects.registered().filter(table__number=1).count() == 3


def write_notes(cast, somebody):
    leader = somebody(cast.elsa).go(f"{PAGE}grupparbete/leda/").press("Start the group work")
    leader.press("Open round %(number)s", number=1)
    writes_by_keyboard(somebody(cast.elsa), "Tillit, så att vi vågar säga som det är", "tillit", "dialog")
    leader.go(f"{PAGE}grupparbete/leda/").press("Close round %(number)s", number=1).press(
        "Open round %(number)s", number=2
    )
    writes_by_keyboard(somebody(cast.maja), "Tydliga mål som håller över tid", "tilliten", "mål")
    wall = somebody(cast.fatima).go(f"{PAGE}skarm/")
    wall.page.get_by_text("Tydliga mål som håller över tid").first.wait_for()
    # The wall follows by itself: nobody touches it while Olof writes.
    writes_by_keyboard(somebody(cast.olof), "Dialog i stället för rapportering", "dialogen")
    wall.page.get_by_text("Dialog i stället för rapportering").first.wait_for()
    leader.go(f"{PAGE}grupparbete/leda/").page.get_by_text(sv("Close the group work …")).click()
    leader.press("Close it for good").sees("tillit")


def writes_by_keyboard(person, text, *keywords):
    """Write a note without touching the mouse."""
    page = person.go(f"{PAGE}grupparbete/").page
    page.locator("main [name=text]").focus()
    page.keyboard.type(text)
    for word in keywords:
        page.keyboard.press("Tab")
        page.keyboard.type(word)
    page.keyboard.press("Enter")
    page.locator("#table-notes").get_by_text(text).first.wait_for()
    person.check(page)


def summarise(karin, tmp_path):
    picture = tmp_path / "salen.jpg"
    Image.new("RGB", (1600, 1000), "#1b6b5a").save(picture)
    karin.go(f"{PAGE}resultat/").press("Draft a summary")
    write(karin.page, " Vi ses igen i vår.")
    karin.page.locator("[name=picture_file]").set_input_files(picture)
    karin.fill(
        picture_caption="Samtal vid borden.",
        picture_alt="Åtta personer runt ett bord.",
        picture_credit="Karin Berg",
    ).press("Save draft")
    karin.press("Save and send to review …").press("Send to review")
    draft = Version.objects.get()
    assert draft.state == Version.State.SUBMITTED
    assert "Vi ses igen i vår." in draft.body


def sign_and_approve(cast, somebody):
    for person in (cast.elsa, cast.olof, cast.gunnar):
        step = ReviewStep.objects.waiting_for(person).get()
        reviewer = somebody(person).go("/redaktion/").go(f"/redaktion/granskning/{step.pk}/")
        reviewer.sees("Vi ses igen i vår.")
        reviewer.press("Approve and publish" if person == cast.gunnar else "Approve")


def read(per):
    article = Article.objects.get()
    title = Version.objects.get().title
    for page in ("/", "/nyheter/", "/sok/?q=orkestern"):
        per.go(page).sees(title)
    per.go(article.get_absolute_url()).sees("Vi ses igen i vår.", "Samtal vid borden.")
    assert per.page.locator("article img, main figure img").first.evaluate("img => img.naturalWidth") > 0
    for page in ("/blogg/", "/personer/", "/organisation/", "/min-sida/", PAGE, f"{PAGE}resultat/"):
        per.go(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_imported_page_is_published(cast, somebody):
    """One of the pages saved from a real site where the folder is there; else one of our own."""
    folder = SHARED_PAGES if SHARED_PAGES.is_dir() else OWN_PAGES
    source = sorted(path for path in folder.glob("*.txt") if path.name != "README.md")[0]
    call_command("import_pages", str(source), by=cast.karin.email, verbosity=0)
    draft = Version.objects.get()
    karin = somebody(cast.karin).go("/redaktion/").sees(draft.title)
    karin.go(f"/redaktion/{draft.article.pk}/").press("Save and send to review …").press("Send to review")
    step = ReviewStep.objects.waiting_for(cast.gunnar).get()
    somebody(cast.gunnar).go(f"/redaktion/granskning/{step.pk}/").press("Approve and publish")
    per = somebody(cast.per).go("/nyheter/").sees(draft.title)
    per.go(Article.objects.get().get_absolute_url()).sees(draft.title)
