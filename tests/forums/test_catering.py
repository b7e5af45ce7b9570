"""What people need: sealed, told to the organisers, counted for the kitchen, and erased."""

from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.utils import timezone

from forums import catering, deputising, registering
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
    assert order.counts == [(Diet.VEGAN.label, 2), (Diet.NO_NUTS.label, 1)]
    assert order.words == [WORDS]


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
