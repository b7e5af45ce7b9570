"""What somebody thought of a forum."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.models import Verdict
from forums.models.verdicts import BEST, WORST


class VerdictForm(forms.ModelForm):
    """A few grades, and a word for those who have one."""

    class Meta:
        model = Verdict
        fields = [*Verdict.GRADES, "words"]
        help_texts = {"words": _("Write no names: what you write is shown as it is.")}
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in Verdict.GRADES:
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=[(grade, str(grade)) for grade in range(WORST, BEST + 1)],
                coerce=int,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                error_messages={"required": _("Choose a grade from 1 to 5.")},
            )

    @property
    def grades(self):
        return [self[name] for name in Verdict.GRADES]
