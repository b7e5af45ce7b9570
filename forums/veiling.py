"""Veiling: what results say, without the words that nobody is shown any longer (decisions/0560).

A note that is hidden after its group work was closed leaves the frozen figures as they are. A word that no
shown note of the work says any more isn't named, though, wherever something is made of them: whatever tells
of a result reads it here.
"""

from collections import defaultdict

from forums.models import Mention, Result, Thinning

VEILED = {"label": "dolt ord", "label_en": "hidden word"}


def figures_told(result):
    """The figures of a Result, shaped as there, with a theme that is not named called `VEILED`."""
    unsaid = _unsaid_in([result])[result.group_work_id]
    concepts = [
        {**concept, **VEILED} if _is_veiled(concept, unsaid) else concept
        for concept in result.figures["concepts"]
    ]
    return {**result.figures, "concepts": concepts}


def figures_named(result):
    """The figures of a Result, shaped as there, without the themes that are not named."""
    return all_named([result], [result.figures])[0]


def veiled_in(result):
    """The concepts of a Result that are not named, as they were frozen."""
    unsaid = _unsaid_in([result])[result.group_work_id]
    return [concept for concept in result.figures["concepts"] if _is_veiled(concept, unsaid)]


def all_named(results, all_figures):
    """The same of many Results, whose figures may have been counted anew. Three queries, however many."""
    unsaid = _unsaid_in(results)
    return [
        {
            **figures,
            "concepts": [
                concept
                for concept in figures["concepts"]
                if not _is_veiled(concept, unsaid[result.group_work_id])
            ],
        }
        for result, figures in zip(results, all_figures, strict=True)
    ]


def public_figures(result):
    """The figures as `resultat.json` tells them: without the ids of words."""
    told = figures_told(result)
    concepts = [
        {key: value for key, value in concept.items() if key != "terms"} for concept in told["concepts"]
    ]
    return {**told, "concepts": concepts}


def unsaid_terms(works):
    """{id of a GroupWork: the ids of the Terms that only its hidden notes mention}, as long as there are
    notes. Two queries."""
    mentions = Mention.objects.filter(note__question__group_work__in=works)
    keys = ("note__question__group_work", "term")
    hidden = set(mentions.filter(note__hidden_at__isnull=False).values_list(*keys))
    shown = mentions.filter(note__hidden_at=None, term__in={term for _work, term in hidden})
    unsaid = defaultdict(set)
    for work, term in hidden - set(shown.values_list(*keys)):
        unsaid[work].add(term)
    return unsaid


def terms_told():
    """The ids of the Terms of every theme that a result names, as frozen and as counted last."""
    results = list(Result.objects.select_related("recount"))
    frozen = [result.figures for result in results]
    latest = [result.recount.figures if hasattr(result, "recount") else result.figures for result in results]
    return {
        term
        for figures in [*all_named(results, frozen), *all_named(results, latest)]
        for concept in figures["concepts"]
        for term in concept["terms"]
    }


def _unsaid_in(results):
    works = [result.group_work_id for result in results]
    unsaid = unsaid_terms(works)
    # Where the notes are gone, as it was when they went.
    for work, terms in Thinning.objects.filter(group_work__in=works).values_list("group_work", "unsaid"):
        unsaid[work] |= set(terms)
    return unsaid


def _is_veiled(concept, unsaid):
    return bool(concept["terms"]) and unsaid.issuperset(concept["terms"])
