"""What is answered about two concepts that may be one."""

from django import forms


class SettleForm(forms.Form):
    first = forms.IntegerField()
    second = forms.IntegerField()
    same = forms.TypedChoiceField(choices=[("1", "one"), ("0", "two")], coerce=lambda value: value == "1")
