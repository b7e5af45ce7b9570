"""The result and what follows from it, through the browser."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, RoleGrant
from forums.committing import commit
from forums.merging import merge
from forums.models import Note
from forums.moderating import hide_note
from forums.wording import concept_for
from news.refusals import WriterIsSignatory

from .room import E, O, make_room, take_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast, tables=4, each=5)
    room.open(E)
    for table in (1, 2, 3):
        room.write(table, E, f"Vi behöver lita på varandra, bord {table}.", "tillit")
    room.write(1, E, "Tänk längre än en mandatperiod.", "långsiktighet")
    room.open(O)
    room.write(4, O, "Vi kan vårt arbete.", "tillit", "mandat")
    return room


@pytest.fixture
def small_room(cast):
    """Three of either side: no split may be told, nor be worked out."""
    room = make_room(cast, tables=1, each=3)
    room.open(E)
    room.write(1, E, "De valda tycker detta.", "tillit")
    room.open(O)
    room.write(1, O, "De anställda tycker detta.", "mandat")
    return room


def section(page, concept):
    start = page.index(f'id="begrepp-{concept.pk}"')
    return page[start : page.index("</article>", start)]


def test_the_result_tells_each_side_its_own(room, client_as):
    room.close()
    figures = json.loads(client_as(room.cast.per).get(f"/forum/{room.forum.slug}/resultat.json").text)
    trust = next(concept for concept in figures["concepts"] if concept["label"] == "tillit")
    assert (trust["elected"], trust["official"], trust["tables"], trust["notes"]) == (3, 1, 4, 4)
    assert figures["participants"] == {"elected": 15, "official": 5, "total": 20}
    assert figures["notes"] == {"elected": 4, "official": 1, "total": 5}
    assert "terms" not in trust


def test_each_theme_stands_with_its_notes(room, client_as):
    room.close()
    page = client_as(room.seated[4, O][0]).get(f"/forum/{room.forum.slug}/resultat/").text
    assert "bord 2." in section(page, concept_for("tillit"))
    assert "mandatperiod" not in section(page, concept_for("tillit"))
    assert "mandatperiod" in section(page, concept_for("långsiktighet"))
    chart = page[page.index('<svg class="chart"') : page.index("</svg>", page.index('<svg class="chart"'))]
    assert "<title" in chart
    assert "<desc" in chart
    assert "style=" not in page


def test_a_note_of_one_side_alone_tells_no_table(room, client_as):
    room.close()
    page = client_as(room.seated[4, O][0]).get(f"/forum/{room.forum.slug}/resultat/").text
    assert "Bord 1" in section(page, concept_for("tillit"))
    assert "Bord 1" not in section(page, concept_for("långsiktighet"))


def test_later_merges_move_nothing(room, client_as):
    room.close()
    client, address = client_as(room.seated[4, O][0]), f"/forum/{room.forum.slug}/resultat"
    before = client.get(f"{address}/").text, client.get(f"{address}.json").text
    longterm, trust = concept_for("långsiktighet"), concept_for("tillit")
    merge(longterm, into=trust, by=room.cast.karin)
    after = client.get(f"{address}/").text, client.get(f"{address}.json").text
    assert section(before[0], longterm) == section(after[0], longterm)
    assert before[1] == after[1]


def test_a_note_hidden_after_closing_is_seen_no_more(room, client_as):
    room.close()
    note = room.question.notes.get(text__contains="mandatperiod")
    hide_note(note, reason="Pekar ut någon", by=room.cast.fatima)
    assert (
        "mandatperiod" not in client_as(room.seated[4, O][0]).get(f"/forum/{room.forum.slug}/resultat/").text
    )


def test_a_small_room_tells_no_sides_anywhere(small_room, client_as):
    room = small_room
    slug = room.forum.slug
    client, lead = client_as(room.seated[1, E][0]), client_as(room.cast.fatima)
    pages = [client.get(f"/forum/{slug}/skarm/").text, client.get(f"/forum/{slug}/skarm/innehall/").text]
    room.close()
    pages += [client.get(f"/forum/{slug}/skarm/").text, client.get(f"/forum/{slug}/resultat/").text]
    pages.append(lead.get(f"/forum/{slug}/grupparbete/leda/").text.partition('id="latest-head"')[2])
    for page in pages:
        assert "De valda tycker detta." in page
        assert "side-mark side-" not in page.replace('turn side-official">', "")
        assert "wall-elected" not in page
        assert 'class="bar-' not in page
    figures = json.loads(client.get(f"/forum/{slug}/resultat.json").text)
    assert figures["sides_shown"] is False
    assert figures["participants"] == {"elected": None, "official": None, "total": 6}
    assert all(c["elected"] is None and c["official"] is None for c in figures["concepts"])


@pytest.mark.parametrize("anonymous", [True, False])
def test_notes_and_names_are_for_those_who_were_there_and_those_who_work_with_them(
    cast, client_as, anonymous
):
    room = make_room(cast, tables=1, each=5, anonymous=anonymous)
    room.open(E)
    writer = room.seated[1, E][0]
    note = room.write(1, E, "Vi behöver lita på varandra.", "tillit")
    promise = commit(
        room.forum,
        owner=cast.per,
        unit=cast.units.schools,
        text="Vi möts varje vecka",
        due_on=timezone.localdate(),
        notes=[note],
        by=cast.fatima,
    )
    take_seat(cast.yngve, room.tables[0], O)
    room.forum.registrations.filter(person=cast.yngve).update(state="declined")
    room.close()
    address = f"/forum/{room.forum.slug}"
    for person in (room.seated[1, O][0], cast.olof, cast.elsa, cast.fatima, cast.karin, cast.gunnar):
        client = client_as(person)
        pages = [client.get(path) for path in (f"{address}/skarm/", f"{address}/resultat/")]
        pages.append(client.get(f"/ataganden/{promise.pk}/"))
        for page in pages:
            assert note.text in page.text
        assert (writer.full_name in pages[0].text) is not anonymous
    concept = concept_for("tillit")
    for person in (cast.per, cast.ulla, cast.ada, cast.yngve):
        client = client_as(person)
        for path in ("skarm/", "skarm/innehall/"):
            assert client.get(f"{address}/{path}").status_code == 403
        pages = [client.get(f"{address}/resultat/"), client.get(f"{address}/resultat/?begrepp={concept.pk}")]
        assert all(f'id="begrepp-{concept.pk}"' in page.text for page in pages)  # where the summary links
        pages += [client.get(path) for path in (f"{address}/resultat.json", f"/ataganden/{promise.pk}/")]
        for page in pages:
            assert page.status_code == 200
            assert note.text not in page.text
            assert writer.full_name not in page.text
        assert f"{address}/skarm/" not in client.get(f"{address}/").text


@pytest.mark.parametrize("role", [Role.COMMUNICATOR, Role.APPROVER])
def test_the_desk_of_another_unit_reads_no_notes(room, client_as, role):
    post = room.cast.ulla.assignments.get()
    RoleGrant.objects.create(assignment=post, role=role, unit=room.cast.units.schools)
    assert client_as(room.cast.ulla).get(f"/forum/{room.forum.slug}/skarm/").status_code == 403


def test_before_closing_there_is_no_result(room, client_as):
    client = client_as(room.cast.fatima)
    assert client.get(f"/forum/{room.forum.slug}/resultat/").status_code == 404
    assert client.get(f"/forum/{room.forum.slug}/resultat.json").status_code == 404


def test_a_communicator_gets_one_draft_however_often_it_is_asked_for(room, client_as):
    room.close()
    client = client_as(room.cast.karin)
    answers = [client.post(f"/forum/{room.forum.slug}/sammanfattning/") for _ in range(2)]
    room.forum.refresh_from_db()
    assert {answer.url for answer in answers} == {f"/redaktion/{room.forum.summary_id}/"}


def test_others_draft_nothing(room, client_as):
    room.close()
    address = f"/forum/{room.forum.slug}/sammanfattning/"
    for person in (room.cast.per, room.cast.fatima, room.cast.gunnar, room.cast.olof):
        assert client_as(person).post(address).status_code == 403
    assert client_as(room.cast.karin).get(address).status_code == 405
    assert client_as(room.cast.former).post(address).status_code == 403
    # A communicator of another unit.
    RoleGrant.objects.create(
        assignment=room.cast.ulla.assignments.get(), role=Role.COMMUNICATOR, unit=room.cast.units.schools
    )
    assert client_as(room.cast.ulla).post(address).status_code == 403
    room.forum.refresh_from_db()
    assert room.forum.summary is None


def test_a_leader_who_is_a_communicator_too_is_told_that_another_must_write(room, client_as):
    room.close()
    post = room.cast.olof.assignments.get()
    RoleGrant.objects.create(assignment=post, role=Role.COMMUNICATOR, unit=room.cast.units.root)
    client = client_as(room.cast.olof)
    answer = client.post(f"/forum/{room.forum.slug}/sammanfattning/", follow=True)
    assert answer.status_code == 200
    assert str(WriterIsSignatory.message) in answer.text
    room.forum.refresh_from_db()
    assert room.forum.summary is None


def test_no_draft_before_closing(room, client_as):
    answer = client_as(room.cast.karin).post(f"/forum/{room.forum.slug}/sammanfattning/")
    assert answer.status_code == 302
    room.forum.refresh_from_db()
    assert room.forum.summary is None


def test_the_result_costs_the_same_with_thirty_themes(room, cast, client_as, django_assert_num_queries):
    room.close()
    large = make_room(cast, tables=2, each=5)
    large.open(E)
    for number in range(30):
        large.write(1 + number % 2, E, f"Tanke {number}", f"begrepp {number}", "tillit")
    large.close()
    for one in (room, large):
        client = client_as(cast.karin)
        with django_assert_num_queries(14):
            client.get(f"/forum/{one.forum.slug}/resultat/")


def test_smaller_themes_are_links_to_their_notes(room, client_as, monkeypatch):
    monkeypatch.setattr("forums.views.showing.THEMES_WITH_NOTES", 1)
    room.close()
    client, concept = client_as(room.cast.elsa), concept_for("långsiktighet")
    address = f"/forum/{room.forum.slug}/resultat/"
    page = client.get(address).text
    assert page.count("<article") == 1
    assert f'<li id="begrepp-{concept.pk}"><a href="?begrepp={concept.pk}#begrepp-{concept.pk}">' in page
    assert "mandatperiod" not in page
    assert "mandatperiod" in client.get(f"{address}?begrepp={concept.pk}").text


def test_the_notes_are_made_once_for_those_who_may_read_them(room, client_as, django_assert_num_queries):
    """Karin may write commitments down and Elsa may not: what is kept for one is not shown to the other."""
    room.close()
    address, offer = f"/forum/{room.forum.slug}/resultat/", "ataganden/nytt/?begrepp="
    assert offer in client_as(room.cast.karin).get(address).text
    reader = client_as(room.cast.elsa)
    first = reader.get(address).text
    note = next(note for note in Note.objects.shown() if note.text in first)
    assert offer not in first
    with django_assert_num_queries(9):
        assert reader.get(address).text.count(note.text) == first.count(note.text)
    hide_note(note, reason="Namn på en kollega", by=room.cast.fatima)
    assert note.text not in reader.get(address).text


def test_a_theme_that_does_not_exist_shows_them_all(room, client_as):
    room.close()
    reader = client_as(room.cast.elsa)
    every = reader.get(f"/forum/{room.forum.slug}/resultat/").text.count('id="begrepp-')
    for wrong in ("999999", "x", "9" * 5000):
        answer = reader.get(f"/forum/{room.forum.slug}/resultat/", {"begrepp": wrong})
        assert answer.text.count('id="begrepp-') == every


def test_concepts_are_called_in_the_readers_language_and_the_draft_in_swedish(room, client_as):
    trust = concept_for("tillit")
    trust.label_en, trust.is_curated = "trust", True
    trust.save()
    reader, slug = client_as(room.cast.karin), room.forum.slug
    room.cast.karin.language = "en"
    room.cast.karin.save()
    words = {"wall": "wall-word", "result": "bar-label", "new_commitment": "form-check-label"}
    assert "trust" in reader.get(reverse("forums:wall", args=[slug])).text
    room.close()
    for name in words:
        page = reader.get(reverse(f"forums:{name}", args=[slug])).text
        assert "trust" in page[page.index(words[name]) :], name
        assert ">tillit<" not in page, name
    reader.post(reverse("forums:draft_summary", args=[slug]))
    room.forum.refresh_from_db()
    assert "tillit" in room.forum.summary.newest_version.body
    assert "trust" not in room.forum.summary.newest_version.body
    assert "tillit" in client_as(room.cast.elsa).get(reverse("forums:result", args=[slug])).text


def test_what_is_not_told_is_explained_as_in_the_summary(cast, client_as):
    """A theme that five of either side stand behind may be withheld for the sake of its neighbour."""
    room = make_room(cast, tables=3, each=2)
    for side, word in ((E, "tid"), (O, "respekt")):
        room.open(side)
        for table in (1, 2, 3):
            room.write(table, side, "Så tycker vi.", word, "mod")
    room.close()
    figures = room.work.result.figures
    assert figures["sides_shown"]
    page = client_as(cast.per).get(f"/forum/{room.forum.slug}/resultat/").text
    assert figures["concepts"][-1]["elected"] is None
    assert "redovisas inte</td>" in page
    assert "så att ingen liten grupp kan pekas ut" in page
    assert "färre än fem" not in page


def test_where_groups_are_units_the_result_speaks_of_groups(room, client_as):
    type(room.work).objects.update(grouped_by="units")
    room.close()
    page = client_as(room.cast.karin).get(f"/forum/{room.forum.slug}/resultat/").text
    assert "Det grupperna sa" in page
    main = page[page.index("<main") : page.index("</main>")]
    for word in ("Det borden sa", "Antal bord", ">bord<", ">Bord<", "4 bord,"):
        assert word not in main, word
