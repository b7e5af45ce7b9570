"""One of everything that an address can lead to, made by the verbs, with a name of its own.

Restricted things are for those of Socialförvaltningen: of the cast's parts, the manager alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.keying import key_of
from accounts.models import PersonalKey, Side
from accounts.stopping import address_to_stop
from forums import classifying as forum_classifying
from forums.announcing import announce
from forums.committing import commit
from forums.furnishing import set_tables
from forums.guarding import add_insult
from forums.merging import merge
from forums.models import ForumKind
from forums.models.notes import handle_of
from forums.naming import invite_guest, leave_out
from forums.planning import plan_forum, plan_group_work
from forums.sharing import share
from forums.splitting import add_word
from forums.undoing import latest_changes
from forums.wording import concept_for, term_for
from news.blogging import open_blog
from news.curating import plant_topic
from news.discussing import say
from news.documenting import add_document
from news.drawing import add_drawing
from news.models import Article, Topic
from news.picturing import add_picture
from news.publishing import trash, withdraw
from news.remarking import remark
from news.reviewing import approve, submit
from news.surrounding import surround
from news.writing import open_draft, save_draft, start_article
from tests.forums.room import make_room, take_seat
from tests.news import making
from tests.news.making import draw, encode, pdf

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
    calendar = {"token": key_of(cast.elsa, PersonalKey.Purpose.CALENDAR).token}
    feed = {"token": key_of(cast.elsa, PersonalKey.Purpose.FEED).token}
    things = {
        "calendar address": calendar,
        "feed address": feed | {"kind": "nyheter"},
        "topic's feed address": feed | {"slug": "trygghet"},
        "way out of mail": {"token": address_to_stop(cast.maja, "news").split("/")[-2]},
        "nothing": {},
        "kind": {"pk": "forum"},
        "person": {"pk": cast.per.pk},
        "led by approver": {"pk": cast.karin.pk},
        "former": {"pk": cast.former.pk},
    }
    things |= make_articles(cast) | make_forums(cast)
    return World(things)


def upload():
    """A picture so small that its renditions take no time."""
    return making.upload(encode(draw(32, 20)))


def make_articles(cast):
    documents = {}

    def start(title, **fields):
        fields = {"kind": Article.Kind.NEWS, "audience": cast.audiences.everyone, **fields}
        document = add_document(pdf(), title=f"Bilaga till {title}", by=cast.karin, in_library=False)
        documents[title] = {"pk": document.pk}
        body = f'<p>Text. <a href="{document.get_absolute_url()}">Bilaga</a></p>'
        article = start_article(title=title, unit=cast.units.office, by=cast.karin, body=body, **fields)
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
        article.refresh_from_db(fields=["slug"])
        return article, picture

    open_story, open_picture = publish("Öppen nyhet")
    social = {"audience": cast.audiences.social, "restricted": True}
    social_story, social_picture = publish("Social hemlighet", **social)
    post, _ = publish("Ett inlägg", kind=Article.Kind.BLOG)
    page, _ = publish("En sida", kind=Article.Kind.PAGE)
    twice, _ = publish("Ny upplaga")
    pictured(twice)
    blog = open_blog(name="Kontorets blogg", unit=cast.units.office, office="Kommunalråd", by=cast.ada)
    comments = []
    for talked_of in (open_story, social_story):
        surround(talked_of, by=cast.karin, talk=Article.Talk.OPEN)
        comments.append(say(talked_of, by=cast.maja, text=f"Sagt om {talked_of.pk}"))
    withdrawn, _ = publish("Indragen nyhet")
    surround(withdrawn, by=cast.karin, talk=Article.Talk.OPEN)
    comments.append(say(withdrawn, by=cast.maja, text="Sagt innan"))
    withdraw(withdrawn, by=cast.karin)
    topic = plant_topic(name="Trygghet", by=cast.ada)
    for about_it in (open_story, social_story):
        surround(about_it, topics=[topic], by=cast.karin)
    Article.objects.filter(pk=page.pk).update(review_on=timezone.localdate())
    draft, draft_picture = start("Utkast om skolan")
    embargoed, _ = start("Spärrat utkast", embargoed=True)
    reviewed, _ = start("Granskad nyhet")
    review_step = submit(open_draft(reviewed, by=cast.karin), by=cast.karin).steps.get()
    remarked = remark(review_step.version, by=cast.gunnar, quote="Text", text="Vilken text?")
    signed, _ = start("Undertecknad text", signatories=[cast.elsa])
    steps = submit(open_draft(signed, by=cast.karin), by=cast.karin).steps
    drawn = add_drawing(svg="<svg/>", png=upload().read(), name="Diagram", alt="", credit="", by=cast.karin)
    version = draft.versions.get()
    save_draft(
        version,
        revision=version.revision,
        by=cast.karin,
        title=version.title,
        lead=version.lead,
        body=f'{version.body}<figure><img src="{drawn.get_absolute_url()}" alt="Staplar"></figure>',
        picture=draft_picture,
        picture_alt="En tavla",
    )
    thrown, _ = start("Slängd nyhet")
    trash(thrown, by=cast.karin)
    return {
        "open story": {"slug": open_story.slug},
        "social story": {"slug": social_story.slug},
        "post": {"slug": post.slug},
        "page": {"slug": page.slug},
        "open picture": {"pk": open_picture.pk, "width": open_picture.widest},
        "social picture": {"pk": social_picture.pk, "width": social_picture.widest},
        "open picture's page": {"pk": open_picture.pk},
        "drawing": {"pk": drawn.pk},
        "unused picture": {"pk": add_picture(upload(), by=cast.karin).pk},
        "draft picture": {"pk": draft_picture.pk, "width": draft_picture.widest},
        "open document": documents["Öppen nyhet"],
        "open document by name": documents["Öppen nyhet"] | {"name": "bilaga.pdf"},
        "social document": documents["Social hemlighet"],
        "draft document": documents["Utkast om skolan"],
        "secret document": documents["Spärrat utkast"],
        "unused document": {"pk": add_document(pdf(), title="Oanvänd", by=cast.karin).pk},
        "open article": {"pk": open_story.pk},
        "social article": {"pk": social_story.pk},
        "draft": {"pk": draft.pk},
        "draft's slug": {"slug": draft.slug},
        "draft version": {"pk": draft.pk, "number": 1},
        "embargoed": {"pk": embargoed.pk},
        "embargoed version": {"pk": embargoed.pk, "number": 1},
        "thrown": {"pk": thrown.pk},
        "review step": {"pk": review_step.pk},
        "blog": {"slug": blog.slug},
        "comment": {"pk": comments[0].pk},
        "social comment": {"pk": comments[1].pk},
        "comment beneath what is withdrawn": {"pk": comments[2].pk},
        "topic": {"slug": topic.slug},
        "news route": {"kind": "news"},
        "reviewed": {"pk": reviewed.pk},
        "remark": {"pk": remarked.pk},
        "older version": {"pk": twice.pk, "number": 1},
        "open version": {"pk": open_story.pk, "number": 1},
        "page article": {"pk": page.pk},
        "sign-off step": {"pk": steps.get(reviewer=cast.elsa).pk},
    }


def make_forums(cast):
    def plan(title, **fields):
        starts_at = timezone.now() + timedelta(days=14)
        facts = {"audience": cast.audiences.leaders, **fields}
        forum = plan_forum(
            kind=ForumKind.objects.get(pk="forum"),
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
    invite_guest(
        open_forum,
        email="gast@granne.example",
        given_name="Gisela",
        family_name="Gäst",
        language="sv",
        by=cast.fatima,
    )
    leave_out(open_forum, cast.ulla, by=cast.fatima)
    announce(open_forum, by=cast.fatima)
    announce(social_forum, by=cast.fatima)
    working = hold(cast, "Pågående samtal")
    note = working.write(1, Side.ELECTED, "Vi behöver tillit", "tillit")
    watched = hold(cast, "Samtal som alla följer")
    watched.work.wall_for_all = True
    watched.work.save()
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
    for about_it in (open_forum, social_forum, draft_forum, secret.forum, promise, secret_promise):
        forum_classifying.classify(about_it, topics=Topic.objects.all(), by=cast.fatima)
    slugs = {
        "open forum": open_forum,
        "social forum": social_forum,
        "draft forum": draft_forum,
        "working forum": working.forum,
        "watched forum": watched.forum,
        "closed forum": closed.forum,
        "secret forum": secret.forum,
    }
    guest = open_forum.named.guests().get()
    materials = {
        name: share(slugs[name], title="Film", url="https://film.example/", by=cast.fatima)
        for name in ("open forum", "social forum", "draft forum")
    }
    seat = working.forum.registrations.get(person=cast.maja)
    concept = note.terms.get().concept
    add_word(concept, "ett ord till", by=cast.karin)
    concept_for("samtal")
    merge(concept_for("ett ord"), into=concept_for("två ord"), by=cast.elsa)
    return {name: {"slug": forum.slug} for name, forum in slugs.items()} | {
        "open forum's number": {"pk": open_forum.pk},
        "open forum's list": {"slug": open_forum.slug, "what": "deltagare", "form": "csv"},
        "social forum's number": {"pk": social_forum.pk},
        "note": {"slug": working.forum.slug, "handle": handle_of(note.pk)},
        "concept": {"pk": concept.pk},
        "word": {"pk": term_for("samtalen").pk},
        "insult": {"pk": add_insult("bedragare", by=cast.fatima).pk},
        "dictionary change": {"pk": latest_changes(1, by=cast.karin)[0].pk},
        "leader's change": {"slug": working.forum.slug, "pk": latest_changes(1, by=cast.elsa)[0].pk},
        "round": {"slug": working.forum.slug, "order": 1},
        "working table": {"slug": working.forum.slug, "number": 2},
        "named": {"slug": open_forum.slug, "pk": open_forum.named.left_out().get().pk},
        "guest": {"slug": open_forum.slug, "pk": guest.pk},
        "open material": {"pk": materials["open forum"].pk},
        "social material": {"pk": materials["social forum"].pk},
        "draft material": {"pk": materials["draft forum"].pk},
        "material": {"slug": open_forum.slug, "pk": materials["open forum"].pk},
        "guest's material": {"token": guest.token, "pk": materials["open forum"].pk},
        "guest link": {"token": guest.token},
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
