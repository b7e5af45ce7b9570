"""What people need: sealed, told to the organisers, counted for the kitchen, and erased."""

import re
from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from forums import announcing, catering, deputising, planning, registering
from forums.catering import NeedsNotAsked, order_for, tell_needs
from forums.models import Access, Diet, Needs, Registration

WORDS = "Är allergisk mot selleri"


@pytest.fixture
def forum(make_forum):
    return make_forum(asks_diet=True, asks_access=True, allows_deputies=True)


@pytest.fixture
def answer(cast, forum):
    return registering.register(forum, person=cast.maja, by=cast.maja)


def tell(answer, **needs):
    tell_needs(answer, by=answer.person, **needs)


def test_needs_are_told_changed_and_taken_back(answer):
    tell(answer, diet=[Diet.VEGAN], diet_words=WORDS, access=[Access.HEARING_LOOP])
    told = catering.needs_of(answer)
    assert (told.diet, told.diet_words, told.access) == (("vegan",), WORDS, ("hearing_loop",))
    tell(answer, diet=[Diet.NO_NUTS])
    assert catering.needs_of(answer).diet == ("no_nuts",)
    tell(answer)
    assert not Needs.objects.exists()


def test_the_row_tells_nothing(cast, forum, answer):
    other = registering.register(forum, person=cast.ulla, by=cast.ulla)
    for each in (answer, other):
        tell(each, diet=[Diet.VEGAN], diet_words=WORDS)
    sealed = set(Needs.objects.values_list("sealed", flat=True))
    assert len(sealed) == 2  # who needs the same has another row
    assert not any("vegan" in token or "selleri" in token for token in sealed)


def test_what_is_not_asked_is_not_kept(cast, make_forum):
    forum = make_forum(asks_access=True)
    answer = registering.register(forum, person=cast.maja, by=cast.maja)
    tell(answer, diet=[Diet.VEGAN], diet_words=WORDS, access_words="Hiss")
    assert vars(catering.needs_of(answer)) == vars(catering.Told(access_words="Hiss"))


def test_what_is_not_asked_any_more_is_erased(cast, forum, answer):
    other = registering.register(forum, person=cast.ulla, by=cast.ulla)
    tell(answer, diet=[Diet.VEGAN], diet_words=WORDS, access_words="Hiss")
    tell(other, diet=[Diet.NO_EGG])
    planning.change_forum(forum, asks_diet=False, by=cast.fatima)
    assert [vars(told) for _answer, told in catering.needs_at(forum)] == [
        vars(catering.Told(access_words="Hiss"))
    ]
    planning.change_forum(forum, asks_access=False, by=cast.fatima)
    assert not Needs.objects.exists()


def test_whoever_goes_over_to_the_link_leaves_no_needs_in_the_room(cast, make_forum):
    forum = make_forum(asks_diet=True, join_url="https://mote.example/x")
    answer = registering.register(forum, person=cast.maja, by=cast.maja)
    tell(answer, diet=[Diet.VEGAN])
    registering.register(forum, person=cast.maja, by=cast.maja, mode="online")
    assert not Needs.objects.exists()


def test_only_oneself_and_only_with_a_place(cast, make_forum, answer):
    with pytest.raises(NeedsNotAsked):
        tell_needs(answer, by=cast.fatima, diet=[Diet.VEGAN])
    plain = make_forum(title="Utan mat")
    with pytest.raises(NeedsNotAsked):
        tell(registering.register(plain, person=cast.maja, by=cast.maja), diet=[Diet.VEGAN])
    registering.cancel(answer, by=cast.maja)
    with pytest.raises(NeedsNotAsked):
        tell(answer, diet=[Diet.VEGAN])
    assert not Needs.objects.exists()


def test_the_kitchen_gets_numbers_and_words_without_names(cast, forum, answer):
    tell(answer, diet=[Diet.VEGAN, Diet.NO_NUTS], diet_words=WORDS)
    tell(registering.register(forum, person=cast.ulla, by=cast.ulla), diet=[Diet.VEGAN])
    registering.register(forum, person=cast.elsa, by=cast.elsa)
    order = order_for(forum)
    assert order.portions == 3
    assert order.plates == [([Diet.VEGAN.label], "", 1), ([Diet.VEGAN.label, Diet.NO_NUTS.label], WORDS, 1)]
    assert (order.special, order.usual) == (2, 1)


def test_who_needs_two_things_is_one_plate(cast, forum, answer, client_as):
    both = [Diet.VEGAN, Diet.NO_GLUTEN]
    tell(answer, diet=both, access=[Access.STEP_FREE])
    wanted = [both[::-1], [Diet.NO_GLUTEN], []]
    people = [cast.ulla, cast.olof, cast.elsa, cast.folke]
    for person, diet in zip(people, [*wanted, []], strict=True):
        words = " Inget  kött " if person == cast.elsa else ""
        tell(registering.register(forum, person=person, by=person), diet=diet, diet_words=words)
    order = order_for(forum)
    assert order.plates == [
        ([diet.label for diet in both], "", 2),
        ([], "Inget kött", 1),
        ([Diet.NO_GLUTEN.label], "", 1),
    ]
    assert (order.portions, order.special, order.usual) == (5, 4, 1)
    page = client_as(cast.fatima).get(reverse("forums:needs", args=[forum.slug])).text
    kitchen, _heading, people_told = page.partition('id="each"')
    rows = re.findall(r"<tr>(.*?)</tr>", kitchen, re.DOTALL)
    lines = [" ".join(strip_tags(row.replace("<", " <")).split()) for row in rows]
    assert lines == [
        "Portion Antal",
        "Vegansk kost, glutenfritt 2",
        "Inget kött 1",
        "Glutenfritt 1",
        "Ingen specialkost 1",
        "Portioner totalt 5",
    ]
    assert cast.maja.full_name in people_told
    assert not any(person.full_name in kitchen for person in (cast.maja, *people))
    assert "trappor" not in kitchen  # what the room needs is nothing to the kitchen


def test_who_joins_online_and_whose_needs_cannot_be_read_are_no_plates(cast, make_forum, settings):
    forum = make_forum(asks_diet=True, join_url="https://mote.example/x")
    for person, mode in ((cast.maja, "on_site"), (cast.ulla, "on_site"), (cast.elsa, "online")):
        answer = registering.register(forum, person=person, by=person, mode=mode)
        if mode == "on_site":
            tell(answer, diet=[Diet.VEGAN])
    settings.NEEDS_KEYS = [Fernet.generate_key().decode()]
    order = order_for(forum)
    assert (order.portions, order.plates, order.unread, order.usual) == (2, [], 2, 0)


def test_the_seating_knows_who_needs_something_in_the_room(cast, forum, answer):
    tell(answer, diet=[Diet.VEGAN])
    other = registering.register(forum, person=cast.ulla, by=cast.ulla)
    tell(other, access_words="Rullstol")
    assert catering.with_access_needs(forum) == {other.pk}


def test_who_does_not_come_leaves_no_needs_behind(cast, forum, answer):
    tell(answer, diet=[Diet.VEGAN])
    registering.cancel(answer, by=cast.maja)
    assert not Needs.objects.exists()
    registering.register(forum, person=cast.maja, by=cast.maja)
    tell(answer, diet=[Diet.VEGAN])
    deputising.send_deputy(forum, person=cast.maja, deputy=cast.per, by=cast.maja)
    assert not Needs.objects.exists()


def test_needs_are_erased_after_the_forum_also_late_and_twice(forum, answer, settings):
    tell(answer, diet=[Diet.VEGAN])
    kept_until = forum.ends_at + timedelta(days=settings.NEEDS_KEPT_DAYS)
    with time_machine.travel(kept_until - timedelta(minutes=1)):
        call_command("daily")
        assert Needs.objects.exists()
    for late in (timedelta(minutes=1), timedelta(days=90)):
        with time_machine.travel(kept_until + late):
            call_command("daily")
            assert not Needs.objects.exists()


def test_needs_are_erased_when_the_forum_is_called_off(cast, forum, answer):
    tell(answer, diet=[Diet.VEGAN])
    announcing.call_off(forum, by=cast.fatima)
    call_command("daily")
    assert not Needs.objects.exists()


def test_a_new_key_opens_what_an_older_one_sealed(answer, settings):
    tell(answer, diet_words=WORDS)
    old, new = settings.NEEDS_KEYS[0], Fernet.generate_key().decode()
    settings.NEEDS_KEYS = [new, old]
    assert catering.needs_of(answer).diet_words == WORDS
    call_command("seal_needs")
    settings.NEEDS_KEYS = [new]
    assert catering.needs_of(answer).diet_words == WORDS


def test_needs_whose_key_is_lost_are_said_to_be_so(forum, answer, settings):
    tell(answer, diet_words=WORDS)
    settings.NEEDS_KEYS = [Fernet.generate_key().decode()]
    assert not catering.needs_of(answer)
    assert catering.needs_at(forum) == [(answer, None)]
    assert order_for(forum).unread == 1
    assert catering.seal_needs_anew() == (0, 1)


def test_an_answer_kept_for_ever_keeps_no_needs(forum, answer):
    tell(answer, diet=[Diet.VEGAN])
    Registration.objects.filter(pk=answer.pk).update(
        state="cancelled"
    )  # as an older version may have left it
    assert catering.erase_needs() == 1
    assert timezone.now() < forum.ends_at
