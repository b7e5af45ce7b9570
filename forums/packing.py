"""A forum's group work to take along: what was asked and written, what it came to, and what was promised.

Nothing is in it that the result page would not tell a reader of the notes: not who wrote, nor in which order,
nor a keyword that would tell whose a withheld theme is. Its shape is described in docs/groupwork-json.md.
"""

from collections import defaultdict
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Side
from forums.disclosing import attribute
from forums.exporting import Sheet
from forums.models import Commitment, Note
from forums.showing import themes_of
from forums.veiling import public_figures

SCHEMA = "samspel.groupwork/1"


def describe(work):
    """Return a closed group work, fetched with its result, as plain data; moments as ISO 8601."""
    forum, figures = work.forum, public_figures(work.result)
    return {
        "schema": SCHEMA,
        "forum": {
            "title": forum.title,
            "theme": forum.theme,
            "place": forum.place,
            "starts_at": _iso(forum.starts_at),
            "ends_at": _iso(forum.ends_at),
        },
        "anonymous": work.anonymous,
        "grouped_by": work.grouped_by,
        "leaders": [person.full_name for person in work.leaders],
        "frozen_at": _iso(work.result.frozen_at),
        "figures": figures,
        "questions": [
            {"order": question.order, "kind": question.kind, "text": question.text}
            for question in work.questions.all()
        ],
        "notes": notes_to_tell(work),
        "notes_thinned": _thinned(work),
        "commitments": [_commitment(one) for one in forum.commitments.with_latest_update()],
    }


def notes_to_tell(work):
    """What was written, as dicts in an order that tells nothing: by group as far as it is told."""
    keywords = defaultdict(list)
    for theme in themes_of(work.result):
        for note in theme["notes_said"]:
            keywords[note.handle].append(theme["label"])
    shown = Note.objects.shown().of_group_work(work).select_related("question", "table", "author")
    notes = shown.prefetch_related("mentions")
    attribute(notes, figures=work.result.figures, work=work)
    told = [
        {
            "id": note.handle,
            "question": note.question.order,
            "text": note.text,
            "keywords": sorted(keywords[note.handle]),
            "group": str(note.told_table or "") or None,
            "side": str(note.told_side) or None,
            "author": note.told_author.full_name if note.told_author else None,
        }
        for note in notes
    ]
    return sorted(told, key=lambda note: (note["group"] or "", note["id"]))


def sheets_of(work):
    """The same as Sheets of a workbook: what it was, themes, notes, what got most dots, commitments."""
    described = describe(work)
    return [
        _about(work, described),
        _themes(described["figures"]),
        _notes(described),
        _priorities(described),
        _commitments(described["commitments"]),
    ]


def _about(work, described):
    """Whoever gets the workbook by mail has nothing else beside it."""
    forum, figures = work.forum, described["figures"]
    people = figures["participants"]
    rows = [
        [_("Forum"), forum.title],
        [_("Theme"), forum.theme],
        [_("Starts"), forum.starts_at],
        [_("Place"), forum.place or None],
        [_("Led by"), ", ".join(described["leaders"])],
        [_("Elected members"), _or_not_told(people["elected"])],
        [_("Officials"), _or_not_told(people["official"])],
        [_("Tables"), figures["tables"]],
        [_("Notes"), figures["notes"]["total"]],
        *([_question(one), one["text"]] for one in described["questions"]),
        [_("Counted"), work.result.frozen_at],
    ]
    return Sheet(_("About the group work"), _headings(_("What"), _("How it was")), rows)


def _question(question):
    return _("Question %(number)s") % {"number": question["order"]}


def _themes(figures):
    headings = _headings(_("Theme"), _("Elected members"), _("Officials"), _("Tables"), _("Notes"))
    rows = [
        [
            one["label"],
            _or_not_told(one["elected"]),
            _or_not_told(one["official"]),
            one["tables"],
            one["notes"],
        ]
        for one in figures["concepts"]
    ]
    return Sheet(_("Themes"), headings, rows)


def _notes(described):
    """Who wrote is a column only where that was told."""
    asked = {one["order"]: f"{one['order']}. {one['text']}" for one in described["questions"]}
    headings = [_("Question"), _("Note"), _("Keywords"), _("Group"), _("Side")]
    rows = [
        [
            asked[note["question"]],
            note["text"],
            ", ".join(note["keywords"]),
            _or_not_told(note["group"]),
            _or_not_told(note["side"] and str(Side(note["side"]).label)),
            note["author"],
        ]
        for note in described["notes"]
    ]
    if described["anonymous"]:
        return Sheet(_("Notes"), _headings(*headings), [row[:-1] for row in rows])
    return Sheet(_("Notes"), _headings(*headings, _("Written by")), rows)


def _priorities(described):
    texts = {note["id"]: note["text"] for note in described["notes"]}
    dots = (described["figures"].get("priorities") or {}).get("notes", [])
    rows = [[texts[one["note"]], one["dots"]] for one in dots if one["note"] in texts]
    return Sheet(_("Priorities"), _headings(_("Note"), _("Dots")), rows)


def _commitments(commitments):
    headings = _headings(
        _("Commitment"), _("Owner"), _("Unit"), _("To be done by"), _("State"), _("Latest word")
    )
    rows = [
        [
            one["text"],
            one["owner"],
            one["unit"],
            date.fromisoformat(one["due_on"]),
            str(Commitment.State(one["state"]).label),
            one["words"][0]["text"] if one["words"] else None,
        ]
        for one in commitments
    ]
    return Sheet(_("Commitments"), headings, rows)


def _or_not_told(value):
    """An empty cell would be read as nought."""
    return _("not told") if value is None else value


def _headings(*words):
    return [(word, word) for word in words]


def _commitment(one):
    return {
        "text": one.text,
        "owner": one.owner.full_name,
        "unit": one.unit.name,
        "due_on": one.due_on.isoformat(),
        "state": one.state,
        "words": [
            {"at": _iso(told.at), "by": told.by.full_name, "state": told.state or None, "text": told.text}
            for told in one.updates.all()
        ],
    }


def _thinned(work):
    thinning = getattr(work, "thinning", None)
    if thinning is None:
        return None
    return {"at": _iso(thinning.at), "notes": thinning.notes, "decision": thinning.decision}


def _iso(at):
    return timezone.localtime(at).isoformat()
