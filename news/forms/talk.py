"""What readers say beneath a text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from news.forms.reviews import PlainForm


class CommentForm(PlainForm):
    prefix = "comment"

    text = forms.CharField(
        label=_("Your comment or question"),
        help_text=_("Everybody who may read the text sees it, with your name."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_question = forms.BooleanField(label=_("It is a question to the author"), required=False)


class AnswerForm(PlainForm):
    text = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class HideForm(PlainForm):
    why = forms.CharField(
        label=_("Why must it not stand there?"),
        help_text=_("Shown in its place."),
        max_length=200,
    )


class VerdictForm(PlainForm):
    prefix = "verdict"

    helped = forms.TypedChoiceField(
        label=_("Did the information help you?"),
        choices=[("ja", _("Yes")), ("nej", _("No"))],
        coerce=lambda answer: answer == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    words = forms.CharField(
        label=_("A word to the owner of the text"),
        help_text=_("Not needed. The owner sees it with your name; other readers do not."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
