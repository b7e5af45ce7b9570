"""Bringing files over: Word documents, saved web pages, plain text."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from news.forms.drafts import NewArticleForm
from news.models import Article

MOST_FILES = 20


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or more; cleaned to a list."""

    widget = SeveralFilesInput
    default_error_messages = {
        "too_many": ngettext_lazy(
            "Choose at most %(most)d file at a time.", "Choose at most %(most)d files at a time.", "most"
        )
    }

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                self.error_messages["too_many"], code="too_many", params={"most": MOST_FILES}
            )
        return [super(SeveralFilesField, self).clean(file, initial) for file in files or [None]]


class ImportForm(NewArticleForm):
    """What is decided once for all the files."""

    title = form_key = None
    files = SeveralFilesField(
        label=_("Files"),
        widget=SeveralFilesInput(attrs={"accept": ".docx,.html,.htm,.xhtml,.txt"}),
        help_text=_("Word documents (docx), saved web pages (html) or plain text (txt), one or several."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, capfirst(kind.label)) for kind in Article.Kind if kind != Article.Kind.SUMMARY],
    )
    also_changed = forms.BooleanField(
        label=_("Make a new draft also where there is a text with the same title from before"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        order = ["files", "kind", "blog", "unit", "author", "audience", "restricted", "topics"]
        self.order_fields([*order, "embargoed", "also_changed"])
        self.helper = FormHelper()
        self.helper.form_tag = False
