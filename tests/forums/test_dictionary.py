"""The dictionary of concepts: words taken out and put in, changes undone, and what a recount would alter."""

import pytest
from django.urls import reverse

from accounts.models import LogEntry
from forums import splitting, undoing
from forums.merging import merge, rename, unmerge
from forums.models import Concept, Recount, Term
from forums.recounting import Altered, foreseen_of, recount, recounted
from forums.undoing import CannotUndo, latest_changes, undo
from forums.wording import concept_for, term_for

from .room import E, O, make_room

pytestmark = pytest.mark.django_db

ADDRESS = "/forum/begrepp/"


@pytest.fixture
def closed(cast):
    """Two tables of five elected members and five officials: nothing in it can be small."""
    room = make_room(cast, tables=2, each=5)
    room.open(E)
    room.write(1, E, "En", "tillit")
    room.write(2, E, "Två", "förtroende")
    room.open(O)
    room.write(1, O, "Tre", "tillit", "tilltro")
    room.close()
    room.work.refresh_from_db()
    return room


def counted(figures):
    """{label: (tables, elected, official)} of some figures."""
    return {one["label"]: (one["tables"], one["elected"], one["official"]) for one in figures["concepts"]}


def last_change():
    return latest_changes(1)[0]


# Words


def test_a_word_stands_for_itself_and_comes_back(cast):
    concept = concept_for("tillit")
    term_for("tilliten")
    apart = splitting.split(Term.objects.get(text="tilliten"), by=cast.karin)
    assert concept_for("tilliten") == apart != concept_for("tillit") == concept
    change = last_change()
    assert (change.event, change.other, change.stands) == ("concept.split", concept, True)
    undo(change, by=cast.karin)
    assert concept_for("tilliten") == concept


def test_a_chosen_name_goes_with_its_word_and_comes_back(cast, client_as):
    concept, tillit = concept_for("tillit"), Term.objects.get(text="tillit")
    term_for("tilliten")
    rename(concept, label="Tillit", label_en="Trust", by=cast.karin)
    karin = client_as(cast.karin)
    preview = karin.get(reverse("forums:split_word", args=[tillit.pk])).text
    assert "”tillit” skulle stå för sig självt, och de andra orden skulle kallas ”tilliten”." in preview
    assert "räknas till" not in preview
    apart = splitting.split(tillit, by=cast.karin)
    concept.refresh_from_db()
    assert (apart.label, apart.label_en, apart.is_curated) == ("Tillit", "Trust", True)
    assert (concept.label, concept.label_en, concept.is_curated) == ("tilliten", "", False)
    undo(last_change(), by=cast.karin)
    concept.refresh_from_db()
    assert (concept.label, concept.label_en, concept.is_curated) == ("Tillit", "Trust", True)


def test_the_only_word_stays(cast):
    term = term_for("tillit")
    assert splitting.split(term, by=cast.karin) == term.concept
    assert Concept.objects.count() == 1
    assert not LogEntry.objects.filter(event="concept.split").exists()


def test_the_only_word_that_others_count_for_stays_and_the_page_says_why(cast, client_as):
    term = term_for("tillit")
    merge(concept_for("förtroende"), into=term.concept, by=cast.karin)
    page = client_as(cast.karin).post(reverse("forums:split_word", args=[term.pk]), follow=True).text
    assert "Andra ord räknas till ”tillit”, så det står kvar." in page
    assert "från och med nu" not in page
    assert concept_for("förtroende") == concept_for("tillit") == term.concept


def test_a_word_is_added_before_anybody_writes_it(cast):
    concept = concept_for("tillit")
    for _ in range(2):
        splitting.add_word(concept, "Att lita på varandra!", by=cast.karin)
    assert concept_for("att lita på varandra") == concept
    assert LogEntry.objects.filter(event="concept.word_added").count() == 1
    undo(last_change(), by=cast.karin)
    assert concept_for("att lita på varandra") != concept


def test_a_word_of_another_concept_is_not_taken(cast):
    concept_for("mod")
    for word, refusal in [("modet", splitting.WordTaken), ("!!", splitting.NotAWord)]:
        term_for("modet")
        with pytest.raises(refusal):
            splitting.add_word(concept_for("tillit"), word, by=cast.karin)
    assert not LogEntry.objects.filter(event="concept.word_added").exists()


# Undoing


def test_each_change_is_undone_by_its_opposite(cast):
    one, other = concept_for("förtroende"), concept_for("tillit")
    merge(one, into=other, by=cast.karin)
    undo(last_change(), by=cast.karin)
    assert concept_for("förtroende") == one
    undo(last_change(), by=cast.karin)  # the undoing itself
    assert concept_for("förtroende") == other
    unmerge(one, by=cast.karin)
    rename(one, label="Förtroende för varandra", label_en="confidence", by=cast.karin)
    undo(last_change(), by=cast.karin)
    one.refresh_from_db()
    assert (one.label, one.label_en, one.is_curated) == ("förtroende", "", False)


def test_what_does_not_stand_any_more_is_not_undone(cast):
    one, other = concept_for("förtroende"), concept_for("tillit")
    merge(one, into=other, by=cast.karin)
    merged = last_change()
    unmerge(one, by=cast.karin)
    with pytest.raises(CannotUndo):
        undo(merged, by=cast.karin)
    assert [change.stands for change in latest_changes(5)] == [True, False]


# Recounting


def test_a_merge_recounts_and_leaves_the_frozen_result(cast, closed):
    result = closed.work.result
    before = counted(result.figures)
    assert before["tillit"] == (1, 1, 1)
    merge(concept_for("förtroende"), into=concept_for("tillit"), by=cast.karin)
    result.refresh_from_db()
    assert counted(result.figures) == before
    assert counted(result.recount.figures)["tillit"] == (2, 2, 1)
    assert counted(result.recount.figures)["tilltro"] == before["tilltro"]
    undo(last_change(), by=cast.karin)
    assert counted(Recount.objects.get().figures) == before


def test_only_what_was_touched_is_recounted(cast, closed):
    merge(concept_for("annat"), into=concept_for("helt annat"), by=cast.karin)
    assert not Recount.objects.exists()


def test_what_was_withheld_is_not_given_away_by_a_recount(cast):
    """Three people a side at each table: the frozen result tells no split of a small theme, nor does a
    recount in which it has become a larger one."""
    room = make_room(cast, tables=4, each=3)
    room.open(E)
    for table, word in enumerate(["tillit", "tillit", "förtroende", "mod"], start=1):
        room.write(table, E, f"Ord {table}", word)
    room.open(O)
    for table in range(1, 5):
        room.write(table, O, f"Svar {table}", "tid")
    room.close()
    room.work.refresh_from_db()
    frozen = counted(room.work.result.figures)
    merge(concept_for("förtroende"), into=concept_for("tillit"), by=cast.karin)
    again = counted(room.work.result.recount.figures)
    assert again["tillit"] == (3, None, None)
    assert {label: again[label] for label in ("mod", "tid")} == {
        label: frozen[label] for label in ("mod", "tid")
    }


def test_notes_that_are_gone_leave_the_last_count(cast, closed):
    result = closed.work.result
    merge(concept_for("förtroende"), into=concept_for("tillit"), by=cast.karin)
    kept = counted(Recount.objects.get().figures)
    for question in closed.work.questions.all():
        question.notes.all().delete()
    assert recount.call([result.pk]) is None
    assert counted(Recount.objects.get().figures) == kept
    assert recounted(result)["concepts"] == []


def test_a_preview_tells_what_a_recount_would_alter_and_changes_nothing(cast, closed):
    one, two = concept_for("förtroende"), concept_for("tillit")
    assert foreseen_of(cast.karin, [(one, two)]) == [[Altered(closed.forum, moved=1, others=1, together=2)]]
    assert foreseen_of(cast.karin, [(concept_for("annat"), one)]) == [[]]
    assert not Recount.objects.exists()
    closed.forum.audience, closed.forum.restricted = cast.audiences.social, True
    closed.forum.save()
    assert foreseen_of(cast.yngve, [(one, two)]) == [[]]


# On the page


def test_the_page_parts_adds_previews_and_undoes(cast, client_as, closed):
    client = client_as(cast.karin)
    trust, term = concept_for("tillit"), term_for("tilliten")
    page = client.get(f"{ADDRESS}ord/{term.pk}/")
    # Nobody has written "tilliten" yet.
    assert page.context["altered"] == []
    page = client.post(f"{ADDRESS}ord/{term.pk}/", follow=True)
    assert "”tilliten” har brutits ut ur ”tillit”." in page.text
    client.post(f"{ADDRESS}andring/{last_change().pk}/angra/")
    assert concept_for("tilliten") == trust
    page = client.post(f"{ADDRESS}{trust.pk}/ord/", {"word": "Lita på"}, follow=True)
    assert "Hit räknas också: lita på, tilliten" in page.text
    client.post(f"{ADDRESS}andring/{last_change().pk}/angra/")
    assert concept_for("lita på") != trust
    page = client.post(
        f"{ADDRESS}{concept_for('förtroende').pk}/sla-ihop/", {"word": "tillit", "do": "preview"}
    )
    assert page.context["altered"] == [Altered(closed.forum, moved=1, others=1, together=2)]
    assert concept_for("förtroende") != trust


def test_a_word_that_cannot_be_added_is_told_beside_the_field(cast, client_as, closed):
    trust = concept_for("tillit")
    for word in ("tilltro", "!", ""):
        page = client_as(cast.karin).post(f"{ADDRESS}{trust.pk}/ord/", {"word": word})
        assert page.status_code == 409
        form = next(one.forms["word"] for one in page.context["page"] if one == trust)
        assert len(form.errors["word"]) == 1
        assert form["word"].value() == word


def test_others_change_no_words(cast, client_as, closed):
    merge(concept_for("förtroende"), into=concept_for("tillit"), by=cast.karin)
    change, term = last_change(), Term.objects.get(text="tillit")
    for person in (cast.per, cast.fatima, cast.gunnar, cast.elsa):
        client = client_as(person)
        assert client.get(f"{ADDRESS}ord/{term.pk}/").status_code == 403
        for path in (f"ord/{term.pk}/", f"{term.concept_id}/ord/", f"andring/{change.pk}/angra/"):
            assert client.post(f"{ADDRESS}{path}", {"word": "nytt"}).status_code == 403
    assert last_change() == change
    not_ours = LogEntry.objects.exclude(event__in=undoing.CHANGES).first()
    assert client_as(cast.karin).post(f"{ADDRESS}andring/{not_ours.pk}/angra/").status_code == 404
