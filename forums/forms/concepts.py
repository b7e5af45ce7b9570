"""What is sent about a concept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.models import Concept, Term
from forums.veiling import veiled_words
from forums.wording import normalise


class MergeForm(forms.Form):
    """The concept that `of` is to count for, named by any of its words."""

    name = "merge"
    word = forms.CharField(
        label=_("It means the same as the word"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )

    def __init__(self, data=None, *, of):
        super().__init__(data, auto_id=f"%s-{of.pk}")
        self.of = of

    def clean_word(self):
        word = self.cleaned_data["word"]
        term = Term.objects.filter(text=normalise(word)).select_related("concept").first()
        if term is None or veiled_words([term]):
            raise forms.ValidationError(_("Nobody has used the word “%(word)s”.") % {"word": word})
        self.cleaned_data["concept"] = term.concept
        return word


class RenameForm(forms.ModelForm):
    """What the concept `of` is called; an empty form begins with what `calling.name_fully` calls it."""

    name = "rename"

    class Meta:
        model = Concept
        fields = ["label", "label_en"]
        labels = {"label": _("It is called"), "label_en": _("In English, if it is needed")}
        widgets = {"label_en": forms.TextInput(attrs={"lang": "en"})}

    def __init__(self, data=None, *, of):
        initial = None if data is not None else {"label": of.called, "label_en": of.label_en}
        super().__init__(data, initial=initial, auto_id=f"%s-{of.pk}")
        self.of = of


class WordForm(forms.Form):
    """A word that is to count for the concept `of` when somebody writes it."""

    name = "word"
    word = forms.CharField(
        label=_("Another word for it"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )

    def __init__(self, data=None, *, of):
        super().__init__(data, auto_id=f"%s-new-{of.pk}")
        self.of = of
