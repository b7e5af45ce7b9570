"""Made-up content for the component page."""

from collections import namedtuple
from datetime import date

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

# value -> words; the words of the real pages come from the models' own choices.
STATES = {
    "draft": _("Draft"),
    "submitted": _("In review"),
    "returned": _("Returned"),
    "approved": _("Approved"),
    "planned": _("Planned"),
    "open": _("Open now"),
    "closed": _("Closed"),
    "registered": _("Registered"),
    "waiting": _("On the waiting list"),
    "declined": _("Declined"),
    "promised": _("Promised"),
    "kept": _("Kept"),
    "dropped": _("Dropped"),
}

ICONS = ["search", "menu", "close", "person", "people", "calendar", "place", "clock", "check", "arrow"]
ICONS += ["note", "eye", "lock"]


SamplePerson = namedtuple("SamplePerson", "given_name family_name full_name get_absolute_url")
SampleTopic = namedtuple("SampleTopic", "name get_absolute_url")
SamplePicture = namedtuple("SamplePicture", "get_absolute_url width height")


class SampleForm(forms.Form):
    """One field of each kind, to see labels, help and errors beside them."""

    name = forms.CharField(label=_("Name of the forum"), help_text=_("Short; it stands in the calendar."))
    about = forms.CharField(label=_("Description"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Choose")), ("a", _("Leadership forum")), ("b", _("Study visit"))]
    )
    mode = forms.ChoiceField(
        label=_("How do you take part?"),
        choices=[("on_site", _("On site")), ("online", _("Online"))],
        widget=forms.RadioSelect,
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=10_000, required=False)
    agree = forms.BooleanField(label=_("Tell me when a seat becomes free"), required=False)


def gallery():
    """Everything that the component page shows, as template context."""
    levels = [constants.INFO, constants.SUCCESS, constants.WARNING, constants.ERROR]
    return {
        "states": STATES.items(),
        "icons": ICONS,
        "sides": ["elected", "official", "shared"],
        "person": SamplePerson("Åsa", "Östlund", "Åsa Östlund", "#"),
        "picture": SamplePicture(static("img/sample.svg"), 960, 540),
        "figures": [
            (118, _("people took part")),
            (642, _("notes were written")),
            (24, _("words both sides share")),
        ],
        "topics": [SampleTopic(name, "#c-lists") for name in (_("Safe children"), _("School"))],
        "page": Paginator(range(90), 30).page(2),
        "sample_messages": [Message(level, _("This is what a message looks like.")) for level in levels],
        "form": SampleForm({"seats": "0"}),
        "at": date(2026, 11, 26),
    }
