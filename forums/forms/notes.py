"""What a table writes."""

import uuid

from django import forms
from django.template.loader import render_to_string
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.fields import NumberField
from forums.models import Note
from forums.noting import MAX_KEYWORDS, NoteRefused, SentNote, StaleNote, write_notes
from forums.suggesting import options_of
from forums.wording import MAX_KEYWORD_LENGTH


class KeywordsWidget(forms.Widget):
    """Several inputs of one name, each with the forum's words as suggestions."""

    template_name = "forums/parts/keywords_widget.html"
    INPUTS = 4

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.suggestions = ()

    def id_for_label(self, id_):
        return f"{id_}_0"

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [part.strip() for value in values for part in value.replace(";", ",").split(",")]

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        words = [word for word in value or [] if word]
        words += [""] * (self.INPUTS - len(words))
        return context | {
            "words": words,
            "suggestions": options_of(self.suggestions() if callable(self.suggestions) else self.suggestions),
            "max_length": MAX_KEYWORD_LENGTH,
        }


class KeywordsField(forms.Field):
    """A list of words as they were typed; `noting` says what fits."""

    widget = KeywordsWidget

    def clean(self, value):
        return [word.replace("\0", "") for word in value or [] if word]


class NoteForm(forms.Form):
    """A note and its keywords. What doesn't fit is said beside its field, and what was typed stays.

    `questions` are those that the group work asks; `suggestions` words, or a function that finds them where
    the form is shown.
    """

    note_id = forms.UUIDField(widget=forms.HiddenInput)
    # Of the note when it was opened; 0 for a new one. Left out by whoever has seen no form.
    revision = NumberField(required=False, min_value=0, widget=forms.HiddenInput)
    question = forms.TypedChoiceField(label=_("Question"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Your note"),
        help_text=_("Short is good: up to 500 characters."),
        # No maxlength: a browser would cut off, unseen, what is pasted. The script tells, the verb counts.
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "data-letters": Note.MAX_LENGTH,
                "data-letters-left": _("{n} characters left"),
                "data-letters-over": _("{n} characters too many"),
            }
        ),
    )
    keywords = KeywordsField(
        label=_("Keywords"),
        help_text=format_lazy(
            _("One word or a few in each box, at most {limit}. You decide which."), limit=MAX_KEYWORDS
        ),
        required=False,
    )

    def __init__(self, *args, questions, suggestions=(), note=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.theirs = None
        asked = {str(question.pk): question for question in questions}
        self.fields["question"].choices = [(pk, question.text) for pk, question in asked.items()]
        self.fields["question"].coerce = asked.__getitem__
        self.fields["keywords"].widget.suggestions = suggestions
        if len(questions) == 1:
            self.fields["question"].widget = forms.HiddenInput()
        self.initial = {
            "note_id": uuid.uuid4(),
            "revision": 0,
            "question": questions[0].pk if questions else None,
        }
        if note:
            self.initial = {
                "note_id": note.pk,
                "revision": note.revision,
                "question": note.question_id,
                "text": note.text,
                "keywords": [str(mention) for mention in note.mentions.all()],
            }

    def save(self, *, seat, by):
        """Write the note from the writer's seat; None with the reason in the form where it wasn't."""
        [note] = save_notes([self], seat=seat, by=by)
        return note

    def sent(self):
        """What was typed, as the verb takes it."""
        return SentNote(**self.cleaned_data)

    def take(self, told):
        """Return the note, or None where it was refused, with the reason in the form.

        Where it has been saved elsewhere meanwhile, `theirs` is the note as it stands, to be shown beside
        what was typed. Sent once more, it is meant.
        """
        if not isinstance(told, NoteRefused):
            return told
        if isinstance(told, StaleNote):
            self.theirs = told.note
            self.data = self.data.copy() | {self.add_prefix("revision"): told.note.revision}
        self.add_error(told.field, str(told))
        return None


def save_notes(forms, *, seat, by):
    """Write the notes of several forms from the writer's seat; in their order each note, or None with the
    reason in its form."""
    valid = [form for form in forms if form.is_valid()]
    sent = [form.sent() for form in valid]
    told = write_notes(sent, table=seat.table, side=seat.side, by=by) if sent else []
    notes = {form: form.take(each) for form, each in zip(valid, told, strict=True)}
    return [notes.get(form) for form in forms]
