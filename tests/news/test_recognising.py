"""What is recognised in a saved page, whatever the page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.importing.blocking import Kind
from news.importing.dating import date_line
from news.importing.drafting import body_of
from news.importing.quoting import opens_quote, speaker_in
from news.importing.recognising import recognise
from news.sanitising import clean_html

from .pages import FACTS, OWN, lost_lines, saved_pages

PROSE = "Arbetet har pågått sedan i våras, och det kommer att fortsätta hela nästa år."


def own(name):
    return recognise((OWN / f"{name}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", saved_pages(), ids=lambda path: path.stem)
def test_a_page_is_read_as_a_careful_reader_reads_it(path):
    text = path.read_text(encoding="utf-8")
    page = recognise(text)
    assert lost_lines(text, page) == []
    assert clean_html(body_of(page)) == body_of(page)
    facts = FACTS.get(path.stem)
    if facts is None:  # a page put into the folder since: whole, and more than dressing
        assert not page.is_empty
        return
    assert len(page.of_kind(Kind.HEADING)) == facts.headings
    assert tuple(len(block.lines) for block in page.of_kind(Kind.LIST)) == facts.lists
    assert len(page.speakers) == facts.quotes
    assert len(list(filter(None, page.speakers))) == facts.named
    assert len(page.of_kind(Kind.CAPTION)) == facts.captions
    assert page.updated_on == facts.updated_on
    assert len(page.left_out) == facts.left_out
    assert bool(page.title) == facts.has_title
    assert page.lead


def test_speakers_are_named_where_the_page_leaves_no_doubt():
    speakers = own("chefsforum-om-tillit").speakers
    assert [speaker.name for speaker in speakers] == ["Elsa Ängman", "Olof Ek", "Elsa Ängman", "Olof Ek"]
    assert [speaker.span is None for speaker in speakers] == [False, True, True, False]


def test_a_quotation_over_two_paragraphs_is_one():
    quotes = own("studiebesok-pa-ekbacken").of_kind(Kind.QUOTE)
    assert [len(quote.lines) for quote in quotes] == [1, 2, 1]
    assert [quote.speaker.name for quote in quotes] == ["Maja Lind (A)", "Ulla Öberg", "Per Åkesson"]


def test_headings_lists_names_and_captions_of_a_long_page():
    page = own("ny-simhall-vid-almsjon")
    assert page.title == "Ny simhall vid Almsjön"
    assert [(block.level, block.text) for block in page.of_kind(Kind.HEADING)][:4] == [
        (2, "Vad som byggs"),
        (2, "Så går arbetet till"),
        (3, "Före bygget"),
        (2, "Under bygget"),
    ]
    body = body_of(page)
    assert "<ol><li>Samråd med grannarna i mars</li>" in body
    assert "<br>Yngve Zetterlund, Almvik Energi AB<br>" in body
    assert "<p><em>På bilden syns platsen där simhallen ska stå.</em></p>" in body
    assert page.of_kind(Kind.CAPTION)[0].caption.credit == "Arkitektgruppen i Almvik"


def test_hard_wrapped_lines_are_one_paragraph():
    page = own("radgivning-for-foretag")
    assert page.lead.endswith("du behöver inte boka tid.")
    assert "en idé</li><li>en budget, om du har någon</li>" in body_of(page)


@pytest.mark.parametrize(
    ("line", "kind", "day"),
    [
        ("Senast uppdaterad: 23 juli 2020", "updated", date(2020, 7, 23)),
        ("Senast uppdaterad 2020-07-23 08:15", "updated", date(2020, 7, 23)),
        ("Sidan uppdaterades senast: 1 feb 2017", "updated", date(2017, 2, 1)),
        ("Sidan är uppdaterad den 3 maj 2019 kl. 14.05 av Karin Berg", "updated", date(2019, 5, 3)),
        ("SENAST ÄNDRAD: 3/9 2018", "updated", date(2018, 9, 3)),
        ("Senaste uppdatering: måndag den 4 december 2023", "updated", date(2023, 12, 4)),
        ("Senast granskad: 2.11.2022.", "reviewed", date(2022, 11, 2)),
        ("Publicerad: 2 februari 2021", "published", date(2021, 2, 2)),
        ("Sidan uppdaterades senast:", "updated", None),
    ],
)
def test_the_kin_of_senast_uppdaterad(line, kind, day):
    found = date_line(line)
    assert (found.kind, found.day) == (kind, day)


@pytest.mark.parametrize(
    "line",
    [
        "Senast uppdaterad: 31 februari 2020",
        "Uppdaterad information om simhallen",
        "Uppdaterad",
        "Datum: 12 maj 2021",
        "Sidan uppdaterades senast 2020 av oss alla",
    ],
)
def test_lines_that_only_look_like_dates_stay(line):
    assert date_line(line) is None


def test_a_date_may_stand_below_its_label():
    page = recognise(f"Rubriken\n\n{PROSE}\n\nSenast uppdaterad:\n23 juli 2020")
    assert (page.updated_on, page.left_out) == (date(2020, 7, 23), [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("– Bra, sa Anna Ek.", "Anna Ek"),
        ("– Bra! säger kommunens nya säkerhetschef Anna-Karin von Rosen.", "Anna-Karin von Rosen"),
        ("”Bra, säger Åke Öst (S), kommunstyrelsens ordförande.", "Åke Öst (S)"),
        ("– Det var givande samtal säger Malin Ek.", "Malin Ek"),
        ("– Ja, säger Anna Ek. Vi fortsätter i morgon.", "Anna Ek"),
        ("– Jag tror Sverige klarar det. Vi får se.", None),
        ("– Vi vet vad som hindrar oss.", None),
        ("– Bra, säger hon.", None),
    ],
)
def test_the_speaker_follows_the_verb(text, name):
    speaker = speaker_in(text)
    assert (speaker and speaker.name) == name
    if speaker:
        assert text[slice(*speaker.span)] == name


def test_first_words_within_marks_are_no_quotation():
    assert not opens_quote("”Fritt val” är ett uttryck som ofta används.")
    assert opens_quote("”Kom gärna!”")
    assert opens_quote("”Kom gärna!”, säger Per Åkesson.")


@pytest.mark.parametrize(
    "between", ["Olof Ek tog sedan över.", "Då tog Olof ordet.", "Nya lokaler visades av Britta Sund."]
)
def test_nobody_gets_the_words_of_another(between):
    quotes = ["– Ett, säger Elsa Ängman.", between, "– Två, säger han.", PROSE, "– Tre, sa Olof Ek."]
    page = recognise("\n\n".join(["Rubrik", PROSE, *quotes]))
    assert [speaker and speaker.name for speaker in page.speakers][1] != "Elsa Ängman"


def test_a_question_and_its_answer_are_two():
    page = recognise(f"Rubrik\n\n{PROSE}\n\n– Hur gick det?\n\n– Det gick bra, säger Elsa Ängman.")
    assert len(page.speakers) == 2
    assert page.speakers[0] is None


@pytest.mark.parametrize("mark", ["-", "–", "·", "•", "*", "· \u00a0 \u00a0"])
def test_lists_of_every_bullet(mark):
    page = recognise(f"Rubrik\n\n{PROSE}\n\nDetta ska göras:\n\n{mark} mjölk\n\n{mark} bröd\u00a0\n\n{PROSE}")
    assert [block.lines for block in page.of_kind(Kind.LIST)] == [["mjölk", "bröd"]]


def test_a_numbered_list_keeps_its_first_number():
    page = recognise(f"Rubrik\n\n{PROSE}\n\n4. fyra\n5. fem\n\n{PROSE}")
    assert '<ol start="4"><li>fyra</li><li>fem</li></ol>' in body_of(page)


@pytest.mark.parametrize("word", ["Kontakt", "Nyheter", "Innehåll", "Tillgänglighet"])
def test_menu_words_over_running_text_are_headings_like_others(word):
    page = recognise(f"{word}\n\n{PROSE}\n\n{word}\n\n{PROSE}")
    assert page.title == word
    assert [block.text for block in page.of_kind(Kind.HEADING)] == [word]
    assert page.left_out == []


def test_an_article_about_browsers_is_not_a_notice():
    text = f"Vi byter webbläsare\n\nDen gamla webbläsaren byts mot Firefox i höst. {PROSE}\n\n{PROSE}"
    page = recognise(text)
    assert page.left_out == []
    assert page.title == "Vi byter webbläsare"


def test_markup_in_a_page_is_text():
    page = recognise(f"<b>Rubrik</b>\n\n<script>alert(1)</script> {PROSE}\n\n– <i>Hej</i>, säger Anna <Ek>.")
    assert "<script" not in body_of(page)
    assert "&lt;i&gt;Hej" in body_of(page)


FRAGMENTS = st.sampled_from(
    [
        *(
            "Bakgrund",
            PROSE,
            "Senast uppdaterad: 23 juli 2020",
            "Sidan uppdaterades senast:",
            "Skriv ut",
            "Innehåll",
        ),
        *(
            "– Bra, sa Anna Ek.",
            "– Vi får se.",
            "”Öppet citat",
            "slut på citatet”, säger Bo Å.",
            "– Varför?",
            "Meny",
        ),
        *(
            "· ett",
            "· två",
            "1. ett",
            "2. två",
            "7) sju",
            "- tre",
            "o  fyra",
            "Foto: Bo Å",
            "Bild på hus (Foto: Bo Å).",
        ),
        *(
            "Ett hus Ett hus",
            "Från vänster: Bo Å, Li Ö",
            "Bo Åberg, chef",
            "Li Östman",
            "Start",
            "Ja",
            "Facebook",
        ),
        *(
            "",
            "",
            "\r\n",
            "\u00a0",
            "\ufeff",
            "\x0c",
            "12 maj 2020",
            "Almviks kommun",
            "Ord " * 40,
            "så här med",
        ),
    ]
)


@given(st.lists(FRAGMENTS | st.text(max_size=30), max_size=25).map("\n".join))
def test_no_line_is_lost_whatever_the_page(text):
    page = recognise(text)
    assert lost_lines(text, page) == []
    assert len(page.title) <= 160
    assert len(page.lead) <= 600
    assert clean_html(clean_html(body_of(page))) == clean_html(body_of(page))


def test_a_huge_strange_page_is_read_in_a_moment():
    for line in (
        "Innehåll",
        "· a",
        "– Ja, säger Anna",
        "Foto: a",
        "webb",
        "a / b / ",
        "12 maj 2020",
        "Bo Ek, ",
    ):
        recognise(f"{line}\n" * 5000)
        recognise(line * 5000)
