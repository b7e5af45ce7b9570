"""Addresses of one's own: they open one kind of thing to one person, until they are changed."""

import pytest

from accounts.keying import change_key, holder_of, key_of, take_key_back
from accounts.models import PersonalKey

pytestmark = pytest.mark.django_db

CALENDAR, FEED = PersonalKey.Purpose.CALENDAR, PersonalKey.Purpose.FEED


def test_a_key_opens_to_its_holder(cast):
    assert holder_of(key_of(cast.maja, CALENDAR).token, CALENDAR) == cast.maja
    assert key_of(cast.maja, CALENDAR).token == key_of(cast.maja, CALENDAR).token


def test_a_key_opens_nothing_else(cast):
    token = key_of(cast.maja, CALENDAR).token
    key_of(cast.maja, FEED)

    assert holder_of(token, FEED) is None


def test_a_changed_key_makes_the_address_before_it_worthless(cast):
    old = key_of(cast.maja, CALENDAR).token
    new = change_key(cast.maja, CALENDAR).token

    assert holder_of(old, CALENDAR) is None
    assert holder_of(new, CALENDAR) == cast.maja


def test_a_key_taken_back_opens_nothing(cast):
    token = key_of(cast.maja, CALENDAR).token

    assert take_key_back(cast.maja, CALENDAR)
    assert holder_of(token, CALENDAR) is None
    assert not take_key_back(cast.maja, CALENDAR)


def test_somebody_who_has_left_opens_nothing(cast):
    assert holder_of(key_of(cast.former, CALENDAR).token, CALENDAR) is None


@pytest.mark.parametrize("token", ["", "x", "00000000000000000000000000000000:abc", "å:ä", "a" * 5000])
def test_what_is_no_token_opens_nothing(cast, token):
    assert holder_of(token, CALENDAR) is None


def test_the_row_alone_does_not_tell_the_token(cast):
    key = key_of(cast.maja, CALENDAR)

    assert holder_of(key.number.hex, CALENDAR) is None
