"""Taking a word out of a concept, and putting one into it. A frozen result never changes by it.

The words of a concept are forms of one word, so that a new form finds them (`wording`). A word that is put
into it is therefore a concept of its own which counts for it, and has its own forms (decisions/0550).
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.recording import record
from accounts.refusals import Refusal
from forums.calling import name_fully
from forums.lettering import lettered, plainness
from forums.merging import hold_dictionary
from forums.models import Concept, Term
from forums.recounting import recount_where_said
from forums.veiling import veiled_words
from forums.wording import normalise, spelt


class NotAWord(Refusal):
    message = _("A word needs a letter or a digit.")
    field = "word"


class WordTaken(Refusal):
    message = _(
        "The word counts for “%(concept)s” already. Merge the two concepts, or take the word out there."
    )
    field = "word"


class OnlyWord(Refusal):
    message = _(
        "Other words count for “%(word)s”, so it stays. Undo the merges that brought them here instead."
    )


@transaction.atomic
def split(term, *, by):
    """Let a word stand for a concept of its own from now on; return that Concept.

    Its old concept keeps its id, so that what refers to it still does. The only word of a concept stays
    where it is. A name that somebody chose goes with the word that it is, and comes back when it is undone
    (`undoing`): else two concepts would be called the same.

    Raises:
        OnlyWord: it is, and other concepts have been merged into its own.
    """
    hold_dictionary()
    term = Term.objects.select_related("concept").get(pk=term.pk)
    whole = term.concept
    if not whole.terms.exclude(pk=term.pk).exists():
        if whole.merged.exists():
            raise OnlyWord(OnlyWord.message % {"word": term.text})
        return whole
    apart = Concept.objects.create(label=term.text)
    term.concept = apart
    term.save(update_fields=["concept"])
    takes_name = whole.is_curated and normalise(whole.label) == term.text
    if takes_name:
        _hand_over_name(whole, apart)
    record("concept.split", about=apart, by=by, out_of=whole.pk, term=term.pk, took_name=takes_name)
    recount_where_said([term])
    return apart


def _hand_over_name(whole, apart):
    apart.label, apart.label_en, apart.is_curated = whole.label, whole.label_en, True
    words = sorted(whole.terms.values_list("text", flat=True), key=plainness)
    whole.label, whole.label_en, whole.is_curated = words[0], "", False
    for concept in (apart, whole):
        concept.save(update_fields=["label", "label_en", "is_curated"])


@transaction.atomic
def add_word(concept, word, *, by):
    """Let a word that nobody has used yet, and the forms of it, count for `concept` when somebody writes
    them; return its Term. Nothing happens where it does already.

    Raises:
        NotAWord: nothing is left of it when it is normalised.
        WordTaken: it counts for another concept.
    """
    hold_dictionary()
    text = normalise(word)
    if not text:
        raise NotAWord

    def counting_for_it():
        return Concept.objects.create(label=lettered({text: {spelt(word): 1}}), merged_into=concept)

    term, is_new = Term.objects.get_or_create(text=text, defaults={"concept": counting_for_it})
    # What only hidden notes said is a new word to whoever adds it, and must not be told of by a refusal.
    is_unknown = is_new or bool(veiled_words([term]))
    roots = Concept.objects.roots_of([term.concept_id, concept.pk])
    if roots[term.concept_id] != roots[concept.pk]:
        taken = roots[term.concept_id]
        name_fully([taken])
        if not is_unknown or taken.told or taken != term.concept:
            raise WordTaken(WordTaken.message % {"concept": taken.called})
        Concept.objects.filter(pk=taken.pk).update(merged_into=concept)
        recount_where_said(taken.all_words())
    if is_unknown:
        record("concept.word_added", about=concept, by=by, term=term.pk, word=text)
    return term
