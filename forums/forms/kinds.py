"""A kind of forum, and the programme that forums of the kind begin with."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Audience
from forums.forms.choices import capitalised
from forums.forms.planning import halves
from forums.forms.programme import TimeField
from forums.forms.rows import FormsOfOnePage, RowForm, RowsFormSet, formset_of
from forums.models import ForumKind, ProgrammeItem


class KindForm(forms.ModelForm):
    """Saved by `patterning.shape_kind`, never by the form."""

    class Meta:
        model = ForumKind
        fields = [
            "name",
            "name_in_english",
            "used_for",
            "is_offered",
            "title",
            "description",
            "place",
            "audience",
            "seats",
            "restricted",
            "allows_deputies",
            "asks_diet",
            "asks_access",
        ]
        labels = {
            "used_for": _("Used for"),
            "is_offered": _("Offer this kind when a forum is planned"),
        }
        help_texts = {"used_for": _("A line that helps a colleague to choose.")}
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].queryset = Audience.objects.ready_made()
        self.fields["audience"].empty_label = _("Chosen for each forum")
        self.fields["seats"].min_value = 1
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            HTML('{% include "forums/parts/form_errors.html" %}'),
            Fieldset(
                _("The kind"),
                halves("name", "name_in_english"),
                "used_for",
                "is_offered",
                css_class="group",
            ),
            Fieldset(
                _("What a new forum begins with"),
                "title",
                "description",
                "place",
                halves("audience", "seats"),
                "restricted",
                "allows_deputies",
                "asks_diet",
                "asks_access",
                css_class="group",
            ),
        )

    def clean_seats(self):
        seats = self.cleaned_data["seats"]
        if seats == 0:
            raise forms.ValidationError(_("A forum has at least one seat."))
        return seats

    def _post_clean(self):
        """Nothing is written into the instance: the verb does the saving."""


class KindItemForm(RowForm):
    PRESET = ("kind",)

    starts = TimeField(label=_("From"))
    ends = TimeField(label=_("To"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=capitalised(ProgrammeItem.Kind), initial=ProgrammeItem.Kind.TALK
    )
    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("About it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The item has to end after it starts."))
        return cleaned


class BaseKindItemFormSet(RowsFormSet):
    @property
    def items(self):
        """What `patterning.shape_kind` takes."""
        names = ("starts", "ends", "kind", "title", "text")
        return [{name: row[name] for name in names} for row in self.kept]


KindItemFormSet = formset_of(KindItemForm, formset=BaseKindItemFormSet, most=60)


class KindPlan(FormsOfOnePage):
    """The two forms of one page, read and checked together. `kind` is None for a new one."""

    def __init__(self, kind, data=None):
        self.form = KindForm(data, instance=kind)
        self.items = KindItemFormSet(data, prefix="items", initial=_rows_of(kind))
        self.grows = self.items.grows
        self.parts = [self.form, self.items]

    @property
    def fields(self):
        """What `patterning.shape_kind` takes."""
        return {**self.form.cleaned_data, "items": self.items.items}


def _rows_of(kind):
    return list(kind.items.values("starts", "ends", "kind", "title", "text")) if kind else []
