"""Past forums with many notes, for measuring. See `scale`."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Assignment, Audience, Group, Person, Role, Side, Unit
from forums.models import (
    Forum,
    GroupWork,
    Invitation,
    Mention,
    Note,
    Question,
    Registration,
    Round,
    Table,
)
from forums.wording import terms_for
from forums.working import close_group_work

TABLES = 40
PARTICIPANTS = 300
DAYS_BETWEEN = 45
BATCH = 5_000

WORDS = (  # noqa: SIM905 - words read best as words
    "tillit dialog respekt långsiktighet kunskap samverkan mod nyfikenhet öppenhet tydlighet delaktighet "
    "ansvar helhetssyn framtidstro trygghet lyhördhet uthållighet engagemang lärande förtroende hållbarhet "
    "digitalisering kompetens ledarskap medborgarfokus rollfördelning uppföljning prioritering tid närvaro"
).split()
SENTENCES = (
    "Vi behöver mer tid tillsammans innan besluten fattas.",
    "Underlagen ska komma i god tid och gå att förstå.",
    "Säg som det är, också när det är svårt.",
    "Låt verksamheten prova i liten skala först.",
    "Vi vill se vad som hände med det vi sa förra gången.",
    "Fler möten ute hos dem som det handlar om.",
)


ADDRESS = "chefsforum-20"  # and the rest of a year; those of the small demo tell their season


def add_forums(total, *, notes, chance):
    """Add past forums until there are `total`, and share out notes until there are `notes` in all."""
    number = max(total - Forum.objects.count(), 0)
    left = max(notes - Note.objects.count(), 0)
    terms = terms_for(WORDS)
    leaders = leading_people()
    first = Forum.objects.filter(slug__startswith=ADDRESS).count()
    for serial in range(number):
        share = left // (number - serial)
        left -= share
        forum = add_forum(first + serial, leaders=leaders, chance=chance)
        work = add_group_work(forum, leaders=leaders)
        add_notes(work, number=share, terms=terms, chance=chance)
        # What it came to is counted by the verb itself.
        close_group_work(work, by=forum.organiser)


def leading_people():
    """Return {side: people}: the elected, and managers among the officials."""
    current = Assignment.objects.current()
    elected = Person.objects.filter(pk__in=current.filter(side=Side.ELECTED).values("person_id"))
    managers = Person.objects.filter(pk__in=current.filter(is_manager=True).values("person_id"))
    return {
        Side.ELECTED: list(elected),
        Side.OFFICIAL: list(managers.exclude(pk__in=elected.values("pk"))),
    }


def add_forum(serial, *, leaders, chance):
    """Add one announced forum that has been, with its invitations, answers and tables."""
    start = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0)
    start -= timedelta(days=DAYS_BETWEEN * (serial + 2))
    forum = Forum.objects.create(
        title=f"Chefsforum {start:%Y-%m}-{serial + 1}",
        slug=f"chefsforum-{start:%Y-%m}-{serial + 1}",
        theme=f"{WORDS[serial % len(WORDS)].capitalize()} i praktiken",
        description=" ".join(SENTENCES),
        state=Forum.State.ANNOUNCED,
        starts_at=start,
        ends_at=start + timedelta(hours=4),
        registration_closes_at=start - timedelta(days=5),
        announced_at=start - timedelta(days=40),
        place="Almvikssalen, stadshuset",
        audience=Audience.objects.filter(rules__group=Group.MANAGERS).order_by("pk").first(),
        unit=Unit.objects.get(kind=Unit.Kind.MUNICIPALITY),
        organiser=Person.objects.filter(assignments__role_grants__role=Role.ORGANISER).first(),
    )
    tables = Table.objects.bulk_create(Table(forum=forum, number=place + 1) for place in range(TABLES))
    people = [(person, side) for side, group in leaders.items() for person in group]
    Invitation.objects.bulk_create(Invitation(forum=forum, person=person) for person, _side in people)
    Registration.objects.bulk_create(
        Registration(
            forum=forum,
            person=person,
            side=side,
            state=Registration.State.REGISTERED,
            table=tables[place % TABLES],
            answered_at=start - timedelta(days=20),
        )
        for place, (person, side) in enumerate(chance.sample(people, min(PARTICIPANTS, len(people))))
    )
    Forum.objects.filter(pk=forum.pk).update(seats_taken=forum.registrations.holding_seats().count())
    return forum


def add_group_work(forum, *, leaders):
    work = GroupWork.objects.create(
        forum=forum,
        state=GroupWork.State.OPEN,
        leader_official=leaders[Side.OFFICIAL][0],
        leader_elected=leaders[Side.ELECTED][0],
        opened_at=forum.starts_at,
    )
    Round.objects.bulk_create(
        Round(group_work=work, order=order, side=side, state=Round.State.CLOSED, opened_at=forum.starts_at)
        for order, side in enumerate([Side.ELECTED, Side.OFFICIAL], start=1)
    )
    Question.objects.bulk_create(
        [
            Question(
                group_work=work, order=1, kind=Question.Kind.NEED, text="Vad behöver du av den andra sidan?"
            ),
            Question(group_work=work, order=2, kind=Question.Kind.EXPECTATION, text="Vad förväntar du dig?"),
        ]
    )
    return work


def add_notes(work, *, number, terms, chance):
    """Add notes over the tables, questions and sides by turns, with one to three terms each."""
    tables, questions = list(work.forum.tables.all()), list(work.questions.all())
    notes = Note.objects.bulk_create(
        (
            Note(
                question=questions[place % len(questions)],
                table=tables[place % len(tables)],
                side=Side.ELECTED if place % 3 == 0 else Side.OFFICIAL,
                text=f"{chance.choice(SENTENCES)} ({place + 1})",
                written_at=work.forum.starts_at + timedelta(seconds=place % 3600),
            )
            for place in range(number)
        ),
        batch_size=BATCH,
    )
    Mention.objects.bulk_create(
        (
            Mention(note=note, term=term)
            for note in notes
            for term in chance.sample(terms, chance.randint(1, 3))
        ),
        batch_size=BATCH,
    )
