"""What may come with an answer on the registration page: needs, a deputy, a free seat at once."""

import pytest
from django.urls import reverse

from accounts.models import Mail
from forums import naming, registering
from forums.apportioning import set_quotas
from forums.catering import NeedsNotAsked, needs_of, tell_needs
from forums.models import Needs, Registration

State = Registration.State


@pytest.fixture
def visit(client_as):
    """A function that posts to a page about one's own answer, or opens the registration page."""

    def visit(person, forum, name="registration", **posted):
        client = client_as(person)
        if posted or name != "registration":
            return client.post(reverse(f"forums:{name}", args=[forum.slug]), posted, follow=True)
        return client.get(reverse("forums:registration", args=[forum.slug]))

    return visit


def answer_of(person, forum):
    return Registration.objects.get(person=person, forum=forum)


def test_needs_are_asked_of_those_with_a_place_in_the_room_and_only_what_is_served(cast, make_forum, visit):
    forum = make_forum(asks_diet=True, join_url="https://mote.example/abc")
    assert 'name="diet"' not in visit(cast.maja, forum).text
    page = visit(cast.maja, forum, answer="register", mode="on_site")
    assert 'name="diet"' in page.text
    assert "inte kan äta" in Mail.objects.get(event="registration_confirmed").text
    assert 'name="access"' not in page.text
    told = {"diet": ["vegan", "no_nuts"], "diet_words": "Ingen selleri"}
    for _click in range(2):
        page = visit(cast.maja, forum, "tell_needs", **told)
    assert page.status_code == 200
    assert 'value="Ingen selleri"' in page.text
    assert needs_of(answer_of(cast.maja, forum)).diet == ("vegan", "no_nuts")
    visit(cast.maja, forum, answer="register", mode="online")
    assert 'name="diet"' not in visit(cast.maja, forum).text
    with pytest.raises(NeedsNotAsked):
        tell_needs(answer_of(cast.maja, forum), by=cast.maja, diet=["vegan"])
    assert not Needs.objects.exists()


def test_the_way_out_stands_with_the_answer_before_all_that_is_asked(cast, make_forum, visit):
    forum = make_forum(asks_diet=True, asks_access=True, join_url="https://mote.example/abc", seats=1)
    registered = visit(cast.maja, forum, answer="register", mode="on_site").text
    waiting = visit(cast.ulla, forum, answer="register", mode="on_site").text
    for page, says in ((registered, "Avanmäl mig"), (waiting, "Lämna väntelistan")):
        order = ['href="#needs"', 'value="cancel"', says, 'value="register"', 'id="needs"']
        assert [page.count(what) for what in order] == [1] * len(order)
        assert sorted(order, key=page.index) == order
    assert "Alla platser" not in registered and "Alla platser" in waiting
    declined = visit(cast.olof, forum, answer="decline", reason="Semester").text
    assert declined.index('value="Semester"') < declined.index("Spara orsaken")
    assert 'value="cancel"' not in declined


def test_needs_are_refused_beside_the_form_and_kept(cast, make_forum, visit):
    forum = make_forum(asks_diet=True)
    visit(cast.maja, forum, answer="register")
    page = visit(cast.maja, forum, "tell_needs", diet_words="x" * 201, diet=["stones"])
    assert page.status_code == 409
    assert "x" * 201 in page.text
    assert visit(cast.ulla, forum, "tell_needs", diet=["vegan"]).status_code == 409  # has not answered
    assert visit(cast.per, forum, "tell_needs", diet=["vegan"]).status_code == 403  # is not invited
    assert not Needs.objects.exists()


def test_nobody_but_the_person_and_the_organisers_reads_them(cast, make_forum, visit, client_as):
    forum = make_forum(asks_diet=True)
    visit(cast.maja, forum, answer="register")
    visit(cast.maja, forum, "tell_needs", diet_words="Selleri är farligt")
    for person in (cast.ulla, cast.karin, cast.gunnar, cast.per):
        for name in ("forum", "participants", "registration"):
            assert "Selleri" not in client_as(person).get(reverse(f"forums:{name}", args=[forum.slug])).text
    assert not Mail.objects.filter(text__contains="Selleri").exists()


def test_a_guest_tells_what_they_need_by_their_link(cast, make_forum, client):
    forum = make_forum(asks_access=True)
    facts = {"email": "nora@granne.example", "given_name": "Nora", "family_name": "Norén", "language": "sv"}
    guest = naming.invite_guest(forum, **facts, by=cast.fatima)
    page, needs = (reverse(f"forums:{name}", args=[guest.token]) for name in ("guest", "guest_needs"))
    assert client.post(needs, {"access": ["hearing_loop"]}).status_code == 409
    client.post(page, {"answer": "register"})
    assert 'name="access"' in client.get(page).text
    for _click in range(2):
        assert client.post(needs, {"access": ["hearing_loop"]}).status_code == 302
    assert needs_of(answer_of(guest.person, forum)).access == ("hearing_loop",)


def test_a_deputy_is_named_on_the_page_and_taken_back(cast, make_forum, visit):
    forum = make_forum(allows_deputies=True, seats=1)
    visit(cast.maja, forum, answer="register")
    for _click in range(2):
        page = visit(cast.maja, forum, "send_deputy", deputy="Per Åkesson")
    assert page.status_code == 200
    assert "Per Åkesson" in page.text
    assert answer_of(cast.per, forum).takes_part
    assert cast.maja.full_name in visit(cast.per, forum).text
    assert 'name="deputy"' not in visit(cast.per, forum).text
    visit(cast.maja, forum, answer="register")
    assert answer_of(cast.maja, forum).takes_part
    assert answer_of(cast.per, forum).state == State.CANCELLED


def test_a_deputy_is_refused_beside_the_field_with_what_was_typed(cast, make_forum, visit):
    forum = make_forum(allows_deputies=True)
    for typed in ("Ingen Alls", "Frida Forsman", "Maja Lind"):
        page = visit(cast.maja, forum, "send_deputy", deputy=typed)
        assert page.status_code == 409
        assert f'value="{typed}"' in page.text
    strict = make_forum(title="Utan ersättare")
    assert 'name="deputy"' not in visit(cast.maja, strict).text
    assert visit(cast.maja, strict, "send_deputy", deputy="Per Åkesson").status_code == 409
    assert visit(cast.yngve, forum, "send_deputy", deputy="Per Åkesson").status_code == 403
    assert not Registration.objects.exists()


def test_who_would_wait_may_ask_for_the_seat_at_once(cast, make_forum, visit):
    forum = make_forum(seats=1)
    assert "takes_free_seat" not in visit(cast.maja, forum).text
    registering.register(forum, person=cast.ulla, by=cast.ulla)
    assert "takes_free_seat" in visit(cast.maja, forum).text
    visit(cast.maja, forum, answer="register", takes_free_seat="on")
    assert answer_of(cast.maja, forum).takes_free_seat
    visit(cast.maja, forum, answer="register")  # changed one's mind while waiting
    assert not answer_of(cast.maja, forum).takes_free_seat
    visit(cast.maja, forum, answer="register", takes_free_seat="on")
    registering.cancel(answer_of(cast.ulla, forum), by=cast.ulla)
    assert answer_of(cast.maja, forum).state == State.REGISTERED


def test_where_only_the_queue_is_left_in_the_room_the_choice_says_so(cast, make_forum, visit):
    forum = make_forum(seats=1, join_url="https://mote.example/1")
    assert "På plats, på väntelistan" not in visit(cast.ulla, forum).text
    registering.register(forum, person=cast.maja, by=cast.maja)
    assert "På plats, på väntelistan" in visit(cast.ulla, forum).text
    assert "På plats, på väntelistan" not in visit(cast.maja, forum).text
    registering.register(forum, person=cast.ulla, by=cast.ulla, mode="online")
    assert "På plats, på väntelistan" not in visit(cast.ulla, forum).text


def test_the_seats_told_are_those_of_ones_own_side(cast, make_forum, visit):
    forum = make_forum(seats=3)
    set_quotas(forum, quotas=[("elected", None, 1), ("official", None, 2)], by=cast.fatima)
    registering.register(forum, person=cast.folke, by=cast.folke)
    assert "2 platser kvar" in visit(cast.maja, forum).text
    page = visit(cast.elsa, forum).text
    assert "takes_free_seat" in page
    assert "Ställ mig på väntelistan" in page or "waiting list" in page
