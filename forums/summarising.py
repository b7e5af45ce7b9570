"""From result to draft: an article whose every figure comes from the frozen result, and stays tied to it."""

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import Side
from accounts.recording import record
from accounts.refusals import Refusal
from forums.contrasting import Contrast
from forums.illustrating import most_dots, side_by_side
from forums.introducing import with_title
from forums.models import Commitment, Forum, ProgrammeItem, Result
from forums.phrasing import (
    ELECTED,
    NOTES,
    OFFICIALS,
    PEOPLE,
    capital,
    clock,
    counted,
    day,
    days,
    ended,
    listed,
    quoted,
    tied,
)
from forums.quoting import quotations
from forums.showing import themes_of
from forums.veiling import figures_named
from forums.withholding import FEWEST_PEOPLE
from news.models import Article
from news.writing import start_article

MOST_IN_LEAD = 3  # themes
HOW_IT_WENT = {
    Commitment.State.PROMISED: "inte påbörjat",
    Commitment.State.UNDER_WAY: "på gång",
    Commitment.State.KEPT: "klart",
    Commitment.State.DROPPED: "blev inte av",
}


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
    result = Result.objects.filter(group_work__forum=forum).select_related("group_work__forum").first()
    if result is None:
        raise NoResultYet
    themes = themes_of(result, named=True)
    contrast = Contrast(result, themes)
    forum.summary = start_article(
        kind=Article.Kind.SUMMARY,
        unit=forum.unit,
        audience=forum.audience,
        restricted=forum.restricted,
        title=Truncator(f"{forum.title}: {forum.theme}").chars(160),
        lead=lead_of(forum, figures_named(result), contrast.places),
        body=body_of(forum, result, themes, contrast, by=by),
        signatories=result.group_work.leader_sides,
        topics=forum.topics.all(),
        source_key=f"forum:{forum.pk}",
        by=by,
    )
    forum.save(update_fields=["summary"])
    record("summary.drafted", about=forum, by=by, article=forum.summary_id)
    return forum.summary


def body_of(forum, result, themes, contrast, *, by):
    """Compose the text as HTML, section by section; a section without content is left out. Pictures that it
    shows are drawn and kept as `by`."""
    sections = [
        _opening(forum),
        _since_last_time(forum),
        _programme(forum),
        _work(result, contrast.places),
        contrast.shared(),
        contrast.differences(),
        side_by_side(result, themes, contrast, by=by),
        contrast.undivided(),
        most_dots(result, by=by),
        quotations(result, themes),
        _commitments(forum),
        _recordings(forum),
    ]
    return format_html_join("\n", "{}", ((section,) for section in sections if section))


def lead_of(forum, figures, places):
    """One or two sentences: how many took part, and the largest themes."""
    people, tables = figures["participants"]["total"], figures["tables"]
    theme = ended(f"under temat {quoted(forum.theme)}")
    if not tables:
        return f"Forumet samlades {theme}"
    where = f"{capital(places.at)} {counted(tables, places.noun)}"
    met = (
        f"{where} samtalade {counted(people, PEOPLE)} {theme}" if people else f"{where} pågick samtal {theme}"
    )
    return f"{met} {_largest(figures, places)}".strip()


def _largest(figures, places):
    """What most tables wrote about: nothing that one alone did, and of those that are as large either all or
    none."""
    concepts = figures["concepts"]
    if not concepts:
        return ""
    if figures["tables"] == 1:
        among = " bland annat" if len(concepts) > MOST_IN_LEAD else ""
        named = [_in_a_list(concept["label"]) for concept in concepts[:MOST_IN_LEAD]]
        return f"{capital(places.the_one)} skrev{among} om {listed(named)}."
    several = [concept for concept in concepts if concept["tables"] > 1]
    if not several:
        return f"Inget tema togs upp {places.at} fler än {counted(1, places.noun)}."
    next_in_size = several[MOST_IN_LEAD]["tables"] if len(several) > MOST_IN_LEAD else 1
    named = [_in_a_list(one["label"]) for one in several[:MOST_IN_LEAD] if one["tables"] > next_in_size]
    if not named:
        return "Flera teman delar förstaplatsen."
    which = "Det tema" if len(named) == 1 else "De teman"
    return f"{which} som flest {places.noun[1]} skrev om var {listed(named)}."


def _in_a_list(label):
    """A label as it stands among others: "ordning och reda" would be read as two of them."""
    return quoted(label) if " och " in label else label


def _opening(forum):
    return format_html(
        "<p>{} hölls den {}. Temat var <strong>{}</strong>{}</p>",
        forum.title,
        _days(forum),
        ended(forum.theme),
        _where(forum),
    )


def _where(forum):
    if forum.place:
        return f" Plats: {ended(forum.place)}"
    return " Forumet hölls på distans." if forum.join_url else ""


def _days(forum):
    if not forum.lasts_several_days:
        return day(forum.starts_at)
    return days(forum.starts_at, forum.ends_at)


def _since_last_time(forum):
    """What became of what was promised at the forum before, as its owners tell it."""
    promised = Commitment.objects.to_answer_at(forum).with_latest_update()
    lines = [(told_since(one, one.state, one.latest_answer),) for one in promised]
    if not lines:
        return ""
    return format_html(
        "<h2>Det här har hänt sedan sist</h2><p>Forumet började med det som lovades förra gången.</p>"
        "<ul>{}</ul>",
        format_html_join("", "<li>{}</li>", lines),
    )


def told_since(commitment, state, told):
    """One line of what became of a commitment, as HTML, where it was in `state` and `told` is the update that
    its owner told last, or None."""
    return format_html(
        '<a href="{}">{}</a>. <strong>{}</strong>: {}',
        reverse("forums:commitment", args=[commitment.pk]),
        commitment.text.rstrip("."),
        commitment.owner.full_name,
        how_it_goes(state, told),
    )


def how_it_goes(state, told):
    """The `state` of a commitment in words, and those that its owner `told` with it (an update, or None)."""
    words = f" {quoted(' '.join(told.text.split()))}" if told else ""
    return f"{HOW_IT_WENT[state]}.{words}"


def _programme(forum):
    items = forum.programme.exclude(kind=ProgrammeItem.Kind.BREAK).prefetch_related("speakers")
    lines = [(clock(item.starts_at), item.title, _speakers(item)) for item in items]
    if not lines:
        return ""
    return format_html("<h2>Programmet</h2><ul>{}</ul>", format_html_join("", "<li>Kl. {}: {}{}</li>", lines))


def _speakers(item):
    names = [person.full_name for person in item.speakers.all()]
    names += [item.guests] if item.guests else []
    return format_html(" – {}", listed(names)) if names else ""


def _work(result, places):
    work, figures = result.group_work, result.figures
    leaders = listed(
        [with_title(work.leader_elected, Side.ELECTED), with_title(work.leader_official, Side.OFFICIAL)]
    )
    return format_html(
        "<h2>Grupparbetet</h2><p>Grupparbetet leddes av {}. {}</p>{}",
        leaders,
        _how_many(work, figures, places),
        _asked(work, figures["tables"], places),
    )


def _asked(work, tables, places):
    asked = [question.text for question in work.questions.all()]
    if not asked:
        return ""
    they = capital(places.called(tables))
    if len(asked) == 1:
        begins = f"{they} svarade på frågan" if tables else "Frågan var"
        return format_html("<p>{} {}</p>", begins, ended(quoted(asked[0])))
    number = tied("questions", len(asked))
    begins = format_html("{} svarade på {} frågor", they, number) if tables else "Frågorna var"
    questions = format_html_join("", "<li>{}</li>", ((text,) for text in asked))
    return format_html("<p>{}:</p><ul>{}</ul>", begins, questions)


def _how_many(work, figures, places):
    people, notes = figures["participants"], figures["notes"]
    if not notes["total"]:
        return "Inga anteckningar skrevs."
    written = format_html(
        "{} {} skrevs {}",
        capital(places.at),
        tied("tables", figures["tables"], places.noun),
        _notes("total", notes),
    )
    if not people["total"]:
        return format_html("{}.", written)
    if figures["sides_shown"]:
        who = format_html(
            "{} och {}",
            tied("participants.elected", people["elected"], ELECTED),
            tied("participants.official", people["official"], OFFICIALS),
        )
    else:
        who = tied("participants.total", people["total"], PEOPLE)
    return format_html(
        "I det deltog {}. {}{}.{}", who, written, _notes_by_side(notes), _why_no_sides(work, figures)
    )


def _notes_by_side(notes):
    if notes["elected"] is None:
        return ""
    return format_html(
        ", {} från de förtroendevalda och {} från tjänstepersonerna",
        tied("notes.elected", notes["elected"]),
        tied("notes.official", notes["official"]),
    )


def _notes(part, notes):
    return tied(f"notes.{part}", notes[part], NOTES)


def _why_no_sides(work, figures):
    """Said only where both sides had the word."""
    sides = set(work.rounds.values_list("side", flat=True))
    if figures["sides_shown"] or (len(sides) == 1 and "" not in sides):
        return ""
    return format_html(
        " Hur deltagare och anteckningar fördelar sig mellan förtroendevalda och tjänstepersoner "
        "redovisas inte, eftersom färre än {} står bakom någon av sidorna.",
        tied("each.fewest", FEWEST_PEOPLE, PEOPLE),
    )


def _commitments(forum):
    made = forum.commitments.select_related("owner", "unit")
    lines = [
        (
            reverse("forums:commitment", args=[one.pk]),
            one.text.rstrip("."),
            one.owner.full_name,
            one.unit.name,
            day(one.due_on),
        )
        for one in made
    ]
    if not lines:
        return ""
    return format_html(
        "<h2>Det här lovar vi</h2><ul>{}</ul>",
        format_html_join("", '<li><a href="{}">{}</a>. <strong>{}</strong>, {}, senast den {}.</li>', lines),
    )


def _recordings(forum):
    recordings = forum.materials.recordings().select_related("item").prefetch_related("item__speakers")
    lines = [
        (each.get_absolute_url(), each.title, _speakers(each.item) if each.item else "")
        for each in recordings
    ]
    if not lines:
        return ""
    they_are = "Inspelningen är öppen" if len(lines) == 1 else "Inspelningarna är öppna"
    return format_html(
        "<h2>Se i efterhand</h2><p>{} för dem som forumet var till för.</p><ul>{}</ul>",
        they_are,
        format_html_join("", '<li><a href="{}">{}</a>{}</li>', lines),
    )
