"""What is answered about two concepts that may be one."""

from django import forms

from accounts.fields import NumberField


class SettleForm(forms.Form):
    first = NumberField()
    second = NumberField()
    same = forms.TypedChoiceField(choices=[("1", "one"), ("0", "two")], coerce=lambda value: value == "1")
