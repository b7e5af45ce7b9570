"""The journey: Samspel's main job, told once from the announcement to the next forum.

Every step is taken on the page, by the right person, over HTTP. The same story in a real browser
is in tests/browser/test_journey.py.
"""

from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from PIL import Image
from webtest import Upload

from forums.models import Commitment, Forum, Note, Registration, Result
from news.models import Article, Version

from .visiting import Visitor

pytestmark = pytest.mark.django_db

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FORUM_DAY = date(2026, 10, 7)
PAGE = "/forum/chefsforum-hosten/"


def at(day, clock="08:00"):
    """That time of day in Almvik."""
    return datetime.combine(day, time.fromisoformat(clock), STOCKHOLM)


def days_before(count):
    return FORUM_DAY - timedelta(days=count)


@pytest.fixture
def clock():
    """A clock that the story sets forward."""
    with time_machine.travel(at(days_before(30))) as traveller:
        yield traveller


def test_the_journey(clock, cast):
    an_organiser_announces_a_forum(cast)
    those_invited_answer_and_the_queue_moves(cast)
    clock.move_to(at(FORUM_DAY, "09:30"))
    the_room_writes_and_the_wall_shows_it(cast)
    the_organiser_closes_and_the_result_is_frozen(cast)
    a_commitment_is_made(cast)
    a_communicator_makes_the_summary(cast)
    leaders_sign_and_an_approver_sets_the_time(cast, clock)
    the_summary_is_read_when_the_clock_says_so(cast, clock)
    the_commitment_is_followed_until_the_next_forum(cast)


# 1. Announcing


def an_organiser_announces_a_forum(cast):
    fatima = Visitor.signed_in(cast.fatima)
    fatima.go("/forum/").follow("Planera ett forum")
    fatima.send(
        kind="forum",
        title="Chefsforum hösten",
        theme="Vad vi behöver av varandra",
        starts_at=f"{FORUM_DAY}T09:00",
        ends_at=f"{FORUM_DAY}T12:00",
        registration_closes_at=f"{FORUM_DAY}T08:30",
        place="Stadshuset, stora salen",
        seats="3",
        audience=str(cast.audiences.leaders.pk),
        unit=str(cast.units.office.pk),
    )
    fatima.send("add_row")
    fatima.send(
        "save",
        **{
            "items-0-starts": "09:00",
            "items-0-ends": "10:00",
            "items-0-title": "Kommunen som orkester",
            "items-0-speakers": "Olof Ek",
        },
    )
    fatima.follow("Grupparbete").send(
        "save",
        leader_elected="Elsa Ängman",
        leader_official="Olof Ek",
        **{"questions-0-kind": "need", "questions-0-text": "Vad behöver du i din roll?"},
    )
    fatima.follow("Bord").send(tables="1")
    assert not Forum.objects.visible_to(cast.maja).exists(), "a draft is the organiser's own"
    fatima.follow("Utlys").sees("6 personer", "Maja Lind", "Elsa Ängman").does_not_see("Per Åkesson")
    fatima.press("Utlys och bjud in")


# 2. Answering


def those_invited_answer_and_the_queue_moves(cast):
    invitation = next(message for message in mail.outbox if message.to == [cast.maja.email])
    assert "Chefsforum hösten" in invitation.subject
    assert f"{PAGE}anmalan/" in invitation.body
    calendar = next(part for part in invitation.alternatives if part.mimetype.startswith("text/calendar"))
    assert "METHOD:REQUEST" in calendar.content

    maja = Visitor.signed_in(cast.maja).sees("Chefsforum hösten")
    maja.go(PAGE).sees("Vad vi behöver av varandra", "Kommunen som orkester", "Olof Ek", "Stadshuset")
    for person in (cast.maja, cast.elsa, cast.olof):
        answers(person, "register").sees("Du är anmäld")
    answers(cast.folke, "register").sees("väntelistan")
    answers(cast.ulla, "decline", reason="Har studenterna då").sees("Du har tackat nej")
    forum = Forum.objects.get()
    assert forum.seats_taken == forum.seats == 3

    # Olof has to cancel: his seat is held for Folke, who is first in the queue, until he answers.
    answers(cast.olof, "cancel")
    assert Forum.objects.get().seats_taken == 3
    assert any(message.to == [cast.folke.email] and "plats" in message.subject for message in mail.outbox)
    answers(cast.folke, "accept").sees("Du är anmäld")
    # The organiser finds a chair more, and Olof comes after all.
    fatima = Visitor.signed_in(cast.fatima)
    fatima.go(f"{PAGE}redigera/").send(seats="4")
    answers(cast.olof, "register").sees("Du är anmäld")
    fatima.go(f"{PAGE}deltagare/").sees("Folke Dahl", "Har studenterna då")
    fatima.go(f"{PAGE}bordsplacering/").press("Ge 4 personer ett bord")
    assert Registration.objects.registered().filter(table__number=1).count() == 4


def answers(person, answer, **fields):
    visitor = Visitor.signed_in(person).go(f"{PAGE}anmalan/")
    return visitor.send(f"answer={answer}", **fields)


# 3. In the room


def the_room_writes_and_the_wall_shows_it(cast):
    leader = Visitor.signed_in(cast.elsa).go(f"{PAGE}grupparbete/leda/")
    leader.press("Starta grupparbetet")
    leader.press("Öppna runda")
    writes(cast.elsa, "Tillit, så att vi vågar säga som det är", "Tillit!", "dialog")
    writes(cast.folke, "Tid att sätta mig in i frågorna", "tilliten", "kunskap")
    # The officials wait for their round; what Maja typed too early is still in her form.
    maja = Visitor.signed_in(cast.maja).go(f"{PAGE}grupparbete/")
    maja.send(text="Tydliga mål som håller över tid", status=409)
    assert maja.form("text")["text"].value == "Tydliga mål som håller över tid"
    assert Note.objects.count() == 2
    leader.go(f"{PAGE}grupparbete/leda/").press("Stäng runda")
    leader.press("Öppna runda")
    writes(cast.maja, "Tydliga mål som håller över tid", "långsiktighet", "tillit")
    writes(cast.olof, "Dialog i stället för rapportering", "dialogen")
    wall = Visitor.signed_in(cast.fatima).go(f"{PAGE}skarm/innehall/")
    wall.sees("tillit", "dialog", "kunskap", "långsiktighet", "Dialog i stället för rapportering")
    assert not Note.objects.exclude(author=None).exists(), "an anonymous note has no key to a person"


def writes(person, text, *keywords):
    visitor = Visitor.signed_in(person).go(f"{PAGE}grupparbete/")
    form = visitor.form("text", "note_id")
    form["text"] = text
    for place, word in enumerate(keywords):
        form.fields["keywords"][place].value = word
    sent = form.submit()
    assert sent.status_int == 302, sent.text
    count = Note.objects.count()
    form.submit()  # a double click: the same note, not a second one
    assert Note.objects.count() == count


# 4. Closing


def the_organiser_closes_and_the_result_is_frozen(cast):
    fatima = Visitor.signed_in(cast.fatima).go(f"{PAGE}grupparbete/leda/")
    fatima.press("Stäng för gott").sees("tillit")
    result = Result.objects.get()
    # Fewer than five on a side: no split is told, to anybody, in any form.
    assert result.figures["sides_shown"] is False
    assert result.figures["notes"] == {"elected": None, "official": None, "total": 4}
    visitor = Visitor.signed_in(cast.maja).go(f"{PAGE}resultat/")
    visitor.sees("tillit", "dialog")
    figures = visitor.app.get(f"{PAGE}resultat.json").json
    told = {concept["label"]: concept["tables"] for concept in figures["concepts"]}
    assert told["tillit"] == told["dialog"] == 1
    assert {concept["elected"] for concept in figures["concepts"]} == {None}


def a_commitment_is_made(cast):
    fatima = Visitor.signed_in(cast.fatima).go(f"{PAGE}ataganden/nytt/")
    fatima.send(
        text="Ta bort tre rapporter som ingen läser",
        owner=cast.olof.email,
        unit=str(cast.units.social.pk),
        due_on=str(FORUM_DAY + timedelta(days=60)),
    )


# 5. The summary


def a_communicator_makes_the_summary(cast):
    karin = Visitor.signed_in(cast.karin).go(f"{PAGE}resultat/").press("Gör ett utkast till sammanfattning")
    draft = Version.objects.get()
    assert draft.article.kind == Article.Kind.SUMMARY
    assert set(draft.article.signatories.all()) == {cast.elsa, cast.olof}
    assert f"{PAGE}resultat/#begrepp-" in draft.body, "a theme leads back to its notes"
    assert "Ta bort tre rapporter som ingen läser" in draft.body
    karin.send(
        "save",
        body=draft.body + "<p>Vi ses igen i vår.</p><script>alert(1)</script>",
        picture_file=Upload("salen.png", a_picture(), "image/png"),
        picture_caption="Samtal vid borden i stora salen.",
        picture_alt="Åtta personer runt ett bord med lappar i olika färger.",
        picture_credit="Karin Berg",
    )
    draft.refresh_from_db()
    assert "Vi ses igen i vår." in draft.body
    assert "script" not in draft.body and "alert" not in draft.body
    karin.go(f"/redaktion/{draft.article.pk}/skicka/").press("Skicka till granskning")
    draft.refresh_from_db()
    assert draft.state == Version.State.SUBMITTED


def a_picture():
    file = BytesIO()
    Image.new("RGB", (1200, 800), "#1b6b5a").save(file, "PNG")
    return file.getvalue()


def leaders_sign_and_an_approver_sets_the_time(cast, clock):
    gunnar = Visitor.signed_in(cast.gunnar)
    for leader in (cast.elsa, cast.olof):
        asked = next(message for message in reversed(mail.outbox) if message.to == [leader.email])
        signs = Visitor.signed_in(leader).go(path_in(asked.body, "/redaktion/granskning/"))
        signs.send("approve")
    asked = next(message for message in reversed(mail.outbox) if message.to == [cast.gunnar.email])
    gunnar.go(path_in(asked.body, "/redaktion/granskning/")).sees("Vi ses igen i vår.")
    gunnar.send("approve", **{"approve-live_from": f"{FORUM_DAY + timedelta(days=1)}T07:00"})
    assert Version.objects.get().state == Version.State.APPROVED


def path_in(text, beginning):
    """The path of ours that begins like this, in a mail."""
    address = next(word for word in text.split() if beginning in word)
    return beginning + address.partition(beginning)[2]


def the_summary_is_read_when_the_clock_says_so(cast, clock):
    article = Article.objects.get()
    address = article.get_absolute_url()
    per = Visitor.signed_in(cast.per)
    per.cannot_go(address)
    per.go("/sok/?q=tilliten").does_not_see("Vi ses igen")
    clock.move_to(at(FORUM_DAY + timedelta(days=1), "07:01"))
    title = Version.objects.get().title
    for page in ("/", "/nyheter/", "/sok/?q=rapporter"):
        per.go(page).sees(title)
    per.go(address).sees("Vi ses igen i vår.", "Samtal vid borden i stora salen.", "Karin Berg")
    picture = PictureAddress.of(per.page.text)
    assert per.app.get(picture).content_type == "image/webp"
    Visitor(cast.per).app.get(picture, status=302)  # not without sign-in


class PictureAddress(HTMLParser):
    """Finds where the article's picture is."""

    found = None

    def handle_starttag(self, tag, attrs):
        if tag == "img" and dict(attrs).get("src", "").startswith("/bilder/"):
            self.found = self.found or dict(attrs)["src"]

    @classmethod
    def of(cls, html):
        parser = cls()
        parser.feed(html)
        return parser.found


# 6. Until the next forum


def the_commitment_is_followed_until_the_next_forum(cast):
    commitment = Commitment.objects.get()
    olof = Visitor.signed_in(cast.olof).sees("Ta bort tre rapporter")
    olof.go("/min-sida/").follow("Ta bort tre rapporter")
    olof.send(text="Den första är borta sedan i måndags.", state="under_way")
    commitment.refresh_from_db()
    assert commitment.state == Commitment.State.UNDER_WAY
    fatima = Visitor.signed_in(cast.fatima).go("/forum/nytt/")
    day = FORUM_DAY + timedelta(days=180)
    fatima.send(
        kind="forum",
        title="Chefsforum våren",
        theme="Håller vi vad vi lovat?",
        starts_at=f"{day}T09:00",
        ends_at=f"{day}T12:00",
        registration_closes_at=f"{day}T08:00",
        place="Stadshuset",
        audience=str(cast.audiences.leaders.pk),
        unit=str(cast.units.office.pk),
        follows=str(Forum.objects.get().pk),
    )
    fatima.go("/forum/chefsforum-varen/utlys/").press("Utlys och bjud in")
    maja = Visitor.signed_in(cast.maja).go("/forum/chefsforum-varen/")
    maja.sees("Det här lovade vi förra gången", "på gång").follow("Ta bort tre rapporter")
    maja.sees("Den första är borta sedan i måndags.")
