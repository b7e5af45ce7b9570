"""A theme is called by a word that a shown note says, and the dictionary tells no other words either."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import LogEntry
from forums.merging import CannotMerge, merge, rename
from forums.models import Concept, GroupWork, Note, Recount, Term
from forums.moderating import hide_note
from forums.splitting import add_word, split
from forums.summarising import draft_summary
from forums.thinning import thin_out
from forums.trending import trends_for
from forums.undoing import latest_changes, undo
from forums.veiling import figures_told, veiled_words
from forums.wording import concept_for, term_for
from news.tying import changed_figures

from .room import E, make_room

pytestmark = pytest.mark.django_db
ADDRESS = "/forum/begrepp/"
# Two spellings of one company; the note with the first is hidden.
HIDDEN, SHOWN = "hissbolaget nisse", "Nisses Hiss AB"


@pytest.fixture
def room(cast):
    """Two tables said the first spelling and one the other, when the group work was closed."""
    room = make_room(cast, tables=4, each=5)
    room.open(E)
    room.named = [room.write(table, E, f"Om en firma, bord {table}", HIDDEN) for table in (1, 2)]
    room.write(3, E, "Om en annan firma.", SHOWN)
    room.write(4, E, "Om mod.", "mod")
    merge(concept_for(SHOWN), into=concept_for(HIDDEN), by=cast.karin)
    room.close()
    room.work = GroupWork.objects.get(pk=room.work.pk)
    return room


def hide(room):
    for note in room.named:
        hide_note(note, reason="Pekar ut någon", by=room.cast.fatima)
    room.work.result.refresh_from_db(fields=["unsaid"])


def labels(figures):
    return [(one["label"], one["tables"]) for one in figures["concepts"]]


# The name of a theme


def test_a_theme_is_called_by_a_word_that_is_still_shown(room, cast, client_as, settings):
    here, reader = f"/forum/{room.forum.slug}", client_as(cast.per)
    pages = [f"{here}/resultat/", f"{here}/resultat.json", "/forum/trender/", "/forum/trender/begrepp.csv"]
    assert labels(figures_told(room.work.result)) == [(HIDDEN, 3), ("mod", 1)]
    assert [page for page in pages if HIDDEN not in reader.get(page).text] == []
    hide(room)
    assert labels(figures_told(room.work.result)) == [(SHOWN, 3), ("mod", 1)]
    assert [
        page for page in pages if HIDDEN in reader.get(page).text or SHOWN not in reader.get(page).text
    ] == []
    notes = client_as(cast.fatima).get(pages[0]).text
    assert HIDDEN not in notes
    room.thin(settings)
    room.work = GroupWork.objects.get(pk=room.work.pk)
    # The capitals that people gave it are gone with their notes.
    assert labels(figures_told(room.work.result)) == [(SHOWN.lower(), 3), ("mod", 1)]
    assert [page for page in pages if HIDDEN in reader.get(page).text] == []


def test_so_it_is_in_figures_that_were_counted_anew_before(room, cast):
    merge(concept_for("mod"), into=concept_for("styrka"), by=cast.karin)
    assert labels(Recount.objects.get().figures)[0] == (HIDDEN, 3)
    hide(room)
    assert HIDDEN not in {trend.label for trend in trends_for(cast.per).concepts}
    assert SHOWN in {trend.label for trend in trends_for(cast.per).concepts}


def test_a_name_that_somebody_chose_stays_unless_it_is_what_was_hidden(room, cast):
    figures = room.work.result.figures
    chosen = figures["concepts"][0] | {"label": "Hissar i stadshuset", "label_en": "Hissbolaget Nisse"}
    result = room.work.result
    result.figures = {**figures, "concepts": [chosen]}
    hide(room)
    [told] = figures_told(result)["concepts"]
    assert (told["label"], told["label_en"]) == ("Hissar i stadshuset", "")


def test_a_draft_from_before_is_marked_where_the_old_name_stands_and_one_from_after_is_not(room, cast):
    draft = draft_summary(room.forum, by=cast.karin).versions.get()
    assert HIDDEN in draft.lead + draft.body
    assert changed_figures(draft) == []
    hide(room)
    marked = {figure.around.lower() for figure in changed_figures(draft) if figure.is_hidden}
    assert HIDDEN in marked
    assert "mod" not in marked
    mended = draft
    for part in ("lead", "body"):
        words = getattr(draft, part)
        setattr(mended, part, words.replace(HIDDEN, SHOWN).replace(HIDDEN.capitalize(), SHOWN))
    assert [one for one in changed_figures(mended) if one.is_hidden] == []


def test_a_draft_from_after_says_the_word_that_is_shown(room, cast):
    hide(room)
    draft = draft_summary(room.forum, by=cast.karin).versions.get()
    assert SHOWN in draft.body
    assert HIDDEN not in (draft.lead + draft.body).lower()
    assert changed_figures(draft) == []


# The dictionary


def search(client, word):
    page = client.get(ADDRESS, {"q": word})
    return [concept.called for concept in page.context["page"]], page.text


@pytest.mark.parametrize("is_thinned", [False, True])
def test_the_dictionary_finds_no_word_of_hidden_notes_alone(room, cast, client_as, settings, is_thinned):
    client = client_as(cast.karin)
    assert search(client, "hissbolaget")[0] == [HIDDEN]
    hide(room)
    if is_thinned:
        room.thin(settings)
    found, page = search(client, "hissbolaget")
    assert found == []
    assert HIDDEN not in page
    for word in ("", "nisse", "mod"):
        assert HIDDEN not in search(client, word)[1]
    [other], page = search(client, "nisses")
    assert other.lower() == SHOWN.lower()
    assert "Räknas som <strong>dolt ord</strong>" in page


def test_it_finds_it_where_another_note_says_it_or_a_result_has_named_it(room, cast, client_as, settings):
    client = client_as(cast.karin)
    other = make_room(cast, tables=2, each=5)
    other.open(E)
    other.write(1, E, "Om hissar.", HIDDEN)
    other.close()
    hide(room)
    assert search(client, "hissbolaget")[0] == [HIDDEN]
    GroupWork.objects.filter(pk=other.work.pk).update(closed_at=timezone.now() - timedelta(days=31))
    settings.NOTES_KEPT_DAYS = 30
    GroupWork.objects.filter(pk=room.work.pk).update(closed_at=timezone.now() - timedelta(days=31))
    assert thin_out() == 2
    assert Note.objects.count() == 0
    assert search(client, "hissbolaget")[0] == [HIDDEN]
    assert search(client, "mod")[0] == ["mod"]


def test_a_note_that_waits_for_a_look_tells_no_word_either(cast, client_as):
    room = make_room(cast)
    room.open(E)
    note = room.write(1, E, "Någon", "ett namn")
    client = client_as(cast.karin)
    assert search(client, "ett namn")[0] == ["ett namn"]
    Note.objects.filter(pk=note.pk).update(hidden_at=timezone.now(), is_held=True)
    assert search(client, "ett namn")[0] == []


def test_what_is_hidden_can_be_neither_asked_for_nor_mended(room, cast, client_as):
    lone = make_room(cast)
    lone.open(E)
    note = lone.write(1, E, "Om en person", "nisse på ekonomin")
    hide_note(note, reason="Pekar ut någon", by=cast.fatima)
    client, term = client_as(cast.karin), Term.objects.get(text="nisse på ekonomin")
    before = LogEntry.objects.count()
    assert client.get(f"{ADDRESS}ord/{term.pk}/").status_code == 404
    assert client.post(f"{ADDRESS}ord/{term.pk}/").status_code == 404
    for path, sent in [
        ("sla-ihop", {"word": "mod"}),
        ("aterstall", {}),
        ("namn", {"label": "x"}),
        ("ord", {"word": "y"}),
    ]:
        assert client.post(f"{ADDRESS}{term.concept_id}/{path}/", sent).status_code == 404
    page = client.post(f"{ADDRESS}{concept_for('mod').pk}/sla-ihop/", {"word": "Nisse på ekonomin"})
    assert page.status_code == 409
    assert "Ingen har använt ordet ”Nisse på ekonomin”." in page.text
    assert LogEntry.objects.count() == before


def test_whoever_adds_such_a_word_is_not_told_that_it_was_written_and_gets_it(cast, client_as):
    lone = make_room(cast, tables=2)
    lone.open(E)
    note = lone.write(1, E, "Om en person", "förtroende")
    lone.write(2, E, "Om tillit", "tillit")
    hide_note(note, reason="Fel fråga", by=cast.fatima)
    client, trust = client_as(cast.karin), concept_for("tillit")
    page = client.post(f"{ADDRESS}{trust.pk}/ord/", {"word": "förtroende"}, follow=True)
    assert "Ordet räknas till begreppet från och med nu." in page.text
    assert concept_for("förtroendets") == concept_for("förtroende") == trust
    assert "Hit räknas också: förtroende" in page.text
    add_word(trust, "förtroende", by=cast.karin)
    [added] = latest_changes(9)
    assert (added.event, added.stands) == ("concept.word_added", True)
    undo(added, by=cast.karin)
    assert concept_for("förtroende") != trust


def test_changes_and_refusals_do_not_name_it(room, cast, client_as):
    concept = concept_for(HIDDEN)
    rename(concept, label="Hissbolaget Nisse", by=cast.karin)
    rename(concept, label="Hissfrågan", by=cast.karin)
    client = client_as(cast.karin)
    assert "”Hissbolaget Nisse” har fått namnet ”Hissfrågan”." in client.get(ADDRESS).text
    hide(room)
    page = client.get(ADDRESS).text
    assert "hissbolaget" not in page.lower()
    assert "”dolt ord” har fått namnet ”Hissfrågan”." in page
    rename(concept, label=HIDDEN, curated=False, by=cast.karin)
    with pytest.raises(CannotMerge) as refusal:
        merge(concept_for(SHOWN), into=Term.objects.get(text=SHOWN.lower()).concept, by=cast.karin)
    assert HIDDEN not in str(refusal.value)


def test_one_of_a_concepts_words_can_be_hidden_alone(cast, client_as):
    room = make_room(cast)
    room.open(E)
    first = room.write(1, E, "Ett", "tilliten")
    room.write(1, E, "Två", "tillit")
    hide_note(first, reason="Fel fråga", by=cast.fatima)
    client = client_as(cast.karin)
    [concept] = client.get(ADDRESS, {"q": "tillit"}).context["page"]
    assert [term.text for term in concept.told] == ["tillit"]
    assert search(client, "tilliten")[0] == []
    assert client.get(f"{ADDRESS}ord/{term_for('tilliten').pk}/").status_code == 404
    # The address leads back by a word that is told.
    answer = client.post(f"{ADDRESS}{concept.pk}/namn/", {"label": "Tillit till varandra"})
    assert answer.url == f"{ADDRESS}?q=tillit"
    split(term_for("tillit"), by=cast.karin)
    assert {one.text for one in Term.objects.filter(pk__in=veiled_words())} == {"tilliten"}
    assert Concept.objects.with_word("", veiled=veiled_words()).get() == concept_for("tillit")
