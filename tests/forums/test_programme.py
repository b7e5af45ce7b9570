"""The programme, row by row."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from forums import planning
from forums.models import Forum, ProgrammeItem, seams_of
from tests.visiting import Visitor

from .rows import rows

KINDS = ProgrammeItem.Kind


def item(forum, starts, minutes, title="Punkt", **fields):
    starts_at = forum.starts_at + timedelta(minutes=starts)
    return planning.add_item(
        forum,
        kind=KINDS.TALK,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        title=title,
        by=forum.organiser,
        **fields,
    )


def test_overlaps_and_gaps_are_found(cast, make_forum):
    forum = make_forum()
    item(forum, 0, 60, "Långt")
    item(forum, 15, 15, "Mitt i")
    item(forum, 60, 30, "Möter")
    item(forum, 100, 20, "Efter en lucka")
    found = [
        (before.title, after.title, minutes) for before, after, minutes in seams_of(forum.programme.all())
    ]
    assert found == [("Långt", "Mitt i", -45), ("Möter", "Efter en lucka", 10)]


def test_the_night_between_two_days_is_no_gap(make_forum, nine):
    forum = make_forum(starts_at=nine, ends_at=nine + timedelta(hours=28))
    item(forum, 0, 180, "Dag ett")
    item(forum, 24 * 60, 60, "Dag två")
    item(forum, 25 * 60 + 15, 60, "Efter kaffet")
    found = [(before.title, after.title) for before, after, _minutes in seams_of(forum.programme.all())]
    assert found == [("Dag två", "Efter kaffet")]


def test_the_organiser_reads_where_the_programme_does_not_meet(cast, make_forum):
    forum = make_forum()
    item(forum, 0, 60, "Långt")
    item(forum, 15, 15, "Mitt i")
    item(forum, 60, 30, "Möter")
    item(forum, 100, 20, "Efter en lucka")
    late = item(forum, 200, 40, "Sist")
    # The forum is cut short afterwards, so that the last item lies outside.
    Forum.objects.filter(pk=forum.pk).update(ends_at=late.ends_at - timedelta(minutes=10))
    fatima = Visitor.signed_in(cast.fatima).go(reverse("forums:edit_programme", args=[forum.slug]))
    outside, seams = (
        [" ".join(line.text.split()) for line in alert.find_all("li")]
        for alert in fatima.page.html.select(".alert-warning")
    )
    assert outside == [f"Sist, {date_format(forum.starts_at, 'j E')} 12.20–13.00"]
    assert seams == [
        "”Mitt i” börjar innan ”Långt” är slut.",
        "Det är 10 minuter tomt mellan ”Möter” och ”Efter en lucka”.",
        "Det är 80 minuter tomt mellan ”Efter en lucka” och ”Sist”.",
    ]


def test_time_before_the_first_item_and_after_the_last_is_pointed_out(cast, make_forum, client_as):
    forum = make_forum()
    url = reverse("forums:edit_programme", args=[forum.slug])
    assert "alert-warning" not in client_as(cast.fatima).get(url).text, "nothing is planned yet"
    item(forum, 30, 60, "Först")
    item(forum, 90, 90, "Sist")
    page = client_as(cast.fatima).get(url).text
    assert "Det är 30 minuter tomt före den första punkten." in page
    assert "Det är 60 minuter tomt efter den sista punkten." in page


def test_where_it_meets_nothing_is_pointed_out(cast, make_forum, client_as):
    forum = make_forum()
    item(forum, 0, 60, "Först")
    item(forum, 60, 180, "Sedan")
    page = client_as(cast.fatima).get(reverse("forums:edit_programme", args=[forum.slug])).text
    assert "alert-warning" not in page


def test_guests_stand_among_the_speakers_beside_those_from_here(cast, make_forum, client_as):
    forum = make_forum()
    guests = "Åsa <b>Öst</b>, Region Mitt"
    item(forum, 0, 60, "Samtal", speakers=[cast.olof], guests=guests)
    item(forum, 60, 30, "Ensam gäst", guests="Bo Berg")
    item(forum, 90, 30, "Utan talare")
    maja = Visitor.signed_in(cast.maja).go(forum.get_absolute_url())
    talk, alone, without = maja.page.html.select(".programme-item")
    here, guest = talk.select(".programme-speakers > li")
    assert "Olof Ek" in here.text
    assert " ".join(guest.text.split()) == f"{guests} gäst"
    assert not guest.find("b"), "what an organiser writes is text"
    assert " ".join(alone.select_one(".programme-speakers").text.split()) == "Bo Berg gäst"
    assert not without.select(".programme-speakers")


def clock(at):
    return timezone.localtime(at).strftime("%H:%M")


@pytest.fixture
def nine():
    return (timezone.localtime() + timedelta(days=20)).replace(hour=9, minute=0, second=0, microsecond=0)


def test_the_programme_is_written_changed_and_emptied_row_by_row(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    url = reverse("forums:edit_programme", args=[forum.slug])
    client = client_as(cast.fatima)
    talk = {
        "starts": "09:00",
        "ends": "10:00",
        "kind": "talk",
        "title": "Tal",
        "speakers": "Olof Ek, elsa@almvik.example",
    }
    coffee = {"starts": "10:00", "ends": "10:30", "kind": "break", "title": "Kaffe"}
    untouched = {"kind": "talk"}
    assert client.post(url, rows(talk, coffee, untouched)).status_code == 302
    first, second = forum.programme.all()
    assert set(first.speakers.all()) == {cast.olof, cast.elsa}
    assert clock(second.ends_at) == "10:30"

    changed = {**talk, "item": first.pk, "title": "Tal om tillit"}
    gone = {**coffee, "item": second.pk, "DELETE": "on"}
    assert client.post(url, rows(changed, gone, initial=2, revision=1)).status_code == 302
    assert [(each.pk, each.title) for each in forum.programme.all()] == [(first.pk, "Tal om tillit")]


def test_rows_that_nobody_touched_stay_as_they_are(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    here = item(forum, 0, 30, "Står kvar", speakers=[cast.olof])
    url = reverse("forums:edit_programme", args=[forum.slug])
    form = client_as(cast.fatima).get(url).context["formset"].forms[0]
    sent = {name: form[name].value() for name in form.fields}
    sent |= {"item": here.pk, "starts": "09:00", "ends": "09:30", "speakers": "Olof Ek <olof@almvik.example>"}
    sent = {name: value for name, value in sent.items() if value is not None}
    new = {"starts": "09:30", "ends": "10:00", "kind": "talk", "title": "Ny"}
    assert client_as(cast.fatima).post(url, rows(sent, new, initial=1, revision=1)).status_code == 302
    assert [(each.pk == here.pk, each.title) for each in forum.programme.all()] == [
        (True, "Står kvar"),
        (False, "Ny"),
    ]
    assert list(here.speakers.all()) == [cast.olof]


def test_a_bad_row_changes_nothing_and_keeps_every_row(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    good = {"starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Bra punkt"}
    for bad in (
        {"ends": "08:00"},
        {"starts": "23:00", "ends": "23:30"},
        {"title": ""},
        {"speakers": "Ingen Alls"},
    ):
        response = client_as(cast.fatima).post(
            reverse("forums:edit_programme", args=[forum.slug]), rows(good, {**good, "title": "Dålig", **bad})
        )
        assert response.status_code == 200
        assert "is-invalid" in response.text
        assert "Bra punkt" in response.text
    assert not forum.programme.exists()


def test_a_row_is_added_without_scripts_and_what_was_typed_stays(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    typed = {"starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Halvskriven"}
    response = client_as(cast.fatima).post(
        reverse("forums:edit_programme", args=[forum.slug]), rows(typed, add_row="items")
    )
    assert 'name="items-TOTAL_FORMS" value="2"' in response.text
    assert 'name="items-1-title"' in response.text
    assert "Halvskriven" in response.text
    assert not forum.programme.exists()


def test_a_number_of_rows_that_nobody_made_adds_none(cast, make_forum, client_as, nine):
    forum = make_forum(starts_at=nine)
    data = rows(add_row="items") | {"items-TOTAL_FORMS": "9" * 5000}
    response = client_as(cast.fatima).post(reverse("forums:edit_programme", args=[forum.slug]), data)
    assert response.status_code == 200
    assert not forum.programme.exists()


def test_a_row_of_another_forums_item_is_refused(cast, make_forum, client_as, nine):
    forum, other = make_forum(starts_at=nine), make_forum(starts_at=nine, title="Annat")
    theirs = item(other, 0, 30, "Deras")
    row = {"item": theirs.pk, "starts": "09:00", "ends": "10:00", "kind": "talk", "title": "Min nu"}
    client_as(cast.fatima).post(reverse("forums:edit_programme", args=[forum.slug]), rows(row, initial=1))
    theirs.refresh_from_db()
    assert (theirs.forum, theirs.title) == (other, "Deras")


def test_the_verb_refuses_items_out_of_time(cast, make_forum):
    forum = make_forum()
    with pytest.raises(planning.OutsideForum):
        item(forum, -30, 60)
    with pytest.raises(planning.TimesOutOfOrder):
        item(forum, 30, -10)
