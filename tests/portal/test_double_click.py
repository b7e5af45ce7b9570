"""A double click on any button does what one click does, and is answered by a page."""

from dataclasses import dataclass, field
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse
from webtest.forms import Select

from accounts.models import Side
from accounts.notifying import notify
from forums import merging, moderating, prioritising, registering, working
from forums.models import Note, Registration
from forums.wording import concept_for
from news.confirming import ask_for_confirmation
from news.models import Article
from news.penning import use_pen
from news.writing import start_article
from tests.forums.room import make_room
from tests.portal.access_table import ROWS
from tests.portal.test_access import Undone
from tests.portal.test_sent_twice import ELSEWHERE
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
AWAY = {"starts_on": "2027-07-05", "ends_on": "2027-07-30", "stand_in": "Olof Ek"}
OPEN_STORY = "news:article open story"
PRESSES = [
    Press("per", "portal:language", at="portal:my_page", button="language=en"),
    Press("maja", "portal:my_calendar", at="portal:my_page", button="do=make"),
    Press("elsa", "portal:my_calendar", at="portal:my_page", button="do=change"),
    Press("maja", "portal:my_feeds", button="do=make"),
    Press("elsa", "portal:my_feeds", button="do=change"),
    Press("maja", "accounts:notifications"),
    Press("maja", "news:confirm_reading", "text to read", at="news:article story to read"),
    Press("karin", "news:readings", "open article", button="do=ask"),
    Press("karin", "news:readings", "text to read", button="do=remind"),
    Press("maja", "accounts:wishes", fields={"mail": "never"}),
    Press("maja", "accounts:absences", fields=AWAY),
    Press("ada", "accounts:absences_of", "person", fields=AWAY),
    Press("karin", "news:new", fields={"title": "Ny text"} | MEANT_FOR),
    Press("karin", "news:edit", "draft", button="save", fields={"title": "Ny rubrik"}),
    Press("karin", "news:take_pen", "draft that Ada writes", at="news:edit draft that Ada writes"),
    Press("karin", "news:open_version", "open article", at="news:edit open article"),
    Press("karin", "news:submit", "draft"),
    Press("gunnar", "news:review", "review step", button="approve"),
    Press("gunnar", "news:review", "review step", button="return", fields={"return-reason": "Kortare."}),
    Press(
        "gunnar",
        "news:remark",
        "review step",
        at="news:review review step",
        fields={"remark-text": "Vem gör det?", "remark-quote": "Text"},
    ),
    Press("karin", "news:resolve", "remark", at="news:edit reviewed"),
    Press("karin", "news:take_back", "reviewed", at="news:edit reviewed"),
    Press("karin", "news:restore_version", "older version", at="news:preview older version"),
    Press("karin", "news:times", "open version", fields={"live_until": "2199-01-01T08:00"}),
    Press("karin", "news:meant_for", "draft", fields={"audience": "Socialförvaltningen"}),
    Press("karin", "news:around", "draft", fields={"topics": True}),
    Press("ada", "news:new_blog", fields={"name": "Ny blogg", "office": "Rektor", "unit": "Kommunstyrelsen"}),
    Press("ada", "news:edit_blog", "blog", fields={"office": "Utvecklingsledare"}),
    Press("maja", "news:judge", "open article", at=OPEN_STORY, fields={"helped": "nej", "words": "Hur?"}),
    Press("maja", "news:comment", "open article", at=OPEN_STORY, fields={"text": "Bra!"}),
    Press("karin", "news:talk", "open article", at=OPEN_STORY, button="to=closed"),
    Press("karin", "news:answer", "comment", fields={"text": "Tack!"}),
    Press("maja", "news:take_back_comment", "comment", at=OPEN_STORY),
    Press("karin", "news:hide_comment", "comment", fields={"why": "Namn på ett barn."}),
    Press("ada", "news:new_topic", fields={"name": "Tillväxt"}),
    Press("ada", "news:edit_topic", "topic", fields={"name": "Trygg vardag"}),
    Press("ada", "news:route", "news route", fields={"months_until_review": "12"}),
    Press("karin", "news:look_through", "page article"),
    Press("karin", "news:withdraw", "open article", at="news:edit open article"),
    Press("karin", "news:trash", "open article", at="news:edit open article"),
    Press("karin", "news:restore", "thrown", at="news:desk nothing ?visa=papperskorg"),
    Press("karin", "news:edit_picture", "open picture's page", fields={"alt": "Torget", "focal_x": "20"}),
    Press("karin", "news:remove_picture", "unused picture", at="news:edit_picture unused picture"),
    Press("karin", "news:edit_document", "open document", fields={"title": "Nytt namn"}),
    Press("karin", "news:remove_document", "unused document", at="news:edit_document unused document"),
    Press("maja", "forums:registration", "open forum", button="answer=register"),
    Press("maja", "forums:registration", "open forum", button="answer=decline", fields={"reason": "Resa"}),
    Press("elsa", "forums:registration", "open forum", button="answer=cancel"),
    Press("olof", "forums:registration", "open forum", button="answer=accept"),
    Press("fatima", "forums:edit", "open forum", fields={"place": "Rådhuset"}),
    Press("fatima", "forums:edit_group_work", "open forum", button="save", fields={"text": "Vad?"}),
    Press("fatima", "forums:edit_tables", "open forum", fields={"tables": "3"}),
    Press("fatima", "forums:edit_groups", "open forum", button="to=units", fields={"units": True}),
    Press(
        "fatima",
        "forums:give_seat",
        "open forum",
        fields={"person": "Ulla Öberg", "note": "Talar om skolan", "adds_seat": True},
    ),
    Press("fatima", "forums:excuse", "open forum", fields={"person": "Elsa Ängman", "note": "Ringde"}),
    Press("fatima", "forums:about", "open forum", fields={"topics": False}),
    Press("fatima", "forums:about_commitment", "promise", fields={"topics": False}),
    Press("fatima", "forums:announce", "draft forum"),
    Press(
        "fatima", "forums:invited", "open forum", button="name_people", fields={"people": "Yngve Zetterlund"}
    ),
    Press(
        "fatima",
        "forums:add_guest",
        "open forum",
        at="forums:invited open forum",
        fields={"given_name": "Nils", "family_name": "Norén", "email": "nils@granne.example"},
    ),
    Press(
        "fatima",
        "forums:add_guests",
        "open forum",
        at="forums:invited open forum",
        fields={"guests": "Nils Norén <nils@granne.example>"},
    ),
    Press("fatima", "forums:withdraw_invitations", "open forum", at="forums:invited open forum"),
    Press("fatima", "forums:take_back", "named", at="forums:invited open forum"),
    Press("fatima", "forums:invite_newcomers", "open forum", at="forums:participants open forum"),
    Press("fatima", "forums:call_off", "open forum"),
    Press("fatima", "forums:seat", "open forum", at="forums:seat_plan open forum", button="who=all"),
    Press("fatima", "forums:move", "open seat", at="forums:participants open forum", fields={"table": "2"}),
    Press("karin", "forums:merge_concept", "concept", at="forums:concepts", fields={"word": "dialog"}),
    Press("karin", "forums:unmerge_concept", "merged concept", at="forums:concepts"),
    Press("karin", "forums:rename_concept", "concept", at="forums:concepts", fields={"label": "tilltro"}),
    Press("karin", "forums:add_word", "concept", at="forums:concepts", fields={"word": "ett annat ord"}),
    Press("karin", "forums:split_word", "word"),
    Press("elsa", "forums:proposals", "forum between", button="same=1"),
    Press("elsa", "forums:undo_proposal", "leader's change", at="forums:proposals working forum"),
    Press("karin", "forums:undo_concept", "dictionary change", at="forums:concepts"),
    Press("fatima", "forums:insults", fields={"text": "skojare"}),
    Press("fatima", "forums:remove_insult", "insult", at="forums:insults"),
    Press("elsa", "forums:group_work", "working forum", fields={"text": "Vi behöver mod"}),
    Press("fatima", "forums:open_work", "waiting forum", at="forums:lead waiting forum"),
    Press("fatima", "forums:move_round", "round", at="forums:lead working forum", button="to=close"),
    Press("fatima", "forums:move_round", "next round", at="forums:lead forum between", button="to=open"),
    Press("elsa", "forums:move_round", "last round", at="forums:lead forum between", button="to=reopen"),
    Press("olof", "forums:move_round", "round", at="forums:lead working forum", button="to=pause"),
    Press("olof", "forums:extend_round", "round", at="forums:lead working forum", button="minutes=5"),
    Press("olof", "forums:move_dots", "forum between", at="forums:lead forum between", button="to=open"),
    Press("maja", "forums:move_dot", "dotted note", at="forums:dots dotting forum", button="to=put"),
    Press("olof", "forums:let_through_note", "held note", at="forums:lead working forum"),
    Press("olof", "forums:show_note_again", "hidden note", at="forums:lead working forum"),
    Press("olof", "forums:mark_note", "note", at="forums:lead working forum", button="marked=1"),
    Press("fatima", "forums:close_work", "working forum", at="forums:lead working forum"),
    Press("fatima", "forums:hide_note", "note", at="forums:lead working forum", fields={"reason": "Nej"}),
    Press("karin", "forums:draft_summary", "closed forum", at="forums:result closed forum"),
    Press("karin", "forums:commitment", "promise", fields={"text": "Hur går det?"}),
    Press("fatima", "forums:edit_commitment", "promise", fields={"text": "Ett tydligare löfte"}),
    Press("maja", "forums:commitment", "promise", fields={"text": "Det går bra.", "state": "under_way"}),
]


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
    between.write(1, Side.ELECTED, "Vi behöver ro", "tålamod", "tålmod")
    working.close_round(between.round_of(Side.ELECTED), by=cast.fatima)
    slug = things["working forum"]["slug"]
    held = Note.objects.of_forum(apps.get_model("forums.Forum").objects.get(slug=slug)).get()
    held.pk, held.text, held.is_held, held.hidden_at = uuid4(), "Vilken skojare", True, held.written_at
    held.save(force_insert=True)
    hidden = Note(question=held.question, table=held.table, side=held.side, text="Dold av misstag")
    hidden.save()
    moderating.hide_note(hidden, reason="Fel knapp", by=cast.fatima)
    dotting = hold(cast, "Samtal med prickar")
    dotted = dotting.write(1, Side.ELECTED, "Vi behöver tid")
    working.close_round(dotting.round_of(Side.ELECTED), by=cast.fatima)
    prioritising.open_dots(dotting.work, by=cast.fatima)
    merged = concept_for("mod")
    merging.merge(merged, into=concept_for("dialog"), by=cast.karin)
    forum.invitations.filter(person=cast.gunnar).delete()  # he has joined the audience since
    forum.invitations.create(person=cast.per)  # and he has left it
    notify([cast.maja], key="k", text=lambda: "Något har hänt", url="/")
    written = start_article(
        kind=Article.Kind.NEWS,
        unit=cast.units.office,
        audience=cast.audiences.everyone,
        title="Adas text",
        by=cast.karin,
    )
    to_read = apps.get_model("news.Article").objects.get(pk=things["social article"]["pk"])
    ask_for_confirmation(to_read, by=cast.karin)
    use_pen(written.newest_version, by=cast.ada)
    return things | {
        "draft that Ada writes": {"pk": written.pk},
        "text to read": things["social article"],
        "story to read": things["social story"],
        "open seat": {"slug": forum.slug, "pk": registration.pk},
        "waiting forum": {"slug": waiting.forum.slug},
        "forum between": {"slug": between.forum.slug},
        "held note": {"slug": slug, "handle": held.handle},
        "hidden note": {"slug": slug, "handle": hidden.handle},
        "dotting forum": {"slug": dotting.forum.slug},
        "dotted note": {"slug": dotting.forum.slug, "handle": dotted.handle},
        "last round": {"slug": between.forum.slug, "order": 1},
        "next round": {"slug": between.forum.slug, "order": 2},
        "merged concept": {"pk": merged.pk},
    }


def everything():
    """Every row of our own tables, as the database has it: read some hundred times, past the models."""
    own = {"accounts", "news", "forums", "portal"}
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in own]
    return {model.__name__: rows_of(model._meta) for model in models}


def rows_of(table):
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quote(table.db_table)} ORDER BY {quote(table.pk.column)}")  # noqa: S608
        return cursor.fetchall()


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
                for control in form.fields[names[name]]:  # several boxes can share a name
                    fill(control, value)
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
