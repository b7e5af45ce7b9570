"""Looking for a text on the desk."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from news.models import Article


class DeskSearchForm(forms.Form):
    q = forms.CharField(label=_("Words in the title"), max_length=200, required=False)
    slag = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *[(kind.value, capfirst(kind.label)) for kind in Article.Kind]],
    )
    mina = forms.BooleanField(label=_("Only texts that I own"), required=False)

    def found_in(self, versions, *, owner):
        """Those of `versions` that are looked for; `owner` is who looks."""
        asked = self.cleaned_data
        found = versions.titled(asked["q"])
        if asked["slag"]:
            found = found.of_kinds(asked["slag"])
        return found.owned_by(owner) if asked["mina"] else found
