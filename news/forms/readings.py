"""What a writer does about who has read a text."""

from django import forms


class ReadingForm(forms.Form):
    """Which button was pressed."""

    do = forms.ChoiceField(choices=[(word, word) for word in ("ask", "stop", "remind")])
