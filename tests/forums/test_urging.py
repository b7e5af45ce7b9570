"""Organiser and leaders hear of a group work that nobody has closed, and only of that."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Mail, Notification
from forums.models import Forum
from forums.urging import urge_to_close
from forums.working import close_group_work

from .room import E, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    room = make_room(cast)
    room.open(E)
    return room


def let_pass(room, **since):
    """Let so much time have passed since the forum."""
    ended = timezone.now() - timedelta(**since)
    Forum.objects.filter(pk=room.forum.pk).update(
        starts_at=ended - timedelta(hours=4), registration_closes_at=ended - timedelta(days=1), ends_at=ended
    )


def test_they_are_reminded_after_a_week_and_then_every_month_once_each(cast, room):
    def after(days):
        let_pass(room, days=days, minutes=1)
        return urge_to_close(), urge_to_close()

    assert after(6) == (0, 0)
    assert after(7) == (3, 0)
    assert {mail.to for mail in Mail.objects.filter(event="group_work_open")} == {
        cast.fatima,
        cast.elsa,
        cast.olof,
    }
    letter = Mail.objects.filter(event="group_work_open").first()
    assert "Grupparbetet på Chefsforum i november är fortfarande öppet" in letter.subject
    assert f"/forum/{room.forum.slug}/grupparbete/leda/" in letter.text
    notice = Notification.objects.get(person=cast.elsa, key__contains=":open:")
    assert notice.url == f"/forum/{room.forum.slug}/grupparbete/leda/"
    assert after(36) == (0, 0)
    assert after(37) == (3, 0)
    # A round that comes years late tells once.
    assert after(900) == (3, 0)


def test_the_round_does_it_and_leaves_the_closed_the_called_off_and_the_planned_alone(cast, room):
    let_pass(room, days=8)
    call_command("daily", stdout=(said := StringIO()))
    assert "3 people were asked to close a group work" in said.getvalue()
    closed, called_off, planned = make_room(cast), make_room(cast), make_room(cast)
    for other in (closed, called_off):
        other.open(E)
    close_group_work(closed.work, by=cast.fatima)
    Forum.objects.filter(pk=called_off.forum.pk).update(state=Forum.State.CANCELLED)
    for other in (closed, called_off, planned):
        let_pass(other, days=8)
    assert urge_to_close() == 0


def test_who_has_left_is_not_written_to(cast, room):
    cast.olof.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    let_pass(room, days=8)
    assert urge_to_close() == 2
