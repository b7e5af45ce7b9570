"""Checking somebody in at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import NumberField
from forums.arriving import CannotCheckIn, answer_with


class ArrivalForm(forms.Form):
    """Somebody at the door, by their code (as it stands in the QR code, or its address) or by their answer.

    `undo` is the answer of somebody who has not come after all, `person` somebody who was invited and had not
    answered. Cleans to `registration` or `invited` (a Person), and `at`: when a phone without network saw
    them, or None.
    """

    code = forms.CharField(required=False, max_length=500)
    answer = NumberField(required=False)
    undo = NumberField(required=False)
    person = NumberField(required=False)
    at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])

    def __init__(self, *args, forum, **kwargs):
        super().__init__(*args, **kwargs)
        self.forum = forum

    def clean(self):
        data = super().clean()
        if data.get("code"):
            data["registration"] = self._by_code(data["code"].rpartition("kod=")[2])
        elif chosen := data.get("answer") or data.get("undo"):
            answers = self.forum.registrations.select_related("person", "table")
            data["registration"] = answers.filter(pk=chosen).first()
        elif data.get("person"):
            invitation = self.forum.invitations.filter(person=data["person"]).select_related("person").first()
            data["invited"] = invitation and invitation.person
        if not (data.get("registration") or data.get("invited")) and not self.errors:
            raise forms.ValidationError(_("Show a code, or choose somebody in the list."))
        return data

    def _by_code(self, code):
        try:
            return answer_with(code, self.forum)
        except CannotCheckIn as refusal:
            self.add_error(None, str(refusal))
            return None
