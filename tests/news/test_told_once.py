"""Whoever heard that a text was approved is not told once more that it has come out."""

import pytest

from accounts.models import Cadence, Mail, Notification
from accounts.wishing import wish
from news import confirming, targeting

pytestmark = pytest.mark.django_db


def owned_by(article, person, *, by):
    targeting.retarget(
        article, by=by, audience=article.audience, restricted=False, embargoed=False, owner=person
    )
    wish(person, {Notification.Kind.NEWS: (True, Cadence.AT_ONCE)})


def told(person):
    return list(person.notifications.values_list("kind", flat=True)), Mail.objects.filter(to=person).count()


def test_an_owner_who_did_not_write_hears_of_it_once(cast, start, publish):
    article = start()
    owned_by(article, cast.maja, by=cast.karin)
    wish(cast.ulla, {Notification.Kind.NEWS: (True, Cadence.AT_ONCE)})
    publish(article)
    assert told(cast.maja) == (["desk"], 1)
    assert told(cast.ulla) == (["news"], 1)  # who reads only is told as before


def test_an_owner_who_is_to_confirm_is_asked_to(cast, start, publish):
    article = start()
    owned_by(article, cast.maja, by=cast.karin)
    confirming.ask_for_confirmation(article, by=cast.karin)
    publish(article)
    assert sorted(told(cast.maja)[0]) == ["desk", "must_read"]
