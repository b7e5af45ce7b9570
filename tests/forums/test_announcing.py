"""Announcing, inviting, calling off; who comes, and where they sit."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.mailing import as_message
from accounts.models import LogEntry, Mail, Side
from forums import announcing, furnishing, registering, seating
from forums.mails import about_of
from forums.models import Forum, Registration
from tests.cast import assign


def invited(forum):
    return {invitation.person.given_name for invitation in forum.invitations.select_related("person")}


def test_who_will_be_invited_is_shown_and_nobody_hears_of_it_before(cast, make_forum, client_as):
    forum = make_forum(announced=False)
    text = client_as(cast.fatima).get(reverse("forums:announce", args=[forum.slug])).text
    for person in (cast.maja, cast.ulla, cast.olof, cast.gunnar, cast.elsa, cast.folke):
        assert person.full_name in text
    assert cast.per.full_name not in text
    assert cast.former.full_name not in text
    assert "6 personer bjuds in" in text
    assert not Mail.objects.exists()
    assert not forum.invitations.exists()


def test_announcing_invites_the_audience_by_mail_once(cast, make_forum, client_as):
    forum = make_forum(announced=False, join_url="https://mote.example/hemlig")
    url = reverse("forums:announce", args=[forum.slug])
    client = client_as(cast.fatima)
    assert client.post(url).status_code == 302
    client.post(url)
    assert invited(forum) == {"Maja", "Ulla", "Olof", "Gunnar", "Elsa", "Folke"}
    mails = Mail.objects.filter(event="forum_invitation")
    assert mails.count() == 6
    mail = mails.get(to=cast.maja)
    assert reverse("forums:registration", args=[forum.slug]) in mail.text
    assert mail.html
    assert mail.calendar_method == "REQUEST"
    assert "hemlig" not in mail.text + mail.html + mail.calendar
    assert cast.maja.notifications.count() == 1


def test_whoever_answers_the_mail_itself_reaches_the_contact(cast, make_forum):
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    written = Mail.objects.filter(about=about_of(forum))
    assert set(written.values_list("event", flat=True)) == {"forum_invitation", "registration_confirmed"}
    for mail in written:
        assert as_message(mail).reply_to == [cast.fatima.email]
        for words in (mail.text, mail.html):
            assert f"Kontakt: Fatima Nasser, {cast.fatima.email}" in words
    assert as_message(Mail(to=cast.maja)).reply_to == []


def test_an_invitation_is_in_the_language_of_its_reader(cast, make_forum):
    cast.maja.language = "en"
    cast.maja.save()
    make_forum()
    assert Mail.objects.get(to=cast.maja).subject == "Invitation: Chefsforum höst"
    assert Mail.objects.get(to=cast.ulla).subject == "Inbjudan: Chefsforum höst"


@pytest.mark.parametrize(
    ("language", "times"), [("sv", "klockan {}09.00–13.00{}"), ("en", "{}09:00–13:00{}")]
)
def test_from_when_to_when_is_not_broken_at_the_dash(cast, make_forum, client_as, language, times):
    cast.maja.language = language
    cast.maja.save()
    forum = make_forum()
    mail = Mail.objects.get(to=cast.maja)
    whole = times.format('<span class="hours">', "</span>")
    assert whole in mail.html and ".hours { white-space: nowrap }" in mail.html
    assert times.format("", "") in mail.text
    assert whole in client_as(cast.maja).get(forum.get_absolute_url()).text


def test_a_forum_whose_answering_time_is_over_is_not_announced(cast, make_forum):
    forum = make_forum(announced=False, registration_closes_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(announcing.AlreadyPast):
        announcing.announce(forum, by=cast.fatima)
    assert not Mail.objects.exists()


def test_an_audience_of_nobody_is_pointed_out(cast, make_forum, client_as):
    cast.units.energy.assignments.all().delete()
    empty = type(cast.audiences.social).objects.create(name="Ingen")
    empty.rules.create(group="elected", unit=cast.units.energy)
    forum = make_forum(announced=False, audience=empty)
    response = client_as(cast.fatima).post(reverse("forums:announce", args=[forum.slug]), follow=True)
    assert str(announcing.NobodyInvited.message) in response.text
    forum.refresh_from_db()
    assert forum.state == Forum.State.DRAFT


def test_who_joins_the_audience_later_is_invited_by_one_click(cast, make_forum, client_as):
    forum = make_forum()
    assign(cast.per, cast.units.schools, "Biträdande rektor", is_manager=True)
    client = client_as(cast.fatima)
    page = reverse("forums:participants", args=[forum.slug])
    text = client.get(page).text
    assert "Bjud in 1 person som inte är inbjuden än" in text
    names = text.partition("Vem det är")[2].partition("</details>")[0]
    assert "Per Åkesson" in names and "Biträdande rektor" in names
    assert "Maja" not in names
    url = reverse("forums:invite_newcomers", args=[forum.slug])
    assert client.get(url).status_code == 405
    client.post(url)
    client.post(url)
    assert "Per" in invited(forum)
    assert Mail.objects.filter(event="forum_invitation", to=cast.per).count() == 1
    assert Mail.objects.filter(event="forum_invitation", to=cast.maja).count() == 1


def test_calling_off_tells_those_who_have_not_said_no(cast, make_forum, client_as):
    forum = make_forum()
    registering.register(forum, person=cast.maja, by=cast.maja)
    registering.decline(forum, person=cast.ulla, by=cast.ulla)
    url = reverse("forums:call_off", args=[forum.slug])
    client = client_as(cast.fatima)
    assert "5 personer" in client.get(url).text
    client.post(url)
    client.post(url)
    told = Mail.objects.filter(event="forum_called_off")
    assert {mail.to.given_name for mail in told} == {"Maja", "Olof", "Gunnar", "Elsa", "Folke"}
    assert {mail.calendar_method for mail in told} == {"CANCEL"}
    assert LogEntry.objects.filter(event="forum.called_off").count() == 1
    with pytest.raises(registering.RegistrationClosed):
        registering.register(forum, person=cast.elsa, by=cast.elsa)
    with pytest.raises(announcing.CalledOff):
        announcing.announce(forum, by=cast.fatima)
    assert client_as(cast.maja).get(forum.get_absolute_url()).status_code == 200


def test_a_draft_is_not_called_off(cast, make_forum):
    with pytest.raises(announcing.NotAnnounced):
        announcing.call_off(make_forum(announced=False), by=cast.fatima)


def test_the_organiser_sees_every_answer_by_side(cast, make_forum, client_as):
    forum = make_forum(seats=2)
    for person in (cast.maja, cast.elsa, cast.ulla):
        registering.register(forum, person=person, by=person)
    registering.decline(forum, person=cast.olof, by=cast.olof, reason="Budgetberedning")
    context = (
        response := client_as(cast.fatima).get(reverse("forums:participants", args=[forum.slug]))
    ).context
    counts = {str(state): tuple(sides) for state, *sides in context["counts"]}
    assert counts["registered"] == (1, 1, 0)
    assert counts["waiting"] == (0, 1, 0)
    assert counts["declined"] == (0, 1, 0)
    assert "Gäster" not in response.text
    assert "Budgetberedning" in response.text
    unanswered = next(page for key, _label, page in context["groups"] if key == "unanswered")
    assert {invitation.person for invitation in unanswered} == {cast.gunnar, cast.folke}


def test_guests_are_counted_beside_the_sides(cast, make_forum, invite_gisela, client_as):
    forum = make_forum()
    guest = invite_gisela(forum)
    registering.register(forum, person=guest.person, by=guest.person)
    response = client_as(cast.fatima).get(reverse("forums:participants", args=[forum.slug]))
    assert ("registered", 0, 0, 1) in [(str(state), *sides) for state, *sides in response.context["counts"]]
    assert "Gäster" in response.text


@pytest.fixture
def busy_forum(cast, make_forum, managers):
    """A function that makes a forum with so many answers, unanswered invitations and tables."""

    def make(count):
        people = managers(2 * count)
        forum = make_forum()
        furnishing.set_tables(forum, count=count, by=cast.fatima)
        for person in people[:count]:
            registering.register(forum, person=person, by=person)
        return forum

    return make


@pytest.mark.parametrize("count", [1, 30])
def test_the_participants_page_costs_the_same_for_one_and_for_thirty(
    cast, busy_forum, client_as, django_assert_max_num_queries, count
):
    forum = busy_forum(count)
    client = client_as(cast.fatima)
    with django_assert_max_num_queries(21):  # one count for each state; two for the states of the mails
        client.get(reverse("forums:participants", args=[forum.slug]))


# Seating


def test_sides_are_mixed_over_the_tables(cast, make_forum, managers):
    people = managers(9)
    forum = make_forum(join_url="https://mote.example/abc")
    furnishing.set_tables(forum, count=4, by=cast.fatima)
    for person in [*people, cast.elsa, cast.folke]:
        registering.register(forum, person=person, by=person)
    registering.register(forum, person=cast.maja, by=cast.maja, mode="online")
    assert seating.seat_everyone(forum, by=cast.fatima) == 11
    at_tables = [
        [forum.registrations.filter(table=table, side=side).count() for table in forum.tables.all()]
        for side in Side
    ]
    for counts in [*at_tables, [sum(pair) for pair in zip(*at_tables, strict=True)]]:
        assert max(counts) - min(counts) <= 1
    assert Registration.objects.get(person=cast.maja).table is None


def test_a_participant_is_moved_and_taken_from_the_tables(cast, make_forum, client_as):
    forum = make_forum()
    registration = registering.register(forum, person=cast.maja, by=cast.maja)
    client = client_as(cast.fatima)
    seat_all = reverse("forums:seat", args=[forum.slug])
    assert str(seating.NoTables.message) in client.post(seat_all, follow=True).text
    furnishing.set_tables(forum, count=2, by=cast.fatima)
    client.post(seat_all)
    url = reverse("forums:move", args=[forum.slug, registration.pk])
    client.post(url, {"table": "2"})
    registration.refresh_from_db()
    assert registration.table.number == 2
    assert "Det finns inget bord 7" in client.post(url, {"table": "7"}, follow=True).text
    for number in ("9" * 30, "9" * 5000, "-1", "två"):
        assert client.post(url, {"table": number}).status_code == 302
        registration.refresh_from_db()
        assert registration.table.number == 2
    client.post(url, {"table": ""})
    registration.refresh_from_db()
    assert registration.table is None


def test_only_who_sits_in_the_room_gets_a_table_and_only_of_this_forum(cast, make_forum):
    forum, other = make_forum(seats=1), make_forum(title="Annat")
    mine = furnishing.set_tables(forum, count=1, by=cast.fatima)[0]
    theirs = furnishing.set_tables(other, count=1, by=cast.fatima)[0]
    registered = registering.register(forum, person=cast.maja, by=cast.maja)
    waiting = registering.register(forum, person=cast.ulla, by=cast.ulla)
    with pytest.raises(seating.NotInTheRoom):
        seating.move(waiting, table=mine, by=cast.fatima)
    with pytest.raises(seating.AnotherForumsTable):
        seating.move(registered, table=theirs, by=cast.fatima)


def test_who_leaves_leaves_the_table(cast, make_forum):
    forum = make_forum()
    furnishing.set_tables(forum, count=1, by=cast.fatima)
    registration = registering.register(forum, person=cast.maja, by=cast.maja)
    seating.seat_everyone(forum, by=cast.fatima)
    registering.cancel(registration, by=cast.maja)
    registration.refresh_from_db()
    assert registration.table is None


# Who may not


@pytest.mark.parametrize("page", ["announce", "call_off", "participants", "invite_newcomers", "seat"])
def test_only_organisers_of_the_unit_run_a_forum(cast, make_forum, client_as, page):
    forum = make_forum()
    url = reverse(f"forums:{page}", args=[forum.slug])
    written = Mail.objects.count()
    for person in (cast.maja, cast.elsa, cast.karin, cast.gunnar, cast.ada, cast.per):
        client = client_as(person)
        assert client.post(url).status_code in {403, 405}
        assert client.get(url).status_code in {403, 405}
    assert client_as(cast.former).post(url).status_code == 403
    forum.refresh_from_db()
    assert forum.is_announced
    assert Mail.objects.count() == written


def test_nobody_else_moves_participants(cast, make_forum, client_as):
    forum = make_forum()
    furnishing.set_tables(forum, count=1, by=cast.fatima)
    registration = registering.register(forum, person=cast.maja, by=cast.maja)
    url = reverse("forums:move", args=[forum.slug, registration.pk])
    assert client_as(cast.maja).post(url, {"table": "1"}).status_code == 403
    registration.refresh_from_db()
    assert registration.table is None


def test_an_organiser_of_another_unit_sees_the_forum_but_does_not_run_it(cast, make_forum, client_as):
    cast.ulla.assignments.get().role_grants.create(role="organiser", unit=cast.units.schools)
    forum = make_forum()
    assert client_as(cast.ulla).get(forum.get_absolute_url()).status_code == 200
    assert client_as(cast.ulla).get(reverse("forums:participants", args=[forum.slug])).status_code == 403
