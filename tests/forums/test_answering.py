"""The registration page, as a manager meets it on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Mail
from forums import naming, registering
from forums.models import Registration
from forums.planning import change_forum
from tests.cast import PASSWORD, assign
from tests.visiting import Visitor

State = Registration.State


@pytest.fixture
def page(client_as):
    def visit(person, forum, **posted):
        url = reverse("forums:registration", args=[forum.slug])
        client = client_as(person)
        return client.post(url, posted, follow=True) if posted else client.get(url)

    return visit


def state_of(person, forum):
    return Registration.objects.get(person=person, forum=forum).state


def test_one_press_registers_and_a_double_click_changes_nothing_more(cast, make_forum, page):
    forum = make_forum(seats=3)
    response = page(cast.maja, forum, answer="register")
    assert response.redirect_chain == [(reverse("forums:registration", args=[forum.slug]), 302)]
    assert state_of(cast.maja, forum) == State.REGISTERED
    page(cast.maja, forum, answer="register")
    forum.refresh_from_db()
    assert forum.seats_taken == 1


def test_declining_cancelling_and_accepting_through_the_page(cast, make_forum, page):
    forum = make_forum(seats=1)
    page(cast.maja, forum, answer="register")
    page(cast.ulla, forum, answer="register")
    assert state_of(cast.ulla, forum) == State.WAITING
    page(cast.maja, forum, answer="cancel")
    assert state_of(cast.ulla, forum) == State.OFFERED
    page(cast.ulla, forum, answer="accept")
    assert state_of(cast.ulla, forum) == State.REGISTERED
    page(cast.elsa, forum, answer="decline", reason="Kommunstyrelsen sammanträder")
    assert Registration.objects.get(person=cast.elsa).reason == "Kommunstyrelsen sammanträder"


def test_a_look_at_the_page_passes_an_expired_offer_on(cast, make_forum, page):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        page(person, forum, answer="register")
    page(cast.maja, forum, answer="cancel")
    Registration.objects.filter(person=cast.ulla).update(offered_until=timezone.now())
    page(cast.elsa, forum)
    assert state_of(cast.elsa, forum) == State.OFFERED
    assert "Erbjudandet har gått ut" in page(cast.ulla, forum).text
    assert "Du har inte längre någon plats på forumet." in page(cast.maja, forum).text
    response = page(cast.ulla, forum, answer="accept")
    assert response.status_code == 409
    assert str(registering.OfferExpired.message) in response.text


def test_after_the_deadline_the_page_says_so_keeps_the_words_and_changes_nothing(cast, make_forum, page):
    forum = make_forum()
    change_forum(forum, registration_closes_at=timezone.now() - timedelta(minutes=1), by=cast.fatima)
    response = page(cast.maja, forum, answer="decline", reason="Jag är på tjänsteresa")
    assert response.status_code == 409
    assert "Jag är på tjänsteresa" in response.text
    assert str(registering.RegistrationClosed.message) in response.text
    assert cast.fatima.email in response.text
    assert not Registration.objects.exists()


def test_after_the_deadline_an_offer_is_answered_and_the_queue_left_from_the_page(cast, make_forum, page):
    forum = make_forum(seats=1)
    for person in (cast.maja, cast.ulla, cast.elsa):
        page(person, forum, answer="register")
    change_forum(forum, registration_closes_at=timezone.now() - timedelta(minutes=1), by=cast.fatima)
    assert 'value="cancel"' in page(cast.elsa, forum).text
    page(cast.maja, forum, answer="cancel")
    offered = page(cast.ulla, forum).text
    assert 'value="accept"' in offered and 'value="decline"' in offered
    assert "Du kan ändra ditt svar till" not in offered
    page(cast.elsa, forum, answer="cancel")
    assert state_of(cast.elsa, forum) == State.CANCELLED
    page(cast.ulla, forum, answer="decline", reason="Hinner inte")
    assert state_of(cast.ulla, forum) == State.DECLINED


def test_a_refusal_is_told_in_the_readers_own_language(cast, make_forum, page):
    forum = make_forum()
    change_forum(forum, registration_closes_at=timezone.now() - timedelta(minutes=1), by=cast.fatima)
    type(cast.maja).objects.filter(pk=cast.maja.pk).update(language="en")
    told = [page(person, forum, answer="register").text for person in (cast.maja, cast.ulla)]
    for text, language in zip(told, ("en", "sv"), strict=True):
        with translation.override(language):
            assert str(registering.RegistrationClosed.message) in text
    assert not Registration.objects.exists()


def test_an_overlong_reason_is_pointed_out_and_kept(cast, make_forum, page):
    forum = make_forum()
    response = page(cast.maja, forum, answer="decline", reason="x" * 251)
    assert response.status_code == 409
    assert "x" * 251 in response.text
    assert "invalid-feedback" in response.text
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "posted", [{"answer": "accept"}, {"answer": "cancel"}, {"answer": "nonsense"}, {"x": "1"}]
)
def test_a_button_that_is_not_there_does_nothing(cast, make_forum, page, posted):
    response = page(cast.maja, make_forum(), **posted)
    assert response.status_code == 409
    assert not Registration.objects.exists()


def test_who_is_not_invited_is_told_so(cast, make_forum, page):
    forum = make_forum()
    for response in (page(cast.per, forum), page(cast.per, forum, answer="register")):
        assert response.status_code == 403
        assert "Du är inloggad som Per Åkesson, som inte är inbjuden till Chefsforum höst." in response.text
        assert cast.fatima.email in response.text
        assert "ersättare" not in response.text
    assert not Registration.objects.exists()
    deputies = make_forum(allows_deputies=True, title="Med ersättare")
    assert "utser den personen dig till ersättare" in page(cast.per, deputies).text


def test_a_forwarded_mail_leads_on_to_whom_it_was_sent(cast, make_forum):
    """On a shared computer, say: Per is signed in, and Maja is invited."""
    path = reverse("forums:registration", args=[make_forum().slug])
    somebody = Visitor.signed_in(cast.per)
    somebody.page = somebody.app.get(path, status=403)
    somebody.press("Logga in som någon annan").send(login=cast.maja.email, password=PASSWORD)
    somebody.sees("Ditt svar, Maja Lind").press("Ja, jag kommer")
    assert Registration.objects.get().person == cast.maja


def test_who_is_not_invited_any_more_is_not_asked(cast, make_forum, page, client_as):
    forum = make_forum()
    mine = registering.register(forum, person=cast.maja, by=cast.maja)
    registering.cancel(mine, by=cast.maja)
    assert "Ja, jag kommer" in page(cast.maja, forum).text
    naming.leave_out(forum, cast.maja, by=cast.fatima)
    text = page(cast.maja, forum).text
    assert "Du är inte inbjuden till det här forumet." in text
    assert "Ja, jag kommer" not in text
    text = client_as(cast.maja).get(forum.get_absolute_url()).text
    assert "Du är inte inbjuden till det här forumet." in text
    assert "Ändra ditt svar" not in text


def test_a_restricted_forum_does_not_exist_for_others_nor_does_a_draft(cast, make_forum, page):
    closed = make_forum(restricted=True, title="Stängt")
    draft = make_forum(announced=False, title="Utkast")
    assert page(cast.maja, closed).status_code == 200
    for forum, person in (
        (closed, cast.per),
        (closed, cast.yngve),
        (draft, cast.maja),
        (draft, cast.fatima),
    ):
        assert page(person, forum).status_code == 404
        assert page(person, forum, answer="register").status_code == 404


def test_who_holds_both_sides_is_asked_and_must_choose(cast, make_forum, page):
    assign(cast.elsa, cast.units.schools, "Rektor", is_manager=True)
    forum = make_forum()
    assert 'name="side"' in page(cast.elsa, forum).text
    assert 'name="side"' not in page(cast.maja, forum).text
    assert page(cast.elsa, forum, answer="register").status_code == 409
    assert page(cast.elsa, forum, answer="register", side="elected").status_code == 200
    assert Registration.objects.get().side == "elected"


def test_the_way_of_taking_part_is_asked_only_where_there_are_two(cast, make_forum, page):
    both = make_forum(join_url="https://mote.example/abc")
    assert 'name="mode"' in page(cast.maja, both).text
    assert 'name="mode"' not in page(cast.maja, make_forum(title="På plats")).text
    online = make_forum(title="På länk", place="", join_url="https://mote.example/abc")
    page(cast.maja, online, answer="register")
    assert Registration.objects.get(forum=online).mode == Registration.Mode.ONLINE


def test_a_forum_at_the_same_time_is_pointed_out(cast, make_forum, page):
    forum, other = make_forum(), make_forum(title="Stora chefsforum")
    registering.register(other, person=cast.maja, by=cast.maja)
    assert other.get_absolute_url() in page(cast.maja, forum).text
    page(cast.maja, forum, answer="register")
    told = {mail.subject: mail.text for mail in Mail.objects.filter(event="registration_confirmed")}
    assert ["också har en plats" in told[subject] for subject in sorted(told)] == [True, False], told
    assert other.get_absolute_url() not in page(cast.ulla, forum).text


def test_the_join_link_is_in_no_page_of_those_who_are_not_registered(cast, make_forum, page, client_as):
    forum = make_forum(seats=1, join_url="https://mote.example/hemlig")
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    registering.register(forum, person=cast.maja, by=cast.maja, mode="on_site")  # waits
    registering.decline(forum, person=cast.elsa, by=cast.elsa)

    def pages(person):
        client = client_as(person)
        names = ("forums:forum", "forums:registration", "forums:calendar")
        responses = [client.get(reverse(name, args=[forum.slug])) for name in names]
        return "".join(response.text for response in [*responses, client.get(reverse("forums:list"))])

    for person in (cast.maja, cast.elsa, cast.folke, cast.per):
        assert "hemlig" not in pages(person)
    assert pages(cast.ulla).count("hemlig") >= 3
    told = Mail.objects.filter(text__contains="hemlig") | Mail.objects.filter(calendar__contains="hemlig")
    told |= Mail.objects.filter(html__contains="hemlig")
    assert {mail.to for mail in told} == {cast.ulla}
