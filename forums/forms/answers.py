"""The answer to a forum."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Side
from forums.forms.choices import capitalised
from forums.models import Registration


class Cards(forms.RadioSelect):
    """Radio buttons as large cards, see parts/choice_cards.html."""

    def __init__(self, **kwargs):
        super().__init__(attrs={"class": "form-check-input"}, **kwargs)


class AnswerForm(forms.Form):
    """Asks only what has to be asked: way of taking part where there are two, side of those who hold
    both, and a reason that may be left out."""

    mode = forms.ChoiceField(
        label=_("How do you take part?"), choices=capitalised(Registration.Mode), widget=Cards
    )
    side = forms.ChoiceField(label=_("You take part as"), choices=capitalised(Side), widget=Cards)
    reason = forms.CharField(
        label=_("Reason, if you want to give one"), max_length=250, required=False, widget=forms.TextInput
    )

    def __init__(self, *args, forum, person, answer=None, **kwargs):
        super().__init__(*args, **kwargs)
        if not (forum.is_on_site and forum.is_online):
            del self.fields["mode"]
        if len(person.reach.sides) < 2:
            del self.fields["side"]
        self.only_mode = Registration.Mode.ON_SITE if forum.is_on_site else Registration.Mode.ONLINE
        if "mode" in self.fields:
            self.initial["mode"] = answer.mode if answer else self.only_mode
        if answer:
            self.initial |= {"side": answer.side, "reason": answer.reason}

    @property
    def choices_made(self):
        """The `mode` and `side` to register with."""
        return {
            "mode": self.cleaned_data.get("mode", self.only_mode),
            "side": self.cleaned_data.get("side"),
        }

    def ask_only_for_reason(self):
        """A no needs neither way nor side."""
        for name in ("mode", "side"):
            if name in self.fields:
                self.fields[name].required = False
