"""A forum that is moved takes its programme along, and what does not fit is pointed out."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from forums import planning
from forums.models import Forum
from tests.forums.test_planning import facts

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def on(month, day, hour):
    return datetime(2027, month, day, hour, tzinfo=STOCKHOLM)


@pytest.fixture
def forum(cast, make_forum):
    """On 20 October from 9 to 15: an opening at 9, a talk at 10. The clocks are put back on 31 October."""
    forum = make_forum(
        starts_at=on(10, 20, 9), ends_at=on(10, 20, 15), registration_closes_at=on(10, 13, 9), seats=None
    )
    for hour, title in ((9, "Inledning"), (10, "Tal")):
        planning.add_item(
            forum,
            kind="talk",
            starts_at=on(10, 20, hour),
            ends_at=on(10, 20, hour + 1),
            title=title,
            by=cast.fatima,
        )
    return forum


def move(forum, starts_at, ends_at, by):
    return planning.change_forum(forum, starts_at=starts_at, ends_at=ends_at, by=by)


def begins(forum):
    return [item.starts_at.astimezone(STOCKHOLM) for item in forum.programme.all()]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "first"),
    [
        (on(10, 20, 13), on(10, 20, 19), on(10, 20, 13)),  # as it is, later in the day
        (on(11, 3, 9), on(11, 3, 15), on(11, 3, 9)),  # past the change of hour
        (on(11, 3, 8), on(11, 3, 15), on(11, 3, 9)),  # to another day, and longer
        (on(10, 20, 8), on(10, 20, 16), on(10, 20, 9)),  # longer at both ends
    ],
)
def test_the_programme_goes_along(cast, forum, starts_at, ends_at, first):
    forum = move(forum, starts_at, ends_at, cast.fatima)
    assert begins(forum) == [first, first + timedelta(hours=1)]


def test_a_page_opened_before_the_move_saves_no_old_times(cast, forum):
    opened = forum.revision_of("programme")
    forum = move(forum, on(11, 3, 9), on(11, 3, 15), cast.fatima)
    with pytest.raises(planning.StalePlan):
        planning.set_programme(forum, items=[], revision=opened, by=cast.fatima)


def test_what_lies_outside_the_forum_is_pointed_out(cast, forum, client_as):
    page = client_as(cast.fatima).get(reverse("forums:edit_programme", args=[forum.slug])).text
    assert "utanför forumets tid" not in page

    move(forum, on(10, 20, 10), on(10, 20, 15), cast.fatima)
    page = client_as(cast.fatima).get(reverse("forums:edit_programme", args=[forum.slug])).text
    assert "utanför forumets tid" in page
    assert 'Inledning, 20 oktober <span class="hours">09.00–10.00</span>' in page
    assert "Tal, 20 oktober" not in page


@pytest.mark.parametrize(("hours", "kept"), [(1, ["Tal"]), (24 * 7, ["Inledning", "Tal"])])
def test_a_forum_that_was_moved_can_be_a_pattern(cast, forum, client_as, hours, kept):
    later = timedelta(hours=hours)
    ends_at = forum.ends_at + (later if hours > 1 else timedelta(0))
    move(forum, forum.starts_at + later, ends_at, cast.fatima)

    answer = client_as(cast.fatima).post(reverse("forums:new"), facts(cast, like=forum.pk))
    assert answer.status_code == 302
    new = Forum.objects.exclude(pk=forum.pk).get()
    assert [item.title for item in new.programme.all()] == kept
