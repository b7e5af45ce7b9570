"""From result to draft: an article whose every figure comes from the frozen result."""

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, Side, Unit
from accounts.recording import record
from accounts.refusals import Refusal
from forums.models import Forum, ProgrammeItem, Result
from forums.phrasing import (
    ELECTED,
    NOTES,
    OFFICIALS,
    PEOPLE,
    TABLES,
    capital,
    clock,
    counted,
    day,
    in_words,
    listed,
)
from forums.showing import themes_of
from news.models import Article
from news.writing import start_article

THEMES_TOLD = 8
QUOTATIONS = 4
# Shorter says little, longer is no quotation; in characters.
QUOTABLE = range(25, 301)


class NoResultYet(Refusal):
    """The group work isn't closed, so there is nothing to sum up."""

    message = _("The group work has to be closed before a summary can be drafted.")


@transaction.atomic
def draft_summary(forum, *, by):
    """Make the forum's summary as a draft article, or return the one that there is.

    The leaders sign it off; it is meant for those whom the forum was meant for.

    Raises:
        NoResultYet.
        news.refusals.WriterIsSignatory: `by` leads the group work, so someone else must write.
    """
    forum = Forum.objects.select_for_update(of=["self"]).get(pk=forum.pk)
    if forum.summary_id:
        return forum.summary
    result = Result.objects.filter(group_work__forum=forum).select_related("group_work").first()
    if result is None:
        raise NoResultYet
    themes = themes_of(result)
    forum.summary = start_article(
        kind=Article.Kind.SUMMARY,
        unit=forum.unit,
        audience=forum.audience,
        restricted=forum.restricted,
        title=Truncator(f"{forum.title}: {forum.theme}").chars(160),
        lead=_lead(forum, result.figures),
        body=body_of(forum, result, themes),
        signatories=result.group_work.leaders,
        source_key=f"forum:{forum.pk}",
        by=by,
    )
    forum.save(update_fields=["summary"])
    record("summary.drafted", about=forum, by=by, article=forum.summary_id)
    return forum.summary


def body_of(forum, result, themes):
    """Compose the text as HTML, section by section; a section without content is left out."""
    sections = [
        _opening(forum),
        _programme(forum),
        _work(result),
        *_what_was_said(forum, result.figures, themes),
        _voices(themes),
        _commitments(forum),
    ]
    return format_html_join("\n", "{}", ((section,) for section in sections if section))


def _lead(forum, figures):
    """One or two sentences: how many took part, and the largest themes."""
    people = counted(figures["participants"]["total"], PEOPLE)
    tables = counted(figures["tables"], TABLES)
    if not figures["concepts"]:
        return capital(f"{people} vid {tables} samtalade under temat {forum.theme}.")
    largest = listed([concept["label"] for concept in figures["concepts"][:3]])
    return (
        f"{capital(people)} vid {tables} samtalade under temat {forum.theme}. Flest bord skrev om {largest}."
    )


def _opening(forum):
    return format_html(
        "<p>{} hölls den {}. Temat var <strong>{}</strong>.{}</p>",
        forum.title,
        day(forum.starts_at),
        forum.theme,
        f" Plats: {forum.place.rstrip('.')}." if forum.place else "",
    )


def _programme(forum):
    items = forum.programme.exclude(kind=ProgrammeItem.Kind.BREAK).prefetch_related("speakers")
    lines = [(f"Klockan {clock(item.starts_at)}", item.title, _speakers(item)) for item in items]
    if not lines:
        return ""
    return format_html("<h2>Programmet</h2><ul>{}</ul>", format_html_join("", "<li>{}: {}{}</li>", lines))


def _speakers(item):
    names = [person.full_name for person in item.speakers.all()]
    names += [item.guests] if item.guests else []
    return format_html(" – {}", listed(names)) if names else ""


def _work(result):
    work, figures = result.group_work, result.figures
    leaders = listed(
        [_with_title(work.leader_elected, Side.ELECTED), _with_title(work.leader_official, Side.OFFICIAL)]
    )
    asked = [question.text for question in work.questions.all()]
    questions = format_html_join("", "<li>{}</li>", ((text,) for text in asked))
    return format_html(
        "<h2>Grupparbetet</h2><p>Grupparbetet leddes av {}. {}</p>{}",
        leaders,
        _how_many(figures),
        format_html("<p>{}</p><ul>{}</ul>", "Borden svarade på:", questions) if asked else "",
    )


def _with_title(person, side):
    """The person with the title of the post in which they led for `side`."""
    posts = Assignment.objects.current().filter(person=person, side=side).select_related("unit")
    post = min(posts, key=_distance_from_office, default=None)
    return f"{person.full_name} ({post.title.lower()})" if post else person.full_name


def _distance_from_office(post):
    """A sort key: the post that a person is known by is the least. A seat in a leadership group comes
    last; officials lead by what they manage, the elected by their board."""
    kind = post.unit.kind
    in_office = kind == Unit.Kind.BOARD if post.side == Side.ELECTED else post.is_manager
    return kind == Unit.Kind.LEADERSHIP_GROUP, not in_office, post.starts_on, post.pk


def _how_many(figures):
    people, notes = figures["participants"], figures["notes"]
    tables = counted(figures["tables"], TABLES)
    if not figures["sides_shown"]:
        return capital(
            f"{counted(people['total'], PEOPLE)} vid {tables} skrev {counted(notes['total'], NOTES)}. "
            "Hur de fördelar sig mellan förtroendevalda och tjänstepersoner redovisas inte, "
            "eftersom färre än fem personer står bakom någon av sidorna."
        )
    return capital(
        f"{counted(people['elected'], ELECTED)} och {counted(people['official'], OFFICIALS)} vid {tables} "
        f"skrev {counted(notes['total'], NOTES)}: {in_words(notes['elected'])} från de förtroendevalda "
        f"och {in_words(notes['official'])} från tjänstepersonerna."
    )


def _what_was_said(forum, figures, themes):
    """What both share, where they differ, and what is told without sides."""
    by_side = {
        side: [t for t in themes if t["side"] == side] for side in ("shared", "elected", "official", "room")
    }
    yield _section("Det lyfter båda sidor", by_side["shared"], forum, _both)
    yield _differences(forum, by_side)
    heading = "Mer från borden" if figures["sides_shown"] else "Det lyfter borden"
    yield _section(heading, by_side["room"], forum, lambda theme: counted(theme["tables"], TABLES))


def _section(heading, themes, forum, words):
    lines = ((_link(theme, forum), words(theme)) for theme in themes[:THEMES_TOLD])
    if not themes:
        return ""
    return format_html("<h2>{}</h2><ul>{}</ul>", heading, format_html_join("", "<li>{}: {}</li>", lines))


def _link(theme, forum):
    return format_html(
        '<a href="{}#begrepp-{}">{}</a>',
        reverse("forums:result", args=[forum.slug]),
        theme["id"],
        theme["label"],
    )


def _both(theme):
    elected, official = counted(theme["elected"], TABLES), counted(theme["official"], TABLES)
    return f"{elected} bland de förtroendevalda och {official} bland tjänstepersonerna"


def _differences(forum, by_side):
    sentences = [_widest_gap(forum, by_side["shared"])]
    for side, who in (("elected", "de förtroendevalda"), ("official", "tjänstepersonerna")):
        if themes := by_side[side][:THEMES_TOLD]:
            said = [format_html("{} ({})", _link(t, forum), counted(t["tables"], TABLES)) for t in themes]
            sentences.append(format_html("Bara {} skrev om {}.", who, listed(said)))
    told = [(sentence,) for sentence in sentences if sentence]
    if not told:
        return ""
    return format_html("<h2>Där skiljer sig sidorna</h2>{}", format_html_join("", "<p>{}</p>", told))


def _widest_gap(forum, shared):
    """The shared theme on which the sides differ most, where they differ by two tables at least."""
    widest = max(shared, key=lambda theme: abs(theme["elected"] - theme["official"]), default=None)
    if widest is None or abs(widest["elected"] - widest["official"]) < 2:
        return ""
    first, second = ("elected", "de förtroendevalda"), ("official", "tjänstepersonerna")
    if widest["official"] > widest["elected"]:
        first, second = second, first
    return format_html(
        "Av det som båda tar upp är skillnaden störst för {}: {} bland {} mot {} bland {}.",
        _link(widest, forum),
        counted(widest[first[0]], TABLES),
        first[1],
        counted(widest[second[0]], TABLES),
        second[1],
    )


def _voices(themes):
    """Quotations of the tables: one for each of the largest themes, rather from a table not heard yet."""
    chosen = {}
    for theme in themes:
        fitting = [
            note
            for note in theme["notes_said"]
            if note.told_table and len(note.text) in QUOTABLE and note.text not in chosen
        ]
        heard = {note.table_id for note in chosen.values()}
        fitting.sort(key=lambda note: note.table_id in heard)
        if fitting and len(chosen) < QUOTATIONS:
            chosen[fitting[0].text] = fitting[0]
    if not chosen:
        return ""
    quotes = ((note.text, f"Bord {note.told_table.number}") for note in chosen.values())
    return format_html(
        "<h2>Röster från borden</h2>{}",
        format_html_join("", "<blockquote><p>{}</p><footer>{}</footer></blockquote>", quotes),
    )


def _commitments(forum):
    made = forum.commitments.select_related("owner", "unit")
    lines = [(one.text.rstrip("."), one.owner.full_name, one.unit.name, day(one.due_on)) for one in made]
    if not lines:
        return ""
    return format_html(
        "<h2>Åtaganden</h2><ul>{}</ul>",
        format_html_join("", "<li>{}. <strong>{}</strong>, {}, senast den {}.</li>", lines),
    )
