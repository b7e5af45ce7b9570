"""One of everything that an address can lead to, made by the verbs, with a name of its own.

Restricted things are for those of Socialförvaltningen: of the cast's parts, the manager alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import Side
from forums.announcing import announce
from forums.committing import commit
from forums.models import Forum
from forums.models.notes import handle_of
from forums.planning import plan_forum, plan_group_work, set_tables
from news.models import Article
from news.picturing import add_picture
from news.publishing import trash
from news.reviewing import approve, submit
from news.writing import open_draft, save_draft, start_article
from tests.forums.room import make_room, take_seat
from tests.news.making import upload

# Titles that some must never see, and which parts may. Nobody else meets them on any page.
SECRETS = {
    "Social hemlighet": {"manager", "communicator", "approver"},
    "Utkast om skolan": {"communicator", "approver"},
    "Spärrat utkast": {"communicator"},
    "Granskad nyhet": {"communicator", "approver"},
    "Undertecknad text": {"communicator", "approver", "elected"},
    "Slängd nyhet": {"communicator", "approver"},
    "Slutet forum": {"manager", "organiser"},
    "Planerat forum": {"organiser"},
    "Slutet samtal": {"manager", "organiser"},
    "Löfte bakom stängd dörr": {"manager", "organiser"},
}


@dataclass
class World:
    """Arguments for `reverse`, by the name of the thing that they lead to."""

    things: dict

    def __getitem__(self, name):
        return self.things[name]


def make_world(cast):
    """Make the world in which every address is tried, and return it."""
    things = {"nothing": {}, "person": {"pk": cast.per.pk}, "former": {"pk": cast.former.pk}}
    things |= make_articles(cast) | make_forums(cast)
    return World(things)


def make_articles(cast):
    def start(title, **fields):
        fields = {"kind": Article.Kind.NEWS, "audience": cast.audiences.everyone, **fields}
        article = start_article(
            title=title, unit=cast.units.office, by=cast.karin, body="<p>Text.</p>", **fields
        )
        return article, pictured(article)

    def pictured(article):
        version = open_draft(article, by=cast.karin)
        picture = add_picture(upload(), by=cast.karin, name=version.title)
        save_draft(
            version,
            revision=version.revision,
            by=cast.karin,
            title=version.title,
            lead="Ingress.",
            body=version.body,
            picture=picture,
            picture_alt="En tavla",
        )
        return picture

    def publish(title, **fields):
        article, picture = start(title, **fields)
        step = submit(open_draft(article, by=cast.karin), by=cast.karin).steps.get()
        approve(step, by=cast.gunnar)
        return article, picture

    open_story, open_picture = publish("Öppen nyhet")
    social = {"audience": cast.audiences.social, "restricted": True}
    social_story, social_picture = publish("Social hemlighet", **social)
    post, _ = publish("Ett inlägg", kind=Article.Kind.BLOG)
    page, _ = publish("En sida", kind=Article.Kind.PAGE)
    draft, draft_picture = start("Utkast om skolan")
    embargoed, _ = start("Spärrat utkast", embargoed=True)
    reviewed, _ = start("Granskad nyhet")
    review_step = submit(open_draft(reviewed, by=cast.karin), by=cast.karin).steps.get()
    signed, _ = start("Undertecknad text", signatories=[cast.elsa])
    steps = submit(open_draft(signed, by=cast.karin), by=cast.karin).steps
    thrown, _ = start("Slängd nyhet")
    trash(thrown, by=cast.karin)
    return {
        "open story": {"slug": open_story.slug},
        "social story": {"slug": social_story.slug},
        "post": {"slug": post.slug},
        "page": {"slug": page.slug},
        "open picture": {"pk": open_picture.pk, "width": open_picture.widest},
        "social picture": {"pk": social_picture.pk, "width": social_picture.widest},
        "draft picture": {"pk": draft_picture.pk, "width": draft_picture.widest},
        "open article": {"pk": open_story.pk},
        "draft": {"pk": draft.pk},
        "draft's slug": {"slug": draft.slug},
        "draft version": {"pk": draft.pk, "number": 1},
        "embargoed": {"pk": embargoed.pk},
        "embargoed version": {"pk": embargoed.pk, "number": 1},
        "thrown": {"pk": thrown.pk},
        "review step": {"pk": review_step.pk},
        "sign-off step": {"pk": steps.get(reviewer=cast.elsa).pk},
    }


def make_forums(cast):
    def plan(title, **fields):
        starts_at = timezone.now() + timedelta(days=14)
        facts = {"audience": cast.audiences.leaders, **fields}
        forum = plan_forum(
            kind=Forum.Kind.FORUM,
            title=title,
            theme="Tillit i vardagen",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=4),
            registration_closes_at=starts_at - timedelta(days=3),
            unit=cast.units.office,
            organiser=cast.fatima,
            place="Folkets hus",
            by=cast.fatima,
            **facts,
        )
        set_tables(forum, count=2, by=cast.fatima)
        plan_group_work(
            forum,
            leader_official=cast.olof,
            leader_elected=cast.elsa if not fields.get("restricted") else cast.folke,
            anonymous=True,
            questions=[("need", "Vad behöver vi?")],
            rounds=[(Side.ELECTED, 20), (Side.OFFICIAL, 20)],
            by=cast.fatima,
        )
        return forum

    social = {"audience": cast.audiences.social, "restricted": True}
    open_forum, social_forum = plan("Öppet forum"), plan("Slutet forum", **social)
    draft_forum = plan("Planerat forum")
    announce(open_forum, by=cast.fatima)
    announce(social_forum, by=cast.fatima)
    working = hold(cast, "Pågående samtal")
    note = working.write(1, Side.ELECTED, "Vi behöver tillit", "tillit")
    closed, secret = hold(cast, "Avslutat samtal"), hold(cast, "Slutet samtal", **social)
    for room in (closed, secret):
        room.close()
    promise, secret_promise = (
        commit(
            room.forum,
            owner=cast.maja,
            unit=cast.units.social,
            text=text,
            due_on=timezone.localdate() + timedelta(days=30),
            by=cast.fatima,
        )
        for room, text in ((closed, "Ett öppet löfte"), (secret, "Löfte bakom stängd dörr"))
    )
    slugs = {
        "open forum": open_forum,
        "social forum": social_forum,
        "draft forum": draft_forum,
        "working forum": working.forum,
        "closed forum": closed.forum,
        "secret forum": secret.forum,
    }
    seat = working.forum.registrations.get(person=cast.maja)
    return {name: {"slug": forum.slug} for name, forum in slugs.items()} | {
        "note": {"slug": working.forum.slug, "handle": handle_of(note.pk)},
        "concept": {"pk": note.terms.get().concept_id},
        "round": {"slug": working.forum.slug, "order": 1},
        "seat": {"slug": working.forum.slug, "pk": seat.pk},
        "promise": {"pk": promise.pk},
        "secret promise": {"pk": secret_promise.pk},
    }


def hold(cast, title, **fields):
    """A forum whose elected members are writing, with the manager and the elected of the cast seated."""
    fields = {"unit": cast.units.office, "title": title, **fields}
    room = make_room(cast, tables=2, each=1, **fields)
    if room.forum.restricted:
        room.work.leader_elected = cast.folke
        room.work.save()
    else:
        take_seat(cast.elsa, room.tables[0], Side.ELECTED)
    take_seat(cast.maja, room.tables[0], Side.OFFICIAL)
    room.open(Side.ELECTED)
    return room
