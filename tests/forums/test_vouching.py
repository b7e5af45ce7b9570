"""Every figure of a summary is the result's, and one that somebody changes is marked."""

import pickle
import re
from copy import copy

import pytest
from django.core import mail
from django.db import transaction
from django.utils.html import strip_tags

from forums.models import Note
from forums.phrasing import NUMBER, NUMBER_WORDS, in_words, number_in, numbers_in
from forums.prioritising import close_dots, open_dots, put_dot
from forums.summarising import draft_summary
from forums.vouching import UNTIED, numbers_of
from forums.working import close_round
from news.models import Picture
from news.reviewing import approve, submit
from news.tying import FIGURE, changed_figures
from news.writing import save_draft
from tests.cast import make_cast

from .room import E, O, make_room

pytestmark = pytest.mark.django_db


def lopsided_room(cast):
    """Lopsided in every figure; six people have put dots. The work is not closed yet."""
    room = make_room(cast, tables=4, each=5)
    room.open(E)
    for table in (1, 2, 3):
        room.write(table, E, f"Vi behöver lita på varandra, säger bord {table}.", "tillit")
    room.write(1, E, "Tänk längre än en mandatperiod i taget.", "långsiktighet")
    room.open(O)
    best = room.write(4, O, "Lita på att vi kan vårt jobb.", "tillit", "mandat")
    close_round(room.round_of(O), by=cast.fatima)
    open_dots(room.work, by=cast.fatima)
    for person in [*room.seated[1, E], room.seated[4, O][0]]:
        put_dot(best, key=person.email.encode(), by=person)
    put_dot(room.question.notes.get(text__contains="mandatperiod"), key=person.email.encode(), by=person)
    close_dots(room.work, by=cast.fatima)
    room.best = best
    return room


@pytest.fixture(scope="module")
def drafted(django_db_setup, django_db_blocker):
    """The closed room and its summary, made once for all tests of a module: to close it, to draft and to draw
    take most of a second. Kept as bytes, so that no test changes them for the next (decisions/0727)."""
    with django_db_blocker.unblock(), transaction.atomic():
        room = lopsided_room(make_cast())
        room.close()
        yield pickle.dumps((room, draft_summary(room.forum, by=room.cast.karin).versions.get()))
        transaction.set_rollback(True)


@pytest.fixture
def room_and_draft(drafted, db):
    return pickle.loads(drafted)  # noqa: S301 - our own, of this process


@pytest.fixture
def room(room_and_draft):
    return room_and_draft[0]


@pytest.fixture
def draft(room_and_draft):
    return room_and_draft[1]


def test_every_figure_is_tied_and_right(room, draft):
    numbers = numbers_of(room.work.result.figures)
    ties = FIGURE.findall(draft.body)
    assert len(ties) > 15
    for key, text in ties:
        assert number_in(text) == numbers[key], key
    assert changed_figures(draft) == []
    left = re.sub(r"<blockquote>.*?</blockquote>", "", FIGURE.sub("", draft.body), flags=re.S)
    assert not [found[0] for found in UNTIED.finditer(strip_tags(left)) if numbers_in(found[1])]


def changed(draft, old, new):
    """The draft as somebody has changed it, unsaved."""
    assert old in draft.body
    one = copy(draft)
    one.body = draft.body.replace(old, new, 1)
    return one


def test_a_changed_figure_is_marked_for_writer_signer_and_approver(room, draft, client_as):
    words = changed(draft, ELECTED, ELECTED.replace("15</", "25</"))
    draft = save_draft(
        draft, revision=0, by=room.cast.karin, title=draft.title, lead=draft.lead, body=words.body
    )
    (figure,) = changed_figures(draft)
    assert (figure.text, figure.source, figure.key) == ("25", "15", "participants.elected")
    assert "I det deltog 25 förtroendevalda och fem" in figure.around
    assert len(figure.around) < 90
    writer = client_as(room.cast.karin)
    for page in ("", "skicka/", f"version/{draft.number}/"):
        text = writer.get(f"/redaktion/{draft.article_id}/{page}").text
        assert "15" in text[text.index("resultatet") :], page
    step = submit(draft, by=room.cast.karin).steps.get(reviewer=room.cast.elsa)
    page = client_as(room.cast.elsa).get(f"/redaktion/granskning/{step.pk}/").text
    assert '<mark class="figure-changed"><data value="participants.elected">25</data></mark>' in page
    assert "[resultatet säger 15]" in page


ELECTED = '<data value="participants.elected">15</data>'
TABLES = '<data value="tables">fyra</data>'


def test_how_a_number_is_written_is_free_and_what_it_says_is_not(draft):
    for written in ("15", "hela 15", " 15, "):
        assert not changed_figures(changed(draft, ELECTED, ELECTED.replace("15</", f"{written}</")))
    for old, new, text, source in (
        (ELECTED, "16", "16 förtroendevalda", ""),
        (TABLES, '<data value="concept.999.tables">fyra</data>', "fyra", ""),
        (TABLES, '<data value="tables">flera</data>', "flera", "fyra"),
        ("<h2>Grupparbetet</h2>", "<p>Det togs upp vid 17 bord.</p>", "17 bord", ""),
    ):
        (figure,) = changed_figures(changed(draft, old, new))
        assert (figure.text, figure.source) == (text, source)
    quote = "<blockquote><p>Vi var 99 förtroendevalda i min ungdom.</p></blockquote>"
    assert not changed_figures(changed(draft, "<h2>Grupparbetet</h2>", quote))


WORDS = {number: word for word, number in NUMBER_WORDS.items()}


def spelled(number):
    """A number in digits and, to a thousand, in words."""
    return [str(number), *([WORDS[number]] if number in WORDS else [])]


@pytest.mark.parametrize("by", [-1, 1, 2, 9, 11, 45, 83, 594, 833, 900, 2004])
def test_any_figure_that_is_changed_by_any_amount_is_marked(draft, by):
    for match in NUMBER.finditer(draft.lead):
        number = number_in(match[0])
        for other in spelled(number + by) if number else ():
            one = copy(draft)
            one.lead = f"{draft.lead[: match.start()]}{other}{draft.lead[match.end() :]}"
            assert changed_figures(one), one.lead
    for match in FIGURE.finditer(draft.body):
        for other in spelled(number_in(match[2]) + by):
            one = copy(draft)
            tie = match[0].replace(f">{match[2]}<", f">{other}<")
            one.body = f"{draft.body[: match.start()]}{tie}{draft.body[match.end() :]}"
            assert match[1] in {figure.key for figure in changed_figures(one)}, tie
    assert changed_figures(draft) == []


def test_digits_beside_a_tie_belong_to_its_number(draft):
    for written in (f"1{ELECTED}", f"{ELECTED}0", f"{ELECTED},5", ELECTED.replace("15<", "15 av 20<")):
        assert changed_figures(changed(draft, ELECTED, written)), written


@pytest.mark.parametrize(
    ("old", "new", "text", "source"),
    [
        ("20 personer", "200 personer", "200 personer", "20"),
        ("20 personer", "tjugoen personer", "tjugoen personer", "20"),
        ("20 personer", "660 deltagare", "660 deltagare", "20"),
        # Three tables said "tillit", and the lead names it.
        ("fyra bord", "tre bord", "tre bord", "fyra"),
        ("fyra bord", "ett bord", "ett bord", "fyra"),
        ("fyra bord", "femton olika bord", "femton olika bord", "fyra"),
    ],
)
def test_the_lead_is_held_to_the_rooms_own_numbers(draft, old, new, text, source):
    assert old in draft.lead
    one = copy(draft)
    one.lead = draft.lead.replace(old, new)
    (figure,) = changed_figures(one)
    assert (figure.text, figure.source, figure.key) == (text, source, "")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("I det deltog 900 personer.", "900 personer"),
        ("Alla 900 deltagare var överens.", "900 deltagare"),
        ("De skrev om 99 teman.", "99 teman"),
        ("Femton bord skrev om dialog.", "Femton bord"),
        ("Tre bord skrev om dialog.", "Tre bord"),
        ("Tre av borden skrev om mandat.", "Tre av borden"),
        ("Det sade 90 procent av borden.", "90 procent"),
        ("Det sade 90% av alla.", "90 %"),
        ("Det sade åttiofem procent.", "åttiofem procent"),
        ("Hälften, 12,5 personer, höll med.", "12,5 personer"),
    ],
)
def test_a_number_that_the_result_has_not_is_pointed_out(draft, words, text):
    (figure,) = changed_figures(changed(draft, "<h2>Grupparbetet</h2>", f"<p>{words}</p>"))
    assert (figure.text, figure.source) == (text, "")
    assert not changed_figures(
        changed(draft, "<h2>Grupparbetet</h2>", f"<blockquote><p>{words}</p></blockquote>")
    )


@pytest.mark.parametrize(
    "words",
    [
        "Tre av fyra bord skrev om tillit, och bara ett bord om mandat.",
        "Alla 20 deltagare, 15 förtroendevalda och fem tjänstepersoner, skrev fem anteckningar om tre teman.",
        "En person sade det, och en grupp höll med. Ett tema återkom.",
        "Den 21 november 2026 samlades alla. Personer från 2025 var med, kl. 13.30 deltagarna från i fjol.",
        "Två nya ledamöter, tre minuter, 14 dagar och 50 000 kronor. 2026. Bord fanns det gott om.",
    ],
)
def test_what_the_result_says_and_what_it_does_not_count_is_left_alone(draft, words):
    assert not changed_figures(changed(draft, "<h2>Grupparbetet</h2>", f"<p>{words}</p>"))
    one = copy(draft)
    one.lead = f"{draft.lead} {words}"
    assert not changed_figures(one)


def test_dots_are_frozen_and_told_without_sides(room, draft):
    priorities = room.work.result.figures["priorities"]
    assert priorities["people"] == 6
    assert priorities["dots"] == 7
    assert priorities["notes"][0] == {"note": room.best.handle, "dots": 6}
    assert "Sammanlagt satte sex personer sju prickar." in draft.plain_text
    assert "Lita på att vi kan vårt jobb." in draft.plain_text


def test_the_pictures_are_ours_with_words_and_a_table(room, draft, client_as):
    sides, dots = draft.pictures_in_text.order_by("uploaded_at")
    assert draft.body.count("<figure>") == draft.body.count("<table>") == 2
    svg = b"".join(client_as(room.cast.karin).get(sides.drawing_url)).decode()
    assert svg.startswith("<svg")
    assert "<title" in svg
    assert "tillit: 3 och 1" in svg[svg.index("<desc") : svg.index("</desc>")]
    assert "style=" not in svg
    assert svg.index("#6f1f55") < svg.index("#07596f")
    ranked = b"".join(client_as(room.cast.karin).get(dots.drawing_url)).decode()
    told = ranked[ranked.index("<desc") : ranked.index("</desc>")]
    assert "<title" in ranked
    table = draft.body[draft.body.rindex("<table>") :]
    best = room.forum.group_work.result.figures["priorities"]["notes"][0]
    words = next(note.text for note in Note.objects.all() if note.handle == best["note"])
    for said in (told, table):
        assert words in said
        assert str(best["dots"]) in said
    assert "style=" not in ranked
    for picture in (sides, dots):
        assert picture.file.storage.open(picture.mail_name).read(8) == b"\x89PNG\r\n\x1a\n"
        assert client_as(room.cast.per).get(picture.drawing_url).status_code == 404
    assert not Picture.objects.filter(in_library=True).exists()


def test_the_mail_shows_the_chart(room, draft):
    draft = submit(draft, by=room.cast.karin)
    for step in [*draft.steps.filter(stage=1), draft.steps.get(stage=2)]:
        approve(step, by=step.reviewer or room.cast.gunnar)
    letter = next(one for one in mail.outbox if one.to == [room.seated[1, E][0].email])
    html, _mimetype = letter.alternatives[0]
    assert 'src="cid:picture" alt="Stapeldiagram' in html
    whole = letter.message()
    assert whole.get_content_type() == "multipart/related"
    (picture,) = [part for part in whole.walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<picture>"
    assert picture.get_payload(decode=True).startswith(b"\x89PNG")


def test_numbers_are_read_as_they_are_written():
    for number in (0, 1, 2, 12, 13, 999, 10_000, 1_234_567):
        assert number_in(f"vid {in_words(number)} bord") == number
    assert number_in("ett") == number_in("1") == 1
    assert number_in("10 000 prickar") == 10_000
    assert number_in("") is number_in("enstaka") is number_in("femtielva") is None
    for word, number in (
        ("tretton", 13),
        ("Tjugoett", 21),
        ("femtio", 50),
        ("nittionio", 99),
        ("hundra", 100),
    ):
        assert number_in(word) == number
    assert [number_in(words) for words in ("tvåhundrafem", "15,5", "10.5")] == [205, 15.5, 10.5]
