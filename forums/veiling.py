"""Veiling: what results and the dictionary say, without the words that nobody is shown any longer
(decisions/0560, 0581).

A note that is hidden after its group work was closed leaves the frozen figures as they are. A word that no
shown note of the work says any more isn't named, though, wherever something is made of them: whatever tells
of a result reads it here. A theme that has other words left is called by the commonest of those.
"""

from django.db.models import Exists, OuterRef

from accounts.models import LogEntry
from forums.lettering import lettered, letters_in
from forums.models import Mention, Result, Term, Thinning
from forums.wording import normalise

VEILED = {"label": "dolt ord", "label_en": "hidden word"}


def figures_told(result):
    """The figures of a Result, shaped as there, with a theme that is not named called `VEILED`."""
    [pairs] = _as_told([result], [result.figures])
    return {**result.figures, "concepts": [told or {**frozen, **VEILED} for frozen, told in pairs]}


def figures_named(result):
    """The figures of a Result, shaped as there, without the themes that are not named."""
    return all_named([result], [result.figures])[0]


def veiled_in(result):
    """Pairs of a concept of a Result as it was frozen and as it is told: those that aren't named (None), or
    not by the name that they had."""
    [pairs] = _as_told([result], [result.figures])
    return [(frozen, told) for frozen, told in pairs if told != frozen]


def all_named(results, all_figures):
    """The same as `figures_named` of many Results, whose figures may have been counted anew. Two queries,
    however many, where a theme has lost one of its words, and else none."""
    return [
        {**figures, "concepts": [told for _frozen, told in pairs if told]}
        for figures, pairs in zip(all_figures, _as_told(results, all_figures), strict=True)
    ]


def public_figures(result):
    """The figures as `resultat.json` tells them: without the ids of words."""
    told = figures_told(result)
    concepts = [
        {key: value for key, value in concept.items() if key != "terms"} for concept in told["concepts"]
    ]
    return {**told, "concepts": concepts}


def unsaid_terms(work):
    """The Terms that only hidden notes of a group work mention, as long as there are notes."""
    here = Mention.objects.filter(note__question__group_work=work)
    hidden = Term.objects.filter(pk__in=here.filter(note__hidden_at__isnull=False).values("term"))
    return hidden.exclude(Exists(here.filter(term=OuterRef("pk"), note__hidden_at=None)))


def note_unsaid(note):
    """Keep with the result which words of a note that has just been hidden no shown note of its work says any
    longer, so that nobody who reads results looks for them among all notes. Nothing before there is a result.

    Called in the transaction that hides it. Of two that hide at once, the second waits here and sees both.
    """
    work = note.question.group_work_id
    result = Result.objects.select_for_update(no_key=True).filter(group_work=work).first()
    if result is None:
        return
    lost = unsaid_terms(work).filter(notes=note).values_list("pk", flat=True)
    Result.objects.filter(pk=result.pk).update(unsaid=sorted({*result.unsaid, *lost}))


def terms_told(results=None):
    """The ids of the Terms of every theme that a result names, as frozen and as counted last, but for those
    that only hidden notes said there; of these `results` only, where they are given."""
    results = Result.objects.all() if results is None else results
    results = list(results.select_related("recount"))
    frozen = [result.figures for result in results]
    latest = [result.recount.figures if hasattr(result, "recount") else result.figures for result in results]
    return {
        term
        for all_figures in (frozen, latest)
        for result, figures in zip(results, all_figures, strict=True)
        for concept in figures["concepts"]
        for term in concept["terms"]
        if term not in result.unsaid
    }


def veiled_words(among=None):
    """The ids of the Terms that the dictionary does not tell anybody: only hidden notes mention them, or did
    before the notes were thinned out. What somebody has added to a concept is their word, whoever wrote it
    too, and what the result of a thinned group work names is no secret.

    Two queries where no note is hidden; three and more where some are.

    Args:
        among: Terms to ask about; all where it is None.
    """
    mentions = Mention.objects.all() if among is None else Mention.objects.filter(term__in=among)
    hidden = set(mentions.filter(note__hidden_at__isnull=False).values_list("term", flat=True))
    lost = {term for unsaid in Thinning.objects.values_list("unsaid", flat=True) for term in unsaid}
    hidden |= lost if among is None else lost & {term.pk for term in among}
    if not hidden:
        return hidden
    # Word by word, for most are said by the first note that is looked at.
    shown = Exists(Mention.objects.filter(term=OuterRef("pk"), note__hidden_at=None))
    hidden -= set(Term.objects.filter(shown, pk__in=hidden).values_list("pk", flat=True))
    added = LogEntry.objects.filter(event="concept.word_added")
    hidden -= set(added.values_list("details__term", flat=True))
    if hidden:
        hidden -= terms_told(Result.objects.filter(group_work__thinning__isnull=False))
    return hidden


def _as_told(results, all_figures):
    """For each of the figures, pairs of a concept as it stands there and as it is told (or None)."""
    hidden = [set(result.unsaid) for result in results]
    # The words of the themes that have lost some of them.
    partly = {
        term
        for figures, lost in zip(all_figures, hidden, strict=True)
        for concept in figures["concepts"]
        if not (lost.isdisjoint(concept["terms"]) or lost.issuperset(concept["terms"]))
        for term in concept["terms"]
    }
    texts = dict(Term.objects.filter(pk__in=partly).values_list("pk", "text")) if partly else {}
    pairs = [
        [(concept, _told(concept, lost, texts)) for concept in figures["concepts"]]
        for figures, lost in zip(all_figures, hidden, strict=True)
    ]
    _write_names([told for some in pairs for _frozen, told in some if told and told["label"] is None], texts)
    return pairs


def _told(concept, unsaid, texts):
    """The concept as it is told, None where it isn't; its label None where it needs another."""
    if unsaid.isdisjoint(concept["terms"]):
        return concept
    if unsaid.issuperset(concept["terms"]):
        return None
    lost = {texts.get(term) for term in concept["terms"] if term in unsaid}
    label, english = (normalise(concept[key]) in lost for key in VEILED)
    told = {"label": None, "left": next(term for term in concept["terms"] if term not in unsaid)}
    return concept | (told if label else {}) | ({"label_en": ""} if english else {})


def _write_names(nameless, texts):
    """Call each of these concepts by the commonest word that it has left, as most people write it."""
    letters = letters_in({concept["left"] for concept in nameless}) if nameless else {}
    for concept in nameless:
        term = concept.pop("left")
        concept["label"] = lettered({texts[term]: letters.get(term, {"": 0})})
