"""The answer to a forum, and what may come with it: a deputy, what one needs."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Side
from forums.forms.choices import capitalised
from forums.forms.people import PersonField
from forums.models import Access, Diet, Registration
from forums.placing import seats_left_for

State, Mode = Registration.State, Registration.Mode


class Cards(forms.RadioSelect):
    """Radio buttons as large cards, see parts/choice_cards.html."""

    def __init__(self, **kwargs):
        super().__init__(attrs={"class": "form-check-input"}, **kwargs)


class AnswerForm(forms.Form):
    """Asks only what has to be asked: way of taking part where there are two, side of those who hold
    both, whether a seat that falls free is taken at once where somebody has to wait for it, and a
    reason that may be left out.

    Attributes:
        seats_left: for this person, in the room; None where there is no limit.
    """

    mode = forms.ChoiceField(label=_("How do you take part?"), choices=capitalised(Mode), widget=Cards)
    side = forms.ChoiceField(label=_("You take part as"), choices=capitalised(Side), widget=Cards)
    takes_free_seat = forms.BooleanField(
        label=_("Register me at once if a seat falls free"),
        help_text=_("Otherwise the seat is held for you for a while, and you are asked by mail."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason, if you want to give one"), max_length=250, required=False, widget=forms.TextInput
    )

    def __init__(self, *args, forum, person, answer=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats_left = seats_left_for(forum, person)
        self.only_mode = Mode.ON_SITE if forum.is_on_site else Mode.ONLINE
        self.is_waiting = answer is not None and answer.state == State.WAITING
        seated = answer is not None and answer.holds_a_seat
        if not (forum.is_on_site and forum.is_online):
            del self.fields["mode"]
        if len(person.reach.sides) < 2:
            del self.fields["side"]
        if not (self.is_waiting or (self.would_wait and forum.is_on_site and not seated)):
            del self.fields["takes_free_seat"]
        if "mode" in self.fields:
            if self.would_wait and not (answer and (seated or answer.takes_part)):
                # A yes pressed in a hurry is to the queue, where there is another way that is open to them.
                in_line, online = _("On site, on the waiting list"), capfirst(Mode.ONLINE.label)
                self.fields["mode"].choices = [(Mode.ON_SITE, in_line), (Mode.ONLINE, online)]
            self.initial["mode"] = answer.mode if answer else self.only_mode
        if answer:
            names = ("side", "reason", "takes_free_seat")
            self.initial |= {name: getattr(answer, name) for name in names}

    @property
    def would_wait(self):
        """Whether no seat in the room is free for this person."""
        return self.seats_left is not None and self.seats_left <= 0

    @property
    def choices_made(self):
        """What to register with."""
        return {
            "mode": self.cleaned_data.get("mode", self.only_mode),
            "side": self.cleaned_data.get("side"),
            "takes_free_seat": self.cleaned_data.get("takes_free_seat", False),
        }

    def ask_only_for_reason(self):
        """A no needs neither way nor side."""
        for name in ("mode", "side"):
            if name in self.fields:
                self.fields[name].required = False


class DeputyForm(forms.Form):
    """Who comes instead."""

    deputy = PersonField(label=_("Who comes in your place?"), help_text=_("Full name or e-mail address."))


class NeedsForm(forms.Form):
    """What somebody needs, of the two things that the forum asks about. `told` is a `catering.Told`."""

    diet = forms.MultipleChoiceField(
        label=_("Food"), choices=capitalised(Diet), required=False, widget=forms.CheckboxSelectMultiple
    )
    diet_words = forms.CharField(label=_("Anything else about food"), max_length=200, required=False)
    access = forms.MultipleChoiceField(
        label=_("In the room"),
        choices=capitalised(Access),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    access_words = forms.CharField(label=_("Anything else about the room"), max_length=200, required=False)

    def __init__(self, *args, forum, told=None, **kwargs):
        super().__init__(*args, initial=vars(told) if told else None, **kwargs)
        asked = {"diet": forum.asks_diet, "access": forum.asks_access}
        for name in [name for name in self.fields if not asked[name.partition("_")[0]]]:
            del self.fields[name]
