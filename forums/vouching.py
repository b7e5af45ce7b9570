"""Vouching for the figures of a summary: each stands in the frozen result, or is marked.

A figure in the text is tied by its key (`news.tying`). One that somebody wrote beside the ties is held
against what the result says of what is counted: of the room, and of the themes that its paragraph names.
The lead, which is plain text and holds no ties, is held to the room's own numbers.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html import unescape

from django.utils.html import strip_tags

from forums.contrasting import THEMES_NAMED
from forums.models import Commitment, CommitmentUpdate, Dot, Note, Result
from forums.noticing import bare_numbers, rows_with_numbers
from forums.phrasing import NUMBER, in_words, number_in, numbers_in
from forums.showing import counts_of
from forums.veiling import figures_named
from forums.withholding import FEWEST_PEOPLE
from news.models import Article
from news.tying import FIGURE, ChangedFigure, register

SIDES = ("elected", "official")
BLOCK = re.compile(r"<(p|li|h[2-4]|t[dh]|figcaption)>(.*?)(?=</\1>)", re.DOTALL)
QUOTATION = re.compile(r"<blockquote>.*?</blockquote>", re.DOTALL)
# What somebody has written close to a tie belongs to its number: "6" before, ",5" after.
BEFORE, AFTER = re.compile(r"\w*$"), re.compile(r"(?:[.,]\d+)?\w*")


@dataclass(frozen=True)
class Counted:
    """What is counted: the forms of its Swedish name, the keys of the numbers that the room has of it, the
    room's own first, and the parts of a theme that count it."""

    forms: str
    keys: tuple = ()
    of_theme: tuple = ()


PEOPLE = Counted(
    "person(?:en|er|erna)?|deltagar(?:e|en|na)|människ(?:a|an|or|orna)",
    ("participants.total", "participants.*", "priorities.people", "each.fewest"),
    ("elected_people", "official_people"),
)
PLACES = Counted("bord(?:et|en)?|grupp(?:en|er|erna)?", ("tables",), ("tables", *SIDES))
COUNTED = [
    PLACES,
    PEOPLE,
    Counted("förtroendevald(?:a|e)?|politiker(?:na)?", ("participants.elected",), ("elected_people",)),
    Counted(
        "tjänsteperson(?:en|er|erna)?|tjänstem(?:an|än|ännen)",
        ("participants.official",),
        ("official_people",),
    ),
    Counted("anteckning(?:en|ar|arna)?", ("notes.*",), ("notes",)),
    Counted("prick(?:en|ar|arna)?", ("each.dots", "priorities.dots", "note.*.dots")),
    Counted("tema(?:t|n|na)?", ("concepts", "themes.*")),
    Counted("procent(?:en)?|%"),
]
PARTS_OF_THEME = ("tables", "notes", *SIDES, "elected_people", "official_people")
OF_ROOM = ("participants.*", "tables", "notes.*", "concepts", "themes.*", "each.*", "priorities.*")
ANYTHING, OF_THEME = Counted("", (*OF_ROOM, "questions"), PARTS_OF_THEME), Counted("", (), PARTS_OF_THEME)
NAMES = "|".join(one.forms for one in COUNTED)
# "15 bord", "femton olika bord", "tre av de åtta borden"; an hour is no number of anything.
UNTIED = re.compile(
    rf"(?<!\bkl )(?<!\bkl\. )({NUMBER.pattern})"
    rf"(?=((?:\s+av(?:\s+(?:de|våra))?(?:\s+[\w\ufffc]+)?)?(?:\s+(?:olika|stycken))?\s+({NAMES})(?!\w)))",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(?<=\d)%")
# "En" and "ett" are numbers where the lead of the draft has them; elsewhere they are articles.
ARTICLE = re.compile(r"ett?|en", re.IGNORECASE)
IN_LEAD = re.compile(r"(?:^|\s)(?:vid|i|samtalade|deltog)\s+$", re.IGNORECASE)
TIE = "\ufffc"  # stands for one where the rest of a paragraph is read
AROUND = 40  # characters on either side of a figure that are quoted


def numbers_of(figures):
    """Return every number that a result tells, by the key that ties it: "participants.total",
    "concept.12.elected", "note.ab12.dots"."""
    numbers = {"tables": figures["tables"], "concepts": len(figures["concepts"])}
    for name in ("participants", "notes"):
        numbers |= {f"{name}.{part}": number for part, number in figures[name].items()}
    for concept in figures["concepts"]:
        for part in PARTS_OF_THEME:
            numbers[f"concept.{concept['id']}.{part}"] = concept.get(part)
    if not figures["sides_shown"]:
        numbers["each.fewest"] = FEWEST_PEOPLE
    sides = [theme["side"] for theme in counts_of(figures)]
    for side in ("shared", "room", *SIDES):
        numbers[f"themes.{side}"] = number = sides.count(side)
        numbers[f"themes.{side}.more"] = number - THEMES_NAMED if number > THEMES_NAMED + 1 else None
    if priorities := figures.get("priorities"):
        numbers["each.dots"] = Dot.MOST
        numbers |= {f"priorities.{part}": priorities[part] for part in ("people", "dots")}
        numbers |= {f"note.{one['note']}.dots": one["dots"] for one in priorities["notes"]}
    return {key: number for key, number in numbers.items() if number is not None}


def check_figures(version):
    """Return the ChangedFigures of a forum's summary; none of any other text."""
    if version.article.kind != Article.Kind.SUMMARY:
        return []
    found = Result.objects.filter(group_work__forum__summary=version.article_id)
    result = found.select_related("group_work__forum").first()
    if result is None:
        return []
    figures = figures_named(result)
    numbers = numbers_of(figures) | {"questions": result.group_work.questions.count()}
    changed = list(_changed(version, numbers, figures))
    if all(figure.key for figure in changed):
        return changed
    return list(_changed(version, numbers, figures, told=_told_elsewhere(result)))


def _changed(version, numbers, figures, told=()):
    quoted = {words for quote in QUOTATION.findall(version.body) for _tag, words in BLOCK.findall(quote)}
    lead = _read(version.lead, told)
    yield from _in_lead(lead, numbers, figures)
    yield from _bare(lead, version.lead, numbers, figures)
    for _tag, words in BLOCK.findall(version.body):
        yield from _tied(words, numbers)
        if words not in quoted:
            yield from _untied(words, numbers, figures, told)
            yield from _bare(_read(FIGURE.sub(TIE, words), told), words, numbers, figures)
    yield from _in_cells(version.body, numbers, figures)


def _told_elsewhere(result):
    """The texts with numbers in them that a draft repeats: nobody counted those in the group work."""
    work, forum = result.group_work, result.group_work.forum
    before = Commitment.objects.to_answer_at(forum)
    promised = [one.pk for commitments in (forum.commitments.all(), before) for one in commitments]
    texts = [forum.title, forum.theme, forum.place, *(one["label"] for one in result.figures["concepts"])]
    texts += work.questions.values_list("text", flat=True)
    texts += forum.programme.values_list("title", flat=True)
    texts += forum.materials.values_list("title", flat=True)
    texts += Commitment.objects.filter(pk__in=promised).values_list("text", flat=True)
    texts += CommitmentUpdate.objects.filter(commitment__in=promised).values_list("text", flat=True)
    if priorities := result.figures.get("priorities"):
        dotted = {one["note"] for one in priorities["notes"]}
        texts += [note.text for note in Note.objects.of_group_work(work) if note.handle in dotted]
    read = {_plain(text.rstrip(".")) for text in texts}
    return sorted((text for text in read if UNTIED.search(text)), key=len, reverse=True)


def _tied(words, numbers):
    for match in FIGURE.finditer(words):
        before, after = BEFORE.search(words[: match.start()])[0], AFTER.match(words[match.end() :])[0]
        key, text = match[1], f"{before}{strip_tags(match[2])}{after}".strip()
        number = numbers.get(key)
        if number is None or numbers_in(text) != [number]:
            source = "" if number is None else in_words(number)
            around = _around(words[: match.start()], match[2], words[match.end() :])
            yield ChangedFigure(text or "–", source, around, key)


def _in_lead(words, numbers, figures):
    """Numbers in the lead that are not the room's. Where the room's own stands there, what the result says
    of a theme may stand beside it."""
    found = [(match, _counted(match[3])) for match in UNTIED.finditer(words)]
    for match, counted in found:
        number = number_in(match[1])
        whole = numbers.get(counted.keys[0]) if counted in (PEOPLE, PLACES) else None
        told = any(one is counted and number_in(other[1]) == whole for other, one in found)
        if number is None or number == whole:
            continue
        if whole is None or told:
            right = ARTICLE.fullmatch(match[1]) or number in _known(counted, words, numbers, figures)
        else:
            right = ARTICLE.fullmatch(match[1]) and not IN_LEAD.search(words[: match.start()])
        if not right:
            source = "" if whole is None or told else in_words(whole)
            yield _written(words, match, source)


def _untied(words, numbers, figures, told):
    """Numbers beside a name of what is counted, of which the result has none."""
    left = _read(FIGURE.sub(TIE, words), told)
    for match in UNTIED.finditer(left):
        number, counted = number_in(match[1]), _counted(match[3])
        if number is None or ARTICLE.fullmatch(match[1]):
            continue
        if number not in _known(counted, words, numbers, figures):
            yield _written(left, match)


def _bare(left, words, numbers, figures):
    """Numbers that tell of the room without naming what they count, of which the result has none at all."""
    for match in bare_numbers(left):
        number = number_in(match[1])
        if number is None or ARTICLE.fullmatch(match[1]):
            continue
        if number not in _known(ANYTHING, words, numbers, figures):
            after = left[match.end(1) :].replace(TIE, "")
            yield ChangedFigure(match[1], "", _around(left[: match.start(1)], match[1], after))


def _in_cells(body, numbers, figures):
    """Numbers that stand alone in a cell beside a theme, and are none of its own."""
    for row, cells in rows_with_numbers(body):
        known = _known(OF_THEME, row, {}, figures)
        for cell in cells:
            if known and number_in(cell.strip()) not in known:
                yield ChangedFigure(cell.strip(), "", _around("", _plain(row.replace("</t", " </t")), ""))


def _counted(name):
    return next(one for one in COUNTED if re.fullmatch(one.forms, name, re.IGNORECASE))


def _known(counted, words, numbers, figures):
    """The numbers that the result has of what is counted, of the room and of the themes named in `words`."""
    plain = _plain(words)
    known = {numbers[key] for key in numbers for form in counted.keys if fnmatchcase(key, form)}
    for concept in figures["concepts"]:
        label = re.escape(concept["label"])
        if f'#begrepp-{concept["id"]}"' in words or re.search(rf"\b{label}\b", plain, re.IGNORECASE):
            known |= {concept.get(part) for part in counted.of_theme}
    return known


def _written(words, match, source=""):
    text = f"{match[1]}{match[2]}"
    after = words[match.end() + len(match[2]) :].replace(TIE, "")
    return ChangedFigure(text, source, _around("", text, after))


def _read(words, told):
    """A paragraph as it is read, without the texts `told` of which nobody counted the numbers."""
    read = PERCENT.sub(" %", _plain(words))
    for text in told:
        read = read.replace(text, TIE)
    return read


def _plain(words):
    return re.sub(r"[^\S\u00a0]+", " ", unescape(strip_tags(words)))


def _around(before, figure, after):
    """Some words on either side of a figure, from whole words to whole words; each part is HTML."""
    before, figure, after = (
        re.sub(r"\s+", " ", unescape(strip_tags(part))) for part in (before, figure, after)
    )
    if len(before) > AROUND:
        before = before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0]
    return f"{before}{figure}{after}".strip()


register(check_figures)
