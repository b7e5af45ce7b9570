"""A word that no shown note says any more is not named, and goes with the notes."""

from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.utils import timezone
from openpyxl import load_workbook

from forums.models import Concept, GroupWork, KeptApart, Mention, Note, Result, Term
from forums.moderating import hide_note
from forums.packing import describe
from forums.splitting import add_word
from forums.summarising import draft_summary
from forums.trending import trends_for
from forums.veiling import figures_told
from forums.wording import concept_for
from news.models import Picture
from news.tying import changed_figures

from .room import E, O, make_room

pytestmark = pytest.mark.django_db
HIDDEN, OTHER = "nisse i hissen", "gamla ord"


@pytest.fixture
def room(cast):
    """A closed group work; one table alone wrote of the man in the lift, and the note is still shown."""
    room = make_room(cast, tables=4, each=5)
    room.open(E)
    room.named = room.write(1, E, "Han i hissen säger aldrig hej.", HIDDEN)
    room.write(2, E, "Vi behöver lita på varandra mer.", "tillit")
    room.open(O)
    room.write(3, O, "Vi behöver våga mer tillsammans.", "tillit", "mod")
    room.close()
    return room


def hide(room):
    hide_note(room.named, reason="Pekar ut någon", by=room.cast.fatima)
    room.work.result.refresh_from_db(fields=["unsaid"])


def pages_of(room):
    here = f"/forum/{room.forum.slug}"
    return [f"{here}/resultat/", f"{here}/resultat.json", "/forum/trender/", "/forum/trender/begrepp.csv"]


def test_no_page_names_it_once_its_note_is_hidden(room, client_as, settings):
    reader = client_as(room.cast.per)
    frozen = room.work.result.figures
    assert [address for address in pages_of(room) if HIDDEN not in reader.get(address).text] == []
    hide(room)
    assert [address for address in pages_of(room) if "hissen" in reader.get(address).text] == []
    result = reader.get(f"/forum/{room.forum.slug}/resultat.json").json()
    assert [(one["label"], one["tables"]) for one in result["concepts"]] == [
        ("tillit", 2),
        ("mod", 1),
        ("dolt ord", 1),
    ]
    english = reader.get(pages_of(room)[0], headers={"accept-language": "en"}).text
    assert "hissen" not in english
    assert GroupWork.objects.get(pk=room.work.pk).result.figures == frozen
    room.thin(settings)
    assert [address for address in pages_of(room) if "hissen" in reader.get(address).text] == []
    assert "tillit" in reader.get(pages_of(room)[0]).text
    wall = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/skarm/").text
    assert "tillit" in wall
    assert "hissen" not in wall


def test_what_is_taken_along_does_not_name_it(room, client_as):
    hide(room)
    work = GroupWork.objects.select_related("forum", "result").get(pk=room.work.pk)
    assert HIDDEN not in str(describe(work))
    answer = client_as(room.cast.karin).get(f"/forum/{room.forum.slug}/grupparbete.xlsx")
    sheets = load_workbook(BytesIO(answer.content))
    cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert "tillit" in cells
    assert not [cell for cell in cells if "hissen" in cell]
    form = client_as(room.cast.fatima).get(f"/forum/{room.forum.slug}/ataganden/nytt/").text
    assert "tillit" in form
    assert "hissen" not in form


def test_a_summary_drafted_afterwards_does_not_name_it(room):
    hide(room)
    version = draft_summary(room.forum, by=room.cast.karin).versions.get()
    assert "tillit" in version.body
    assert "hissen" not in (version.lead + version.body).lower()
    assert "dolt" not in version.body
    assert changed_figures(version) == []
    drawn = [picture.file.open().read().decode(errors="replace") for picture in Picture.objects.all()]
    assert drawn
    assert not [picture for picture in drawn if "hissen" in picture]


def test_it_is_named_as_long_as_another_shown_note_says_it(room):
    other = Note.objects.shown().exclude(pk=room.named.pk).first()
    Mention.objects.create(note=other, term=Term.objects.get(text=HIDDEN))
    hide(room)
    assert HIDDEN in str(figures_told(room.work.result))
    hide_note(other, reason="Pekar ut någon", by=room.cast.fatima)
    assert HIDDEN not in str(figures_told(Result.objects.get(pk=room.work.result.pk)))


def test_results_from_before_are_looked_through_once(room):
    Note.objects.filter(pk=room.named.pk).update(hidden_at=timezone.now())
    assert HIDDEN in str(figures_told(Result.objects.get(pk=room.work.result.pk)))
    import_module("forums.migrations.0028_hidden_notes_are_found_at_once").fill(apps, None)
    assert HIDDEN not in str(figures_told(Result.objects.get(pk=room.work.result.pk)))


def test_another_forums_word_is_named_in_that_forum_only(room, cast):
    other = make_room(cast, tables=2, each=5, title="Ett annat forum")
    other.open(E)
    other.write(1, E, "Om hissen i stadshuset.", HIDDEN)
    other.close()
    hide(room)
    assert HIDDEN in str(figures_told(other.work.result))
    trend = next(one for one in trends_for(cast.per).concepts if one.label == HIDDEN)
    assert [point.tables for point in trend.points] == [0, 1]


def test_thinning_takes_the_words_that_nothing_shows(room, client_as, settings):
    hide(room)
    page = "/forum/begrepp/?q=nisse"
    room.thin(settings)
    assert not Term.objects.filter(text=HIDDEN).exists()
    assert not Concept.objects.filter(label=HIDDEN).exists()
    assert set(Term.objects.values_list("text", flat=True)) == {"tillit", "mod"}
    assert "nisse i hissen" not in client_as(room.cast.karin).get(page).text


def kept_apart(concept, cast):
    first, second = sorted((concept, concept_for("tillit")), key=lambda one: one.pk)
    KeptApart.objects.create(first=first, second=second)


def merged(concept, cast):
    Concept.objects.filter(pk=concept.pk).update(merged_into=concept_for("tillit"))


def curated(concept, cast):
    Concept.objects.filter(pk=concept.pk).update(is_curated=True)


def added_to(concept, cast):
    add_word(concept, OTHER, by=cast.karin)


def said_elsewhere(concept, cast):
    other = make_room(cast, tables=2, each=5)
    other.open(E)
    other.write(1, E, "Om hissen.", HIDDEN)


@pytest.mark.parametrize("done", [kept_apart, merged, curated, added_to, said_elsewhere])
def test_what_somebody_has_done_something_with_stays(room, settings, done):
    hide(room)
    done(concept_for(HIDDEN), room.cast)
    room.thin(settings)
    assert Term.objects.filter(text=HIDDEN).exists()
