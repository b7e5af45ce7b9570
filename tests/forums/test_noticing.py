"""A number retyped in a summary without its tie, and without the name of what it counts."""

import pytest

from forums.noticing import bare_numbers
from news.tying import changed_figures

from .test_vouching import changed, draft, drafted, room_and_draft  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
HEAD = "<h2>Grupparbetet</h2>"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("I det deltog 250.", "250"),
        ("Sammanlagt 250 deltog i samtalen.", "250"),
        ("Alla 250 var överens om det.", "250"),
        ("Av de 250 som samlades var många nya.", "250"),
        ("Det höll 90 av dem med om.", "90"),
        ("Anteckningarna var många, varav 44 från de förtroendevalda och resten från andra.", "44"),
        ("Det skrev tjänstepersonerna om vid 17.", "17"),
        ("Nästan åttio skrev om annat.", "åttio"),
    ],
)
def test_a_number_without_its_noun_is_pointed_out_where_the_result_has_none(draft, words, number):  # noqa: F811
    (figure,) = changed_figures(changed(draft, HEAD, f"<p>{words}</p>"))
    assert (figure.text, figure.source, figure.key) == (number, "", "")
    assert number in figure.around


def test_in_the_lead_too(draft):  # noqa: F811
    draft.lead = draft.lead.replace("samtalade 20 personer", "samtalade 200")
    assert [figure.text for figure in changed_figures(draft)] == ["200"]


@pytest.mark.parametrize(
    "words",
    [
        "I det deltog 20.",
        "Alla 20 var överens, 15 från de förtroendevalda och fem från tjänstepersonerna.",
        "Om tillit skrev tre av dem.",
    ],
)
def test_a_number_that_the_result_has_is_left_alone(draft, words):  # noqa: F811
    assert changed_figures(changed(draft, HEAD, f"<p>{words}</p>")) == []


def test_a_cell_is_held_to_the_theme_of_its_row(draft):  # noqa: F811
    cell = '<td><data value="concept.{}.elected">3</data></td>'
    pk = draft.body.split('<td><data value="concept.')[1].split(".")[0]
    right = changed(draft, cell.format(pk), "<td>3</td>")
    assert changed_figures(right) == []
    (figure,) = changed_figures(changed(draft, cell.format(pk), "<td>33</td>"))
    assert (figure.text, figure.key) == ("33", "")
    assert "Tillit" in figure.around
    own = "<table><tbody><tr><th>Budget</th><td>33</td></tr></tbody></table>"
    assert changed_figures(changed(draft, HEAD, own)) == []


ORDINARY = """
Forumet hölls den 21 november 2026 i Folkets hus, Storgatan 12.
Klockan 13 samlades alla i aulan, och kl. 15.30 var det kaffe.
Under 2026 deltog många nya chefer, och 2025 var med som jämförelse.
Ring 0455-30 30 00 eller 0455-303 000 om du har frågor.
Vi ses den 3 mars. Den 27 deltog ingen.
Bord 3 skrev om tillit. Bord 12 svarade först, och grupp 14 höll med.
Årskurs 9 deltog via länk från sal 204.
Mötet varade i 45 minuter och kostade 50 000 kronor.
Planen gäller 2026–2030, och 2027 tog upp tråden igen.
Läs mer på sidan 17 eller i dokumentet från 2026-11-21.
Mer än 30 år har gått sedan dess, och 80 mil skiljer oss åt.
Postnumret är 371 83 Karlskrona, rum 250.
Vid 17-tiden var alla hemma igen. Vi börjar vid 17.
Förslaget har nummer 44 och behandlas i december.
Version 14 svarade mot behovet. Paragraf 25 valde vi bort.
Alla 50 kommuner i länet och 21 regioner har samma fråga.
De 90 minuter som fanns räckte. Samtliga 33 förslag kom med.
Nästa forum hålls torsdagen den 18 februari 2027 klockan 9–16.
Han är 57 och hon 44.
"""


@pytest.mark.parametrize("words", [line for line in ORDINARY.splitlines() if line])
def test_dates_times_addresses_and_years_are_left_alone(draft, words):  # noqa: F811
    assert changed_figures(changed(draft, HEAD, f"<p>{words}</p>")) == []
    draft.lead = f"{draft.lead} {words}"
    assert changed_figures(draft) == []


def test_what_is_noticed_comes_in_the_order_of_the_text_and_once():
    found = bare_numbers("Sammanlagt 250 deltog, 90 av dem på distans, och 40 skrev om tid.")
    assert [match[1] for match in found] == ["250", "90", "40"]
