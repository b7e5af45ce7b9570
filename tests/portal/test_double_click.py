"""A double click on any button does what one click does, and is answered by a page."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from webtest.forms import Select

from accounts.models import Side
from accounts.notifying import notify
from forums import merging, registering, working
from forums.models import Registration
from forums.wording import concept_for
from tests.forums.room import make_room
from tests.portal.access_table import ROWS
from tests.portal.test_access import Undone
from tests.portal.world import hold, make_world
from tests.visiting import Visitor

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Press:
    """A button that sends to the address `name` of `thing`.

    `at` is the page on which it stands, where that is another ("name" or "name thing", a "?" and more);
    `button` is its "name" or "name=value", where it has one; `fields` are filled in before, lists by
    what they show.
    """

    who: str
    name: str
    thing: str = "nothing"
    at: str = ""
    button: str = ""
    fields: dict = field(default_factory=dict)

    def __str__(self):
        return " ".join(part for part in (self.name, self.thing, self.button) if part)


MEANT_FOR = {"unit": "Kommunledningskontoret", "audience": "Alla"}
PRESSES = [
    Press("per", "portal:language", at="portal:my_page", button="language=en"),
    Press("maja", "accounts:notifications"),
    Press("karin", "news:new", fields={"title": "Ny text"} | MEANT_FOR),
    Press("karin", "news:edit", "draft", button="save", fields={"title": "Ny rubrik"}),
    Press("karin", "news:open_version", "open article", at="news:edit open article"),
    Press("karin", "news:submit", "draft"),
    Press("gunnar", "news:review", "review step", button="approve"),
    Press("gunnar", "news:review", "review step", button="return", fields={"return-reason": "Kortare."}),
    Press("karin", "news:withdraw", "open article", at="news:edit open article"),
    Press("karin", "news:trash", "open article", at="news:edit open article"),
    Press("karin", "news:restore", "thrown", at="news:desk nothing ?visa=papperskorg"),
    Press("maja", "forums:registration", "open forum", button="answer=register"),
    Press("maja", "forums:registration", "open forum", button="answer=decline", fields={"reason": "Resa"}),
    Press("elsa", "forums:registration", "open forum", button="answer=cancel"),
    Press("olof", "forums:registration", "open forum", button="answer=accept"),
    Press("fatima", "forums:edit", "open forum", fields={"place": "Rådhuset"}),
    Press("fatima", "forums:edit_group_work", "open forum", button="save", fields={"text": "Vad?"}),
    Press("fatima", "forums:edit_tables", "open forum", fields={"tables": "3"}),
    Press("fatima", "forums:announce", "draft forum"),
    Press("fatima", "forums:invite_newcomers", "open forum", at="forums:participants open forum"),
    Press("fatima", "forums:call_off", "open forum"),
    Press("fatima", "forums:seat", "open forum", at="forums:participants open forum"),
    Press("fatima", "forums:move", "open seat", at="forums:participants open forum", fields={"table": "2"}),
    Press("karin", "forums:merge_concept", "concept", at="forums:concepts", fields={"word": "dialog"}),
    Press("karin", "forums:unmerge_concept", "merged concept", at="forums:concepts"),
    Press("karin", "forums:rename_concept", "concept", at="forums:concepts", fields={"label": "tilltro"}),
    Press("elsa", "forums:group_work", "working forum", fields={"text": "Vi behöver mod"}),
    Press("fatima", "forums:open_work", "waiting forum", at="forums:lead waiting forum"),
    Press("fatima", "forums:move_round", "round", at="forums:lead working forum", button="to=close"),
    Press("fatima", "forums:move_round", "next round", at="forums:lead forum between", button="to=open"),
    Press("fatima", "forums:close_work", "working forum", at="forums:lead working forum"),
    Press("fatima", "forums:hide_note", "note", at="forums:lead working forum", fields={"reason": "Nej"}),
    Press("karin", "forums:draft_summary", "closed forum", at="forums:result closed forum"),
    Press("maja", "forums:commitment", "promise", fields={"text": "Det går bra.", "state": "under_way"}),
]

# Long forms, each pressed twice in a test of its own, in tests/forums/.
ELSEWHERE = {
    "forums:new": "test_planning_together.py::test_the_form_for_a_new_forum_sent_twice_makes_one",
    "forums:edit_programme": "test_planning_together.py::test_a_double_click_is_no_colleague",
    "forums:new_commitment": "test_commitments.py::test_the_form_lists_nobody_and_a_double_click_makes_one",
}


def test_every_address_that_takes_something_is_pressed():
    pressed = {press.name for press in PRESSES}
    assert {row.name for row in ROWS if row.posts is not None} == pressed | set(ELSEWHERE)
    assert not pressed & set(ELSEWHERE)


@pytest.fixture
def things(cast):
    things = make_world(cast).things
    slug = things["open forum"]["slug"]
    forum = apps.get_model("forums.Forum").objects.get(slug=slug)
    registration = registering.register(forum, person=cast.elsa, by=cast.elsa)
    offered = registering.register(forum, person=cast.olof, by=cast.olof)
    Registration.objects.filter(pk=offered.pk).update(
        state=Registration.State.OFFERED, offered_until=forum.registration_closes_at
    )
    waiting = make_room(cast, each=1, unit=cast.units.office, title="Samtal som väntar")
    between = hold(cast, "Samtal i mellanakt")
    working.close_round(between.round_of(Side.ELECTED), by=cast.fatima)
    merged = concept_for("mod")
    merging.merge(merged, into=concept_for("dialog"), by=cast.karin)
    forum.invitations.filter(person=cast.gunnar).delete()  # he has joined the audience since
    notify([cast.maja], key="k", text=lambda: "Något har hänt", url="/")
    return things | {
        "open seat": {"slug": slug, "pk": registration.pk},
        "waiting forum": {"slug": waiting.forum.slug},
        "forum between": {"slug": between.forum.slug},
        "next round": {"slug": between.forum.slug, "order": 2},
        "merged concept": {"pk": merged.pk},
    }


def everything():
    """Every row of our own tables."""
    own = {"accounts", "news", "forums", "portal"}
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in own]
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def form_of(visitor, press, things):
    """The form whose button it is, on the page on which it stands, filled in."""
    path = reverse(press.name, kwargs=things[press.thing])
    place, _, search = (press.at or f"{press.name} {press.thing}").partition(" ?")
    page, _, thing = place.partition(" ")
    visitor.go(reverse(page, kwargs=things[thing or "nothing"]) + (search and f"?{search}"))
    needed = {*press.fields, *([press.button.partition("=")[0]] if press.button else [])}
    for form in visitor.page.forms.values():
        there = urljoin(visitor.page.request.path, form.action).partition("?")[0]
        # A form that stands on its page many times has a prefix of its own each time.
        names = {name.rpartition("-")[2]: name for name in form.fields if name} | {n: n for n in form.fields}
        if form.method.upper() == "POST" and there == path and needed <= names.keys():
            for name, value in press.fields.items():
                fill(form[names[name]], value)
            return form
    raise AssertionError(f"{press}: not at {visitor.page.request.url}:\n{visitor.text[:1500]}")


def fill(control, value):
    if isinstance(control, Select) and value not in [option[0] for option in control.options]:
        control.select(text=value)
    else:
        control.value = value


def click(form, press):
    name, _, value = press.button.partition("=")
    return form.submit(name or None, value=value or None, expect_errors=True)


def test_a_second_click_changes_nothing_more(cast, things):
    visitors = {who: Visitor.signed_in(getattr(cast, who)) for who in {press.who for press in PRESSES}}
    wrong = []
    for press in PRESSES:
        try:
            with transaction.atomic():
                form = form_of(visitors[press.who], press, things)
                before = everything()
                first = click(form, press)
                once = everything()
                second = click(form, press)
                twice = everything()
                shown = second.maybe_follow(expect_errors=True)
                raise Undone
        except Undone:
            if first.status_int != 302 or once == before:
                wrong.append(f"{press}: the first answers {first.status_int}")
            if second.status_int not in (302, 409):
                wrong.append(f"{press}: the second answers {second.status_int}")
            said = [alert.get_text(strip=True) for alert in shown.html.select(".messages .alert")]
            if shown.status_int not in (200, 409) or len(said) != len(set(said)):
                wrong.append(f"{press}: the page then answers {shown.status_int} and says {said}")
            changed = [name for name in once if once[name] != twice[name]]
            if changed:
                wrong.append(f"{press}: the second changes {changed}")
        except AssertionError as error:
            wrong.append(str(error))
    assert not wrong, "\n".join(wrong)
