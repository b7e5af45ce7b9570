"""The shape of what is sent about people and units."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.fields import PersonField
from accounts.models import ALWAYS_IN_PORTAL, Absence, Cadence, Notification, Unit


class UnitForm(forms.ModelForm):
    """A unit and its place in the tree."""

    class Meta:
        model = Unit
        fields = ["name", "kind", "parent", "position"]

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if (
            parent
            and self.instance.pk
            and Unit.objects.within([self.instance.pk]).filter(pk=parent.pk).exists()
        ):
            raise forms.ValidationError(_("A unit cannot belong to itself or to a unit below it."))
        return parent


class MarkReadForm(forms.Form):
    """Which notification to mark as read; empty means all of the reader's own."""

    notification = forms.ModelChoiceField(Notification.objects.none(), required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["notification"].queryset = person.notifications.all()


class AbsenceForm(forms.Form):
    """From when to when somebody is away, and who stands in."""

    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("To and including"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    stand_in = PersonField(
        label=_("Who stands in?"),
        help_text=_(
            "Name or e-mail address. The stand-in is asked as well, and may not answer for their own text."
        ),
    )

    def clean(self):
        told = super().clean()
        starts_on, ends_on = told.get("starts_on"), told.get("ends_on")
        if ends_on and ends_on < timezone.localdate():
            self.add_error("ends_on", _("Choose today or a day to come."))
        elif starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("Choose the same day or a later one."))
        return told


class EndAbsenceForm(forms.Form):
    """Which of a person's absences to take back."""

    ended = forms.ModelChoiceField(Absence.objects.none())

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ended"].queryset = person.absences.all()


class WishesForm(forms.Form):
    """How somebody wishes to hear of each kind of thing: in the portal or not, and when by mail."""

    def __init__(self, *args, wishes, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = [Notification.Kind(kind) for kind in wishes]
        for kind, (in_portal, by_mail) in wishes.items():
            self.fields[f"{kind}-portal"] = forms.BooleanField(
                label=_("In the portal"),
                required=False,
                initial=in_portal,
                disabled=kind in ALWAYS_IN_PORTAL,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"{kind}-mail"] = forms.ChoiceField(
                label=_("By mail"),
                choices=[(cadence.value, capfirst(cadence.label)) for cadence in Cadence],
                initial=by_mail,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def rows(self):
        """(what it is called, the field for the portal, the field for mail) of each kind."""
        for kind in self.kinds:
            yield capfirst(kind.label), self[f"{kind}-portal"], self[f"{kind}-mail"]

    @property
    def wishes(self):
        """What `wishing.wish` takes."""
        sent = self.cleaned_data
        return {kind: (sent[f"{kind}-portal"], Cadence(sent[f"{kind}-mail"])) for kind in self.kinds}


class StopForm(forms.Form):
    """What a mail program sends to stop mail (RFC 8058, section 3.1); our own button sends the same."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["List-Unsubscribe"] = forms.ChoiceField(choices=[("One-Click", "One-Click")])
