"""The shape of what is sent about people and units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Notification, Unit


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
