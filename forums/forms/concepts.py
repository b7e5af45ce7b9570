"""What is sent about a concept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.models import Concept, Term
from forums.wording import normalise


class MergeForm(forms.Form):
    """The concept that another is to count for, named by any of its words."""

    word = forms.CharField(label=_("A word of the other concept"), max_length=80)

    def clean_word(self):
        word = self.cleaned_data["word"]
        term = Term.objects.filter(text=normalise(word)).select_related("concept").first()
        if term is None:
            raise forms.ValidationError(_("Nobody has used the word “%(word)s”.") % {"word": word})
        self.cleaned_data["concept"] = term.concept
        return word


class RenameForm(forms.ModelForm):
    """What a concept is called."""

    class Meta:
        model = Concept
        fields = ["label", "label_en"]
